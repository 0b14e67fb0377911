"""What can be asked of a document beside its words: people, ID numbers, amounts, dates."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

from archive_indexer.documents import IndexedDocument
from minzheng.county.writing.chinese_text import fold_for_search, normalise_name
from minzheng.county.writing.id_card import to_eighteen

_ID = re.compile(r"(?<![0-9a-z])(?:[1-9]\d{16}[\dx]|[1-9]\d{14})(?![0-9a-z])")
_AMOUNT = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?\s?元")
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?|([-./])(\d{1,2})\4(\d{1,2})(?!\d))"
)
_NAME = re.compile(r"(?:姓名|户主|申请人|领取人|收款人)[：:\s]{1,3}([㐀-鿿]{2,4})(?![㐀-鿿])")
_HAN = re.compile("[㐀-鿿]")
_HEAD = 6  #: characters of the heading that copies share
_ENOUGH_DIGITS = 24  #: so many equal digits in equal order make two papers one


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a document as the index keeps them."""

    terms: tuple[str, ...]  #: `person:张三`, `id:…`, `id_end:0015`, `initials:zs|张三` …
    amounts: tuple[int, ...]  #: fen
    dates: tuple[int, ...]  #: 20180331; the day is 00 when only the month is known
    day: int  #: by which the document is sorted
    signature: int  #: the same for copies of one paper


def facts_of(document: IndexedDocument, folded: str) -> Facts:
    """What the reader told of a document, and what its text says."""
    # white space parts numbers; the folded text has none
    text = unicodedata.normalize("NFKC", "\n".join(document.pages)).lower()
    persons = {*document.persons, document.person, *_NAME.findall(text)} - {""}
    ids = {to_eighteen(one.upper()) for one in (*document.ids, *_ID.findall(text))}
    dates = tuple(sorted({*document.dates, *_dates_in(text)}))
    return Facts(
        tuple(sorted(set(_terms(document, persons, ids)))),
        tuple(sorted({*document.amounts, *_amounts_in(text)})),
        dates,
        _day(document.year, dates),
        _signature(document, folded),
    )


def name_key(name: str) -> str:
    """A person's name as it is compared."""
    return fold_for_search(normalise_name(name))


def _terms(document: IndexedDocument, persons: set[str], ids: set[str]) -> Iterator[str]:
    for name in map(name_key, persons):
        yield f"person:{name}"
        syllables = lazy_pinyin(name, style=Style.NORMAL)
        yield f"pinyin:{''.join(syllables)}|{name}"
        yield f"initials:{''.join(one[:1] for one in syllables)}|{name}"
    for number in ids:
        yield f"id:{number}"
        yield f"id_end:{number[-4:]}"
    if document.signed:
        yield f"signed:{document.signed}"
    for name in ("archive_no", "case_no"):
        value = getattr(document, name)
        if value:
            yield f"{name}:{fold_for_search(value)}"


def _amounts_in(text: str) -> Iterator[int]:
    for whole, part in _AMOUNT.findall(text):
        yield int(whole.replace(",", "")) * 100 + int(part.ljust(2, "0") if part else 0)


def _dates_in(text: str) -> Iterator[int]:
    for year, month, day, _, other_month, other_day in _DATE.findall(text):
        number = int(month or other_month) * 100 + int(day or other_day or 0)
        if 100 <= number < 1232:
            yield int(year) * 10_000 + number


def _day(year: str, dates: tuple[int, ...]) -> int:
    of_the_year = [date for date in dates if not year or str(date // 10_000) == year]
    if of_the_year:
        return max(of_the_year)
    return int(year) * 10_000 if year.isascii() and year.isdecimal() and len(year) == 4 else 0


def _signature(document: IndexedDocument, folded: str) -> int:
    """From the content alone: the same file lies in many folders under many names."""
    digits = re.sub(r"\D", "", folded)
    head = "".join(_HAN.findall(folded[:60]))[:_HEAD]
    source = f"{head}|{digits}" if len(digits) >= _ENOUGH_DIGITS else document.sha256
    return int.from_bytes(hashlib.blake2b(source.encode(), digest_size=8).digest(), "little")
