"""What a form is known by when its code is lost: title, printed labels, kinds of its fields."""

import re
from dataclasses import dataclass

_UNITS = re.compile(r"（(?:元|元/月|元/年|元/人·月|元/人年|万元)）$")
_BRACKETS = str.maketrans("()", "（）")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class FormMarks:
    """The marks of one form."""

    title: str
    labels: frozenset[str] = frozenset()  #: printed in cells of its own, on every copy
    amounts: frozenset[str] = frozenset()  #: labels of fields that hold money
    dates: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()  #: what may stand in its fields and is no name
    slugs: frozenset[str] = frozenset()  #: what its template prints: not all that is reckoned


def as_label(text: str) -> str:
    """A label as it is compared: without spaces, colon and unit, brackets full width."""
    return _UNITS.sub("", _SPACES.sub("", text).rstrip("：:").translate(_BRACKETS))
