"""The hits of a query over all segments: counted, put in order, and made to be shown."""

import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_indexer.index.copies import NO_COPIES, Copies
from archive_indexer.index.facet_counts import FacetCounter, Met
from archive_indexer.index.index_segment import FILTERS, PAGE_BREAK, Mask, Segment
from archive_indexer.index.matching import ask_ahead, may_see, meet
from archive_indexer.index.shown_hit import SHOWN_FILTERS, KeptDocument, hit_of
from archive_indexer.index.snippets import fold_words
from archive_indexer.queries import (
    AllOf,
    Condition,
    Hit,
    Order,
    Query,
    SearchResult,
    Word,
    wanted_numbers,
    wanted_words,
    word_groups,
)

#: What is no paper: notes and lists saved as texts.
BARE = ("文本",)
LONGEST_NAME = 6  #: a longer word is no person's name
_RANK_BITS = 32  #: of a sort key; what counts before the path stands above them
_FEW = 500  #: hits of a segment that are all sorted
_STEP = 256  #: documents that are gone along at first
_MORE = 4  #: the next time so many times as many
_USUAL = -4  #: what counts before the path, of a hit like most

Groups = Sequence[Sequence[str]]  #: words of which one each should stand on a page
Place = tuple[tuple[int, str], Segment, int]  #: the place of a hit in the order
_PLACE = itemgetter(0)
Scores = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class _Passed:
    """The documents of a segment that meet the condition, and those that pass the filters, too."""

    segment: Segment
    met: Mask
    hits: Mask
    found: int  #: how many
    absent: int


def answer_query(
    segments: Sequence[Segment], query: Query, facets: FacetCounter | None = None
) -> SearchResult:
    """Count the hits and show those asked for; where none is, values and copies are not counted."""
    condition = query.condition or AllOf(tuple(Word(word) for word in fold_words(query.words)))
    wanted = {name: getattr(query, name) for name in FILTERS if getattr(query, name)}
    ask_ahead(segments, condition)
    passed = [_pass(segment, query, condition, wanted) for segment in segments]
    total = sum(one.found for one in passed)
    absent = sum(one.absent for one in passed)
    if not query.limit:
        return SearchResult(total, (), absent=absent)
    words, groups = wanted_words(condition), word_groups(condition)
    asked_numbers = wanted_numbers(condition)
    counter = facets or FacetCounter(segments)
    counted = counter.count([Met(one.segment, one.met) for one in passed], wanted)
    copies = _copies(passed) if query.folds_copies else NO_COPIES
    last = query.offset + query.limit
    streams = [_in_order(one, groups, query.order) for one in passed if one.found]
    shown = list(islice(_merged(streams, copies), query.offset, last))
    for _, segment, number in shown:
        segment.source.ask_for_hit(number)
    hits = []
    for _, segment, number in shown:
        others = copies.count(int(segment.signatures[number])) - 1
        hits.append(show_hit(segment, number, words, asked_numbers, others))
    facet_values = {name: dict(counted[name]) for name in FILTERS}
    return SearchResult(total, tuple(hits), facet_values, copies.more_than_one_each, absent)


def _copies(passed: Sequence[_Passed]) -> Copies:
    return Copies.among([(one.segment.signatures, one.hits) for one in passed])


def _pass(segment: Segment, query: Query, condition: Condition, wanted: dict[str, str]) -> _Passed:
    """What of a segment meets a question; who asks sees nothing else of it."""
    mask = meet(segment, condition, may_see(segment, query.visible))
    if query.among is not None:
        mask &= segment.with_paths(query.among)
    if not mask.any():  # most segments, for most questions: nothing more of them is read
        return _Passed(segment, mask, mask, 0, 0)
    hits = _with_values(segment, mask, wanted)
    absent = int(np.count_nonzero(hits & segment.absent))
    if not query.shows_absent:
        mask, hits = mask & ~segment.absent, hits & ~segment.absent
    return _Passed(segment, mask, hits, int(np.count_nonzero(hits)), absent)


def _with_values(segment: Segment, mask: Mask, wanted: dict[str, str]) -> Mask:
    for name, value in wanted.items():
        mask = mask & segment.has_value(name, (value,))
    return mask


