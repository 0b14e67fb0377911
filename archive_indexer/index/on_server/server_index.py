"""The full-text index in the database of the tables: the answers of the embedded engine.

Nothing of it is remembered here: any number of programs on any machines may ask, and each
question sees all that was committed before it. Who writes holds a lock of the index.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from archive_indexer.documents import IndexedDocument
from archive_indexer.errors import IndexBrokenError, IndexLockedError, IndexNotMadeError
from archive_indexer.index.index_segment import FILTERS
from archive_indexer.index.on_server import schema
from archive_indexer.index.on_server.answering import AnswerRow, answer_of
from archive_indexer.index.on_server.asking import condition_of, statement_of
from archive_indexer.index.on_server.conditions import PROFILE, where_seen
from archive_indexer.index.on_server.held_words import MANY, forget, held_words, words_of
from archive_indexer.index.on_server.rows import COLUMNS, DocumentRow, Filters, row_of
from archive_indexer.index.on_server.schema import DOCUMENT
from archive_indexer.index.on_server.terms import as_term
from archive_indexer.queries import Query, SearchResult
from minzheng.database.errors import TableDamagedError, TableMissingError, WaitedInVainError
from minzheng.database.statements import ask, copy_in, is_in_transaction, naming_faults, tell
from minzheng.database.writing import INDEXING, hold, side_by_side

_SPELLING = f"{schema.SCHEMA}.spelling"
_TROUBLE = f"{schema.SCHEMA}.trouble"
_COPY = f"COPY {DOCUMENT} ({', '.join(COLUMNS)}) FROM STDIN"
_NEWEST = f"""
    UPDATE {schema.COUNTY} c SET newest = d.newest FROM (
        SELECT name, (SELECT max(number) FROM {DOCUMENT} WHERE county = name) AS newest
        FROM {schema.COUNTY} WHERE name = ANY(%s::text[])
    ) d WHERE d.name = c.name
"""
#: Of few documents the planner would read every array instead of looking one up; and what a
#: common word leaves, some hundred bytes a hit, is gone through in memory.
_ASKING = "SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '64MB'"
_MUCH = 1000  #: so many documents come at once when an index is filled
_FILLING = "SET LOCAL work_mem = '64MB'; SET LOCAL gin_pending_list_limit = '16MB'"
_SORTED_IN = f"""
    SELECT gin_clean_pending_list(i.indexrelid) FROM pg_index i
    JOIN pg_class k ON k.oid = i.indexrelid JOIN pg_am a ON a.oid = k.relam
    JOIN pg_inherits h ON h.inhrelid = i.indrelid
    WHERE a.amname = 'gin' AND h.inhparent = '{DOCUMENT}'::regclass
"""
_LOOK_SECONDS = 5.0  #: between two looks whether somebody found it broken
_ENDS = f"""
    SELECT folded, packed FROM {DOCUMENT} WHERE number IN
        ((SELECT min(number) FROM {DOCUMENT}), (SELECT max(number) FROM {DOCUMENT}))
"""
_NAMES = f"""
    SELECT DISTINCT s.name FROM {_SPELLING} s
    WHERE s.spelt = ANY(%s::text[]) AND EXISTS (
        SELECT FROM {DOCUMENT} d WHERE d.facts @> ARRAY[s.fact]
    ) ORDER BY s.name LIMIT %s
"""
_NAMELESS = f"""
    DELETE FROM {_SPELLING} s WHERE NOT EXISTS (
        SELECT FROM {DOCUMENT} d WHERE d.facts @> ARRAY[s.fact]
    )
