"""Whole numbers that people write, and that stand in addresses."""

import re

_WHOLE = re.compile(r"[0-9]{1,18}")


def integer_in(text: str) -> int | None:
    """A number of up to eighteen digits, which every database takes; None where none stands.

    Python itself refuses to read one of more than 4,300 digits, which anybody may send.
    """
    return int(text) if _WHOLE.fullmatch(text) else None
