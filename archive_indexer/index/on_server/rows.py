"""A document as rows of the index's tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive_indexer.disk.file_names import as_shown
from archive_indexer.documents import IndexedDocument
from archive_indexer.index.document_facts import DocumentFacts, facts_of
from archive_indexer.index.index_segment import FILTERS, PAGE_BREAK
from archive_indexer.index.kept_pages import pack_pages
from archive_indexer.index.on_server.gram_codes import codes_of, codes_of_pages
from archive_indexer.index.on_server.terms import as_term, terms_of_numbers
from minzheng.county.town_names import county_of
from minzheng.county.writing.chinese_text import fold_for_search

COLUMNS = (
    "signature", "profile", "day", "pages", "absent", "county", "path", "folded_path", "sha256",
    "title", "facts", "grams", "path_grams", "folded", "packed",
)  # fmt: skip
_SEALS = {None: "", True: "是", False: "否"}
_MOST_PAGES = 0xFFFF
_SIGNED = 1 << 63
_OF_NAMES = ("pinyin:", "initials:")  #: facts that lead to a name, in a table of their own

Filters = tuple[str, ...]  #: the values of a document, in the order of FILTERS
Row = tuple[object, ...]
Spelling = tuple[str, str, str]  #: `initials:zs`, the name, and the fact of having it


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """What the tables hold of a document."""

    county: str  #: in whose partition it lies
    filters: Filters
    spellings: frozenset[Spelling]
    values: tuple[object, ...]  #: in the order of COLUMNS, without the number of its filters

    def row(self, profile: int) -> Row:
        """The row, with the number of its filters."""
        return (self.values[0], profile, *self.values[1:])


def row_of(document: IndexedDocument) -> DocumentRow:
    """A document as the tables hold it."""
    folded = [fold_for_search(page) for page in document.pages]
    text = PAGE_BREAK.join(folded)
    facts = facts_of(document, text)
    folded_path = fold_for_search(as_shown(document.path))
    county = county_of(document.town)
    values = (
        as_signed(facts.signature),
        facts.day,
        min(len(document.pages), _MOST_PAGES),
        not document.present,
        county,
        document.path,
        folded_path,
        document.sha256,
        document.title,
        sorted(_terms(facts)),
        as_array(codes_of_pages(folded)),
        as_array(sorted(codes_of(folded_path))),
        text,
        pack_pages(document.pages, folded),
    )
    return DocumentRow(county, filters_of(document), frozenset(_spellings(facts)), values)


def as_array(numbers: Sequence[int]) -> str:
    """Numbers as the server reads them: a list would be looked at one by one."""
    return f"{{{','.join(map(str, numbers))}}}"


def as_signed(number: int) -> int:
    """A number of 64 bits as one that may be below nought."""
    return number - 2 * _SIGNED if number >= _SIGNED else number


def is_spelling(term: str) -> bool:
    """Whether a fact leads from letters to a name."""
    return term.startswith(_OF_NAMES)


def filters_of(document: IndexedDocument) -> Filters:
    """The values of the filters, in the order of FILTERS."""
    given = {**{name: getattr(document, name) for name in FILTERS}}
    given["has_seal"] = _SEALS[document.has_seal]
    return tuple(given[name] for name in FILTERS)


def _terms(facts: DocumentFacts) -> set[str]:
    told = {as_term(term) for term in facts.terms if not is_spelling(term)}
    told |= terms_of_numbers("amounts", facts.amounts)
    return told | terms_of_numbers("dates", facts.dates)


def _spellings(facts: DocumentFacts) -> set[Spelling]:
    led = (term.rpartition("|") for term in facts.terms if is_spelling(term))
    return {(as_term(spelt), name, as_term(f"person:{name}")) for spelt, _, name in led}
