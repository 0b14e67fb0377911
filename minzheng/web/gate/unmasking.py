"""Numbers shown in full: for one file or list, for a while, for a reason that is written down."""

import time

from django.http import HttpRequest

_SECONDS = 15 * 60
_KEY = "unmasked"
LEAST_REASON = 4
_LONGEST_REASON = 120


def read_reason(request: HttpRequest) -> str:
    """The reason somebody gives; empty when it says too little."""
    reason = " ".join(request.POST.get("reason", "").replace("\0", "").split())[:_LONGEST_REASON]
    return reason if len(reason) >= LEAST_REASON else ""


def show_numbers(request: HttpRequest, what: int | str, reason: str = "") -> None:
    """Show the numbers of a file or a list to this session for a quarter of an hour."""
    now = time.time()
    kept = request.session.get(_KEY, {})
    still = {one: [end, why] for one, (end, why) in kept.items() if end > now}
    request.session[_KEY] = still | {str(what): [now + _SECONDS, reason]}


def is_unmasked(request: HttpRequest, what: int | str) -> bool:
    """Whether this session sees the numbers of a file or a list in full."""
    return _kept(request, what)[0] > time.time()


def reason_for(request: HttpRequest, what: int | str) -> str:
    """Why the numbers are shown in full; empty when they are not."""
    return _kept(request, what)[1] if is_unmasked(request, what) else ""


def _kept(request: HttpRequest, what: int | str) -> tuple[float, str]:
    end, reason = request.session.get(_KEY, {}).get(str(what), (0, ""))
    return end, reason
