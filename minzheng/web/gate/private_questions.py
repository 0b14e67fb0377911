"""A question with a personal number never stands in an address.

Addresses stay in the browser's history, in bookmarks and in the logs of whatever stands
between. Such a question is kept in the server's memory for the person who asked it, and
its address carries a token (`q=~4f…`) that tells nobody else anything.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.core.cache import caches

from minzheng.web.gate.office import mask_numbers
from minzheng.web.gate.run_key import run_key

_MARK = "~"
_SECONDS = 12 * 3600  #: an office day, from the last time it was asked


def as_address(person: int, text: str) -> str:
    """What stands for a question in an address: itself, or a token."""
    if mask_numbers(text) == text:
        return text
    said = f"{person}:{text}".encode()
    token = hmac.new(run_key(), said, hashlib.sha256).hexdigest()[:20]
    sealed = _seal().encrypt(text.encode()).decode()
    caches["questions"].set(f"{person}:{token}", sealed, _SECONDS)
    return _MARK + token


def from_address(person: int, asked: str) -> str | None:
    """The question an address stands for; None when it is forgotten, or another's."""
    if not is_token(asked):
        return asked
    sealed: str | None = caches["questions"].get(f"{person}:{asked[1:]}")
    if sealed is None:
        return None
    try:
        return _seal().decrypt(sealed).decode()
    except InvalidToken:  # of a run before this one
        return None


def is_token(asked: str) -> bool:
    """Whether this is a token; a question that begins with the mark is none."""
    rest = asked.removeprefix(_MARK)
    return len(rest) == 20 and rest != asked and set(rest) <= set("0123456789abcdef")


def _seal() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(run_key()))
