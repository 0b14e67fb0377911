"""Numbers shown in full: for one file, for a while, for a reason that is written down."""

import time

from django.http import HttpRequest

_SECONDS = 15 * 60
_KEY = "unmasked"
LEAST_REASON = 4


def show_numbers(request: HttpRequest, number: int) -> None:
    """Show the numbers of a file to this session for a quarter of an hour."""
    now = time.time()
    open_until = {file: end for file, end in request.session.get(_KEY, {}).items() if end > now}
    request.session[_KEY] = open_until | {str(number): now + _SECONDS}


def is_unmasked(request: HttpRequest, number: int) -> bool:
    """Whether this session sees the numbers of a file in full."""
    end = request.session.get(_KEY, {}).get(str(number), 0)
    return bool(end > time.time())
