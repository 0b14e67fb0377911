"""The full-text index in OpenSearch, behind the same protocol.

Never run against a real server: what is sent and what comes back is held by tests with a server
that answers as the documentation of OpenSearch 2 says (docs/scale.md). A commit is a bulk request,
which is not one moment: what was half done is done again, since the index is told first and only
then the tables say so.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from archive_indexer.disk.file_names import as_shown
from archive_indexer.documents import IndexedDocument
from archive_indexer.errors import IndexAwayError, IndexBrokenError, IndexNotMadeError
from archive_indexer.index.document_facts import facts_of
from archive_indexer.index.index_segment import FILTERS, PAGE_BREAK
from archive_indexer.index.kept_pages import pack_pages
from archive_indexer.index.on_opensearch.asking import answer_of, body_of
from archive_indexer.index.on_opensearch.conditions import Json
from archive_indexer.index.on_opensearch.mapping import NAME, VERSION, index_body
from archive_indexer.index.on_server.rows import filters_of, is_spelling
from archive_indexer.index.on_server.terms import as_term
from archive_indexer.queries import Query, SearchResult
from minzheng.county.writing.chinese_text import fold_for_search
from minzheng.external.search.search_server import (
    SearchServer,
    SearchServerAwayError,
    SearchServerRefusedError,
)

_AT_ONCE = 500  #: documents of one request
_PATHS_AT_ONCE = 10_000
_FAMILY = NAME.rpartition("-")[0]


class OpenSearchIndex:
    """Find files by any piece of their text; one writer, any number of readers."""

    def __init__(self, server: SearchServer) -> None:
        self._server = server

    @classmethod
    def empty(cls, server: SearchServer) -> "OpenSearchIndex":
        """A new index in place of whatever is there."""
        index = cls(server)
        index.clear()
        return index

    def update(
        self, add: Iterable[IndexedDocument], remove: Iterable[str] = (), *, purges: bool = False
    ) -> None:
        """Add or replace documents and remove paths; `purges` merges away what was removed."""
        added = {document.path: document for document in add}
        lines: list[Mapping[str, Any]] = [
            {"delete": {"_id": _number(path)}} for path in remove if path not in added
        ]
        for start, document in enumerate(added.values(), start=1):
            lines += [{"index": {"_id": _number(document.path)}}, source_of(document)]
            if start % _AT_ONCE == 0:
                self._tell(lines)
                lines = []
        self._tell(lines)
        with _naming_faults():
            self._server.ask("POST", f"/{NAME}/_refresh")
            if purges:
                self._server.ask("POST", f"/{NAME}/_forcemerge?only_expunge_deletes=true")

    def search(self, query: Query) -> SearchResult:
        """The files that meet the query and may be seen, best first or as it says."""
        with _naming_faults():
            return answer_of(self._server.ask("POST", f"/{NAME}/_search", body_of(query)), query)

    def names_like(self, pinyin: str, limit: int) -> tuple[str, ...]:
        """Names of people in the archive whose pinyin or initials these are."""
        if not limit:
            return ()
        counts = {
            kind: {"terms": {
                "field": "spellings", "size": limit, "order": {"_key": "asc"},
                "include": f"{kind}:{_literally(pinyin)}\\|.*",
            }}
            for kind in ("initials", "pinyin")
        }  # fmt: skip
        with _naming_faults():
            told = self._server.ask("POST", f"/{NAME}/_search", {"size": 0, "aggs": counts})
        found = {
            one["key"].rpartition("|")[2]
            for kind in counts
            for one in told["aggregations"][kind]["buckets"]
        }
        return tuple(sorted(found)[:limit])

    def paths(self) -> set[str]:
        """Every path the index holds."""
        found: list[str] = []
        after: list[str] = []
        while True:
            body: Json = {"size": _PATHS_AT_ONCE, "_source": ["path"], "sort": [{"path": "asc"}]}
            with _naming_faults():
                told = self._server.ask(
                    "POST", f"/{NAME}/_search", body | ({"search_after": after} if after else {})
                )
            page = [one["_source"]["path"] for one in told["hits"]["hits"]]
            if not page:
                return set(found)
            found += page
            after = [page[-1]]

    def confirm_sound(self) -> None:
        """Ask whether it is there, and of this version.

        Raises:
            IndexBrokenError: it must be made again.
        """
        with _naming_faults():
            told = self._server.ask("GET", f"/{NAME}/_mapping")
        if told.get(NAME, {}).get("mappings", {}).get("_meta", {}).get("version") != VERSION:
            raise IndexBrokenError

    def clear(self) -> None:
        """Throw everything away."""
        with _naming_faults():
            self._server.ask("DELETE", f"/{NAME}?ignore_unavailable=true")
            self._server.ask("PUT", f"/{NAME}", index_body())

    def tidy(self) -> bool:
        """Nothing: the server does it in its own time."""
        return False

    def drop_older(self) -> None:
        """Delete what an earlier version of the program left there."""
        with _naming_faults():
            told = self._server.ask("GET", f"/_cat/indices/{_FAMILY}-*?format=json&h=index")
            for one in told:
                if one["index"] != NAME:
                    self._server.ask("DELETE", f"/{one['index']}")

    def was_found_broken(self) -> bool:
        """Nobody leaves word: it is looked at when something is written."""
        return False

    def _tell(self, lines: list[Mapping[str, Any]]) -> None:
        if not lines:
            return
        with _naming_faults():
            told = self._server.tell_lines(f"/{NAME}/_bulk?require_alias=false", lines)
        wrong = [one for item in told["items"] for one in item.values() if one["status"] >= 400]
        wrong = [
            one for one in wrong if one["status"] != 404
        ]  # was to be deleted, and is not there
        if wrong:
            raise SearchServerRefusedError(wrong[0]["status"], str(wrong[0].get("error", "")))


def source_of(document: IndexedDocument) -> Json:
    """A document as OpenSearch keeps it."""
    folded = [fold_for_search(page) for page in document.pages]
    facts = facts_of(document, PAGE_BREAK.join(folded))
    return {
        "path": document.path,
        "folded_path": fold_for_search(as_shown(document.path)),
        "text": folded,
        "pages": [{"text": page} for page in folded] if len(folded) > 1 else [],
        "page_count": len(folded),
        "day": facts.day,
        "signature": str(facts.signature),
        "absent": not document.present,
        "facts": [as_term(term) for term in facts.terms if not is_spelling(term)],
        "spellings": [term for term in facts.terms if is_spelling(term)],
        "amounts": list(facts.amounts),
        "dates": list(facts.dates),
        "sha256": document.sha256,
        "title": document.title,
        "packed": base64.b64encode(pack_pages(document.pages, folded)).decode(),
        **dict(zip(FILTERS, filters_of(document), strict=True)),
    }


@contextmanager
def _naming_faults() -> Iterator[None]:
    try:
        yield
    except SearchServerAwayError as error:
        raise IndexAwayError from error
    except SearchServerRefusedError as error:
        if error.status == 404:
            raise IndexNotMadeError from error
        raise


def _number(path: str) -> str:
    """A path as the number of a document: it may be too long to be one."""
    return hashlib.sha256(path.encode()).hexdigest()


def _literally(text: str) -> str:
    """A text as a pattern of Lucene that nothing but it meets."""
    return re.sub(r"[^\w]", lambda sign: f"\\{sign[0]}", text)