"""


class ServerIndex:
    """Find files by any piece of their text; one writer at a time, any number of readers."""

    def __init__(self, many: int = MANY) -> None:
        self.many = many  #: from so many hits on what their texts told is kept
        self._next_look = 0.0

    @classmethod
    def empty(cls, many: int = MANY) -> "ServerIndex":
        """A new index in place of whatever is there, broken or not."""
        index = cls(many)
        index.clear()
        return index

    def update(
        self, add: Iterable[IndexedDocument], remove: Iterable[str] = (), *, purges: bool = False
    ) -> None:
        """Add or replace documents and remove paths, in one commit.

        The server gives the room of what was removed to others in its own time; `purges` asks
        for it now, and takes away names that nobody bears any more.
        """
        added = {document.path: row_of(document) for document in add}
        gone = {*remove, *added}
        if not gone:
            return
        with self._written():
            tell(f"DELETE FROM {DOCUMENT} WHERE path = ANY(%s::text[])", [sorted(gone)])
            if len(added) >= _MUCH:
                tell(_FILLING)
            if added:
                _put_in(list(added.values()))
                tell(_NEWEST, [sorted({row.county for row in added.values()})])
            if len(added) >= _MUCH:
                ask(_SORTED_IN)
            if purges:
                tell(_NAMELESS)
                forget()
        if purges and not is_in_transaction():
            tell(f"VACUUM {DOCUMENT}")

    def tidy(self) -> bool:
        """Let grams of new documents, which every question goes through, be sorted in."""
        with self._written():
            return any(pages for (pages,) in ask(_SORTED_IN))

    def search(self, query: Query) -> SearchResult:
        """The files that meet the query and may be seen, best first or as it says."""
        words = words_of(condition_of(query))
        with _naming_damage(), side_by_side():
            tell(_ASKING)
            held = held_words(words, where_seen(query.visible), self.many)
            statement = statement_of(query, held)
            rows = [AnswerRow._make(row) for row in ask(statement.sql.text, statement.sql.values)]
            return answer_of(rows, query, statement.condition)

    def names_like(self, pinyin: str, limit: int) -> tuple[str, ...]:
        """Names of people in the archive whose pinyin or initials these are."""
        spelt = [as_term(f"{kind}:{pinyin}") for kind in ("initials", "pinyin")]
        with _naming_damage():
            return tuple(name for (name,) in ask(_NAMES, [spelt, limit]))

    def paths(self) -> set[str]:
        """Every path the index holds."""
        with _naming_damage():
            return {path for (path,) in ask(f"SELECT path FROM {DOCUMENT}")}

    def confirm_sound(self) -> None:
        """Look at the first and the last document.

        Raises:
            IndexBrokenError: there are no tables of this version, or they cannot be read.
        """
        with _naming_damage():
            schema.require()
            ask(_ENDS)

    def clear(self) -> None:
        """Throw everything away."""
        with self._written():
            schema.make_anew()

    def drop_older(self) -> None:
        """Delete the tables of an earlier version of the program."""
        with self._written():
            schema.drop_older()

    def was_found_broken(self) -> bool:
        """Whether somebody who searched found it broken since this was asked last."""
        if time.monotonic() < self._next_look:
            return False
        self._next_look = time.monotonic() + _LOOK_SECONDS
        try:
            return bool(ask(f"DELETE FROM {_TROUBLE} RETURNING said"))
        except TableMissingError:
            return True

    @contextmanager
    def _written(self) -> Iterator[None]:
        """A commit of its own, behind whoever writes the index."""
        with _naming_damage():
            try:
                with naming_faults(), side_by_side():
                    hold(INDEXING)
                    yield
            except WaitedInVainError as error:
                raise IndexLockedError from error


@contextmanager
def _naming_damage() -> Iterator[None]:
    """What the server says of tables that are not there or cannot be read, as what it is.

    Raises:
        IndexNotMadeError: there are none.
        IndexBrokenError: they must be made again.
    """
    try:
        yield
    except TableMissingError as error:
        raise IndexNotMadeError from error
    except TableDamagedError as error:
        _tell_broken()
        raise IndexBrokenError from error


def _tell_broken() -> None:
    if not is_in_transaction():
        tell(f"INSERT INTO {_TROUBLE} VALUES (now())")


def _put_in(rows: Sequence[DocumentRow]) -> None:
    schema.make_partitions(row.county for row in rows)
    numbers = _profiles({row.filters for row in rows})
    copy_in(_COPY, (row.row(numbers[row.filters]) for row in rows))
    spellings = sorted({one for row in rows for one in row.spellings})
    tell(
        f"INSERT INTO {_SPELLING} SELECT * FROM unnest(%s::text[], %s::text[], %s::text[])"
        " ON CONFLICT DO NOTHING",
        [list(one) for one in zip(*spellings, strict=True)] or [[], [], []],
    )


def _profiles(wanted: set[Filters]) -> dict[Filters, int]:
    """The number of each row of filter values; those not yet known are given one."""
    columns = [list(one) for one in zip(*sorted(wanted), strict=True)]
    given = f"unnest({', '.join(['%s::text[]'] * len(FILTERS))})"
    names = ", ".join(FILTERS)
    tell(f"INSERT INTO {PROFILE} ({names}) SELECT * FROM {given} ON CONFLICT DO NOTHING", columns)
    found = ask(
        f"SELECT {names}, number FROM {PROFILE} JOIN {given} AS g({names}) USING ({names})", columns
    )
    return {tuple(row[:-1]): row[-1] for row in found}
