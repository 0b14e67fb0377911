"""Which documents of a segment meet a condition: exactly those a substring search finds."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from archive_indexer.documents import Visible
from archive_indexer.index.grams import grams_of, is_exact
from archive_indexer.index.index_segment import (
    FILTERS,
    MANY_TEXTS,
    PAGE_BREAK,
    Mask,
    Segment,
)
from archive_indexer.queries import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    HasValue,
    InPath,
    Near,
    Without,
    Word,
)

_FEW_TEXTS = 8  #: so few are looked at without asking for grams
GAP = 12  #: characters that may stand between two texts near one another


def may_see(segment: Segment, visible: Visible) -> Mask:
    """Documents that exist for a person at all."""
    mask = segment.live.copy()
    if visible.is_nothing:
        mask[:] = False
    for name, value in (("town", visible.town), ("village", visible.village)):
        if value:
            mask &= segment.has_value(name, (value,))
    if visible.hidden_dossiers:
        mask &= ~segment.has_value("dossier", tuple(visible.hidden_dossiers))
    return mask


def ask_ahead(segments: Sequence[Segment], condition: Condition) -> None:
    """Have read of all segments what tells the words that are looked for first.

    Asked for together it takes the disk a tenth of what it takes one after the other.
    """
    words = frozenset(_words_of(condition))
    for segment in segments:
        if all(map(segment.knows_word, words)):
            continue
        for word in _words_met_first(segment, condition):
            segment.ask_for_word(word)


def _words_of(condition: Condition) -> Iterator[str]:
    match condition:
        case Word(text):
            yield text
        case AllOf(parts) | AnyOf(parts) | Near(parts):
            for part in parts:
                yield from (part,) if isinstance(part, str) else _words_of(part)
        case Without(part):
            yield from _words_of(part)


def _words_met_first(segment: Segment, condition: Condition) -> Iterator[str]:
    """The words that `meet` looks for whatever the others say."""
    match condition:
        case Word(text):
            yield text
        case AllOf(parts) | Near(parts) if parts:
            words = [Word(one) if isinstance(one, str) else one for one in parts]
            yield from _words_met_first(segment, min(words, key=partial(_cost, segment)))
        case AnyOf(parts):
            for part in parts:
                yield from _words_met_first(segment, part)
        case Without(part):
            yield from _words_met_first(segment, part)


def meet(segment: Segment, condition: Condition, within: Mask) -> Mask:
    """Those of `within` that meet a condition."""
    match condition:
        case AllOf(parts):
            return _meet_all(segment, parts, within)
        case AnyOf(parts):
            return _meet_any(segment, parts, within)
        case Without(part):
            return within & ~meet(segment, part, within)
        case Between() | HasValue() | InPath():
            return within & _with_fact(segment, condition)
        case Word(text):
            return _with_word(segment, text, within)
        case Near(parts):
            return _with_texts_near(segment, parts, within)


def _meet_all(segment: Segment, parts: Sequence[Condition], within: Mask) -> Mask:
    for part in sorted(parts, key=lambda part: _cost(segment, part)):
        if not within.any():
            break
        within = meet(segment, part, within)
    return within


def _meet_any(segment: Segment, parts: Sequence[Condition], within: Mask) -> Mask:
    found = np.zeros(len(within), dtype=bool)
    for part in parts:
        found |= meet(segment, part, within & ~found)
    return found


def _with_fact(segment: Segment, condition: Between | HasValue | InPath) -> Mask:
    if isinstance(condition, Between):
        return segment.has_number(condition.name, condition.low, condition.high)
    if isinstance(condition, InPath):
        return segment.with_path_part(condition.text)
    if condition.name in FILTERS:
        return segment.has_value(condition.name, condition.values)
    masks = [segment.with_fact(f"{condition.name}:{value}") for value in condition.values]
    found: Mask = np.logical_or.reduce(masks)
    return found


def _with_word(segment: Segment, word: str, within: Mask) -> Mask:
    known = segment.word_mask(word)
    if known is not None:
        return within & known
    if np.count_nonzero(within) <= _FEW_TEXTS:
        return _checked(segment, word, within)
    # a look at most of the documents is kept: it serves every later question
    takes_all = bool(np.count_nonzero(within) * 2 > len(within))
    mask = _with_grams(segment, word, np.ones(len(within), dtype=bool) if takes_all else within)
    if not is_exact(word):
        held = segment.with_phrase(word) if np.count_nonzero(mask) > MANY_TEXTS else None
        takes_all = takes_all or held is not None
        mask = _checked(segment, word, mask) if held is None else held
    if takes_all:
        segment.keep_word(word, mask)
    return within & mask


def _with_grams(segment: Segment, word: str, within: Mask) -> Mask:
    """Those of `within` that have every gram of a word."""
    mask = within
    for gram in sorted(grams_of(word), key=segment.weight):
        mask = mask & segment.with_gram(gram)
        if not mask.any():
            break
    return mask


def _checked(segment: Segment, word: str, mask: Mask) -> Mask:
    """Only those whose text holds the word for certain."""
    numbers, needle = np.flatnonzero(mask), word.encode()
    texts = segment.source.texts(numbers.tolist())
    return segment.mask_of(numbers[[needle in text for text in texts]])


def _with_texts_near(segment: Segment, parts: Sequence[str], within: Mask) -> Mask:
    """Documents with all parts, and with them close together on a page."""
    for part in parts:
        within = _with_word(segment, part, within)
    numbers = np.flatnonzero(within)
    pattern = near_pattern(parts)
    texts = segment.source.texts(numbers.tolist())
    return segment.mask_of(numbers[[bool(pattern.search(text.decode())) for text in texts]])


def near_pattern(parts: Sequence[str]) -> re.Pattern[str]:
    """Parts in their order with a gap between; two parts in either order."""
    between = rf"[^{PAGE_BREAK}]{{0,{GAP}}}?"
    orders = [parts, parts[::-1]] if len(parts) == 2 else [parts]
    return re.compile("|".join(between.join(map(re.escape, one)) for one in orders))


def _cost(segment: Segment, condition: Condition) -> int:
    """How many documents have to be looked at; the fewest first."""
    if isinstance(condition, Word):
        if segment.knows_word(condition.text):
            return 0
        grams = grams_of(condition.text)
        return min(map(segment.weight, grams), default=0)
    if isinstance(condition, Near):
        return min(_cost(segment, Word(part)) for part in condition.parts)
    if isinstance(condition, AllOf):
        return min((_cost(segment, part) for part in condition.parts), default=0)
    if isinstance(condition, AnyOf):
        return sum(_cost(segment, part) for part in condition.parts)
    return segment.source.count if isinstance(condition, Without) else 0
