"""Who has given the right password: let in, or asked for the code of the phone first."""

import datetime as dt
import math
import time

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import Person
from minzheng.accounts.sign_in_tries import Try, forget_tries
from minzheng.web.forms.draft_deeds import take_kept
from minzheng.web.gate.access import write_down
from minzheng.web.gate.kept_posts import KEPT
from minzheng.web.gate.office import config

#: Where a session keeps who gave the right password and owes a code.
_OWES_CODE = "owes_code"
_PATIENCE_SECONDS = 300
_BACKEND = "minzheng.accounts.sessions.AccountBackend"
_WAIT = (
    "输错太多次，这台电脑暂时锁定：请 {minutes} 分钟后再试，或请管理员解除锁定。"
    "平时用的其他电脑不受影响。"
)


def hold_for_code(request: HttpRequest, person: Person, following: str = "") -> HttpResponse:
    """Remember that the password was right, and ask on; nobody is signed in by that.

    `following` is an address of ours for afterwards; without one the request tells it.
    """
    request.session.cycle_key()
    request.session[_OWES_CODE] = {
        "person": person.pk,
        "password": person.get_session_auth_hash(),
        "at": int(time.time()),
        "next": following or own_address(request, request.POST.get("next", "")),
    }
    if request.POST.get(KEPT):  # what was typed before goes on in the page, not in the session
        return ask_for_code(request)
    return redirect("sign-in-code")


def next_address(request: HttpRequest) -> str:
    """Where who has signed in wanted to go; what was typed there before is kept now."""
    address = own_address(request, request.POST.get("next", ""))
    if request.POST.get(KEPT) and address != "/":
        return take_kept(request, address, request.POST[KEPT])
    return address


def forget_owed(request: HttpRequest) -> str:
    """Nobody owes a code here any longer; where who did wanted to go."""
    held = request.session.pop(_OWES_CODE, None)
    return str(held["next"]) if held else "/"


def let_in(request: HttpRequest, person: Person, one: Try) -> None:
    """Sign in; what was typed wrong before was a mistake."""
    forget_tries(one)
    login(request, person, _BACKEND)
    write_down(request, Action.SIGN_IN, "网页登录")


def try_of(request: HttpRequest, name: str) -> Try:
    """Somebody who wants in under a name, from where this request comes."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    return Try(name, address, is_proxied=config().https == "yes")


def say_wait(wait: dt.timedelta) -> str:
    """How long to wait, in words."""
    return _WAIT.format(minutes=math.ceil(wait / dt.timedelta(minutes=1)))


def who_owes_code(request: HttpRequest) -> Person | None:
    """Who gave a right password here a moment ago; it must still be the password."""
    held = request.session.get(_OWES_CODE)
    if not held or time.time() - held["at"] > _PATIENCE_SECONDS:
        return None
    person = Person.objects.filter(pk=held["person"], is_active=True).first()
    if person is None:
        return None
    is_same = constant_time_compare(person.get_session_auth_hash(), held["password"])
    return person if is_same else None


def own_address(request: HttpRequest, address: str) -> str:
    """An address, if it is one of ours; else the home page's."""
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if own else "/"


def ask_to_sign_in(request: HttpRequest, problem: str = "", username: str = "") -> HttpResponse:
    """The page that asks for name and password, or leads to the office's own sign-in."""
    following = request.POST.get("next") or request.GET.get("next", "")
    kept = request.POST.get(KEPT, "")
    outside = config().outside_label if config().has_outside_sign_in else ""
    context = {
        "problem": problem, "username": username, "next": following, "kept": kept,
        "outside": outside, "leads_outside": bool(config().oidc_issuer),
    }  # fmt: skip
    return render(request, "sign_in.html", context, status=422 if problem else 200)


def ask_for_code(request: HttpRequest, problem: str = "") -> HttpResponse:
    """The page that asks for the code."""
    context = {
        "problem": problem,
        "kept": request.POST.get(KEPT, ""),
        "next": request.POST.get("next", ""),
    }
    return render(request, "sign_in_code.html", context, status=422 if problem else 200)
