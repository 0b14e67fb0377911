"""The administrator's pages: accounts, passwords, locks, keys; a second person agrees."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minzheng.accounts.areas import area_of
from minzheng.accounts.audit_log import Action
from minzheng.accounts.grants import (
    ask_for_account,
    ask_for_factor_end,
    ask_for_more,
    ask_for_reset,
    changes_rights,
    drop_waiting_rights,
    lacks_second_person,
    must_wait,
)
from minzheng.accounts.keeping import RESET
from minzheng.accounts.keeping import unlock as unlock_account
from minzheng.accounts.models import ApiToken, Person, Role
from minzheng.accounts.passwords import HYPHEN
from minzheng.accounts.rights import Right
from minzheng.accounts.second_factor import is_on
from minzheng.accounts.sign_ins import end_sign_ins, sign_ins_of
from minzheng.accounts.tokens import revoke_token
from minzheng.database.place_rows import of_town
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import area, config, county, signed_in
from minzheng.web.gate.refusals import refuse
from minzheng.web.office.account_forms import PersonForm

_FRESH = "fresh_secret"
#: What nobody grants oneself.
_GRANTS = frozenset({"role", "town", "village", "dossiers"})
_AUDITORS = "审计员的密码不由管理员重设。忘记密码的，请审计员到服务器本机办理。"

_AUDITORS_CODE = "审计员的验证码不由管理员取消。手机丢了的，用备用码登录，或到服务器本机办理。"


def _kept_by(request: HttpRequest) -> QuerySet[Person]:
    """The accounts that an administrator keeps: all, or those of the own county."""
    return Person.objects.filter(of_town(area(request).county))


@require_safe
@needs(Right.ACCOUNTS)
def list_people(request: HttpRequest) -> HttpResponse:
    """All accounts, or those whose name, place or role holds a word."""
    word = request.GET.get("q", "").replace("\0", "").strip()[:50]
    people = _kept_by(request).order_by("-is_active", "role", "town", "village", "username")
    if word:
        parts = ("username", "first_name", "role", "town", "village")
        found = Q()
        for part in parts:
            found |= Q(**{f"{part}__contains": word})
        people = people.filter(found)
    known = county()
    rows = [(person, area_of(person, known)) for person in people[:500]]
    return render(request, "people.html", {"rows": rows, "word": word, **_second(request)})


@require_http_methods(["GET", "POST"])
@needs(Right.ACCOUNTS, Action.ADMINISTER)
def add(request: HttpRequest) -> HttpResponse:
    """A new account; its first password is shown once and must be changed."""
    form = PersonForm(request.POST or None, within=area(request))
    note(request, "新建账号")
    if request.method == "POST" and form.is_valid():
        person = form.save()
        told, by = _rights_in_words(person), signed_in(request)
        _show_once(request, "第一个密码", ask_for_account(person, told, by, is_dual=_is_dual()))
        note(request, f"新建账号 {_describe(person)}{_waits()}")
        return redirect("person", number=person.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "one": None, **_second(request)}
    return render(request, "person.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Right.ACCOUNTS, Action.ADMINISTER)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """An account: role, area, dossiers, keys."""
    one = get_object_or_404(_kept_by(request), pk=number)
    form = PersonForm(request.POST or None, instance=one, within=area(request))
    note(request, f"修改账号 {one.username}")
    is_own = one.pk == signed_in(request).pk
    if is_own and form.is_valid() and _GRANTS & set(form.changed_data):
        form.add_error(None, "不能给自己改角色、范围和专档，请另一位管理员办理。")
    if request.method == "POST" and form.is_valid():
        _save(request, get_object_or_404(_kept_by(request), pk=number), form)
        return redirect("person", number=number)
    stored = get_object_or_404(_kept_by(request), pk=number)
    return _show(request, stored, form)


@require_POST
@needs(Right.ACCOUNTS, Action.ADMINISTER)
def reset_password(request: HttpRequest, number: int) -> HttpResponse:
    """A new password, shown once; never an auditor's, who watches the administrator."""
    person = get_object_or_404(_kept_by(request), pk=number)
    note(request, f"{RESET}{person.username}")
    if person.role == Role.AUDITOR:
        return refuse(request, "不能重设", _AUDITORS, 403)
    note(request, f"{RESET}{person.username}{_waits()}")
    told, by = _rights_in_words(person), signed_in(request)
    _show_once(request, "新密码", ask_for_reset(person, told, by, is_dual=_is_dual()))
    return redirect("person", number=number)


