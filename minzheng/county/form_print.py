"""What is printed on every copy of a form, for those who read a scan and know its code."""

import re
from collections.abc import Iterable, Mapping

FormPrints = Mapping[str, str]  #: form id → its print, as `as_form_print` writes it

_SPACES = re.compile(r"\s+")
_SHAPES = str.maketrans("():,;?!", "（）：，；？！")


def as_print(text: str) -> str:
    """Print as it is compared: without spaces, signs that look alike as one."""
    return _SPACES.sub("", text).translate(_SHAPES)


def as_form_print(pieces: Iterable[str]) -> str:
    """All pieces of a form's print, each on a line of its own, first and last line empty."""
    lines = dict.fromkeys(filter(None, map(as_print, pieces)))
    return "\n".join(("", *lines, "")) if lines else ""
