"""The numbers that drawings make of themselves before paragraphs (ISO/IEC 29500 20.1.10.61)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from archive_indexer.extract.office.number_words import write_number
from archive_indexer.extract.office.parts import local_name

_BULLETS = frozenset({"buNone", "buChar", "buBlip", "buAutoNum"})
#: How a number is written, by the beginning of its scheme's name.
_FORMS = {
    "arabicDb": "decimalFullWidth", "arabic": "decimal", "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman",
    "circleNum": "decimalEnclosedCircle", "ea1Chs": "chineseCounting", "ea1Cht": "chineseCounting",
    "ea1Jpn": "japaneseCounting",
}  # fmt: skip
_AROUND = {
    "ParenBoth": "({})", "ParenR": "{})", "DbPeriod": "{}．", "Period": "{}.", "Minus": "- {} -",
}  # fmt: skip
_SCHEME = re.compile("|".join(_FORMS))


@dataclass(slots=True)
class SlideNumbers:
    """Counts the numbers of one box after the other, paragraph by paragraph."""

    _box: etree._Element | None = None
    _counts: dict[int, tuple[tuple[str, int], int]] = field(default_factory=dict)

    def number(self, paragraph: etree._Element, words: str) -> str:
        """What stands before a paragraph, with the gap behind it."""
        box = paragraph.getparent()
        if box is not self._box:
            self._box, self._counts = box, {}
        properties = paragraph.find("{*}pPr")
        level = _whole(properties.get("lvl") if properties is not None else None, 0)
        if not words:
            return ""
        bullet = _bullet(properties, box, level)
        for below in [one for one in self._counts if one > level]:
            del self._counts[below]
        if bullet is None or local_name(bullet) != "buAutoNum":
            self._counts.pop(level, None)
            return ""
        scheme = bullet.get("type", ""), _whole(bullet.get("startAt"), 1)
        last, count = self._counts.get(level, (None, 0))
        count = count + 1 if last == scheme else scheme[1]
        self._counts[level] = scheme, count
        return f"{_written(count, scheme[0])} "


def _bullet(
    properties: etree._Element | None, box: etree._Element | None, level: int
) -> etree._Element | None:
    """What is said of the paragraph itself, else of its level in the box."""
    of_level = box.find(f"{{*}}lstStyle/{{*}}lvl{level + 1}pPr") if box is not None else None
    for said in (properties, of_level):
        for node in said.iterchildren("*") if said is not None else ():
            if local_name(node) in _BULLETS:
                return node
    return None


def _written(count: int, scheme: str) -> str:
    form = _SCHEME.match(scheme)
    said = write_number(count, _FORMS[form[0]] if form else "decimal")
    around = next((one for end, one in _AROUND.items() if scheme.endswith(end)), "{}")
    return around.format(said)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() else otherwise