@require_POST
@needs(Right.ACCOUNTS, Action.ADMINISTER)
def end_second_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Ask an account for no code any longer: its phone is lost; never an auditor's."""
    person = get_object_or_404(_kept_by(request), pk=number)
    note(request, f"取消验证码 {person.username}{_waits()}")
    if person.role == Role.AUDITOR:
        return refuse(request, "不能取消", _AUDITORS_CODE, 403)
    if person.pk == signed_in(request).pk:
        return refuse(request, "不能取消", "自己的验证码在“我的账号”里关掉。", 403)
    told, by = _rights_in_words(person), signed_in(request)
    ask_for_factor_end(person, told, by, is_dual=_is_dual())
    said = "已提出，等第二人确认后取消；在那以前照旧要输验证码。" if _is_dual() else "已取消。"
    messages.success(request, said)
    return redirect("person", number=number)


@require_POST
@needs(Right.ACCOUNTS, Action.ADMINISTER)
def unlock(request: HttpRequest, number: int) -> HttpResponse:
    """Let an account sign in again before its wait is over."""
    person = get_object_or_404(_kept_by(request), pk=number)
    unlock_account(person)
    note(request, f"解除锁定 {person.username}")
    messages.success(request, "已解除锁定。")
    return redirect("person", number=number)


@require_POST
@needs(Right.ACCOUNTS, Action.ADMINISTER)
def sign_out(request: HttpRequest, number: int) -> HttpResponse:
    """End every sign-in of an account; nobody signs in as it by that."""
    person = get_object_or_404(_kept_by(request), pk=number)
    ended = end_sign_ins(person)
    note(request, f"结束登录 {person.username} {ended} 处")
    messages.success(request, f"已结束 {ended} 处登录。")
    return redirect("person", number=number)


@require_POST
@needs(Right.ACCOUNTS, Action.ADMINISTER)
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Let a key of another system open nothing from now on."""
    token = get_object_or_404(ApiToken, pk=number, person__in=_kept_by(request))
    revoke_token(token)
    note(request, f"作废接口密钥 {token.person.username} {token.start}")
    messages.success(request, "密钥已作废。")
    return redirect("person", number=token.person_id)


def _save(request: HttpRequest, before: Person, form: PersonForm) -> None:
    """Keep what was typed; more rights than before wait for a second person."""
    after = form.save(commit=False)
    told, said = _describe(after), "已保存。"
    if must_wait(before, after, county()):
        by = signed_in(request)
        ask_for_more(before, after, _rights_in_words(after), by, is_dual=_is_dual())
        told += _waits()
        said = "已提出，等第二人确认后生效；在那以前权限不变。" if _is_dual() else said
    elif changes_rights(before, after):
        drop_waiting_rights(after)
    after.save()
    if not after.is_active:
        end_sign_ins(after)
    note(request, f"修改账号 {told}")
    messages.success(request, said)


def _is_dual() -> bool:
    return config().second_person == "yes"


def _waits() -> str:
    """What the log says of a deed that does not hold yet."""
    return " 待确认" if _is_dual() else ""


def _second(request: HttpRequest, account: Person | None = None) -> dict[str, bool]:
    """Whether a second person is asked, and whether there is none."""
    is_alone = _is_dual() and lacks_second_person(signed_in(request), account)
    return {"is_dual": _is_dual(), "is_alone": is_alone}


def _show(request: HttpRequest, one: Person, form: PersonForm) -> HttpResponse:
    context = {
        "form": form,
        "one": one,
        "waiting": one.grants.filter(is_waiting=True, settled_at=None),
        **_second(request, one),
        "tokens": one.tokens.all(),
        "sign_ins": sign_ins_of(one, timezone.now()),
        "has_code": is_on(one),
        "fresh": request.session.pop(_FRESH, None),
    }
    status = 422 if form.errors else 200
    return render(request, "person.html", context, status=status)


def _show_once(request: HttpRequest, label: str, secret: str) -> None:
    """Keep a secret for the next page, and no longer; a half ends where the other begins."""
    shown = f"{secret}{HYPHEN}" if _is_dual() else secret
    request.session[_FRESH] = {"label": label, "secret": shown, "is_half": _is_dual()}


def _describe(person: Person) -> str:
    return f"{person.username} {_rights_in_words(person)}"


def _rights_in_words(person: Person) -> str:
    state = "" if person.is_active else " 停用"
    given = "、".join(person.given_dossiers)
    apart = f" 另授 {given}" if given else ""
    area = area_of(person, county())
    outside = f" 统一登录名 {person.outside_name}" if person.outside_name else ""
    return f"{person.role} {area.label}{apart}{outside}{state}"
