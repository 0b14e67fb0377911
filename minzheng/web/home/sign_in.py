"""Sign-in and sign-out."""

import datetime as dt

from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import Person
from minzheng.accounts.outside_sign_in import AnotherPersonError, account_named
from minzheng.accounts.rights import Right
from minzheng.accounts.second_factor import is_on
from minzheng.accounts.sign_in_tries import FREE_TRIES, Try, take_back, take_try, wait_of
from minzheng.external.directories.outside_person import OutsideServerError
from minzheng.web.gate.access import is_too_fast, needs, too_fast, write_down
from minzheng.web.gate.kept_posts import KEPT
from minzheng.web.gate.office import signs_in_outside
from minzheng.web.home.letting_in import (
    ask_to_sign_in,
    hold_for_code,
    let_in,
    next_address,
    say_wait,
    try_of,
)
from minzheng.web.home.whose_password import is_right

_WRONG = (
    f"用户名或密码不对，请重新输入。在同一台电脑上连续输错 {FREE_TRIES} 次，要等一会儿才能再试。"
)


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    if request.user.is_authenticated:
        return redirect(next_address(request) if KEPT in request.POST else "home")
    if request.method == "GET":
        return ask_to_sign_in(request)
    return too_fast(request) if is_too_fast(request, "ip", "sign-in") else _try(request)


@login_not_required
@require_safe
def signed_in_again(request: HttpRequest) -> HttpResponse:
    """Asked by a form whose time was over: once signed in, it may go on with a new token."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    response = render(request, "signed_in_again.html")
    response["HX-Trigger"] = "signed-in-again"  # what was typed meanwhile is kept now
    return response


@require_POST
@needs(Right.OWN, is_door=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and write it down."""
    write_down(request, Action.SIGN_OUT, "网页退出")
    logout(request)
    return redirect("sign-in")


def _try(request: HttpRequest) -> HttpResponse:
    """Let in who typed the right password, or ask for the code of the phone first."""
    typed = _text(request, "username", 150)
    meant = account_named(typed)
    one = try_of(request, meant.username if meant else typed)
    wait = take_try(one)
    try:
        person = None if wait else _authenticate(request, one, meant)
    except (OutsideServerError, AnotherPersonError) as error:
        take_back(one)  # nobody's mistake
        _write_failure(request, one.name)
        return ask_to_sign_in(request, str(error), typed)
    if person is None:
        _write_failure(request, one.name)
        return ask_to_sign_in(request, _say(wait or wait_of(one, timezone.now())), typed)
    if is_on(person):
        take_back(one)
        return hold_for_code(request, person)
    let_in(request, person, one)
    return HttpResponseRedirect(next_address(request))


def _authenticate(request: HttpRequest, one: Try, meant: Person | None) -> Person | None:
    """Who has the right password: of the office's directory where the account is one of its."""
    password = _text(request, "password", 500)
    if meant is None or not signs_in_outside(meant):
        person = authenticate(request, username=one.name, password=password)
        return person if isinstance(person, Person) else None
    return meant if meant.is_active and is_right(meant, password) else None


def _say(wait: dt.timedelta) -> str:
    return say_wait(wait) if wait else _WRONG


def _write_failure(request: HttpRequest, username: str) -> None:
    """A name nobody has may be a password typed in the wrong box: it is not kept."""
    known = Person.objects.filter(username=username).first()
    what = f"账号 {username}" if known else "不存在的账号"
    write_down(request, Action.SIGN_IN_FAILED, what, "未成", known)


def _text(request: HttpRequest, name: str, most: int) -> str:
    text = request.POST.get(name, "").replace("\0", "")[:most]
    return text.strip() if name == "username" else text
