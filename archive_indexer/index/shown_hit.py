"""A document that was found, as it is shown: the page that answers best and the text around."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from archive_indexer.index.index_segment import PAGE_BREAK
from archive_indexer.index.kept_pages import unpack_page
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


def hit_of(
    kept: KeptDocument, words: Sequence[str], numbers: Collection[str] = (), copies: int = 0
) -> Hit:
    """The hit with its snippet; words are folded, numbers marked in whatever spelling."""
    folded = kept.folded.split(PAGE_BREAK)
    if numbers:
        pages = (
            unpack_page(kept.packed_pages, folded, number).whole() for number in range(len(folded))
        )
        spelt = (one for page in pages for one in spellings_in(page, numbers))
        words = fold_words((*words, *spelt))
    best, holding = choose_pages(folded, words)
    snippet, marks = make_snippet(unpack_page(kept.packed_pages, folded, best - 1), words)
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
        copies=copies,
        present=kept.present,
        day=kept.day,
    )
