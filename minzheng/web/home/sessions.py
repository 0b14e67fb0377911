"""One's own sign-ins: each ended with one press, or all others at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import SignIn
from minzheng.accounts.rights import Right
from minzheng.accounts.sign_ins import end_sign_in, end_sign_ins
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import signed_in


@require_POST
@needs(Right.OWN, Action.CHANGE, is_door=True)
def end_own(request: HttpRequest, number: int) -> HttpResponse:
    """Sign out one browser of one's own."""
    one = get_object_or_404(SignIn, pk=number, person=signed_in(request))
    end_sign_in(one)
    note(request, f"结束自己的登录 {one.address} {one.browser}")
    messages.success(request, "那一处登录已经结束。")
    return redirect("account")


@require_POST
@needs(Right.OWN, Action.CHANGE, is_door=True)
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out every browser of one's own but this."""
    ended = end_sign_ins(signed_in(request), request.session.session_key)
    note(request, f"结束自己的其他登录 {ended} 处")
    messages.success(request, f"已结束其他 {ended} 处登录。")
    return redirect("account")
