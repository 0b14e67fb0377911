"""The numbers that OpenDocument programs make of themselves, of lists and of headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from archive_indexer.extract.office.list_numbers import (
    Counts,
    Level,
    NumberedList,
)
from archive_indexer.extract.office.parts import attribute_of, local_name

_OUTLINE = "outline"
_NO_LIST = {("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}list-style-name", "")}
_PLACE = re.compile(r"%(\d+)%")
#: Forms by their first sign; others are written in digits.
_FORMS = {
    "": "none", "1": "decimal", "0": "decimalZero", "a": "lowerLetter", "A": "upperLetter",
    "i": "lowerRoman", "I": "upperRoman", "一": "taiwaneseCountingThousand",
    "壹": "chineseLegalSimplified",
    "甲": "ideographTraditional", "子": "ideographZodiac", "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list that is being read: its style, what it is counted as, its level from 0."""

    style: str
    counted_as: str
    level: int


@dataclass(slots=True)
class OpenNumbers:
    """Counts the lists and headings of a document in the order of its text."""

    _styles: dict[str, dict[int, Level]] = field(default_factory=dict)
    _without: set[str] = field(default_factory=set)  #: styles of headings that have no number
    _counts: Counts = field(default_factory=Counts)
    _names: dict[str, str] = field(default_factory=dict)  #: what lists with a name are counted as
    _last: dict[str, str] = field(default_factory=dict)  #: the last list of each style
    _met: int = 0

    @classmethod
    def of(cls, *parts: etree._Element | None) -> "OpenNumbers":
        """By the styles of a document's parts."""
        styles, without = {}, set()
        for one in (node for part in parts if part is not None for node in part.iter("*")):
            if local_name(one) == "list-style":
                styles[attribute_of(one, "name")] = dict(_levels(one))
            elif local_name(one) == "outline-style":
                styles[_OUTLINE] = dict(_levels(one))
            elif local_name(one) == "style" and _NO_LIST.issubset(one.attrib.items()):
                without.add(attribute_of(one, "name"))
        return cls(styles, without)

    def enter(self, node: etree._Element, outer: OpenList | None) -> OpenList:
        """A list, or one within another, whose numbers are counted with that."""
        style = attribute_of(node, "style-name") or (outer.style if outer else "")
        if outer is not None:
            return OpenList(style, outer.counted_as, outer.level + 1)
        named, follows = attribute_of(node, "id"), attribute_of(node, "continue-list")
        counted_as = self._names.get(follows, "") if follows else ""
        if attribute_of(node, "continue-numbering") == "true":
            counted_as = counted_as or self._last.get(style, "")
        self._met += 1
        counted_as = counted_as or str(self._met)
        self._names[named] = self._last[style] = counted_as
        return OpenList(style, counted_as, 0)

    def number(self, of: OpenList, item: etree._Element) -> str:
        """What stands before an item; nothing where it only holds another list."""
        names = {local_name(one) for one in item.iterchildren("*")}
        if local_name(item) != "list-item" or not names - {"list"}:
            return ""
        self._met += 1
        style = attribute_of(item, "style-override") or of.style
        return self._count(style, of, attribute_of(item, "start-value"))

    def heading(self, node: etree._Element) -> str:
        """What stands before a heading that is in no list."""
        level = attribute_of(node, "outline-level")
        is_none = attribute_of(node, "is-list-header") == "true"
        if is_none or attribute_of(node, "style-name") in self._without or not level.isdecimal():
            return ""
        self._met += 1
        of = OpenList(_OUTLINE, _OUTLINE, int(level) - 1)
        anew = attribute_of(node, "restart-numbering") == "true"
        return self._count(_OUTLINE, of, attribute_of(node, "start-value") or "1" * anew)

    def _count(self, style: str, of: OpenList, start: str) -> str:
        levels = self._styles.get(style, {})
        if of.level not in levels:
            return ""
        begins = {of.level: int(start)} if start.isdecimal() else {}
        return self._counts.count(
            NumberedList(of.counted_as, levels, begins), of.level, str(self._met)
        )


def _levels(style: etree._Element) -> Iterator[tuple[int, Level]]:
    for one in style.iterchildren("*"):
        at = attribute_of(one, "level")
        if at.isdecimal():
            yield int(at) - 1, _level(one, int(at))


def _level(node: etree._Element, at: int) -> Level:
    followed = next((attribute_of(one, "label-followed-by") for one in node.iter()
                     if local_name(one) == "list-level-label-alignment"), "")  # fmt: skip
    gap = "" if followed == "nothing" else " "
    bullet = attribute_of(node, "bullet-char")
    form = _FORMS.get(attribute_of(node, "num-format")[:1], "decimal")
    if bullet:
        return Level("bullet", bullet, gap=gap)
    shown, start = attribute_of(node, "display-levels"), attribute_of(node, "start-value")
    first = at - (int(shown) if shown.isdecimal() else 1) + 1
    text = _PLACE.sub(r"%\1", attribute_of(node, "num-list-format")) or (
        attribute_of(node, "num-prefix")
        + ".".join(f"%{number}" for number in range(max(first, 1), at + 1))
        + attribute_of(node, "num-suffix")
    )
    return Level(form, text, int(start) if start.isdecimal() else 1, gap=gap)
