"""What stands on the scan of a document issued here and was not issued: changed, or added, by hand.

Everything that is printed on such a paper is print of the form or stands in the document's
record. A number, an amount or a name that is read there surely and is neither was written
afterwards, or it is misread: a person is to look. A form that was filled in by hand holds
more of its own than of its record, and is no copy of it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

ID_NUMBER, PHONE, AMOUNT, NAME, DATE = "身份证号", "电话", "金额", "姓名", "日期"
LEFT_OUT = "未见"  #: printed, and read nowhere on its scan
TICK = "勾选"  #: a box that was printed empty and is ticked
STRUCK = "划改"  #: a pen went through a line: what was written in its place may be misread
_VALUES: Mapping[str, re.Pattern[str]] = {
    ID_NUMBER: re.compile(r"[1-9]\d{16}[\dX]"),
    PHONE: re.compile(r"1[3-9]\d{9}"),
    AMOUNT: re.compile(r"\d{1,9}\.\d\d"),
}
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_FIGURES = re.compile(r"(?<![0-9A-Za-z/–-])\d[\d,]*(?:\.\d+)*[Xx]?(?![0-9A-Za-z])")
_LABELLED = re.compile(r"^[㐀-鿿（()）]{2,14}[：:]\s*([㐀-鿿·]{2,6})$")
_NEAR = 2  #: signs in which one number may differ from another and be that one changed
_MANY_FIGURES = re.compile(r"\d[\d.,]{3}")
_STROKES = re.compile(r"[-–—=_~]+")
_LONG_NAME = 3  #: signs of a name of which one may be misread
_LONG = 9  #: signs of a value; in shorter ones two others make another value
_FEWEST_LEGIBLE = 5  #: signs of a struck out value that are read, right or wrong
_FEWEST_JOINED = 7  #: signs of two values read as one
_FEWEST_LEFT = 3  #: figures beside a struck out value that are no rest of a rule
_MOST_TOLD = 6
_PARTED, _WITHIN = "；", "|"
_SURE, _SURE_BESIDE = 0.95, 0.7  #: of a line; of one that holds an issued value, too: struck out


@dataclass(frozen=True, slots=True)
class Unlike:
    """A value that stands on a paper and was not issued, and what it may stand for."""

    kind: str
    read: str
    issued: str = ""  #: the value it is like, or the only one of its kind that is not read


@dataclass(frozen=True, slots=True)
class ReadText:
    """A line of a scan, and how surely it was read."""

    text: str
    confidence: float
    is_struck: bool = False  #: a pen went through it


def unlike_issued(
    printed: Mapping[str, Any], lines: Sequence[ReadText], is_name: Callable[[str], bool]
) -> tuple[Unlike, ...]:
    """What a scan says and its document does not.

    Args:
        printed: the texts of the document as they were printed.
        lines: of the scan, without signatures.
        is_name: whether a word that stands alone is a person's name, and no print of a form.
    """
    record = Record(printed, is_name)
    known: set[str] = set()
    other: dict[tuple[str, str], None] = {}
    for line in lines:
        values = list(_values_in(plain(line.text), record))
        issued = {kind for kind, value in values if record.holds(value)}
        known |= {value for _, value in values if record.holds(value)}
        other |= {
            (kind, value): None for kind, value in values
            if not record.holds(value)
            and line.confidence >= (_SURE_BESIDE if kind in issued else _SURE)
        }  # fmt: skip
    if not known or len(other) > len(known):
        return ()
    whole = "".join(plain(line.text) for line in lines)
    unread = {kind: _unread(record.of(kind), whole) for kind, _ in other}
    changed = [
        Unlike(kind, value, _stood_there(value, record.of(kind), unread[kind]))
        for kind, value in other
    ]
    return (*changed, *_struck(lines, record, changed))[:_MOST_TOLD]


def _struck(
    lines: Sequence[ReadText], record: "Record", changed: Sequence[Unlike]
) -> Iterator[Unlike]:
    """Values that a pen went through, where what was written instead is not told already.

    Words of the form itself are struck out where they do not apply: only values are told.
    """
    told = {one.read for one in changed} | {one.issued for one in changed}
    for line in lines:
        words = plain(line.text).replace(_WITHIN, "")
        if not line.is_struck or any(one and one in words for one in told):
            continue
        issued = record.value_in(words)
        if issued or record.is_name(words) or _MANY_FIGURES.search(words):
            told |= {issued, words}
            yield Unlike(STRUCK, words, issued)


def as_kept(found: Iterable[Unlike]) -> str:
    """Some of them as one text."""
    return _PARTED.join(_WITHIN.join((one.kind, one.issued, one.read)) for one in found)


def from_kept(text: str) -> list[Unlike]:
    """What `as_kept` wrote."""
    parts = (one.split(_WITHIN) for one in text.split(_PARTED) if one)
    return [Unlike(kind, read, issued) for kind, issued, read in parts]


class Record:
    """All values a document holds."""

    def __init__(self, printed: Mapping[str, Any], is_name: Callable[[str], bool]) -> None:
        self._texts = [plain(text) for text in texts_in(printed)]
        self.is_name = is_name
        self._of: dict[str, list[str]] = {}

    @cached_property
    def _whole(self) -> str:
        return "\n".join(self._texts)

    def holds(self, value: str) -> bool:
        """Whether a value stands anywhere in it."""
        return stands_in(value, self._whole)

    def of(self, kind: str) -> list[str]:
        """Its values of a kind; of names what stands alone."""
        if kind not in self._of:
            form = _VALUES.get(kind)
            figures = (one for text in self._texts for one in figures_in(text))
            found = filter(form.fullmatch, figures) if form else filter(self.is_name, self._texts)
            self._of[kind] = list(dict.fromkeys(found))
        return self._of[kind]

    def value_in(self, words: str) -> str:
        """The longest of its values that words hold, as it is or hardly legible; else nothing."""
        held = [
            one
            for kind in (*_VALUES, NAME)
            for one in self.of(kind)
            if _holds_misread(words, one, kind)
        ]
        days = [day for day in _DATE.findall(words) if self.holds(day)]
        return max((*held, *days), key=len, default="")

    def has_like(self, figures: str) -> bool:
        """Whether a value of it is nearly so: then it is rather that one, misread."""
        return any(
            edits(figures, one, _NEAR) <= _may_differ(one)
            for kind in _VALUES
            for one in self.of(kind)
        )


def stands_in(value: str, text: str) -> bool:
    """Whether a value stands anywhere in a text; an amount also without its .00."""
    short = value.removesuffix(".00")
    return value in text or (
        short != value and bool(re.search(rf"(?<![\d.]){re.escape(short)}(?![\d.])", text))
    )


def texts_in(node: Any) -> Iterator[str]:
    """Every text of a document, however deep."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping | list | tuple):
        for one in node.values() if isinstance(node, Mapping) else node:
            yield from texts_in(one)


