"""The answer to a question, made of the rows that the server gave."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archive_indexer.index.index_segment import FILTERS
from archive_indexer.index.shown_hit import SHOWN_FILTERS, KeptDocument, hit_of
from archive_indexer.queries import (
    Condition,
    Hit,
    Query,
    SearchResult,
    wanted_numbers,
    wanted_words,
)

COUNT, ALIKE, COPIES, SHOWN = range(4)  #: what a row tells
_PLACES = {name: place for place, name in enumerate(FILTERS)}


class AnswerRow(NamedTuple):
    """A row: how many files there are, or with a value, how many copies were folded, or a hit."""

    what: int
    filters: Sequence[str]  #: of a hit its values in the order of FILTERS; a filter and a value
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
    told: tuple[list[AnswerRow], ...] = ([], [], [], [])
    for row in rows:
        told[row.what].append(row)
    absent = sum(row.files for row in told[COUNT] if row.absent)
    total = sum(row.files for row in told[COUNT]) - (0 if query.shows_absent else absent)
    if not query.limit:
        return SearchResult(total, (), absent=absent)
    copies = sum(row.files for row in told[COPIES])
    hits = tuple(_hits(sorted(told[SHOWN], key=lambda row: row.place), condition))
    return SearchResult(total, hits, _facets(told[ALIKE]), copies, absent)


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


def _facets(counts: Iterable[AnswerRow]) -> dict[str, dict[str, int]]:
    facets: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
    for row in counts:
        name, value = row.filters
        facets[name][value] = row.files
    return facets
