"""Who comes in by key, and what each operation asks for."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import Person
from minzheng.accounts.rights import Right, may
from minzheng.accounts.tokens import person_of, start_of
from minzheng.web.gate.access import (
    KEY_FIELD,
    RULE_FIELD,
    AccessRule,
    is_too_fast,
    write_down,
)
from minzheng.web.gate.office import signed_in

Operation = TypeVar("Operation", bound=Callable[..., Any])


class KeyHolder(HttpBearer):
    """`Authorization: Bearer mz_…`, in the name of the key's account."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """Whose key it is; a wrong one is written down."""
        person = person_of(token, str(request.META.get("REMOTE_ADDR", "")))
        if person is not None:
            request.user = person
            setattr(request, KEY_FIELD, start_of(token))  # named beside the account in the log
        elif not is_too_fast(request, "ip", "wrong-key"):
            write_down(request, Action.SIGN_IN_FAILED, "接口密钥无效", "未成")
        return person


def opens(right: Right, logs: Action | None = None) -> Callable[[Operation], Operation]:
    """Open an operation to those who have a right; the middleware writes down what was done."""

    def wrap(operation: Operation) -> Operation:
        @wraps(operation)
        def run(request: HttpRequest, *args: Any, **options: Any) -> Any:
            setattr(request, RULE_FIELD, AccessRule(right, logs))
            person = signed_in(request)
            if not may(person, right):
                raise HttpError(403, f"这个账号是{person.role}，不能使用“{right}”。请联系管理员。")
            return operation(request, *args, **options)

        return run  # type: ignore[return-value]

    return wrap
