"""Values that a template prints where nobody sees them: outside a run's text."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from filler.word.word_names import qn

_MARKED = re.compile("\ue000(.+?)\ue001")


def mark_value(name: str) -> str:
    """A trial value that can be found again."""
    return f"\ue000{name}\ue001"


def is_marked(text: str) -> bool:
    """Whether a text is a trial value: it is nobody's, and nothing can be read from it."""
    return "\ue000" in text


def find_hidden_values(parts: Iterable[bytes]) -> set[str]:
    """Names whose trial values stand in attributes, or in no `w:t`."""
    return {
        match[1]
        for part in parts
        for element in etree.fromstring(part).iter()
        for text in _unseen_texts(element)
        for match in _MARKED.finditer(text)
    }


def _unseen_texts(element: etree._Element) -> Iterator[str]:
    yield from map(str, element.attrib.values())
    yield element.tail or ""
    if element.tag != qn("w:t"):
        yield element.text or ""
