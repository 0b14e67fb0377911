"""The answer to a question, made of the rows that the server gave."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archive_indexer.index.index_segment import FILTERS, is_meant
from archive_indexer.index.shown_hit import SHOWN_FILTERS, KeptDocument, hit_of
from archive_indexer.queries import (
    Condition,
    Hit,
    Query,
    SearchResult,
    wanted_numbers,
    wanted_words,
)

COUNT, COPIES, SHOWN = range(3)  #: what a row tells
_PLACES = {name: place for place, name in enumerate(FILTERS)}


class AnswerRow(NamedTuple):
    """A row: how many documents are alike, how many copies were folded, or a hit."""

    what: int
    filters: Sequence[str]  #: values in the order of FILTERS
    absent: bool
    files: int  #: of a hit its copies
    place: int
    path: str
    sha256: str
    title: str
    folded: str
    packed: bytes
    day: int


def filters_asked(query: Query) -> dict[str, str]:
    """The filters of a question that have a value."""
    return {name: getattr(query, name) for name in FILTERS if getattr(query, name)}


def answer_of(rows: Iterable[AnswerRow], query: Query, condition: Condition) -> SearchResult:
    """Counts by filters, how many copies, and the hits in order."""
    told: tuple[list[AnswerRow], ...] = ([], [], [])
    for row in rows:
        told[row.what].append(row)
    wanted = filters_asked(query)
    met = [row for row in told[COUNT] if _passes(row, wanted)]
    absent = sum(row.files for row in met if row.absent)
    total = sum(row.files for row in met) - (0 if query.shows_absent else absent)
    if not query.limit:
        return SearchResult(total, (), absent=absent)
    copies = sum(row.files for row in told[COPIES])
    hits = tuple(_hits(sorted(told[SHOWN], key=lambda row: row.place), condition))
    return SearchResult(total, hits, _facets(told[COUNT], query, wanted), copies, absent)


def _hits(rows: Iterable[AnswerRow], condition: Condition) -> Iterator[Hit]:
    words, numbers = wanted_words(condition), wanted_numbers(condition)
    for row in rows:
        kept = KeptDocument(
            path=row.path,
            sha256=row.sha256,
            title=row.title,
            packed_pages=bytes(row.packed),
            folded=row.folded,
            filters={name: row.filters[_PLACES[name]] for name in SHOWN_FILTERS},
            present=not row.absent,
            day=row.day,
        )
        yield hit_of(kept, words, numbers, row.files)


def _facets(
    counts: Iterable[AnswerRow], query: Query, wanted: dict[str, str]
) -> dict[str, dict[str, int]]:
    """Of each filter its values over the hits that pass the others."""
    shown = [row for row in counts if query.shows_absent or not row.absent]
    facets: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
    for name, place in _PLACES.items():
        others = {other: value for other, value in wanted.items() if other != name}
        for row in shown:
            if row.filters[place] and _passes(row, others):
                facets[name][row.filters[place]] += row.files
    return {name: dict(facets[name]) for name in FILTERS}


def _passes(row: AnswerRow, wanted: dict[str, str]) -> bool:
    return all(
        is_meant(name, row.filters[_PLACES[name]], (value,)) for name, value in wanted.items()
    )
