"""The hits of a query over all segments: counted, put in order, and made to be shown."""

import heapq
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from archive_indexer.index.index_segment import PAGE_BREAK, Mask, Numbers, Segment
from archive_indexer.index.matching import FILTERS, may_see, meet
from archive_indexer.index.snippets import choose_pages, fold_words, make_snippet
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
from minzheng.county.personal_numbers import spellings_in

#: What is no paper: notes and lists saved as texts.
_BARE = ("文本",)
_LONGEST_NAME = 6  #: a longer word is no person's name

Groups = Sequence[Sequence[str]]  #: words of which one each should stand on a page
Place = tuple[tuple[int, int, str], Segment, int]  #: the place of a hit in the order


@dataclass(frozen=True, slots=True)
class _SegmentHits:
    """The hits of a segment in their order, and their sort keys."""

    segment: Segment
    numbers: Numbers
    scores: Numbers
    days: Numbers  #: second key: days when ordered by date, else whether it is a bare text
    absent: int


@dataclass(frozen=True, slots=True)
class _Passed:
    """The documents of a segment that meet the condition, and which pass each filter."""

    met: Mask
    passes: dict[str, Mask]
    absent: int

    def but_for(self, name: str) -> Numbers:
        """Those that pass all filters but one; all of them when the name is empty."""
        return np.flatnonzero(_all_of(self.met, self.passes, name))


def answer_query(segments: Sequence[Segment], query: Query) -> SearchResult:
    """Count the hits and show those asked for; where none is, values and copies are not counted."""
    condition = query.condition or AllOf(tuple(Word(word) for word in fold_words(query.words)))
    if not query.limit:
        passed = [_pass(segment, query, condition) for segment in segments]
        total = sum(len(one.but_for("")) for one in passed)
        return SearchResult(total, (), absent=sum(one.absent for one in passed))
    words, groups = wanted_words(condition), word_groups(condition)
    asked_numbers = wanted_numbers(condition)
    facets: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
    found = []
    for segment in segments:
        one = _pass(segment, query, condition)
        every = one.but_for("")
        _count_values(segment, one, every, facets)
        found.append(_in_order(segment, every, one.absent, groups, query.order))
    total = sum(len(one.numbers) for one in found)
    copies = _copies(found) if query.folds_copies else Counter()
    folded = sum(copies.values()) - len(copies)
    hits = []
    for place, (_, segment, number) in enumerate(_merged(found, copies)):
        if place >= query.offset + query.limit:
            break
        if place >= query.offset:
            hit = show_hit(segment, number, words, asked_numbers)
            same = copies[int(segment.rows["signature"][number])]
            hits.append(replace(hit, copies=max(0, same - 1)))
    counted = {name: dict(facets[name]) for name in FILTERS}
    return SearchResult(total, tuple(hits), counted, folded, sum(one.absent for one in found))


def _pass(segment: Segment, query: Query, condition: Condition) -> _Passed:
    """What of a segment meets a question; who asks sees nothing else of it."""
    mask = meet(segment, condition, may_see(segment, query.visible))
    if query.among is not None:
        mask &= segment.with_paths(query.among)
    wanted = {name: getattr(query, name) for name in FILTERS if getattr(query, name)}
    passes = {name: segment.has_value(name, (value,)) for name, value in wanted.items()}
    absent = int(np.count_nonzero(_all_of(mask & segment.absent, passes, "")))
    if not query.shows_absent:
        mask = mask & ~segment.absent
    return _Passed(mask, passes, absent)


def _count_values(
    segment: Segment, passed: _Passed, every: Numbers, facets: dict[str, Counter[str]]
) -> None:
    """Of each filter its values over the hits that pass the others."""
    for name in FILTERS:
        numbers = passed.but_for(name) if name in passed.passes else every
        codes, values = segment.filter(name)
        counts = np.bincount(codes[numbers], minlength=len(values)).tolist()
        for value, count in zip(values, counts, strict=True):
            if count and value:
                facets[name][value] += count


