"""tantivy and SQLite FTS5 over the same grams: what they take to name 20 files and count.

They give files that have all grams of the words. They do not check the text, make no
snippet and count no filters, all of which our figures include.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.grams import grams_of
from minzheng.county.writing.chinese_text import fold_for_search

_LIMIT = 20


class Tantivy:
    """A tantivy index with one text field of grams."""

    def __init__(self, folder: Path, documents: Iterable[IndexedDocument]) -> None:
        folder.mkdir()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("grams", tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field("path", stored=True, tokenizer_name="raw")
        self._schema = builder.build()
        index = tantivy.Index(self._schema, path=str(folder))
        writer = index.writer(heap_size=100_000_000, num_threads=1)
        for document in documents:
            writer.add_document(tantivy.Document(grams=_tokens(document), path=document.path))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def ask(self, text: str, town: str, year: str, offset: int) -> int:
        """How many files have all grams; reads the paths of a page of them."""
        terms = [
            tantivy.Query.term_query(self._schema, "grams", token, "basic")
            for token in _asked(text, town, year)
        ]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])
        found = self._searcher.search(query, _LIMIT, count=True, offset=offset)
        for _, address in found.hits:
            self._searcher.doc(address)["path"]
        return int(found.count)


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
