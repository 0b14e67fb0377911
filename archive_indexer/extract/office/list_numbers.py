"""The numbers that Word makes of itself: 第三条, 一、, （二） (ISO/IEC 29500 17.9)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from archive_indexer.extract.office.number_words import write_number
from archive_indexer.extract.office.parts import attribute_of

LEVELS = 9
_MOST_LINKS = 20  #: styles that rest on one another
_PLACE = re.compile(r"%([1-9])")
_PRIVATE = 0xE000  #: from here signs have a look in one font only
_FALSE = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Level:
    """How the numbers of one level of a list look."""

    form: str = "decimal"
    text: str = ""
    start: int = 0
    restarts_below: int = LEVELS  #: it begins anew behind a level of a lower number
    in_digits: bool = False  #: all of its numbers, whatever the form of the others
    gap: str = " "  #: between number and words
    style: str = ""  #: whose paragraphs stand on it
    width: int = 0  #: of digits, with noughts before them


@dataclass(frozen=True, slots=True)
class NumberedList:
    """One `num`: a list with its own first numbers, counted together with its likes."""

    counted_as: str
    levels: dict[int, Level]
    begins: dict[int, int]  #: levels that begin anew when this one is first met


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str
    list_id: str
    level: int | None


class Numbering:
    """The lists of a document and the styles that stand in them."""

    def __init__(self, lists: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles, self._ordinary = _read_styles(styles)
        self._lists = _read_lists(lists, self._styles) if lists is not None else {}

    def place_of(self, paragraph: etree._Element) -> tuple[NumberedList, int, str] | None:
        """List, level and the list's number of a paragraph; None when it has no number."""
        if not self._lists:
            return None
        properties = paragraph.find("{*}pPr")
        own = _find(properties, "numPr")
        list_id, level = value_of(_find(own, "numId")), _whole(value_of(_find(own, "ilvl")))
        name = value_of(_find(properties, "pStyle")) or self._ordinary
        styles = list(self._with_bases(name))
        if not list_id:
            list_id = next((one.list_id for _, one in styles if one.list_id), "")
        found = self._lists.get(list_id)
        level = level if level is not None else self._level_of_style(list_id, styles) or 0
        return (found, level, list_id) if found is not None and level in found.levels else None

    def _with_bases(self, name: str) -> Iterator[tuple[str, _Style]]:
        for _ in range(_MOST_LINKS):
            style = self._styles.get(name)
            if style is None:
                return
            yield name, style
            name = style.based_on

    def _level_of_style(self, list_id: str, styles: list[tuple[str, _Style]]) -> int | None:
        """A level that names the style, else the one that the style names."""
        levels = self._lists[list_id].levels if list_id in self._lists else {}
        for name, _ in styles:
            linked = next((at for at, level in levels.items() if level.style == name), None)
            if linked is not None:
                return linked
        return next((one.level for _, one in styles if one.level is not None), None)


@dataclass(slots=True)
class Counts:
    """Where the lists of one story stand."""

    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def count(self, found: NumberedList, level: int, list_id: str) -> str:
        """The next number of a list, with the gap behind it; `list_id` begins anew but once."""
        counts = self._counts.setdefault(found.counted_as, {})
        for above in range(level):  # one that is left out counts as if it stood there
            if above in found.levels and above not in counts:
                counts[above] = self._next(found, above, list_id, counts)
        counts[level] = self._next(found, level, list_id, counts)
        for below in [one for one in counts if one > level]:
            if below not in found.levels or level < found.levels[below].restarts_below:
                del counts[below]
        return _written(found, level, counts)

    def _next(self, found: NumberedList, level: int, list_id: str, counts: dict[int, int]) -> int:
        if level in found.begins and (list_id, level) not in self._begun:
            self._begun.add((list_id, level))
            return found.begins[level]
        if level in counts:
            return counts[level] + 1
        return found.begins.get(level, found.levels[level].start)


@dataclass(slots=True)
class ListCounter:
    """Counts the numbers of one story, paragraph by paragraph; boxes are a story of their own."""

    numbering: Numbering
    _counts: Counts = field(default_factory=Counts)
    _boxes: "ListCounter | None" = None

    def boxes(self) -> "ListCounter":
        """The counter of what stands in the boxes beside this story."""
        self._boxes = self._boxes or ListCounter(self.numbering)
        return self._boxes

    def number(self, paragraph: etree._Element) -> str:
        """What Word writes before a paragraph, with the gap behind it."""
        written = paragraph.find("{*}pPr/{*}listPr/{*}t")
        if written is not None:  # Word of 2003 writes down what it counted
            return f"{value_of(written)} "
        place = self.numbering.place_of(paragraph)
        if place is None or _is_gone(paragraph):
            return ""
        return self._counts.count(*place)


