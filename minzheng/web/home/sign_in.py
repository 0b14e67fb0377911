"""Sign-in and sign-out."""

from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import Person
from minzheng.accounts.rights import Right
from minzheng.web.gate.access import is_too_fast, needs, too_fast, write_down

_WRONG = "用户名或密码不对，请重新输入。连续输错 5 次，账号锁定 30 分钟。"
_LOCKED = "密码连续输错 5 次，账号已锁定 30 分钟。请稍后再试，或请管理员解锁。"


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    if request.user.is_authenticated:
        return redirect("home")
    if request.method == "GET":
        return _ask(request)
    if is_too_fast(request, "ip", "sign-in"):
        return too_fast(request)
    username = _text(request, "username", 150)
    person = authenticate(request, username=username, password=_text(request, "password", 500))
    if not isinstance(person, Person):
        _write_failure(request, username)
        return _ask(request, _WRONG, username)
    login(request, person)
    write_down(request, Action.SIGN_IN, "网页登录")
    return HttpResponseRedirect(_next_address(request))


@login_not_required
@require_safe
def signed_in_again(request: HttpRequest) -> HttpResponse:
    """Asked by a form whose time was over: once signed in, it may go on with a new token."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    return render(request, "signed_in_again.html")


@require_POST
@needs(Right.OWN, is_door=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and write it down."""
    write_down(request, Action.SIGN_OUT, "网页退出")
    logout(request)
    return redirect("sign-in")


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """What django-axes answers while an account is closed."""
    return _ask(request, _LOCKED, _text(request, "username", 150))


def _ask(request: HttpRequest, problem: str = "", username: str = "") -> HttpResponse:
    following = request.POST.get("next") or request.GET.get("next", "")
    context = {"problem": problem, "username": username, "next": following}
    return render(request, "sign_in.html", context, status=422 if problem else 200)


def _write_failure(request: HttpRequest, username: str) -> None:
    """A name nobody has may be a password typed in the wrong box: it is not kept."""
    known = Person.objects.filter(username=username).exists()
    write_down(
        request, Action.SIGN_IN_FAILED, f"账号 {username}" if known else "不存在的账号", "未成"
    )


def _text(request: HttpRequest, name: str, most: int) -> str:
    text = request.POST.get(name, "").replace("\0", "")[:most]
    return text.strip() if name == "username" else text


def _next_address(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if own else "/"
