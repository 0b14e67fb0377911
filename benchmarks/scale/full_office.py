"""An office that is full: the few papers it has become as many as are asked for.

Rows are copied by the database itself, of every table that holds a row a document; files of
issued documents are empty. What a start looks at is there, in number and place.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

_AT_ONCE = 100_000
_ISSUED_SHARE = 10  #: every tenth document was issued here
#: Columns that are one row's own, and what a copy has there.
_OWN = {
    "archive_indexer_archivedfile": {
        "path": "coalesce((SELECT path FROM paths WHERE paths.n = numbers.n),"
        " printf('钟宝镇/旧城村/%04d/%07d.txt', n / 1000, n))",
        "sha256": "printf('%064x', n)",
    },
    "archive_indexer_content": {"sha256": "printf('%064x', n)"},
    "archive_indexer_page": {"content_id": "printf('%064x', n)"},
    "filler_issued": {
        "case_no": "printf('%s%07d', substr(case_no, 1, 15), n)",
        "sha256": "printf('%064x', n)",
    },
    "filler_knownperson": {"issued_id": "(SELECT max(id) FROM filler_issued) - n"},
}
_NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT {} UNION ALL SELECT n + 1 FROM numbers LIMIT {})"


def fill_office(data: Path, documents: int, paths: Iterable[str] = ()) -> None:
    """Rows and files of so many documents, beside at least one of each that is there.

    `paths`: those of the index that lies beside, so that neither lacks what the other has.
    """
    database = sqlite3.connect(data / "minzheng.sqlite3", isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("CREATE TEMP TABLE paths (n INTEGER PRIMARY KEY, path TEXT)")
    database.execute("BEGIN")
    database.executemany("INSERT INTO paths VALUES (?, ?)", enumerate(paths))
    database.execute("COMMIT")
    for table, own in _OWN.items():
        is_archived = table.startswith("archive_indexer")
        _copy_row(database, table, own, documents if is_archived else documents // _ISSUED_SHARE)
    database.close()
    _lay_files(data / "issued", documents)


def _copy_row(database: sqlite3.Connection, table: str, own: dict[str, str], count: int) -> None:
    columns = [one[1] for one in database.execute(f"PRAGMA table_info({table})")]
    taken = [one for one in columns if one != "id"]
    values = ", ".join(own.get(one, f'"{one}"') for one in taken)
    names = ", ".join(f'"{one}"' for one in taken)
    for start in range(0, count, _AT_ONCE):
        numbers = _NUMBERS.format(start, min(_AT_ONCE, count - start))
        database.execute(
            f"INSERT INTO {table} ({names}) {numbers} SELECT {values} "
            f"FROM (SELECT * FROM {table} ORDER BY rowid LIMIT 1) AS one, numbers"
        )


def _lay_files(issued: Path, count: int) -> None:
    """By their content's digest, as the program lays them: 256 folders."""
    for number in range(256):
        (issued / f"{number:02x}").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (issued / f"{number % 256:02x}" / f"{number:064x}.docx").touch()
