"""One's own second factor: told to the phone, its spare codes, ended."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from minzheng.accounts import second_factor as factors
from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import Person
from minzheng.accounts.outside_sign_in import AnotherPersonError
from minzheng.accounts.rights import Right
from minzheng.external.directories.outside_person import OutsideServerError
from minzheng.external.qr_codes import draw_qr
from minzheng.web.gate.access import is_too_fast, needs, note, too_fast
from minzheng.web.gate.office import config, signed_in
from minzheng.web.home.whose_password import has_password, is_right

_FRESH = "fresh_spares"
_PASSWORD = "密码不对。"
_CODE = "验证码不对。请看手机上现在的六位数字；每个只能用一次，用过的等下一个。"


@require_http_methods(["GET", "POST"])
@needs(Right.OWN, Action.CHANGE, is_door=True)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Begin it, give new spare codes, or end it; each with the password and a code."""
    person = signed_in(request)
    if request.method == "GET":
        return _show(request, person)
    note(request, "手机验证码")
    if is_too_fast(request, "user", "password"):
        return too_fast(request)
    try:
        is_owner = not has_password(person) or is_right(
            person, request.POST.get("password", "")[:500]
        )
    except (OutsideServerError, AnotherPersonError) as error:
        return _show(request, person, str(error))
    if not is_owner:
        return _show(request, person, _PASSWORD)
    return _do(request, person, request.POST.get("code", ""))


@require_safe
@needs(Right.OWN, is_door=True)
def picture(request: HttpRequest) -> HttpResponse:
    """The QR code for the phone, as long as no phone knows it.

    Raises:
        Http404: a phone knows it already.
    """
    person = signed_in(request)
    if factors.is_on(person):
        raise Http404
    address = factors.address_of(factors.begin(person), config().bureau)
    response = HttpResponse(draw_qr(address), content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


def _do(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    if not factors.is_on(person):
        spares, what = factors.confirm(person, code, now), "启用手机验证码"
    elif not factors.passes(person, code, now):
        spares, what = (), ""
    elif request.POST.get("deed") == "end" and not _is_asked_for(person):
        factors.end(person)
        note(request, "关掉自己的手机验证码")
        messages.success(request, "已关掉，以后登录只要密码。")
        return redirect("account")
    else:
        spares, what = factors.renew_spares(person), "换备用码"
    if not spares:
        return _show(request, person, _CODE)
    note(request, what)
    request.session[_FRESH] = spares
    return redirect("second-factor")


def _show(request: HttpRequest, person: Person, problem: str = "") -> HttpResponse:
    is_on = factors.is_on(person)
    context = {
        "is_on": is_on,
        "is_asked_for": _is_asked_for(person),
        "has_password": has_password(person),
        "left": factors.spares_left(person),
        "secret": "" if is_on else _in_fours(factors.secret_of(factors.begin(person))),
        "fresh": request.session.pop(_FRESH, ()),
        "problem": problem,
    }
    return render(request, "second_factor.html", context, status=422 if problem else 200)


def _is_asked_for(person: Person) -> bool:
    return person.role in config().roles_with_codes


def _in_fours(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
