"""The hits of a query over all segments: counted, put in order, and made to be shown."""

import heapq
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from archive_indexer.index.copies import Copies
from archive_indexer.index.index_segment import FILTERS, PAGE_BREAK, Mask, Numbers, Segment
from archive_indexer.index.matching import may_see, meet
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
_MORE = 8  #: so many times as many hits are put in order when those before did not suffice

Groups = Sequence[Sequence[str]]  #: words of which one each should stand on a page
Place = tuple[tuple[int, str], Segment, int]  #: the place of a hit in the order


@dataclass(frozen=True, slots=True)
class _SegmentHits:
    """The hits of a segment and their sort keys: what counts first, then the rank of the path."""

    segment: Segment
    numbers: Numbers
    keys: Numbers
    absent: int


@dataclass(frozen=True, slots=True)
class _Passed:
    """The documents of a segment that meet the condition, and the value each filter asks for."""

    met: Mask
    wanted: dict[str, str]
    absent: int


def answer_query(segments: Sequence[Segment], query: Query) -> SearchResult:
    """Count the hits and show those asked for; where none is, values and copies are not counted."""
    condition = query.condition or AllOf(tuple(Word(word) for word in fold_words(query.words)))
    passed = [_pass(segment, query, condition) for segment in segments]
    every = [
        np.flatnonzero(_with_values(segment, one.met, one.wanted))
        for segment, one in zip(segments, passed, strict=True)
    ]
    total, absent = sum(map(len, every)), sum(one.absent for one in passed)
    if not query.limit:
        return SearchResult(total, (), absent=absent)
    words, groups = wanted_words(condition), word_groups(condition)
    asked_numbers = wanted_numbers(condition)
    facets: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
    found = []
    for segment, one, numbers in zip(segments, passed, every, strict=True):
        _count_values(segment, one, facets)
        if len(numbers):
            keys = _sort_keys(segment, numbers, groups, query.order)
            found.append(_SegmentHits(segment, numbers, keys, one.absent))
    copies = Copies.among([one.segment.rows["signature"][one.numbers] for one in found
                           if query.folds_copies])  # fmt: skip
    last = query.offset + query.limit
    hits = []
    for _, segment, number in islice(_merged(found, copies, last), query.offset, last):
        hit = show_hit(segment, number, words, asked_numbers)
        same = copies.count(int(segment.rows["signature"][number]))
        hits.append(replace(hit, copies=same - 1))
    counted = {name: dict(facets[name]) for name in FILTERS}
    return SearchResult(total, tuple(hits), counted, copies.more_than_one_each, absent)


def _pass(segment: Segment, query: Query, condition: Condition) -> _Passed:
    """What of a segment meets a question; who asks sees nothing else of it."""
    mask = meet(segment, condition, may_see(segment, query.visible))
    if query.among is not None:
        mask &= segment.with_paths(query.among)
    wanted = {name: getattr(query, name) for name in FILTERS if getattr(query, name)}
    absent = int(np.count_nonzero(_with_values(segment, mask & segment.absent, wanted)))
    if not query.shows_absent:
        mask = mask & ~segment.absent
    return _Passed(mask, wanted, absent)


def _with_values(segment: Segment, mask: Mask, wanted: dict[str, str]) -> Mask:
    for name, value in wanted.items():
        mask = mask & segment.has_value(name, (value,))
    return mask


def _count_values(segment: Segment, passed: _Passed, facets: dict[str, Counter[str]]) -> None:
    """Of each filter its values over the hits that pass the others."""
    profiles, counts = segment.profiles.count(np.flatnonzero(passed.met))
    if not len(profiles):
        return
    codes = {name: segment.profiles.codes[name][profiles] for name in FILTERS}
    passes = {
        name: codes[name] == _code(segment, name, value) for name, value in passed.wanted.items()
    }
    for name in FILTERS:
        kept = counts
        for other, one in passes.items():
            kept = kept if other == name else kept * one
        values = segment.filter(name)[1]
        sums = np.bincount(codes[name], weights=kept, minlength=len(values))
        for code in np.flatnonzero(sums).tolist():
            if values[code]:
                facets[name][values[code]] += int(sums[code])


def _code(segment: Segment, name: str, value: str) -> int:
    """The code of a value of a filter; none is -1."""
    values = segment.filter(name)[1]
    return values.index(value) if value in values else -1


def _sort_keys(segment: Segment, numbers: Numbers, groups: Groups, order: Order) -> Numbers:
    first = np.zeros(len(numbers), dtype=np.int64)
    if order == "best":
        # a bare text stands after the papers that answer as well
        bare = segment.has_value("kind", BARE)[numbers]
        first = bare - 2 * _scores(segment, numbers, groups)
    elif order == "date":
        first = -segment.rows["day"][numbers].astype(np.int64)
    return (first << _RANK_BITS) | segment.path_ranks[numbers]


def _scores(segment: Segment, numbers: Numbers, groups: Groups) -> Numbers:
    """2 when all is found on one page, 1 more when a word is the name of its person."""
    scores = np.full(len(numbers), 2, dtype=np.int64)
    if len(groups) > 1:
        needles = [[word.encode() for word in words] for words in groups]
        several = np.flatnonzero(segment.rows["pages"][numbers] > 1)
        texts = segment.source.texts(numbers[several].tolist())
        scores[several] = [2 * _on_one_page(text, needles) for text in texts]
    for word in (word for words in groups for word in words):
        if len(word) <= LONGEST_NAME:
            scores += segment.with_fact(f"person:{word}")[numbers]
    return scores


def _on_one_page(text: bytes, groups: Sequence[Sequence[bytes]]) -> bool:
    pages = text.split(PAGE_BREAK.encode())
    return any(all(any(one in page for one in words) for words in groups) for page in pages)


def _merged(found: Sequence[_SegmentHits], copies: Copies, most: int) -> Iterator[Place]:
    """All hits in order, about so many of them at once; of copies only the first."""
    shown: set[int] = set()
    in_order = (_places(one, most) for one in found)
    for place in heapq.merge(*in_order, key=lambda place: place[0]):
        _, segment, number = place
        signature = int(segment.rows["signature"][number])
        if copies.count(signature) > 1:
            if signature in shown:
                continue
            shown.add(signature)
        yield place


def _places(found: _SegmentHits, most: int) -> Iterator[Place]:
    for at in _rising(found.keys, most):
        number = int(found.numbers[at])
        first = int(found.keys[at]) >> _RANK_BITS
        yield (first, found.segment.source.path(number)), found.segment, number


def _rising(keys: Numbers, most: int) -> Iterator[int]:
    """The places of keys from the least on; few are asked for, so not all are sorted."""
    left = np.arange(len(keys))
    while len(left):
        head = left
        if len(left) > most:
            split = np.argpartition(keys[left], most)
            head, left = left[split[:most]], left[split[most:]]
        else:
            left = left[:0]
        yield from head[np.argsort(keys[head])].tolist()
        most *= _MORE


def show_hit(
    segment: Segment, number: int, words: Sequence[str], numbers: Collection[str] = ()
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
    return hit_of(kept, words, numbers)


def _value(segment: Segment, name: str, number: int) -> str:
    codes, values = segment.filter(name)
    return values[int(codes[number])]
