"""ID numbers, amounts, dates and the 档号 of a paper, each with the reason."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath

from archive_indexer.documents import ExtractedPage, Guess
from minzheng.county.form_marks import as_label
from minzheng.county.registry.paper_words import PaperWords
from minzheng.county.writing.id_card import is_sound, to_eighteen

_MOST = 10_000  #: of a kind; the list of a whole county names some thousands
_ID = re.compile(r"(?<![0-9A-Za-z])(?:[1-9]\d{16}[\dXx]|[1-9]\d{14})(?![0-9A-Za-z])")
_AMOUNT = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?\s?元")
_FIGURES = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?(?:(?:元|[（(]?大写|人民币).*)?"
)
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?|([-./])(\d{1,2})\4(\d{1,2})(?!\d))"
)
#: J012-WS·2018-D10-DB-0001, …-0003-005; the village code may stand for the 全宗号.
_ARCHIVE_NO = re.compile(
    r"(?<![0-9A-Za-z])((?:[A-Z0-9]\d{3}|\d{12})-[A-Z]{2,3}[·•・．.]?\d{4}-(?:Y|D10|D30)(?:-[A-Z]{2,3})?(?:-\d{3,4}){1,2})(?![0-9A-Za-z])"
)
_LOOSE_NO = re.compile(r"(?=.*\d)[0-9A-Z][0-9A-Z·.\-〔〕]{4,39}")
_PARTED = re.compile(r"[\s|：:]+")


@dataclass(frozen=True, slots=True)
class ValueLabels:
    """Labels of values on papers and on all forms."""

    archive_no: Collection[str]
    amounts: Collection[str]
    dates: Collection[str]


def value_labels(
    words: PaperWords, amounts: Iterable[str] = (), dates: Iterable[str] = ()
) -> ValueLabels:
    """The labels of the county's list and those of the forms."""
    return ValueLabels(words.archive_no, words.amounts | {*amounts}, words.dates | {*dates})


def find_ids(pages: Sequence[ExtractedPage]) -> tuple[Guess, ...]:
    """ID numbers; a wrong check digit makes one doubtful."""
    return _each_once(
        _id_guess(match[0].upper(), page.number)
        for page in pages
        for match in _ID.finditer(_plain(page.text))
    )


def find_amounts(pages: Sequence[ExtractedPage], labels: ValueLabels) -> tuple[Guess, ...]:
    """Amounts in yuan: beside a label of money, or with 元 behind them."""
    return _each_once(_amounts(pages, labels))


def find_dates(pages: Sequence[ExtractedPage], labels: ValueLabels) -> tuple[Guess, ...]:
    """Dates as 2018-05-07, or 2018-05 for a month."""
    return _each_once(_dates(pages, labels))


def find_archive_no(pages: Sequence[ExtractedPage], path: str, labels: ValueLabels) -> Guess | None:
    """The paper's own 档号; a list that names several has none of its own."""
    found = _each_once(_archive_nos(pages, labels))
    if len(found) == 1:
        return found[0]
    name = PurePosixPath(path).name
    match = _ARCHIVE_NO.search(name.upper())
    return Guess(_as_archive_no(match[1]), 0.9, "文件名") if match and not found else None


def _id_guess(number: str, page: int) -> Guess:
    eighteen = to_eighteen(number)
    if len(number) == 15:
        return Guess(eighteen, 0.8, f"第 {page} 页，15 位旧号码换成 18 位")
    if is_sound(eighteen):
        return Guess(eighteen, 0.99, f"第 {page} 页，校验码相符")
    return Guess(eighteen, 0.4, f"第 {page} 页，校验码不符，请对照原图")


def _amounts(pages: Iterable[ExtractedPage], labels: ValueLabels) -> Iterator[Guess]:
    for page in pages:
        text = _plain(page.text)
        for label, word in _pairs(text):
            match = _FIGURES.fullmatch(word)
            if match and as_label(label) in labels.amounts:
                yield Guess(_yuan(match), 0.95, f"第 {page.number} 页“{as_label(label)}”栏")
        for match in _AMOUNT.finditer(text):
            yield Guess(_yuan(match), 0.9, f"第 {page.number} 页，后面写着“元”")
        yield from _figures_in_tables(text, page.number)


def _figures_in_tables(text: str, page: int) -> Iterator[Guess]:
    """Figures with two decimals in a row that holds an ID number: a roster's amounts."""
    for row in text.split("\n"):
        if _ID.search(row):
            for word in row.split():
                match = _FIGURES.fullmatch(word)
                if match and match[2] and len(match[2]) == 2:
                    yield Guess(_yuan(match), 0.8, f"第 {page} 页名册一行中的金额")


def _dates(pages: Iterable[ExtractedPage], labels: ValueLabels) -> Iterator[Guess]:
    for page in pages:
        text = _plain(page.text)
        for label, word in _pairs(text):
            match = _DATE.match(word)
            if match and as_label(label) in labels.dates and (date := _date(match)):
                yield Guess(date, 0.95, f"第 {page.number} 页“{as_label(label)}”栏")
        for match in _DATE.finditer(text):
            if date := _date(match):
                yield Guess(date, 0.9, f"第 {page.number} 页")


def _archive_nos(pages: Iterable[ExtractedPage], labels: ValueLabels) -> Iterator[Guess]:
    for page in pages:
        text = unicodedata.normalize("NFKC", page.text)
        for label, word in _pairs(text):
            if as_label(label) in labels.archive_no and _LOOSE_NO.fullmatch(word):
                yield Guess(_as_archive_no(word), 0.95, f"第 {page.number} 页“{as_label(label)}”栏")
        for match in _ARCHIVE_NO.finditer(text):
            yield Guess(_as_archive_no(match[1]), 0.85, f"第 {page.number} 页，写法是档号")


def _as_archive_no(text: str) -> str:
    return re.sub("[•・．.]", "·", text)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Each word with the one before it in its row."""
    for row in text.split("\n"):
        words = [word for word in _PARTED.split(row) if word]
        yield from pairwise(words)


def _yuan(match: re.Match[str]) -> str:
    return f"{match[1].replace(',', '')}.{(match[2] or '').ljust(2, '0')}"


def _date(match: re.Match[str]) -> str:
    year, month, day, _, other_month, other_day = match.groups()
    numbers = int(month or other_month), int(day or other_day or 0)
    if not (1 <= numbers[0] <= 12 and numbers[1] <= 31):
        return ""
    return f"{year}-{numbers[0]:02}" + (f"-{numbers[1]:02}" if numbers[1] else "")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _each_once(guesses: Iterable[Guess]) -> tuple[Guess, ...]:
    """Each value with its surest reason, in the order of the paper."""
    best: dict[str, Guess] = {}
    for guess in guesses:
        known = best.get(guess.value)
        if known is None or known.confidence < guess.confidence:
            if known is None and len(best) >= _MOST:
                continue
            best[guess.value] = guess
    return tuple(best.values())
