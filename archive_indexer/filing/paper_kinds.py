"""Common papers that are none of our forms, known by the words that stand on them."""

from collections.abc import Sequence

from archive_indexer.documents import ExtractedPage, Guess
from minzheng.county.registry.paper_words import PaperKind
from minzheng.county.writing.chinese_text import to_simplified

_PAGES = 3
_SURE, _SUREST = 0.8, 0.95


def find_paper(pages: Sequence[ExtractedPage], kinds: Sequence[PaperKind]) -> Guess | None:
    """The kind of which most words stand on one page."""
    found = [
        (kind.count_in(text), kind, page.number)
        for page in pages[:_PAGES]
        if (text := to_simplified("".join(page.text.split())))
        for kind in kinds
    ]
    count, kind, number = max(found, key=lambda one: one[0], default=(0, None, 0))
    if kind is None or not count:
        return None
    sure = _SUREST if count == len(kind.words) else _SURE
    return Guess(kind.name, sure, f"第 {number} 页上有{kind.name}的字")
