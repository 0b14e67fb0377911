"""What can be asked of a document beside its words: people, ID numbers, amounts, dates.

They come from its filing, where what keepers said has won. Its text is read again only for
personal numbers in a spelling that no search for the number would meet there.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive_indexer.documents import IndexedDocument
from minzheng.county.personal_numbers import numbers_spelt_out
from minzheng.county.writing.chinese_text import fold_for_search, normalise_name
from minzheng.county.writing.pinyin import syllables

_HAN = re.compile("[㐀-鿿]")
_HEAD = 6  #: characters of the heading that copies share
_ENOUGH_DIGITS = 24  #: so many equal digits in equal order make two papers one


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The facts of a document as the index keeps them."""

    terms: tuple[str, ...]  #: `person:张三`, `id:…`, `id_end:0015`, `initials:zs|张三` …
    amounts: tuple[int, ...]  #: fen
    dates: tuple[int, ...]  #: 20180331; the day is 00 when only the month is known
    day: int  #: by which the document is sorted
    signature: int  #: the same for copies of one paper


def facts_of(document: IndexedDocument, folded: str) -> DocumentFacts:
    """What was filed of a document, as it is searched."""
    dates = tuple(sorted({*document.dates}))
    return DocumentFacts(
        tuple(sorted(set(_terms(document)))),
        tuple(sorted({*document.amounts})),
        dates,
        _day(document.year, dates),
        _signature(document, folded),
    )


def name_key(name: str) -> str:
    """A person's name as it is compared."""
    return fold_for_search(normalise_name(name))


def _terms(document: IndexedDocument) -> Iterator[str]:
    for name in map(name_key, {*document.persons, document.person} - {""}):
        yield f"person:{name}"
        spelt = syllables(name)
        yield f"pinyin:{''.join(spelt)}|{name}"
        yield f"initials:{''.join(one[:1] for one in spelt)}|{name}"
    for number in document.ids:
        yield f"id:{number}"
        yield f"id_end:{number[-4:]}"
    for page in document.pages:
        for number in numbers_spelt_out(page):
            yield f"number:{number}"
    if document.signed:
        yield f"signed:{document.signed}"
    for name in ("archive_no", "case_no"):
        value = getattr(document, name)
        if value:
            yield f"{name}:{fold_for_search(value)}"


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
