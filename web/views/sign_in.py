"""Sign-in and sign-out."""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from accounts.sign_in import try_sign_in


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    if request.user.is_authenticated:
        return redirect("home")
    problem, username = "", ""
    if request.method == "POST":
        username = request.POST.get("username", "").strip().replace("\0", "")[:150]
        outcome = try_sign_in(username, request.POST.get("password", "")[:500].replace("\0", ""))
        if outcome.person is not None:
            login(request, outcome.person)
            return HttpResponseRedirect(_next_address(request))
        problem = outcome.problem
    context = {"problem": problem, "username": username, "next": request.GET.get("next", "")}
    return render(request, "sign_in.html", context, status=422 if problem else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("sign-in")


def _next_address(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if own else "/"