def _all_of(mask: Mask, passes: dict[str, Mask], left_out: str) -> Mask:
    for name, one in passes.items():
        if name != left_out:
            mask = mask & one
    return mask


def _in_order(
    segment: Segment, numbers: Numbers, absent: int, groups: Groups, order: Order
) -> _SegmentHits:
    scores = days = np.zeros(len(numbers), dtype=np.int64)
    if order == "best" and len(numbers):
        scores = -_scores(segment, numbers, groups)
        # a bare text stands after the papers that answer as well
        days = np.isin(numbers, np.flatnonzero(segment.has_value("kind", _BARE))).astype(np.int64)
    elif order == "date":
        days = -segment.rows["day"][numbers].astype(np.int64)
    places = np.lexsort((segment.path_ranks[numbers], days, scores))
    return _SegmentHits(segment, numbers[places], scores[places], days[places], absent)


def _scores(segment: Segment, numbers: Numbers, groups: Groups) -> Numbers:
    """2 when all is found on one page, 1 more when a word is the name of its person."""
    scores = np.full(len(numbers), 2, dtype=np.int64)
    if len(groups) > 1:
        needles = [[word.encode() for word in words] for words in groups]
        several = np.flatnonzero(segment.rows["pages"][numbers] > 1)
        texts = segment.source.texts(numbers[several].tolist())
        scores[several] = [2 * _on_one_page(text, needles) for text in texts]
    for word in (word for words in groups for word in words):
        if len(word) <= _LONGEST_NAME:
            scores += segment.with_fact(f"person:{word}")[numbers]
    return scores


def _on_one_page(text: bytes, groups: Sequence[Sequence[bytes]]) -> bool:
    pages = text.split(PAGE_BREAK.encode())
    return any(all(any(one in page for one in words) for words in groups) for page in pages)


def _copies(found: Sequence[_SegmentHits]) -> Counter[int]:
    """How many hits have each signature."""
    signatures = [one.segment.rows["signature"][one.numbers] for one in found]
    if not signatures:
        return Counter()
    values, counts = np.unique(np.concatenate(signatures), return_counts=True)
    return Counter(dict(zip(values.tolist(), counts.tolist(), strict=True)))


def _merged(found: Sequence[_SegmentHits], copies: Counter[int]) -> Iterator[Place]:
    """All hits in order; of copies only the first."""
    shown: set[int] = set()
    for place in heapq.merge(*map(_places, found), key=lambda place: place[0]):
        _, segment, number = place
        signature = int(segment.rows["signature"][number])
        if copies[signature] > 1:
            if signature in shown:
                continue
            shown.add(signature)
        yield place


def _places(found: _SegmentHits) -> Iterator[Place]:
    for number, score, day in zip(found.numbers, found.scores, found.days, strict=True):
        path = found.segment.paths[number]
        yield (int(score), int(day), path), found.segment, int(number)


def show_hit(
    segment: Segment, number: int, words: Sequence[str], numbers: Collection[str] = ()
) -> Hit:
    """A document as it is shown, with the page that answers best."""
    stored = segment.source.stored(number)
    pages = zlib.decompress(stored["pages"]).decode().split(PAGE_BREAK)
    if numbers:
        spelt = (one for page in pages for one in spellings_in(page, numbers))
        words = fold_words((*words, *spelt))
    folded = segment.source.texts([number])[0].decode().split(PAGE_BREAK)
    best, holding = choose_pages(folded, words)
    snippet, marks = make_snippet(pages[best - 1], words)
    sha256, title = stored["details"]
    return Hit(
        path=stored["path"],
        sha256=sha256,
        page=best,
        pages=holding,
        town=_value(segment, "town", number),
        village=_value(segment, "village", number),
        dossier=_value(segment, "dossier", number),
        year=_value(segment, "year", number),
        form_id=_value(segment, "form_id", number),
        title=title,
        snippet=snippet,
        marks=marks,
        present=not segment.absent[number],
        day=int(segment.rows["day"][number]),
    )


def _value(segment: Segment, name: str, number: int) -> str:
    codes, values = segment.filter(name)
    return values[int(codes[number])]
