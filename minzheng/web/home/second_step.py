"""The second step of a sign-in: the code of the phone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from minzheng.accounts.audit_log import Action
from minzheng.accounts.second_factor import passes
from minzheng.accounts.sign_in_tries import take_try, wait_of
from minzheng.web.gate.access import is_too_fast, too_fast, write_down
from minzheng.web.gate.kept_posts import KEPT
from minzheng.web.home.letting_in import (
    ask_for_code,
    forget_owed,
    let_in,
    next_address,
    say_wait,
    try_of,
    who_owes_code,
)

_WRONG = (
    "验证码不对。请看手机上现在的六位数字；每个只能用一次，用过的等下一个。"
    "一直不对的，看看手机的时间准不准。"
)


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the phone, or a spare one."""
    person = who_owes_code(request)
    if person is None:
        forget_owed(request)
        return redirect("sign-in")
    if request.method == "GET":
        return ask_for_code(request)
    if is_too_fast(request, "ip", "sign-in"):
        return too_fast(request)
    one = try_of(request, person.username)
    wait = take_try(one)
    if wait or not passes(person, request.POST.get("code", ""), timezone.now()):
        what = f"账号 {person.username} 验证码"
        write_down(request, Action.SIGN_IN_FAILED, what, "未成", person)
        wait = wait or wait_of(one, timezone.now())
        return ask_for_code(request, say_wait(wait) if wait else _WRONG)
    following = forget_owed(request)
    let_in(request, person, one)
    return HttpResponseRedirect(next_address(request) if KEPT in request.POST else following)