def plain(text: str) -> str:
    """A text without white space, in usual signs."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def figures_in(text: str) -> list[str]:
    """The figures of a text, without commas."""
    return [one.replace(",", "").upper() for one in _FIGURES.findall(text)]


def _values_in(line: str, record: Record) -> Iterator[tuple[str, str]]:
    """The values of a line, each with its kind; of dates those that were issued."""
    yield from ((DATE, day) for day in _DATE.findall(line) if record.holds(day))
    for figures in figures_in(line):
        kind = next((kind for kind, form in _VALUES.items() if form.fullmatch(figures)), "")
        if kind:
            yield kind, figures
        else:
            yield from _beside_struck(figures, record)
            yield from _like_one(figures, record)
    yield from _behind_a_stroke(line, record)
    labelled = _LABELLED.match(line)
    name = labelled[1] if labelled else line
    struck = list(_beside_struck_name(name, record))
    if struck:
        yield from struck
    elif record.is_name(name):
        yield NAME, name


def _beside_struck(figures: str, record: Record) -> Iterator[tuple[str, str]]:
    """A value of the record with another written behind or before it, read as one."""
    if len(figures) < _FEWEST_JOINED:
        return
    ends = [
        (len(issued), kind, issued, rest)
        for kind in _VALUES
        for issued in record.of(kind)
        if _FEWEST_LEGIBLE <= len(issued) < len(figures)
        for rest in (figures.removeprefix(issued), figures.removesuffix(issued))
        if rest != figures and sum(one.isdigit() for one in rest) >= _FEWEST_LEFT
    ]
    if ends:
        _, kind, issued, rest = max(ends)
        if not record.has_like(rest):
            yield kind, issued
        yield kind, rest
        return
    yield from _beside_hardly_legible(figures, record)


def _beside_hardly_legible(figures: str, record: Record) -> Iterator[tuple[str, str]]:
    """The same where lines through the issued value made some of its signs others.

    Two issued values that run together, one of them misread, look like it, too: what stands
    beside must be a value of its kind, and like none that was issued.
    """
    for kind, form in _VALUES.items():
        long = (issued for issued in record.of(kind) if len(issued) >= _FEWEST_LEGIBLE)
        parted = (part for issued in long for part in _parted(figures, issued))
        off, issued, rest = min(parted, default=(_NEAR + 1, "", ""))
        if off <= _may_differ(issued) and form.fullmatch(rest) and not record.has_like(rest):
            yield kind, issued
            yield kind, rest
            return


def _behind_a_stroke(line: str, record: Record) -> Iterator[tuple[str, str]]:
    """The same where the line through a value is read as one between it and the new one."""
    parts = [part for part in _STROKES.split(line) if part]
    for kind, form in _VALUES.items():
        for issued in record.of(kind):
            struck = [one for one in parts if edits(one, issued, _NEAR) <= _may_differ(issued)]
            new = [one for one in parts if form.fullmatch(one) and not record.has_like(one)]
            if len(parts) > 1 and struck and new:
                yield kind, issued
                yield from ((kind, one) for one in new)
                return


def _parted(figures: str, issued: str) -> Iterator[tuple[int, str, str]]:
    """How far figures are from beginning or ending with a value, the value, and what is left."""
    for long in range(max(len(issued) - 1, _FEWEST_LEGIBLE), len(issued) + 2):
        if long < len(figures):
            yield edits(figures[:long], issued, _NEAR), issued, figures[long:]
            yield edits(figures[-long:], issued, _NEAR), issued, figures[:-long]


def _holds_misread(words: str, issued: str, kind: str) -> bool:
    """Whether words hold a value, lines through it having made some of its signs others."""
    if issued in words.replace(",", ""):
        return True
    if kind == NAME:
        is_near = len(issued) >= _LONG_NAME and differ_in(words, issued) <= 1
        return is_near or any(_beside_name(words, issued))
    if len(issued) < _FEWEST_LEGIBLE:
        return False
    most = _may_differ(issued)
    return any(
        edits(one, issued, _NEAR) <= most or any(off <= most for off, _, _ in _parted(one, issued))
        for one in figures_in(words)
    )


def _may_differ(issued: str) -> int:
    """In how many signs something may be another than a value and be it, misread."""
    return 1 if len(issued) < _LONG else _NEAR


def _beside_struck_name(words: str, record: Record) -> Iterator[tuple[str, str]]:
    """A name of the record with another written behind or before it, read as one.

    A sign of two issued names that run together may be misread: the other one must be like
    none that was issued.
    """
    issued_ones = record.of(NAME)
    for issued in issued_ones:
        for rest in _beside_name(words, issued):
            if record.is_name(rest) and all(edits(rest, one, 1) > 1 for one in issued_ones):
                yield NAME, issued
                yield NAME, rest
                return


def _beside_name(words: str, issued: str) -> Iterator[str]:
    """What is left of words that begin or end with a name, one sign of a longer one misread."""
    long = len(issued)
    may_differ = int(long >= _LONG_NAME)
    if len(words) > long and differ_in(words[:long], issued) <= may_differ:
        yield words[long:]
    if len(words) > long and differ_in(words[-long:], issued) <= may_differ:
        yield words[:-long]


def _like_one(figures: str, record: Record) -> Iterator[tuple[str, str]]:
    """What is no telephone or ID number of itself, and nearly one that was issued."""
    for kind in (ID_NUMBER, PHONE):
        if any(differ_in(figures, issued) <= _NEAR for issued in record.of(kind)):
            yield kind, figures
            return


def _unread(values: Iterable[str], whole: str) -> list[str]:
    return [one for one in values if one not in whole.replace(",", "")]


def _stood_there(value: str, issued: Sequence[str], unread: Sequence[str]) -> str:
    """Which issued value another one was written for: one it is like, or the only one left."""
    near = min(issued, key=lambda one: differ_in(value, one), default="")
    if near and differ_in(value, near) <= min(_NEAR, len(value) // 3):
        return near
    return unread[0] if len(unread) == 1 else ""


def edits(one: str, other: str, most: int) -> int:
    """How many signs are to be put in, left out or exchanged; only told up to one above `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for place, sign in enumerate(one, start=1):
        before, row[0] = row[0], place
        for at, its in enumerate(other, start=1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (sign != its))
    return min(row[-1], most + 1)


def differ_in(one: str, other: str) -> int:
    """In how many signs two texts of one length differ; more than they have otherwise."""
    if len(one) != len(other):
        return len(one) + len(other)
    return sum(a != b for a, b in zip(one, other, strict=True))
