"""Whom a paper is about: read from its labelled boxes, its columns of names, its sentences.

With places a value stands right of its label or below its heading; without them the order
of the words decides. A word that is printed on any form is never a name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive_indexer.documents import ExtractedPage, Guess, TextLine
from archive_indexer.filing.name_or_label import NamesAndLabels
from minzheng.county.form_marks import as_label
from minzheng.county.writing.chinese_text import normalise_name, to_simplified

_MOST = 10_000  #: the list of a whole county names some thousands
_IN_BOX, _IN_COLUMN, _IN_ROW, _IN_TEXT = 0.95, 0.9, 0.85, 0.75
_LEAST_OVERLAP = 0.5  #: of the lower of two lines, to stand in one row
_COLUMN_REACH = 0.8  #: of a heading's width, to either side of its middle
_HEADINGS = 3  #: labels in a row that make it the heading of a table
_PARTED = re.compile(r"[\s|：:]+")
_ENDS = (
    r"(?=[一二三四五六七八九十]+组|\d|[\s，,。；;、（(：:]|$|[甲乙丙丁]方|[㐀-鿿]{2}村|性别|男|女"
    r"|身份|家庭|联系|电话|年龄|住址|住|日期|签)"
)
_BEHIND_COLON = re.compile(rf"([㐀-鿿（()）]{{2,14}})[：:]\s?([㐀-鿿·]{{2,12}}?){_ENDS}")
#: How a sentence goes on behind a name.
_GOES_ON = r"(?=每月|每年|每人|享受|领取|于\d|因|提出|现年|家庭|一家|等\d|，|、|（|\(|,|。)"
_NUMBERED = re.compile(rf"(?m)^\s*\d{{1,3}}[\s、.]+([㐀-鿿·]{{2,6}}?){_ENDS}")
_HEAD_WORDS = 4
#: What stands in place of a person whose data was erased; a box that is ticked is one sign.
_ERASED = re.compile("■{2,}")
_BEFORE_ID = re.compile(r"([㐀-鿿·]{2,12})[，,（(\s]*(?:居民|公民)?身份(?:证|号)")


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """The people of a paper, and the one it is mainly about."""

    persons: tuple[Guess, ...]
    chief: Guess | None


def find_people(pages: Sequence[ExtractedPage], naming: NamesAndLabels) -> PeopleFound:
    """Everybody named on some pages, each once, the surest reason first.

    Where somebody was blanked, whoever is named behind is not therefore the one it is about.
    """
    best: dict[str, Guess] = {}
    chief: Guess | None = None
    for page, before in _before_erased(pages):
        for label, guess in _on_page(page, naming):
            known = best.get(guess.value)
            if known is None and len(best) >= _MOST:
                continue
            if known is None or known.confidence < guess.confidence:
                best[guess.value] = guess
            is_clear = before is None or guess.value in before
            if chief is None and is_clear and naming.is_chief(label):
                chief = guess
    persons = tuple(best.values())
    if chief is not None:
        first = best[chief.value]
        persons = (first, *(one for one in persons if one is not first))
    elif len(persons) == 1 and not any(_ERASED.search(page.text) for page in pages):
        chief = persons[0]
    return PeopleFound(persons, chief)


def _before_erased(pages: Sequence[ExtractedPage]) -> Iterator[tuple[ExtractedPage, str | None]]:
    """Each page with what stands on it before the first blanked person; None: nobody is yet."""
    is_erased = False
    for page in pages:
        clear = "" if is_erased else _ERASED.split(page.text, maxsplit=1)[0]
        is_erased = is_erased or clear != page.text
        yield page, normalise_name(clear) if is_erased else None


def _on_page(page: ExtractedPage, naming: NamesAndLabels) -> Iterator[tuple[str, Guess]]:
    """Names with the label in front of them; names of a column have none."""
    if any(line.box != page.lines[0].box for line in page.lines):
        yield from _by_place(page, naming)
    yield from _by_order(page, naming)
    yield from _after_colons(page, naming)
    yield from _in_sentences(page, naming)
    if any(word in "".join(page.text.split()[:_HEAD_WORDS]) for word in naming.words.lists):
        yield from _behind_numbers(page, naming)


def _by_place(page: ExtractedPage, naming: NamesAndLabels) -> Iterator[tuple[str, Guess]]:
    lines = page.lines
    for line in lines:
        if not naming.is_label(line.text):
            continue
        label, value = as_label(line.text), _right_of(line, lines)
        if value is not None and naming.is_name(_name(value.text)):
            because = f"第 {page.number} 页“{label}”栏"
            yield label, Guess(_name(value.text), _sure(_IN_BOX, value), because)
        elif label in naming.words.columns and _is_heading(line, lines, value, naming):
            for below in _below(line, lines, naming):
                because = f"第 {page.number} 页名册“{label}”一列"
                yield "", Guess(_name(below.text), _sure(_IN_COLUMN, below), because)


def _is_heading(
    line: TextLine, lines: Iterable[TextLine], value: TextLine | None, naming: NamesAndLabels
) -> bool:
    """Whether a label heads a column of people who are no officials."""
    if value is not None and not naming.begins_label(value.text):
        return False
    beside = (as_label(one.text) for one in lines if _is_level(line, one))
    return not any(label in naming.words.staff for label in beside)


def _right_of(label: TextLine, lines: Iterable[TextLine]) -> TextLine | None:
    """The nearest line in the same row."""
    return min(
        (one for one in lines if one.box[0] >= label.box[2] - 0.01 and _is_level(label, one)),
        key=lambda one: one.box[0],
        default=None,
    )


def _is_level(one: TextLine, other: TextLine) -> bool:
    common = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    lower = min(one.box[3] - one.box[1], other.box[3] - other.box[1])
    return common >= _LEAST_OVERLAP * lower


def _fits(line: TextLine, middle: float, reach: float) -> bool:
    """Whether a line's middle is within reach of a column's."""
    width = line.box[2] - line.box[0]
    return abs((line.box[0] + line.box[2]) / 2 - middle) <= reach + width / 4


def _below(
    heading: TextLine, lines: Sequence[TextLine], naming: NamesAndLabels
) -> Iterator[TextLine]:
    """Names in the column of a heading, down to the next label there."""
    left, _, right, bottom = heading.box
    middle, reach = (left + right) / 2, (right - left) * _COLUMN_REACH
    under = [line for line in lines if line.box[1] >= bottom - 0.005 and _fits(line, middle, reach)]
    for line in sorted(under, key=lambda line: line.box[1]):
        if naming.is_any_label(line.text):
            return
        if naming.is_name(_name(line.text)):
            yield line


def _by_order(page: ExtractedPage, naming: NamesAndLabels) -> Iterator[tuple[str, Guess]]:
    """Labels and names in one row of text, and rows below a row of headings."""
    column: tuple[str, int] | None = None
    for row in page.text.split("\n"):
        words = [word for word in _PARTED.split(row) if word]
        heading = _heading_in(words, naming)
        if heading is not None:
            column = heading
            continue
        labelled = list(_labelled(words, page.number, naming))
        yield from labelled
        if column is None or column[1] < 0 or labelled:
            continue
        name = _name_in_column(words, column[1], naming)
        if name:
            because = f"第 {page.number} 页名册“{column[0]}”一列"
            yield "", Guess(name, _IN_ROW, because)
        elif len(words) < 2:
            column = None


def _heading_in(words: Sequence[str], naming: NamesAndLabels) -> tuple[str, int] | None:
    """The column of names and where it stands; nowhere in a list of officials."""
    if sum(map(naming.is_any_label, words)) < _HEADINGS or any(map(naming.is_name, words)):
        return None
    labels = [(as_label(word), at) for at, word in enumerate(words)]
    if any(label in naming.words.staff for label, _ in labels):
        return "", -1
    return next((one for one in labels if one[0] in naming.words.columns), None)


def _labelled(
    words: Sequence[str], page: int, naming: NamesAndLabels
) -> Iterator[tuple[str, Guess]]:
    for label, word in pairwise(words):
        name = _name(word)
        if naming.is_label(label) and naming.is_name(name):
            yield label, Guess(name, _IN_ROW, f"第 {page} 页“{as_label(label)}”栏")


def _name_in_column(words: Sequence[str], at: int, naming: NamesAndLabels) -> str:
    """The name nearest to its column: empty cells leave no gap in a text."""
    if len(words) < 2:
        return ""
    names = [(abs(place - at), _name(word)) for place, word in enumerate(words)]
    near = [one for one in names if one[0] <= 2 and naming.is_name(one[1])]
    return min(near)[1] if near else ""


def _after_colons(page: ExtractedPage, naming: NamesAndLabels) -> Iterator[tuple[str, Guess]]:
    """`户主:张三一组`: behind the colon, up to where something else begins."""
    for match in _BEHIND_COLON.finditer(to_simplified(page.text)):
        label, name = as_label(match[1]), _name(match[2])
        while len(label) > 1 and not naming.is_label(label):
            label = label[1:]  # what stands in front belongs to something else
        if naming.is_label(label) and naming.is_name(name):
            yield label, Guess(name, _IN_ROW, f"第 {page.number} 页“{label}”后面")


def _behind_numbers(page: ExtractedPage, naming: NamesAndLabels) -> Iterator[tuple[str, Guess]]:
    for match in _NUMBERED.finditer(page.text):
        if naming.is_name(match[1]):
            yield "", Guess(match[1], _IN_TEXT, f"第 {page.number} 页名单中的一行")


def _in_sentences(page: ExtractedPage, naming: NamesAndLabels) -> Iterator[tuple[str, Guess]]:
    """`申请人张三（身份证号…）`: what stands in front of an ID number."""
    text = re.sub(r"\s+", "", page.text) if page.origin == "ocr" else page.text
    for word in naming.words.before_names:
        for match in re.finditer(rf"{word}([㐀-鿿]{{2,4}}?){_GOES_ON}", text):
            if naming.is_name(match[1]):
                because = f"第 {page.number} 页正文“{word}”之后"
                yield "", Guess(match[1], _IN_TEXT, because)
    for match in _BEFORE_ID.finditer(text):
        before = match[1]
        for word in naming.words.before_names:
            name = _name(before.rpartition(word)[2])
            if word in before and naming.is_name(name):
                because = f"第 {page.number} 页正文“{word}”之后"
                yield (word if naming.is_chief(word) else ""), Guess(name, _IN_TEXT, because)
                break


def _name(text: str) -> str:
    return normalise_name(text.strip("，,。；;、（）()"))


def _sure(confidence: float, line: TextLine) -> float:
    """No surer than the line was read."""
    return round(min(confidence, max(line.confidence, 0.3)), 2)


def with_record(found: PeopleFound, names: Sequence[str], case_no: str) -> PeopleFound:
    """The people as the record of an issued case names them, before those read."""
    if not names:
        return found
    because = f"案件 {case_no} 出具时的登记"
    known = [Guess(name, 1.0, because, "case") for name in names]
    rest = [one for one in found.persons if one.value not in names]
    return replace(found, persons=(*known, *rest), chief=known[0])
