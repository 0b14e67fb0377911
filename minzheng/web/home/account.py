"""One's own account: what it may do, a new password, where it is signed in, its keys."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from minzheng.accounts.areas import area_of
from minzheng.accounts.audit_log import Action
from minzheng.accounts.keeping import last_factor_end, last_reset
from minzheng.accounts.passwords import RULE, change_password, must_be_changed
from minzheng.accounts.rights import Right, may
from minzheng.accounts.second_factor import is_on
from minzheng.accounts.sign_ins import carry_on, end_sign_ins, sign_ins_of
from minzheng.web.gate.access import is_too_fast, needs, note, too_fast
from minzheng.web.gate.office import config, county, signed_in, signs_in_outside
from minzheng.web.gate.refusals import refuse
from minzheng.web.office.account_forms import PasswordForm


@require_http_methods(["GET", "POST"])
@needs(Right.OWN, Action.CHANGE, is_door=True)
def account(request: HttpRequest) -> HttpResponse:
    """Show role, area and rights; change the password."""
    person = signed_in(request)
    is_posted = request.method == "POST"
    if is_posted and signs_in_outside(person):
        return refuse(request, "不在这里改", f"您的密码在{config().outside_label}里改。", 403)
    if is_posted and is_too_fast(request, "user", "password"):
        return too_fast(request)
    form = PasswordForm(person, request.POST if is_posted else None)
    note(request, "修改自己的密码")
    if form.is_valid():
        change_password(person, form.cleaned_data["new"], must_change=False)
        old_key = request.session.session_key
        update_session_auth_hash(request, person)
        carry_on(old_key, request.session.session_key)
        ended = end_sign_ins(person, request.session.session_key)
        also = f"其他 {ended} 处登录已经结束。" if ended else ""
        messages.success(request, f"密码已经改好。{also}")
        return redirect("account")
    place = area_of(person, county())
    context = {
        "form": form,
        "rule": RULE,
        "remembered": config().password_history,
        "must": not signs_in_outside(person) and must_be_changed(person, config().password_days),
        "outside": config().outside_label if signs_in_outside(person) else "",
        "days": config().password_days,
        "reset": last_reset(person) if person.must_change_password else None,
        "has_code": is_on(person),
        "code_ended": None if is_on(person) else last_factor_end(person),
        "sign_ins": sign_ins_of(person, timezone.now()),
        "this_key": request.session.session_key,
        "tokens": person.tokens.all(),
        "place": place,
        "rights": [right for right in Right if right != Right.OWN and may(person, right)],
        "dossiers": [one for one in county().dossiers.all if one.code not in place.forbidden],
    }
    return render(request, "account.html", context, status=422 if form.errors else 200)
