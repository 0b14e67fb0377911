"""A question of the search page put to the index: its filters, its rights, its bounds."""

from dataclasses import replace

from django.http import HttpRequest

from archive_indexer.documents import Query
from archive_indexer.search import Answer, search_archive
from archive_indexer.stores.file_store import paths_since
from minzheng.web.archive.search_choices import FILTERS, Addresses
from minzheng.web.gate.office import archive_index, county, visible


def query_of(request: HttpRequest, given: Addresses, *, limit: int, offset: int = 0) -> Query:
    """The filters of a question, and what of the archive the asking person may find."""
    return replace(
        Query((), **{name: given.value(name) for name in FILTERS}),  # type: ignore[arg-type]
        limit=limit,
        offset=offset,
        order=given.order,
        folds_copies=not given.value("copies"),
        visible=visible(request),
        shows_absent=given.shows_absent,
        among=paths_since(given.since) if given.since else None,
    )


def ask(given: Addresses, query: Query) -> Answer:
    """The answer to a question.

    Raises:
        IndexBrokenError: the index must be made anew.
    """
    return search_archive(
        archive_index(), given.text, query, county(), with_synonyms=given.with_synonyms
    )


def count_hits(request: HttpRequest, given: Addresses) -> int:
    """How many files answer now.

    Raises:
        IndexBrokenError: the index must be made anew.
    """
    return ask(given, query_of(request, given, limit=0)).result.total
