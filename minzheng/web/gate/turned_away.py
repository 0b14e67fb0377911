"""A part of a page asked for after the sign-in ended: the page is led away, not its part.

htmx follows a redirect by itself and would lay the whole sign-in page into a progress bar.
A page that asks by itself goes to the sign-in as a whole. A form somebody is filling stays
as it is: it says that the time is over, and goes on after a sign-in in another window.
"""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect, reswap


def is_turned_away_fragment(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether htmx asked and is answered with another address."""
    return bool(getattr(request, "htmx", False)) and response.status_code in (301, 302, 303)


def turn_page_away(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Lead the whole page there; back to where it was, if it is the sign-in."""
    address = response["Location"]
    if not address.startswith(reverse("sign-in")):
        return HttpResponseClientRedirect(address)
    if request.method != "GET":
        return reswap(render(request, "signed_out.html"), "none")
    shown = getattr(request, "htmx").current_url_abs_path or "/"  # noqa: B009 - set by its middleware
    return HttpResponseClientRedirect(f"{reverse('sign-in')}?{urlencode({'next': shown})}")
