"""The administrator's pages: accounts, passwords, locks and keys for other systems."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minzheng.accounts.areas import area_of
from minzheng.accounts.audit_log import Action
from minzheng.accounts.keeping import RESET, give_new_password
from minzheng.accounts.keeping import unlock as unlock_account
from minzheng.accounts.models import ApiToken, Person, Role
from minzheng.accounts.rights import Right
from minzheng.accounts.tokens import revoke_token
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import county, signed_in
from minzheng.web.gate.refusals import refuse
from minzheng.web.office.account_forms import PersonForm

_FRESH = "fresh_secret"
#: What nobody grants oneself.
_GRANTS = frozenset({"role", "town", "village", "dossiers"})
_AUDITORS = "审计员的密码不由管理员重设。忘记密码的，请审计员到服务器本机办理。"


@require_safe
@needs(Right.ADMINISTER)
def list_people(request: HttpRequest) -> HttpResponse:
    """All accounts, or those whose name, place or role holds a word."""
    word = request.GET.get("q", "").replace("\0", "").strip()[:50]
    people = Person.objects.order_by("-is_active", "role", "town", "village", "username")
    if word:
        parts = ("username", "first_name", "role", "town", "village")
        found = Q()
        for part in parts:
            found |= Q(**{f"{part}__contains": word})
        people = people.filter(found)
    dossiers = county().dossiers
    rows = [(person, area_of(person, dossiers)) for person in people[:500]]
    return render(request, "people.html", {"rows": rows, "word": word})


@require_http_methods(["GET", "POST"])
@needs(Right.ADMINISTER, Action.ADMINISTER)
def add(request: HttpRequest) -> HttpResponse:
    """A new account; its first password is shown once and must be changed."""
    form = PersonForm(request.POST or None)
    note(request, "新建账号")
    if request.method == "POST" and form.is_valid():
        person = form.save()
        _show_once(request, "第一个密码", give_new_password(person))
        note(request, f"新建账号 {_describe(person)}")
        return redirect("person", number=person.pk)
    status = 422 if form.errors else 200
    return render(request, "person.html", {"form": form, "one": None}, status=status)


@require_http_methods(["GET", "POST"])
@needs(Right.ADMINISTER, Action.ADMINISTER)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """An account: role, area, dossiers, keys."""
    one = get_object_or_404(Person, pk=number)
    form = PersonForm(request.POST or None, instance=one)
    note(request, f"修改账号 {one.username}")
    is_own = one.pk == signed_in(request).pk
    if is_own and form.is_valid() and _GRANTS & set(form.changed_data):
        form.add_error(None, "不能给自己改角色、范围和专档，请另一位管理员办理。")
    if request.method == "POST" and form.is_valid():
        person = form.save()
        note(request, f"修改账号 {_describe(person)}")
        messages.success(request, "已保存。")
        return redirect("person", number=number)
    stored = get_object_or_404(Person, pk=number)
    return _show(request, stored, form)


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER)
def reset_password(request: HttpRequest, number: int) -> HttpResponse:
    """A new password, shown once; never an auditor's, who watches the administrator."""
    person = get_object_or_404(Person, pk=number)
    note(request, f"{RESET}{person.username}")
    if person.role == Role.AUDITOR:
        return refuse(request, "不能重设", _AUDITORS, 403)
    _show_once(request, "新密码", give_new_password(person))
    return redirect("person", number=number)


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER)
def unlock(request: HttpRequest, number: int) -> HttpResponse:
    """Let an account sign in again before its wait is over."""
    person = get_object_or_404(Person, pk=number)
    unlock_account(person)
    note(request, f"解除锁定 {person.username}")
    messages.success(request, "已解除锁定。")
    return redirect("person", number=number)


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER)
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Let a key of another system open nothing from now on."""
    token = get_object_or_404(ApiToken, pk=number)
    revoke_token(token)
    note(request, f"作废接口密钥 {token.person.username} {token.start}")
    messages.success(request, "密钥已作废。")
    return redirect("person", number=token.person_id)


def _show(request: HttpRequest, one: Person, form: PersonForm) -> HttpResponse:
    context = {
        "form": form,
        "one": one,
        "tokens": one.tokens.all(),
        "fresh": request.session.pop(_FRESH, None),
    }
    status = 422 if form.errors else 200
    return render(request, "person.html", context, status=status)


def _show_once(request: HttpRequest, label: str, secret: str) -> None:
    """Keep a secret for the next page, and no longer."""
    request.session[_FRESH] = {"label": label, "secret": secret}


def _describe(person: Person) -> str:
    state = "" if person.is_active else " 停用"
    given = "、".join(person.given_dossiers)
    apart = f" 另授 {given}" if given else ""
    area = area_of(person, county().dossiers)
    return f"{person.username} {person.role} {area.label}{apart}{state}"
