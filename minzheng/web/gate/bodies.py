"""Large bodies are taken in from people who are signed in; what others are told.

The server asks before it reads (`minzheng/external/serving/web_server.py`); a request whose body
was refused comes without it and is answered here, before anything looks for what is missing.
"""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, parse_cookie

from minzheng.accounts.sessions import SessionStore
from minzheng.accounts.tokens import person_of
from minzheng.external.serving.web_server import REFUSED_BODY, TOO_LARGE
from minzheng.web.gate.refusals import refuse, refuse_program
from minzheng.web.gate.storage_faults import fault_of, say_fault

NOBODY, _NOT_NOW = "nobody", "not now"
_SCHEME = "Bearer "
_TOLD = {
    NOBODY: ("没有登录", "还没有登录，或登录已过期，上传的内容没有接收。请登录后重新提交。", 401),
    TOO_LARGE: ("内容过大", "上传的内容过大，没有接收。请分几次提交。", 413),
}
_TRY_AGAIN = ("暂时不能接收", "系统暂时不能接收上传的内容。请稍后重新提交，或联系管理员。", 503)


def why_not_to_take(headers: Mapping[str, str]) -> str:
    """Why a large body is not taken in; empty for whoever is signed in, by session or key.

    Args:
        headers: by name in capitals, with `_` for `-`.
    """
    try:
        cookies = parse_cookie(headers.get("COOKIE", ""))
        is_known = _has_key(headers.get("AUTHORIZATION", "")) or _has_session(
            cookies.get(settings.SESSION_COOKIE_NAME, "")
        )
        return "" if is_known else NOBODY
    except DatabaseError as error:
        return fault_of(error) or _NOT_NOW


class RefusedBodies:
    """Middleware: answers requests whose body was not taken in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say why; let all others through."""
        why = str(request.META.get(REFUSED_BODY, ""))
        if not why:
            return self.get_response(request)
        title, what, status = _TOLD.get(why) or say_fault(why) or _TRY_AGAIN
        if request.path.startswith("/api/"):
            return refuse_program(what, status)
        return refuse(request, title, what, status)


def _has_key(authorization: str) -> bool:
    key = authorization.removeprefix(_SCHEME)
    return key != authorization and person_of(key) is not None


def _has_session(session_key: str) -> bool:
    request = HttpRequest()
    request.session = SessionStore(session_key or None)
    return bool(session_key) and get_user(request).is_authenticated
