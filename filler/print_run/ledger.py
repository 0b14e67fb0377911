"""What a batch has issued: each record once, kept together with its document."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from filler.errors import LostPaperError
from filler.models import Batch, BatchRow
from filler.print_run.group_store import Group, GroupStore, Record
from filler.records.case_store import DatabaseCaseStore, Sees
from filler.word.joining.record_package import KeptFile

_TOLD = (
    "key", "person", "position",
    "issued__case_no", "issued__file_name", "issued__sha256", "issued__stopped_at",
)  # fmt: skip
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
        self._group, self._papers = Group(), DatabaseCaseStore(folder)

    @contextmanager
    def transaction(self, people: Iterable[str] = ()) -> Iterator[None]:
        """Everything inside is kept, or nothing: files are on disk before the records.

        `people` are ID numbers that will be asked for: all are sought at once.
        """
        try:
            with transaction.atomic():
                self._group.begin(people)
                yield
                self._group.write()
                self._group.drafts.settle()
        finally:
            self._group.forget()

    def store_for(
        self, key: str, person: str, position: int, *, is_alone: bool = False
    ) -> DatabaseCaseStore:
        """A case store that remembers this record with what it keeps.

        `is_alone` is for who asks at once under which number the document is kept.
        """
        record = Record(self.batch.pk, key, person, position)
        return GroupStore(self._folder, self._sees, record, self._group, is_alone=is_alone)

    def issued(self) -> Iterator[IssuedRecord]:
        """All records issued so far, in roster order."""
        rows = self.batch.rows.order_by("position", "id").values_list(*_TOLD)
        for *told, stopped_at in rows.iterator(chunk_size=500):
            key, person, position, case_no, file_name, sha256 = told
            yield IssuedRecord(
                key, person, position, case_no, file_name, sha256, stopped_at is not None
            )

    def read(self, record: IssuedRecord) -> bytes:
        """The Word file of a record, as it was issued.

        Raises:
            LostPaperError: it is gone, or is another one now.
        """
        try:
            docx = self._papers.read(record.sha256)
        except FileNotFoundError as error:
            raise LostPaperError(_lost(record, "不见了")) from error
        if hashlib.sha256(docx).hexdigest() != record.sha256:
            raise LostPaperError(_lost(record, "已损坏"))
        return docx

    def kept_file(self, record: IssuedRecord) -> KeptFile:
        """The Word file of a record, with the sum it was issued with."""
        return KeptFile(self.read(record), record.sha256)


def _lost(record: IssuedRecord, how: str) -> str:
    return (
        f"第 {record.position} 户（{record.case_no}）出具的 Word 文件在磁盘上{how}，"
        f"这一批没有做成；别的各户不受影响。请管理员从备份取回 issued 文件夹里的 "
        f"{record.sha256[:2]}/{record.sha256}.docx，再重做这一批。"
    )


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
