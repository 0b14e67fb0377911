"""Who may open which page: every view states its right, one middleware asks for it.

A view without `@needs` answers nobody; so a new page is closed until somebody decided.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django_ratelimit.core import is_ratelimited

from minzheng.accounts.audit_log import Action, Deed
from minzheng.accounts.models import Person
from minzheng.accounts.passwords import must_be_changed
from minzheng.accounts.rights import Right, may
from minzheng.accounts.second_factor import must_begin
from minzheng.accounts.sign_ins import note_use
from minzheng.county.errors import MinzhengError
from minzheng.county.town_names import county_of
from minzheng.web.gate.browser_words import browser_in_words
from minzheng.web.gate.children import looked_at_by
from minzheng.web.gate.office import (
    audit_log,
    config,
    county_of_request,
    mask_numbers,
    signs_in_outside,
)
from minzheng.web.gate.refusals import refuse
from minzheng.web.gate.turned_away import is_turned_away_fragment, turn_page_away
from minzheng.web.gate.whose_county import looked_at_in

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

_READ_BY_GET = frozenset({Action.SEARCH, Action.VIEW, Action.DOWNLOAD, Action.EXPORT, Action.AUDIT})
#: Where a view, and later its request, keeps the rule.
RULE_FIELD = "access_rule"
#: Where a request that came by key keeps by what the key is named.
KEY_FIELD = "key_start"
#: Where a session keeps when somebody was last there, and how exactly: a session may end so
#: many seconds early, never late.
_AWAKE, _AWAKE_SECONDS = "awake", 20
_LONGEST_WHAT = 280


class RuleMissingError(MinzhengError):
    """这一页没有写明谁可以看，因此不对任何人开放。"""


@dataclass(frozen=True, slots=True)
class AccessRule:
    """The right a view asks for, what is written down, and whether it is asked at a rate."""

    right: Right
    logs: Action | None = None
    is_rated: bool = False
    is_poll: bool = False  #: asked by the page itself: nobody need be there
    is_door: bool = False  #: open also while password or second factor must be set first
    is_kept: bool = False  #: what was posted comes along over a sign-in


def needs(
    right: Right,
    logs: Action | None = None,
    *,
    is_rated: bool = False,
    is_poll: bool = False,
    is_door: bool = False,
    is_kept: bool = False,
) -> Callable[[View], View]:
    """Open a view to those who have a right; `logs` is written down whenever it is done."""

    def mark(view: View) -> View:
        setattr(view, RULE_FIELD, AccessRule(right, logs, is_rated, is_poll, is_door, is_kept))
        return view

    return mark


def rule_of(view: Callable[..., Any]) -> AccessRule | None:
    """What a view asks for."""
    rule = getattr(view, RULE_FIELD, None)
    return rule if isinstance(rule, AccessRule) else None


def note(request: HttpRequest, what: str) -> None:
    """Say what the audit log is to hold of this request, in place of its address."""
    setattr(request, "audit_note", what)  # noqa: B010 - a request has no such field of its own


def write_down(
    request: HttpRequest,
    action: Action,
    what: str,
    result: str = "成功",
    about: Person | None = None,
) -> None:
    """Put something in the audit log now; `about` is whose account it is where nobody signed in."""
    person = request.user if isinstance(request.user, Person) else None
    of = person or about
    deed = Deed(
        person=person.username if person else "",
        role=person.role if person else "",
        address=str(request.META.get("REMOTE_ADDR", "")),
        action=action,
        what=_by_key(request, what),
        result=result,
        county=county_of(of.town) if of else "",
    )
    audit_log().record(deed)


def _by_key(request: HttpRequest, what: str) -> str:
    """What was done, and by which key."""
    start = getattr(request, KEY_FIELD, "")
    return f"{what[:_LONGEST_WHAT]} 密钥 {start}" if start else what


class AccessRules:
    """Middleware: asks for the right, the rate and a fresh password; writes down what was done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, and write down the deed it was."""
        with looked_at_by(request), looked_at_in(partial(county_of_request, request)):
            response = self.get_response(request)
        if is_turned_away_fragment(request, response):
            response = turn_page_away(request, response)
        rule = getattr(request, RULE_FIELD, None)
        if rule is not None and rule.logs is not None and _is_deed(request, response, rule.logs):
            _write_down_or_close(request, response, rule.logs)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let a request through, or answer why not.

        Raises:
            RuleMissingError: the view does not say who may see it.
        """
        if not getattr(view, "login_required", True):
            return None
        rule = rule_of(view)
        if rule is None:
            raise RuleMissingError(f"{view.__module__}.{view.__name__} 没有 @needs(...)。")
        setattr(request, RULE_FIELD, rule)
        return _refusal(request, rule)


def _refusal(request: HttpRequest, rule: AccessRule) -> HttpResponseBase | None:
    person = request.user
    if not isinstance(person, Person):
        return redirect("sign-in")
    if not rule.is_door and _owes_password(person):
        return redirect("account")
    if not rule.is_door and must_begin(person, config().roles_with_codes):
        return redirect("second-factor")
    if not may(person, rule.right):
        what = f"您的账号是{person.role}，不能使用“{rule.right}”。确需使用，请联系管理员。"
        return refuse(request, "没有权限", what, 403)
    if rule.is_rated and is_too_fast(request, "user"):
        return too_fast(request)
    if not rule.is_poll:
        _keep_awake(request, person)
    return None


def _owes_password(person: Person) -> bool:
    """Whether a password of ours must be changed first."""
    return not signs_in_outside(person) and must_be_changed(person, config().password_days)


def _keep_awake(request: HttpRequest, person: Person) -> None:
    """The minutes of idleness count from here; not every request of a page writes that down."""
    now = int(time.time())
    if now - request.session.get(_AWAKE, 0) >= _AWAKE_SECONDS:
        request.session[_AWAKE] = now
    address = str(request.META.get("REMOTE_ADDR", ""))
    browser = browser_in_words(request.headers.get("User-Agent", ""))
    note_use(request.session, person, address, browser, timezone.now())


def is_too_fast(request: HttpRequest, key: str, group: str = "page") -> bool:
    """Whether somebody asks more often than the settings allow."""
    rate = f"{config().requests_per_minute}/m"
    return bool(is_ratelimited(request, group=group, key=key, rate=rate, increment=True))


def too_fast(request: HttpRequest) -> HttpResponse:
    """A page that asks to wait."""
    response = refuse(request, "操作太频繁", "一分钟内的次数太多。请等一分钟再试。", 429)
    response["Retry-After"] = "60"
    return response


def _write_down_or_close(request: HttpRequest, response: HttpResponse, action: Action) -> None:
    """What cannot be written down is not given: the file of a download is closed."""
    try:
        write_down(request, action, _what(request), _result(response.status_code))
    except BaseException:
        stream = getattr(response, "file_to_stream", None)
        if stream is not None:
            stream.close()  # not the response itself: its end closes the database, too
        raise


def _is_deed(request: HttpRequest, response: HttpResponse, action: Action) -> bool:
    """Whether the request did something: an empty search and an empty form are none."""
    if action == Action.SEARCH:
        return bool(request.GET.get("q", "").strip()) and response.status_code != 302
    return (request.method in ("GET", "HEAD")) == (action in _READ_BY_GET)


def _what(request: HttpRequest) -> str:
    said = getattr(request, "audit_note", "")
    if said:
        return str(said)
    words = request.GET.get("q", "").strip()
    return f"查“{mask_numbers(words)}”" if words else request.path


def _result(status: int) -> str:
    if status < 400:
        return "成功"
    return "未成" if status < 500 else "故障"
