"""What somebody posted after the sign-in ended, or from a page too old, is not lost.

It goes back to the browser it came from, inside the page that asks to sign in or to go on:
nothing is kept of who is not signed in.
"""

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from minzheng.web.gate.access import rule_of

#: The field of the sign-in in which a posted page comes along.
KEPT = "kept"
LOGIN_PAGE = "sign-in"
_NOT_TYPED = ("csrfmiddlewaretoken", "action")
_WHY = "离开太久或已在别处退出。填的内容没有丢：登录后回到这张表，接着填、再生成。"


class SignInFirst(LoginRequiredMiddleware):
    """Middleware: who is not signed in goes to the sign-in, with what was typed."""

    def handle_no_permission(  # type: ignore[override]  # a page at once, no redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """The sign-in at once, when a page was posted that must not be lost."""
        if is_kept_post(request, view_func):
            context = {"next": request.get_full_path(), "kept": pack(request), "problem": _WHY}
            return render(request, "sign_in.html", context, status=401)
        return super().handle_no_permission(request, view_func)


def ask_to_go_on(request: HttpRequest) -> HttpResponse | None:
    """A page that posts the same again with a token that holds; None to what is not kept."""
    found = request.resolver_match
    if found is not None and found.url_name == LOGIN_PAGE and KEPT in request.POST:
        # Signed in elsewhere meanwhile: what came along to the sign-in goes on, no password.
        fields = [(name, request.POST.get(name, "")) for name in (KEPT, "next")]
    elif found is not None and is_kept_post(request, found.func):
        fields = typed_fields(request)
    else:
        return None
    return render(request, "go_on.html", {"fields": fields}, status=403)


def is_kept_post(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Whether a page was posted whose view says that it must not be lost."""
    rule = rule_of(view)
    is_page = request.method == "POST" and not getattr(request, "htmx", False)
    return is_page and rule is not None and rule.is_kept


def pack(request: HttpRequest) -> str:
    """What was posted, as one text."""
    return json.dumps(typed_fields(request), ensure_ascii=False)


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values as they were posted, in order; which button was pressed is no loss."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in _NOT_TYPED
        for value in values
    ]
