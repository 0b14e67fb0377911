"""What a batch has issued: each record once, kept together with its document."""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from filler.models import Batch, BatchRow
from filler.print_run.group_store import Group, GroupStore
from filler.records.case_store import DatabaseCaseStore, Sees
from minzheng.external.files.whole_file import Draft

_WRITERS = 8
_KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class IssuedRecord:
    """A record that was issued, and its document."""

    key: str
    person: str
    position: int
    case_no: str
    file_name: str
    sha256: str
    is_stopped: bool = False  #: stored only: not printed again

    @property
    def numbered_name(self) -> str:
        """The file's name with its place in the roster before it."""
        return f"{self.position:04d}_{self.file_name}"


class BatchLedger:
    """The records of one batch in the database, their Word files in a folder."""

    def __init__(self, batch: Batch, folder: Path, sees: Sees | None = None) -> None:
        self.batch, self._folder, self._sees = batch, folder, sees
        self._group = Group()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept, or nothing: files are on disk before the records."""
        try:
            with transaction.atomic():
                yield
                self._group.write()
                self._settle()
        finally:
            self._group.forget()

    def _settle(self) -> None:
        """Bring the group's files to disk together: one by one the disk waits for each."""
        with ThreadPoolExecutor(_WRITERS) as pool:
            for _ in pool.map(_bring_to_disk, self._group.drafts.values()):
                pass
        self._group.drafts.clear()

    def store_for(
        self, key: str, person: str, position: int, *, is_alone: bool = False
    ) -> DatabaseCaseStore:
        """A case store that remembers this record with what it keeps.

        `is_alone` is for who asks at once under which number the document is kept.
        """
        row = BatchRow(batch=self.batch, key=key, person=person, position=position)
        return GroupStore(self._folder, self._sees, row, self._group, is_alone=is_alone)

    def issued(self) -> Iterator[IssuedRecord]:
        """All records issued so far, in roster order."""
        rows = self.batch.rows.select_related("issued").defer("issued__texts", "issued__answers")
        rows = rows.order_by("position", "id")
        for row in rows.iterator(chunk_size=500):
            yield IssuedRecord(
                row.key, row.person, row.position,
                row.issued.case_no, row.issued.file_name, row.issued.sha256,
                row.issued.stopped_at is not None,
            )  # fmt: skip

    def read(self, record: IssuedRecord) -> bytes:
        """The Word file of a record."""
        return DatabaseCaseStore(self._folder).path_of(record.sha256).read_bytes()


def find_issued_elsewhere(batch: Batch | None, keys: Sequence[str]) -> dict[str, str]:
    """Records that another batch has issued with the same answers: key → case number."""
    rows = BatchRow.objects.select_related("issued").defer("issued__texts", "issued__answers")
    if batch is not None:
        rows = rows.exclude(batch=batch)
    return {
        row.key: row.issued.case_no
        for start in range(0, len(keys), _KEYS_AT_ONCE)
        for row in rows.filter(key__in=keys[start : start + _KEYS_AT_ONCE])
    }


def digest_person(number: str) -> str:
    """An ID number as the ledger keeps it."""
    return hashlib.sha256(number.encode()).hexdigest() if number else ""


def _bring_to_disk(draft: Draft) -> None:
    draft.force()
    draft.put_in_place()
