"""What kills may have left: rows, documents, index and log are looked at one by one."""

import hashlib
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

from script.soaking import CONFIG, FOLDER, Soak, look

from archive_indexer.index.full_text_index import FullTextIndex  # isort: skip
from archive_indexer.index.index_writer import rebuild_index  # isort: skip
from archive_indexer.queries import EVERYTHING, Query  # isort: skip
from filler.models import Batch, CaseCounter, Issued  # isort: skip
from minzheng.accounts.audit_log import AuditLog  # isort: skip
from minzheng.accounts.models import AuditEntry  # isort: skip
from minzheng.external.files.whole_file import PART  # isort: skip
from minzheng.web.batches.batch_worker import job_folder  # isort: skip

#: What must be zero for the trial to have held.
MUST_BE_NOTHING = (
    "never_at_rest",
    "rows_lost", "rows_twice", "numbers_twice", "numbers_left_out", "documents_damaged",
    "print_runs_damaged", "rosters_lost", "rosters_twice", "deeds_not_in_the_log",
    "halves_left", "halves_at_the_end", "orphans", "not_findable", "wrongly_findable",
    "unlike_a_rebuilt_index", "problems_of_the_log", "problems_of_the_database",
)  # fmt: skip


@dataclass
class Sent:
    """A roster the clerk has sent."""

    name: str
    rows: int
    data: bytes
    answered: bool = False  #: the service said that it has it

    def as_form(self, fields: dict[str, str], boundary: str) -> bytes:
        """The body of the form that sends it."""
        parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
        parts.append(f'name="roster"; filename="{self.name}"\r\n\r\n'.encode() + self.data)
        start = f"--{boundary}\r\nContent-Disposition: form-data; ".encode()
        return b"".join(start + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()


def look_at_what_is_left(soak: Soak, sent: Sequence[Sent]) -> dict[str, object]:
    """Everything that can be counted, and what of it must be nothing."""
    return {
        **_rosters(sent), **_rows(sent), **_documents(), **look(soak), **_index(),
        "files": len(soak.texts),
        "halves_at_the_end": sum(1 for _ in CONFIG.data_folder.rglob(f"*{PART}")),
        **_log(sent),
        "problems_of_the_database": _database_problems(),
    }  # fmt: skip


def _rosters(sent: Sequence[Sent]) -> dict[str, object]:
    """What the service said it has is there once; what it did not say may be there, once."""
    names = Counter(Batch.objects.values_list("roster_name", flat=True))
    return {
        "rosters": names.total(),
        "rosters_lost": sum(one.answered and not names[one.name] for one in sent),
        "rosters_twice": _repeated(names),
    }


def _rows(sent: Iterable[Sent]) -> dict[str, object]:
    """Every row of every roster is issued once, under a number of its own."""
    rows = {one.name: one.rows for one in sent}
    lost = twice = damaged = 0
    for batch in Batch.objects.all():
        found = Counter(batch.rows.values_list("position", flat=True))
        wanted = range(1, rows[batch.roster_name] + 1)
        lost += sum(not found[place] for place in wanted)
        twice += _repeated(found) + len(set(found) - set(wanted))
        damaged += not _is_whole(job_folder(CONFIG, batch).packed, len(wanted))
    numbers = Counter(Issued.objects.values_list("case_no", flat=True))
    given = sum(CaseCounter.objects.values_list("last", flat=True))
    return {
        "issued": sum(numbers.values()), "rows_lost": lost, "rows_twice": twice,
        "numbers_twice": _repeated(numbers), "numbers_left_out": given - len(numbers),
        "print_runs_damaged": damaged,
    }  # fmt: skip


def _repeated(found: Counter[str] | Counter[int]) -> int:
    return sum(count - 1 for count in found.values())


def _is_whole(file: object, count: int) -> bool:
    try:
        with zipfile.ZipFile(str(file)) as archive:
            return len(set(archive.namelist())) == count and archive.testzip() is None
    except (OSError, zipfile.BadZipFile):
        return False


def _documents() -> dict[str, object]:
    """Each record has its file, and it is the one that was issued."""
    damaged = 0
    for sha256 in Issued.objects.values_list("sha256", flat=True).iterator():
        file = CONFIG.issued_folder / sha256[:2] / f"{sha256}.docx"
        is_whole = file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() == sha256
        damaged += not is_whole
    return {"documents_damaged": damaged}


def _index() -> dict[str, object]:
    """The index answers as one that is made anew from what was read."""
    rebuilt = FullTextIndex.empty(FOLDER / "rebuilt")
    rebuild_index(rebuilt, lambda _: None)
    everything = Query((), condition=EVERYTHING, limit=1_000_000, order="path")
    now, anew = (
        Counter(map(repr, index.search(everything).hits))
        for index in (FullTextIndex(CONFIG.data_folder / "index"), rebuilt)
    )
    gone, come = now - anew, anew - now
    return {
        "indexed": now.total(),
        "unlike_a_rebuilt_index": gone.total() + come.total(),
        "said_of_the_index": [f"only now: {one}" for one in list(gone)[:3]]
        + [f"only anew: {one}" for one in list(come)[:3]],
    }


def _log(sent: Iterable[Sent]) -> dict[str, object]:
    """The chain is whole, and what the service answered to stands in it."""
    deeds = list(
        AuditEntry.objects.filter(what__startswith="上传花名册").values_list("what", flat=True)
    )
    missing = sum(one.answered and not any(one.name in what for what in deeds) for one in sent)
    verdict = AuditLog(CONFIG.data_folder).verify()
    return {
        "log_entries": verdict.count,
        "problems_of_the_log": len(verdict.problems),
        "said_of_the_log": list(verdict.problems[:3]),
        "deeds_not_in_the_log": missing,
    }


def _database_problems() -> int:
    with closing(sqlite3.connect(CONFIG.data_folder / "minzheng.sqlite3")) as database:
        said = [row[0] for row in database.execute("PRAGMA integrity_check")]
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
    return int(len(broken) + sum(text != "ok" for text in said))
