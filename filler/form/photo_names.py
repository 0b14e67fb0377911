"""How a form names what was taken in: `photo:<sha256>:1200x900`, `annex:<sha256>:调查报告.docx`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_NAMED = re.compile(r"photo:([0-9a-f]{64}):([1-9]\d{0,4})x([1-9]\d{0,4})")
_BEGINNINGS = frozenset({"photo:", "annex:"})
_ANNEX = re.compile(r"annex:([0-9a-f]{64}):([^\s:\\/][^:\\/\n]{0,99})")


@dataclass(frozen=True, slots=True)
class NamedPhoto:
    """What a photo's name tells."""

    sha256: str
    width: int
    height: int

    def __str__(self) -> str:
        return f"photo:{self.sha256}:{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class NamedAnnex:
    """What the name of a Word file that is put into a form tells."""

    sha256: str
    file_name: str

    def __str__(self) -> str:
        return f"annex:{self.sha256}:{self.file_name}"


Named = NamedPhoto | NamedAnnex


def named_photo(text: str) -> NamedPhoto | None:
    """What a text names, when it names a photo."""
    match = _NAMED.fullmatch(text)
    return NamedPhoto(match[1], int(match[2]), int(match[3])) if match else None


def named_annex(text: str) -> NamedAnnex | None:
    """What a text names, when it names an annex."""
    match = _ANNEX.fullmatch(text)
    return NamedAnnex(match[1], match[2]) if match else None


def named(text: str) -> Named | None:
    """The photo or the annex that a text names."""
    if text[:6] not in _BEGINNINGS:
        return None
    return named_photo(text) or named_annex(text)


def may_name_photos(text: str) -> bool:
    """Whether a name may stand in many texts put together; says quickly that none does."""
    return any(one in text for one in _BEGINNINGS)


def photos_in(texts: Mapping[str, Any]) -> Iterator[Named]:
    """Every photo and annex that printed texts name, in rows of tables too."""
    for value in texts.values():
        if isinstance(value, list):
            for row in value:
                for text in row.values():
                    if isinstance(text, str) and text[:6] in _BEGINNINGS and (one := named(text)):
                        yield one
        elif isinstance(value, str) and value[:6] in _BEGINNINGS and (one := named(value)):
            yield one


def photos_named_in(answers: Any) -> Iterator[Named]:
    """Every photo and annex that answers as they were typed name, in rows of tables too."""
    if isinstance(answers, Mapping):
        answers = list(answers.values())
    if isinstance(answers, list | tuple):
        for one in answers:
            yield from photos_named_in(one)
    elif isinstance(answers, str) and (found := named(answers.strip())):
        yield found
