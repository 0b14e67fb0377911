"""Which page answers best, and the text around the first found word."""

from collections.abc import Iterable, Sequence

from archive_indexer.index.kept_pages import Page
from minzheng.county.writing.chinese_text import (
    fold_for_search,
    fold_with_offsets,
    places_in_source,
)

_BEFORE = 24
_AFTER = 56


def choose_pages(folded_pages: Sequence[str], words: Sequence[str]) -> tuple[int, tuple[int, ...]]:
    """The number of the page with most of the words, and of all pages with any."""
    counts = [sum(word in page for word in words) for page in folded_pages]
    best = counts.index(max(counts)) + 1
    return best, tuple(number for number, count in enumerate(counts, start=1) if count)


def make_snippet(page: Page, words: Sequence[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """What was written around the first found word, and where words stand in it."""
    folded = page.folded
    if not folded:
        return "", ()
    first = min((at for word in words if (at := folded.find(word)) >= 0), default=0)
    snippet, folded = page.around(max(0, first - _BEFORE), min(len(folded) - 1, first + _AFTER))
    spans = _spans(folded, words)
    ends = sorted({end for span in spans for end in span})
    sources = dict(zip(ends, places_in_source(snippet, ends), strict=True))
    return snippet.replace("\n", " "), _marks((sources[at], sources[last]) for at, last in spans)


def find_marks(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Start and end in the original text of every found word, without overlaps."""
    folded, offsets = fold_with_offsets(text)
    return _marks((offsets[at], offsets[last]) for at, last in _spans(folded, words))


def _spans(folded: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """The first and the last character of every found word."""
    return [(at, at + len(word) - 1) for word in words for at in _every_place(folded, word)]


def _marks(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Start and end of what lies between first and last characters, without overlaps."""
    merged: list[tuple[int, int]] = []
    for start, last in sorted(spans):
        end = last + 1
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def fold_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words as the index sees them, each once."""
    return tuple(dict.fromkeys(fold_for_search(word) for word in words))


def _every_place(text: str, word: str) -> list[int]:
    places, at = [], text.find(word)
    while word and at >= 0:
        places.append(at)
        at = text.find(word, at + 1)
    return places
