"""Word's own numbering (一、二、) begins again with each record of a print run."""

import copy
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from filler.word.annexes.annex_lists import name_shapes, next_number, put_behind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL, _NUM_ID, _LEVEL = f"{_W}val", f"{_W}numId", f"{_W}ilvl"
_ABSTRACT, _START = f"{_W}abstractNumId", f"{_W}startOverride"
_BULLET_ID = f"{_W}numPicBulletId"
_LEVELS = 9
#: What stands before the numbering in a paragraph's properties.
_BEFORE_NUMBERING = frozenset(
    _W + name
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
_AFTER_INDENT = frozenset(
    _W + name
    for name in (
        "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
        "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
        "pPrChange",
    )
)  # fmt: skip


class _OfStyle(NamedTuple):
    """The numbering that a paragraph has by its style."""

    number: str
    level: str
    indent: Any  #: the style's own, which a direct numbering would hide


class RecordLists:
    """The numbering part of a print run, with a list of its own for each list of a record."""

    def __init__(self, numbering: bytes, styles: bytes) -> None:
        self._root: Any = etree.fromstring(numbering)
        self._lists = {one.get(_NUM_ID): one for one in self._root.findall(f"{_W}num")}
        self._starts = {
            one.get(_ABSTRACT): dict(_starts(one)) for one in self._root.iter(f"{_W}abstractNum")
        }
        self.learn_styles(etree.fromstring(styles))
        self._next = max((int(number) for number in self._lists if number), default=0)
        self.has_changed = False
        self.touched = 0  #: lists and paragraphs that were changed

    def begin_again(self, roots: Iterable[Any]) -> None:
        """Give the lists in a record's parts numbers of their own."""
        made: dict[str, str] = {}
        for root in roots:
            for paragraph in root.iter(f"{_W}p") if self._by_style else ():
                self._number_by_style(paragraph)
            for number in root.iter(f"{_W}numId"):
                old = number.get(_VAL, "")
                if old in self._lists:
                    self.touched += 1
                    number.set(_VAL, made.get(old) or made.setdefault(old, self._copy(old)))

    def learn_styles(self, styles: Any) -> None:
        """Take in which styles have lists."""
        self._by_style = dict(_numbered_styles(styles, self._root))

    def add_abstract(self, made: Any, first_nsid: int) -> str:
        """Take in what a list looks like; its number.

        Args:
            made: the list, of the run's own from now on.
            first_nsid: what numbers that Word tells lists by begin after.
        """
        name = next_number(self._root, "abstractNum", _ABSTRACT)
        made.set(_ABSTRACT, name)
        same = made.find(f"{_W}nsid")
        if same is not None:
            same.set(_VAL, f"{first_nsid + int(name):08X}")
        put_behind(self._root, made, ("numPicBullet", "abstractNum"))
        self._starts[name] = dict(_starts(made))
        self.has_changed = True
        return name

    def add_number(self, made: Any, abstract: str) -> str:
        """Take in what paragraphs name when they stand in a list; its number."""
        self._next += 1
        made.attrib.clear()
        made.set(_NUM_ID, str(self._next))
        made.find(_ABSTRACT).set(_VAL, abstract)
        put_behind(self._root, made, ("numPicBullet", "abstractNum", "num"))
        self._lists[str(self._next)] = made
        self.has_changed = True
        return str(self._next)

    def add_bullet(self, made: Any) -> str:
        """Take in a picture that stands for a bullet; its number."""
        name = next_number(self._root, "numPicBullet", _BULLET_ID)
        made.set(_BULLET_ID, name)
        name_shapes(made)
        put_behind(self._root, made, ("numPicBullet",))
        self.has_changed = True
        return name

    def xml(self) -> bytes:
        """The part as it is now."""
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _copy(self, old: str) -> str:
        self._next += 1
        self.has_changed = True
        made = copy.deepcopy(self._lists[old])
        made.attrib.clear()
        made.set(_NUM_ID, str(self._next))
        abstract: Any = made.find(_ABSTRACT)
        starts = self._starts.get(abstract.get(_VAL), {})
        own = {one.get(_LEVEL): one for one in made.findall(f"{_W}lvlOverride")}
        for level in map(str, range(_LEVELS)):
            override = own.get(level)
            if override is None:
                override = etree.SubElement(made, f"{_W}lvlOverride", {_LEVEL: level})
            if override.find(_START) is None:
                start = _own_start(override) or starts.get(level, "1")
                override.insert(0, override.makeelement(_START, {_VAL: start}))
        last = self._root.findall(f"{_W}num")[-1]
        last.addnext(made)
        return str(self._next)

    def _number_by_style(self, paragraph: Any) -> None:
        """What only the style says is said by the paragraph: the list can be another then."""
        properties = paragraph.find(f"{_W}pPr")
        style = properties.find(f"{_W}pStyle") if properties is not None else None
        found = self._by_style.get(style.get(_VAL) if style is not None else "")
        if found is None or properties is None or properties.find(f"{_W}numPr") is not None:
            return
        self.touched += 1
        numbering = properties.makeelement(f"{_W}numPr", {})
        etree.SubElement(numbering, _LEVEL, {_VAL: found.level})
        etree.SubElement(numbering, _NUM_ID, {_VAL: found.number})
        at = sum(child.tag in _BEFORE_NUMBERING for child in properties)
        properties.insert(at, numbering)
        if found.indent is not None and properties.find(f"{_W}ind") is None:
            at = sum(child.tag not in _AFTER_INDENT for child in properties)
            properties.insert(at, copy.deepcopy(found.indent))


def _starts(abstract: Any) -> Iterator[tuple[str, str]]:
    for level in abstract.findall(f"{_W}lvl"):
        start = level.find(f"{_W}start")
        yield level.get(_LEVEL), start.get(_VAL, "1") if start is not None else "0"


def _own_start(override: Any) -> str:
    start = override.find(f"{_W}lvl/{_W}start")
    return start.get(_VAL, "") if start is not None else ""


def _numbered_styles(styles: Any, numbering: Any) -> Iterator[tuple[str, _OfStyle]]:
    by_id = {one.get(f"{_W}styleId"): one for one in styles.iter(f"{_W}style")}
    levels = {
        style.get(_VAL): level.get(_LEVEL, "0")
        for level in numbering.iter(f"{_W}lvl")
        for style in level.findall(f"{_W}pStyle")
    }
    for name, style in by_id.items():
        if style.get(f"{_W}type") != "paragraph":
            continue
        chain = list(_chain(style, by_id))
        number = _first(chain, f"{_W}pPr/{_W}numPr/{_NUM_ID}")
        if number is None or number.get(_VAL) == "0":
            continue
        level = _first(chain, f"{_W}pPr/{_W}numPr/{_LEVEL}")
        shown = levels.get(name) or (level.get(_VAL) if level is not None else "0")
        yield name, _OfStyle(number.get(_VAL), shown, _first(chain, f"{_W}pPr/{_W}ind"))


def _chain(style: Any, by_id: dict[str, Any]) -> Iterator[Any]:
    """A style and those it is based on."""
    seen: set[str] = set()
    current: Any = style
    while current is not None and current.get(f"{_W}styleId") not in seen:
        seen.add(current.get(f"{_W}styleId"))
        yield current
        base = current.find(f"{_W}basedOn")
        current = by_id.get(base.get(_VAL)) if base is not None else None


def _first(chain: Iterable[Any], path: str) -> Any:
    found = (style.find(path) for style in chain)
    return next((one for one in found if one is not None), None)
