"""What a server can hold of a value, where the embedded database holds all."""

import re
from typing import Any

#: Says nothing, and ends a text for PostgreSQL; halves of signs are what JSON of others may hold.
_NUL, _HALF = "\0", re.compile("[\ud800-\udfff]")


def storable(value: Any) -> Any:
    """Texts without NUL and without halves of signs, also those in lists and tables."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value.replace(_NUL, ""))
    if isinstance(value, dict):
        return {storable(key): storable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [storable(one) for one in value]
    return value