def _in_order(passed: _Passed, groups: Groups, order: Order) -> Iterator[Place]:
    """The hits of a segment in order, found as far as they are asked for.

    Most hits of a large archive answer alike: they are met by going along the paths in their
    order. Few hits are sorted, and of many only those that answer better or worse than the rest.
    """
    segment, hits = passed.segment, passed.hits
    along = segment.by_day if order == "date" else segment.by_path
    firsts = _firsts(segment, hits, groups, order)
    if passed.found <= _FEW:
        return _sorted(segment, firsts, hits)
    if order != "best":
        return _met(segment, firsts, along, hits)
    apart = hits & (firsts != _USUAL)
    if not apart.any():
        return _met(segment, firsts, along, hits)
    met = _met(segment, firsts, along, hits & ~apart)
    return heapq.merge(_sorted(segment, firsts, apart), met, key=_PLACE)


def _met(
    segment: Segment, firsts: NDArray[Any], along: NDArray[np.uint32], hits: Mask
) -> Iterator[Place]:
    for number in _along(along, hits):
        yield (int(firsts[number]), segment.source.path(number)), segment, number


def _firsts(segment: Segment, hits: Mask, groups: Groups, order: Order) -> NDArray[Any]:
    """What counts before the path, least first, of every document that is a hit."""
    if order == "date":
        return -segment.days
    if order == "path":
        return np.zeros(len(hits), dtype=np.int8)
    # a bare text stands after the papers that answer as well
    return segment.has_value("kind", BARE).view(np.int8) - 2 * _scores(segment, hits, groups)


def _sorted(segment: Segment, firsts: NDArray[Any], hits: Mask) -> Iterator[Place]:
    numbers = np.flatnonzero(hits)
    keys = (firsts[numbers].astype(np.int64) << _RANK_BITS) | segment.path_ranks[numbers]
    for number in numbers[np.argsort(keys)].tolist():
        yield (int(firsts[number]), segment.source.path(number)), segment, number


def _along(order: NDArray[np.uint32], hits: Mask) -> Iterator[int]:
    """The hits in an order of all documents; a step is longer where hits are rare."""
    begin, step = 0, _STEP
    while begin < len(order):
        part = order[begin : begin + step]
        yield from part.take(np.flatnonzero(hits.take(part))).tolist()
        begin, step = begin + step, step * _MORE


def _scores(segment: Segment, hits: Mask, groups: Groups) -> Scores:
    """2 when all is found on one page, 1 more when a word is the name of its person."""
    scores = np.full(len(hits), 2, dtype=np.int8)
    if len(groups) > 1:
        needles = [[word.encode() for word in words] for words in groups]
        several = np.flatnonzero(hits & segment.has_pages)
        texts = segment.source.texts(several.tolist())
        scores[several] = [2 * _on_one_page(text, needles) for text in texts]
    for word in (word for words in groups for word in words):
        if len(word) <= LONGEST_NAME:
            scores += segment.with_fact(f"person:{word}")
    return scores


def _on_one_page(text: bytes, groups: Sequence[Sequence[bytes]]) -> bool:
    pages = text.split(PAGE_BREAK.encode())
    return any(all(any(one in page for one in words) for words in groups) for page in pages)


def _merged(streams: Sequence[Iterator[Place]], copies: Copies) -> Iterator[Place]:
    """All hits in order; of copies only the first."""
    shown: set[int] = set()
    for place in heapq.merge(*streams, key=_PLACE):
        _, segment, number = place
        signature = int(segment.signatures[number])
        if copies.count(signature) > 1:
            if signature in shown:
                continue
            shown.add(signature)
        yield place


def show_hit(
    segment: Segment,
    number: int,
    words: Sequence[str],
    numbers: Collection[str] = (),
    copies: int = 0,
) -> Hit:
    """A document as it is shown, with the page that answers best."""
    stored = segment.source.stored(number)
    sha256, title = stored["details"]
    kept = KeptDocument(
        path=stored["path"],
        sha256=sha256,
        title=title,
        packed_pages=stored["pages"],
        folded=segment.source.texts([number])[0].decode(),
        filters={name: _value(segment, name, number) for name in SHOWN_FILTERS},
        present=not segment.absent[number],
        day=int(segment.rows["day"][number]),
    )
    return hit_of(kept, words, numbers, copies)


def _value(segment: Segment, name: str, number: int) -> str:
    codes, values = segment.filter(name)
    return values[int(codes[number])]
