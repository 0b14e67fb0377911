"""How a form names a photo that was taken in: `photo:<sha256>:1200x900`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_NAMED = re.compile(r"photo:([0-9a-f]{64}):([1-9]\d{0,4})x([1-9]\d{0,4})")


@dataclass(frozen=True, slots=True)
class NamedPhoto:
    """What a photo's name tells."""

    sha256: str
    width: int
    height: int

    def __str__(self) -> str:
        return f"photo:{self.sha256}:{self.width}x{self.height}"


def named_photo(text: str) -> NamedPhoto | None:
    """What a text names, when it names a photo."""
    match = _NAMED.fullmatch(text)
    return NamedPhoto(match[1], int(match[2]), int(match[3])) if match else None


def photos_in(texts: Mapping[str, Any]) -> Iterator[NamedPhoto]:
    """Every photo that texts name."""
    for text in texts.values():
        found = named_photo(text) if isinstance(text, str) and text.startswith("photo:") else None
        if found:
            yield found


def photos_named_in(answers: Any) -> Iterator[NamedPhoto]:
    """Every photo that answers as they were typed name, in rows of tables too."""
    if isinstance(answers, Mapping):
        answers = list(answers.values())
    if isinstance(answers, list | tuple):
        for one in answers:
            yield from photos_named_in(one)
    elif isinstance(answers, str) and (found := named_photo(answers.strip())):
        yield found
