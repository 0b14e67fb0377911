"""Sign in where the office signs in to everything: led there, and back."""

import logging
from importlib import import_module

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import Person
from minzheng.accounts.outside_sign_in import account_of
from minzheng.accounts.second_factor import is_on
from minzheng.county.errors import MinzhengError
from minzheng.county.settings.sign_in_servers import IdentityProvider
from minzheng.web.gate.access import is_too_fast, too_fast, write_down
from minzheng.web.gate.office import config
from minzheng.web.home.letting_in import (
    ask_to_sign_in,
    hold_for_code,
    let_in,
    own_address,
    try_of,
)

_log = logging.getLogger(__name__)
#: Loaded when somebody is led there: most offices have no provider.
_PROVIDER = "minzheng.web.home.provider"
_NEXT = "after_provider"
_NO_ACCOUNT = (
    "统一登录认得您，但本系统里没有对应的账号，或账号已停用、还没确认。请把统一登录名告诉管理员。"
)


@login_not_required
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Lead the browser to the provider.

    Raises:
        Http404: the office has none.
    """
    if (turned_away := _turn_away(request)) is not None:
        return turned_away
    provider = _provider()
    request.session[_NEXT] = own_address(request, request.GET.get("next", ""))
    back = request.build_absolute_uri(reverse("provider-back"))
    try:
        led: HttpResponse = import_module(_PROVIDER).lead_there(request, provider, back)
    except MinzhengError as error:
        return _fail(request, error)
    return led


@login_not_required
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """Let in whom the provider names, or ask for the code of the phone first.

    Raises:
        Http404: the office has none.
    """
    if (turned_away := _turn_away(request)) is not None:
        return turned_away
    provider = _provider()
    try:
        person = account_of(import_module(_PROVIDER).who_comes_back(request, provider))
    except MinzhengError as error:
        return _fail(request, error)
    return _enter(request, person) if person else _fail(request, MinzhengError(_NO_ACCOUNT))


def _turn_away(request: HttpRequest) -> HttpResponse | None:
    """Where whoever is signed in, or asks too often, goes instead."""
    if request.user.is_authenticated:
        return redirect("home")
    return too_fast(request) if is_too_fast(request, "ip", "sign-in") else None


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    following = request.session.pop(_NEXT, "/")
    if is_on(person):
        return hold_for_code(request, person, following)
    let_in(request, person, try_of(request, person.username))
    return HttpResponseRedirect(following)


def _fail(request: HttpRequest, error: MinzhengError) -> HttpResponse:
    if error.__cause__ is not None:
        _log.warning("the provider signed nobody in: %s", error.__cause__)
    write_down(request, Action.SIGN_IN_FAILED, "统一登录", "未成")
    return ask_to_sign_in(request, str(error))


def _provider() -> IdentityProvider:
    provider = config().identity_provider
    if provider is None:
        raise Http404
    return provider
