"""tantivy and SQLite FTS5 over the same grams: what they take to name 20 files and count.

They give files that have all grams of the words. They do not check the text, make no
snippet and count no filters, all of which our figures include. A third peer is tantivy asked to
answer as nearly alike as it can: texts stored, a snippet with marks for each file it names, and
its own counting of the filters that have values. It still knows no rights, no copies, no order
by day; a filter that is asked for narrows its own counts, too; grams stand for the text.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import tantivy

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.grams import grams_of
from minzheng.county.writing.chinese_text import fold_for_search

_LIMIT = 20
_SNIPPET_BYTES = 240  #: 80 Chinese characters
_COUNTED = ("town", "village", "dossier", "year")  #: the others have no values here
_COUNTS = {name: {"terms": {"field": name, "size": 100}} for name in _COUNTED}


class Tantivy:
    """A tantivy index with one text field of grams."""

    def __init__(self, folder: Path, documents: Iterable[IndexedDocument]) -> None:
        folder.mkdir()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("grams", tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field("path", stored=True, tokenizer_name="raw")
        self._add_fields(builder)
        self._schema = builder.build()
        index = tantivy.Index(self._schema, path=str(folder))
        pairs = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2, False))
        index.register_tokenizer("pairs", pairs.build())
        writer = index.writer(heap_size=100_000_000, num_threads=1)
        for document in documents:
            kept = self._kept(document)
            writer.add_document(
                tantivy.Document(grams=_tokens(document), path=document.path, **kept)
            )
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def ask(self, text: str, town: str, year: str, offset: int) -> int:
        """How many files have all grams; reads the paths of a page of them."""
        query = self._all("grams", _asked(text, town, year))
        found = self._searcher.search(query, _LIMIT, count=True, offset=offset)
        for _, address in found.hits:
            self._searcher.doc(address)["path"]
        return int(found.count)

    def _add_fields(self, builder: Any) -> None:
        """What is kept beside."""

    def _kept(self, document: IndexedDocument) -> dict[str, str]:
        return {}

    def _all(self, field: str, tokens: Iterable[str]) -> Any:
        terms = [tantivy.Query.term_query(self._schema, field, token, "basic") for token in tokens]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])


class TantivyAlike(Tantivy):
    """The same, with snippets of stored texts and counts of filters."""

    def ask(self, text: str, town: str, year: str, offset: int) -> int:
        """The same; and a snippet of each file of the page, and the values of four filters."""
        query = self._all("grams", _asked(text, town, year))
        found = self._searcher.search(query, _LIMIT, count=True, offset=offset)
        pairs = {first + second for word in text.split() for first, second in pairwise(word)}
        marked = tantivy.SnippetGenerator.create(
            self._searcher, self._all("text", pairs), self._schema, "text"
        )
        marked.set_max_num_chars(_SNIPPET_BYTES)
        for _, address in found.hits:
            document = self._searcher.doc(address)
            document["path"], marked.snippet_from_doc(document).highlighted()
        self._searcher.aggregate(query, _COUNTS)
        return int(found.count)

    def _add_fields(self, builder: Any) -> None:
        builder.add_text_field("text", stored=True, tokenizer_name="pairs", index_option="basic")
        for name in _COUNTED:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")

    def _kept(self, document: IndexedDocument) -> dict[str, str]:
        filters = {name: getattr(document, name) for name in _COUNTED}
        return {"text": " ".join(document.pages), **filters}


class Fts5:
    """An SQLite FTS5 table of grams, without positions."""

    def __init__(self, folder: Path, documents: Iterable[IndexedDocument]) -> None:
        folder.mkdir()
        self._base = sqlite3.connect(folder / "fts5.sqlite3")
        self._base.execute("CREATE VIRTUAL TABLE t USING fts5(grams, content='', detail=none)")
        self._base.execute("CREATE TABLE f (path TEXT)")
        for document in documents:
            cursor = self._base.execute("INSERT INTO f VALUES (?)", (document.path,))
            row = (cursor.lastrowid, _tokens(document))
            self._base.execute("INSERT INTO t (rowid, grams) VALUES (?, ?)", row)
        self._base.execute("INSERT INTO t (t) VALUES ('optimize')")
        self._base.commit()

    def ask(self, text: str, town: str, year: str, offset: int) -> int:
        """How many files have all grams; reads the paths of a page of them."""
        match = " AND ".join(_asked(text, town, year))
        found = self._base.execute("SELECT rowid FROM t WHERE t MATCH ?", (match,)).fetchall()
        for (number,) in found[offset : offset + _LIMIT]:
            self._base.execute("SELECT path FROM f WHERE rowid = ?", (number,)).fetchone()
        return len(found)


def _tokens(document: IndexedDocument) -> str:
    grams = {gram for page in document.pages for gram in grams_of(fold_for_search(page))}
    return " ".join([*map(_safe, grams), *_filters(document.town, document.year)])


def _asked(text: str, town: str, year: str) -> Sequence[str]:
    grams = {gram for word in text.split() for gram in grams_of(fold_for_search(word))}
    return [*map(_safe, grams), *_filters(town, year)]


def _filters(town: str, year: str) -> list[str]:
    return [_safe(f"{name}{value}") for name, value in (("t", town), ("y", year)) if value]


def _safe(gram: str) -> str:
    """A gram in letters and digits, so that no tokenizer cuts it."""
    return "x" + gram.encode("utf-16-be").hex()