def _written(found: NumberedList, at: int, counts: dict[int, int]) -> str:
    level = found.levels[at]
    if level.form == "bullet":
        said = "".join(sign for sign in level.text if _is_shown(sign))
        return f"{said}{level.gap}" if said else ""

    def number(match: re.Match[str]) -> str:
        of = int(match[1]) - 1
        other = found.levels.get(of)
        if other is None or of > at:
            return ""
        count = counts.get(of, other.start)
        if other.width or (level.in_digits and other.form != "decimalZero"):
            return str(count).zfill(other.width)
        return write_number(count, other.form)

    said = _PLACE.sub(number, level.text)
    return f"{said}{level.gap}" if said.strip() else ""


def _is_shown(sign: str) -> bool:
    """Whether a bullet is a sign in every font; a small o is a ring in one."""
    return ord(sign) < _PRIVATE and not sign.isalnum() and not sign.isspace()


def _is_gone(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph was struck out or is hidden: then it is not counted."""
    end = paragraph.find("{*}pPr/{*}rPr")
    if _find(end, "del") is not None or _find(end, "moveFrom") is not None:
        return True
    hidden = _find(end, "vanish")
    return hidden is not None and value_of(hidden) not in _FALSE


def _read_styles(root: etree._Element | None) -> tuple[dict[str, _Style], str]:
    """The styles by their ids, and the one of paragraphs that name none."""
    styles, ordinary = dict[str, _Style](), ""
    for node in root.iterfind("{*}style") if root is not None else ():
        name, own = attribute_of(node, "styleId"), node.find("{*}pPr/{*}numPr")
        styles[name] = _Style(
            value_of(node.find("{*}basedOn")), value_of(_find(own, "numId")),
            _whole(value_of(_find(own, "ilvl"))),
        )  # fmt: skip
        if attribute_of(node, "type") == "paragraph" and attribute_of(node, "default") in (
            "1",
            "true",
        ):
            ordinary = name
    return styles, ordinary


def _read_lists(root: etree._Element, styles: dict[str, _Style]) -> dict[str, NumberedList]:
    kinds = {attribute_of(node, "abstractNumId"): node for node in root.iterfind("{*}abstractNum")}
    nums = {attribute_of(node, "numId"): node for node in root.iterfind("{*}num")}
    lists = {}
    for name, num in nums.items():
        kind = _kind_of(num, nums, kinds, styles)
        if name != "0" and kind:
            levels = dict(_levels(kinds[kind]))
            begins = {}
            for changed in num.iterfind("{*}lvlOverride"):
                at = _whole(attribute_of(changed, "ilvl")) or 0
                levels |= dict(_levels(changed))
                start = _whole(value_of(changed.find("{*}startOverride")))
                if start is not None:
                    begins[at] = start
            lists[name] = NumberedList(kind, levels, begins)
    return lists


def _kind_of(
    num: etree._Element,
    nums: dict[str, etree._Element],
    kinds: dict[str, etree._Element],
    styles: dict[str, _Style],
) -> str:
    """The definition of a list, which may be that of a style of lists."""
    for _ in range(_MOST_LINKS):
        kind = value_of(num.find("{*}abstractNumId"))
        if kind not in kinds:
            return ""
        link = value_of(kinds[kind].find("{*}numStyleLink"))
        if not link:
            return kind
        following = nums.get(styles[link].list_id) if link in styles else None
        if following is None:
            return ""
        num = following
    return ""


def _levels(node: etree._Element) -> Iterator[tuple[int, Level]]:
    for one in node.iterfind("{*}lvl"):
        at = _whole(attribute_of(one, "ilvl")) or 0
        forms = list(one.iter("{*}numFmt"))
        form = value_of(forms[0]) if forms else "decimal"
        legal = one.find("{*}isLgl")
        restarts = _whole(value_of(one.find("{*}lvlRestart")))
        suffix = value_of(one.find("{*}suff"))
        yield (
            at,
            Level(
                form or "decimal",
                value_of(one.find("{*}lvlText")),
                _whole(value_of(one.find("{*}start"))) or 0,
                LEVELS if restarts is None else restarts,
                legal is not None and value_of(legal) not in _FALSE,
                "" if suffix == "nothing" else " ",
                value_of(one.find("{*}pStyle")),
                # a form of one's own shows how its first numbers look: 001, 002, 003
                len(attribute_of(forms[0], "format").partition(",")[0]) if form == "custom" else 0,
            ),
        )


def _find(node: etree._Element | None, name: str) -> etree._Element | None:
    return node.find(f"{{*}}{name}") if node is not None else None


def value_of(node: etree._Element | None) -> str:
    """The `val` of an element; empty when there is none."""
    return attribute_of(node, "val") if node is not None else ""


def _whole(text: str) -> int | None:
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < LEVELS else None
