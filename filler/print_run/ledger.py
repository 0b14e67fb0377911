"""What a batch has issued: each record once, kept together with its document."""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from filler.form.form_data import IssuedDocument
from filler.models import Batch, BatchRow
from filler.records.case_store import DatabaseCaseStore, Sees
from minzheng.external.files.whole_file import Draft, draft_of

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
        self._unsettled: dict[Path, Draft] = {}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept, or nothing: files are on disk before the records."""
        try:
            with transaction.atomic():
                yield
                self._settle()
        finally:
            for draft in self._unsettled.values():
                draft.drop()
            self._unsettled.clear()

    def _settle(self) -> None:
        """Bring the group's files to disk together: one by one the disk waits for each."""
        with ThreadPoolExecutor(_WRITERS) as pool:
            for _ in pool.map(_bring_to_disk, self._unsettled.values()):
                pass
        self._unsettled.clear()

    def store_for(self, key: str, person: str, position: int) -> DatabaseCaseStore:
        """A case store that remembers this record with what it keeps."""
        row = BatchRow(batch=self.batch, key=key, person=person, position=position)
        return _RecordStore(self._folder, self._sees, row, self._unsettled)

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


class _RecordStore(DatabaseCaseStore):
    """Keeps one record; its file comes to disk with those of its group."""

    def __init__(
        self, folder: Path, sees: Sees | None, row: BatchRow, unsettled: dict[Path, Draft]
    ) -> None:
        super().__init__(folder, sees)
        self._row, self._unsettled = row, unsettled

    def keep(self, issued: IssuedDocument) -> int:
        """Keep the document and, in the same transaction, that this record has it."""
        number = super().keep(issued)
        self._row.issued_id = number
        self._row.save(force_insert=True)
        return number

    def _write(self, path: Path, data: bytes) -> None:
        """Leave the file for the end of the group; twins have one file."""
        if path.exists() or path in self._unsettled:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._unsettled[path] = draft_of(path)
        with draft.open() as stream:
            stream.write(data)


def _bring_to_disk(draft: Draft) -> None:
    draft.force()
    draft.put_in_place()
