"""A document that was found, as it is shown: the page that answers best and the text around."""

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from archive_indexer.index.index_segment import PAGE_BREAK
from archive_indexer.index.snippets import choose_pages, fold_words, make_snippet
from archive_indexer.queries import Hit
from minzheng.county.personal_numbers import spellings_in

#: Of the filters those that a hit tells.
SHOWN_FILTERS = ("town", "village", "dossier", "year", "form_id")


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """What an engine keeps of a document to show it."""

    path: str
    sha256: str
    title: str
    packed_pages: bytes  #: as `pack_pages` gives them
    folded: str  #: the folded pages, parted as the others
    filters: Mapping[str, str]
    present: bool
    day: int


def pack_pages(pages: Sequence[str]) -> bytes:
    """The texts of pages as they are kept to be shown."""
    return zlib.compress(PAGE_BREAK.join(pages).encode())


def hit_of(kept: KeptDocument, words: Sequence[str], numbers: Collection[str] = ()) -> Hit:
    """The hit with its snippet; words are folded, numbers marked in whatever spelling."""
    pages = zlib.decompress(kept.packed_pages).decode().split(PAGE_BREAK)
    if numbers:
        spelt = (one for page in pages for one in spellings_in(page, numbers))
        words = fold_words((*words, *spelt))
    folded = kept.folded.split(PAGE_BREAK)
    best, holding = choose_pages(folded, words)
    snippet, marks = make_snippet(pages[best - 1], folded[best - 1], words)
    return Hit(
        path=kept.path,
        sha256=kept.sha256,
        page=best,
        pages=holding,
        town=kept.filters["town"],
        village=kept.filters["village"],
        dossier=kept.filters["dossier"],
        year=kept.filters["year"],
        form_id=kept.filters["form_id"],
        title=kept.title,
        snippet=snippet,
        marks=marks,
        present=kept.present,
        day=kept.day,
    )
