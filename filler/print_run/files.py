"""What a batch leaves in a folder: a file a record, a merged run, PDFs."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filler.print_run.ledger import BatchLedger, IssuedRecord
from filler.print_run.merge_documents import OF_NOBODY, merge_to_file
from filler.word.joining.record_package import KeptFile
from minzheng.county.loaded_later import LoadedLater
from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.whole_file import whole_file, write_whole

if TYPE_CHECKING:
    from filler.print_run import pdf_files
else:  # most batches are of Word files alone
    pdf_files = LoadedLater("filler.print_run.pdf_files")

Stage = Callable[[str, int, int], None]  #: what is being done, how many of how many


@dataclass(frozen=True, slots=True)
class BatchFiles:
    """What shall be made of a batch's documents."""

    folder: Path | None = None  #: a Word file each
    packed: Path | None = None  #: all Word files in one ZIP
    merged: Path | None = None  #: all in one Word file
    merged_pdf: Path | None = None
    are_pdfs_single: bool = False  #: a PDF each, beside its Word file
    told: FileProperties = OF_NOBODY  #: what the merged file tells of itself


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and the records that have no PDF."""

    records: int
    without_pdf: tuple[IssuedRecord, ...] = ()


def write_files(ledger: BatchLedger, wanted: BatchFiles, stage: Stage) -> Written:
    """Write everything wanted; files that are there already stay."""
    records = [one for one in ledger.issued() if not one.is_stopped]
    if wanted.folder:
        _write_singles(ledger, records, wanted.folder, stage)
    if wanted.packed:
        _pack(ledger, records, wanted.packed, stage)
    if wanted.merged and records:
        merge_to_file(_reading(ledger, records, stage), wanted.merged, wanted.told)
    failed: Sequence[IssuedRecord] = ()
    if wanted.merged_pdf and records:
        failed = _write_merged_pdf(ledger, records, wanted.merged_pdf, stage)
    elif wanted.are_pdfs_single and wanted.folder:
        failed = _write_pdfs(records, wanted.folder, stage)
    return Written(len(records), tuple(failed))


def _write_singles(
    ledger: BatchLedger, records: Sequence[IssuedRecord], folder: Path, stage: Stage
) -> None:
    for done, record in enumerate(records):
        file = folder / record.numbered_name
        if not file.exists():
            write_whole(file, ledger.read(record))
        if done % 50 == 0:
            stage("写出文件", done, len(records))


def _pack(ledger: BatchLedger, records: Sequence[IssuedRecord], file: Path, stage: Stage) -> None:
    """All Word files in one ZIP; they are packed already."""
    with whole_file(file) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for done, record in enumerate(records):
            archive.writestr(record.numbered_name, ledger.read(record))
            stage("打包", done, len(records))


def _reading(
    ledger: BatchLedger, records: Sequence[IssuedRecord], stage: Stage
) -> Iterator[KeptFile]:
    for done, record in enumerate(records):
        if done % 50 == 0:
            stage("合并成一份", done, len(records))
        yield ledger.kept_file(record)


def _write_merged_pdf(
    ledger: BatchLedger, records: Sequence[IssuedRecord], file: Path, stage: Stage
) -> list[IssuedRecord]:
    failed = pdf_files.make_merged_pdf(
        len(records),
        lambda number: ledger.kept_file(records[number]),
        file,
        lambda done: stage("生成 PDF", done, len(records)),
    )
    return [records[number] for number in failed]


def _write_pdfs(records: Sequence[IssuedRecord], folder: Path, stage: Stage) -> list[IssuedRecord]:
    by_file = {folder / record.numbered_name: record for record in records}
    waiting = [file for file in by_file if not file.with_suffix(".pdf").exists()]
    outcome = pdf_files.make_pdfs(
        waiting, folder, lambda done: stage("生成 PDF", done, len(waiting))
    )
    return [by_file[file] for file in outcome.failed]
