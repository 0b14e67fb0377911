"""Many Word files become PDFs: in groups, time-limited, one bad file costs only itself.

A PDF each is cut from the PDF of a merged run: LibreOffice takes a third of the time for it.
"""

import io
import logging
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from lxml import etree

from filler.errors import BatchError
from filler.print_run.lean_run import holds_only_codes, make_lean
from filler.print_run.merge_documents import merge_to_file
from filler.word.joining.record_package import KeptFile
from minzheng.county.loaded_later import LoadedLater
from minzheng.external.files.archival_pdf import archival_marks, as_archival
from minzheng.external.files.whole_file import write_whole
from minzheng.external.libreoffice import convert_to_pdf
from minzheng.external.run_program import ProgramFailedError

if TYPE_CHECKING:
    from filler.print_run import split_pdf
else:  # a service starts without pypdf
    split_pdf = LoadedLater("filler.print_run.split_pdf")

log = logging.getLogger(__name__)
GROUP = 60
#: Records of one merged document: larger ones cost more each, smaller ones repeat their fonts.
RUN = 50
#: Runs that LibreOffice converts in one call: its start costs as much as fifteen pages.
_RUNS_A_CALL = 6
_UNMERGEABLE = (zipfile.BadZipFile, KeyError, ValueError, etree.LxmlError)
Told = Callable[[int], None]
Read = Callable[[int], bytes | KeptFile]  #: the Word file of the n-th record


@dataclass(frozen=True, slots=True)
class PdfOutcome:
    """Which files have a PDF now, and which could not be converted."""

    made: tuple[Path, ...]
    failed: tuple[Path, ...]


def make_pdfs(
    files: Sequence[Path],
    folder: Path,
    told: Told = lambda done: None,
    seconds: float | None = None,
) -> PdfOutcome:
    """A PDF for each Word file, several LibreOffices at once.

    Raises:
        LibreOfficeMissingError: it is not installed.
    """
    groups = [files[start : start + RUN] for start in range(0, len(files), RUN)]
    failed: list[Path] = []
    done = 0
    with ThreadPoolExecutor(_workers()) as pool:
        for group, bad in zip(
            groups, pool.map(lambda one: _make_group(one, folder, seconds), groups), strict=True
        ):
            failed += bad
            done += len(group)
            told(done)
    made = (folder / f"{file.stem}.pdf" for file in files if file not in failed)
    return PdfOutcome(tuple(made), tuple(failed))


def _make_group(group: Sequence[Path], folder: Path, seconds: float | None) -> list[Path]:
    """By way of one merged run; what that does not make, in groups of files. What failed."""
    if len(group) > 1:
        _cut_from_run(group, folder, seconds)
    missing = [file for file in group if not _pdf_of(file, folder).exists()]
    groups = (missing[start : start + GROUP] for start in range(0, len(missing), GROUP))
    return [bad for part in groups for bad in _convert(part, folder, seconds)]


def _cut_from_run(group: Sequence[Path], folder: Path, seconds: float | None) -> None:
    """The PDFs of a group from one of all; none when their pages cannot be told for sure."""
    with tempfile.TemporaryDirectory(prefix="minzheng-pdf-") as name:
        run = Path(name) / "run.docx"
        try:
            _merge_for_pdf((file.read_bytes() for file in group), run)
            limit = seconds or 60 + len(group)
            (whole,) = convert_to_pdf([run], Path(name), limit, keeps_bookmarks=True)
        except (BatchError, ProgramFailedError, *_UNMERGEABLE) as error:
            log.warning("a run of %d files was not converted as one: %s", len(group), error)
            return
        if not split_pdf.split_pdf(whole, [_pdf_of(file, folder) for file in group]):
            log.warning("the pages of %d files could not be told apart", len(group))


def _convert(group: Sequence[Path], folder: Path, seconds: float | None) -> list[Path]:
    """Convert a group; what it did not make is tried again alone. The files that failed."""
    try:
        convert_to_pdf(group, folder, seconds)
    except ProgramFailedError as error:
        log.warning("a group of %d files was not converted: %s", len(group), error)
    missing = [file for file in group if not _pdf_of(file, folder).exists()]
    if len(group) == 1:
        return missing
    return [bad for file in missing for bad in _convert([file], folder, seconds)]


def _pdf_of(file: Path, folder: Path) -> Path:
    return folder / f"{file.stem}.pdf"


def make_merged_pdf(
    count: int, read: Read, out: Path, told: Told = lambda done: None, seconds: float | None = None
) -> list[int]:
    """One PDF of many records in their order; the numbers of those that could not be converted.

    Raises:
        LibreOfficeMissingError: it is not installed.
        BatchError: nothing could be converted.
    """
    with tempfile.TemporaryDirectory(prefix="minzheng-pdf-") as name:
        runs = [range(start, min(start + RUN, count)) for start in range(0, count, RUN)]
        made: list[Path] = []
        done = 0
        calls = _calls(runs)
        with ThreadPoolExecutor(_workers()) as pool:
            work = pool.map(lambda some: _pdfs_of(some, read, Path(name), seconds), calls)
            for some, pieces in zip(calls, work, strict=True):
                made += pieces
                done += sum(map(len, some))
                told(done)
        if not made:
            raise BatchError("LibreOffice 一份也没有转成 PDF。请先打印 Word 文件，并联系管理员。")
        _join(made, out)
        kept = {number for file in made for number in _numbers(file)}
    return [number for number in range(count) if number not in kept]


def _calls(runs: list[range]) -> list[list[range]]:
    """The runs of each call, in their order; no worker is left without one for it."""
    size = max(1, min(_RUNS_A_CALL, len(runs) // _workers()))
    return [runs[start : start + size] for start in range(0, len(runs), size)]


def _pdfs_of(runs: list[range], read: Read, folder: Path, seconds: float | None) -> list[Path]:
    """Runs as PDFs by one call; when it fails, each by its own."""
    if len(runs) > 1:
        files = [_docx_of(run, folder) for run in runs]
        try:
            for run, file in zip(runs, files, strict=True):
                _merge_for_pdf(map(read, run), file)
            return _convert_runs(files, folder, seconds or 60 + sum(map(len, runs)))
        except ProgramFailedError as error:
            log.warning("%d runs were not converted by one call: %s", len(runs), error)
            for file in files:
                file.with_suffix(".pdf").unlink(missing_ok=True)  # perhaps a half
        finally:
            for file in files:
                file.unlink(missing_ok=True)
    return [piece for run in runs for piece in _run_pdfs(run, read, folder, seconds)]


def _merge_for_pdf(records: Iterable[bytes | KeptFile], file: Path) -> None:
    merge_to_file(records, file)
    make_lean(file)


def _convert_runs(files: Sequence[Path], folder: Path, seconds: float) -> list[Path]:
    """Merged runs as PDFs; codes stay as they are, photos become as fine as print needs."""
    keeps = all(map(holds_only_codes, files))
    return convert_to_pdf(files, folder, seconds, keeps_pictures=keeps)


def _docx_of(run: range, folder: Path) -> Path:
    return folder / f"{run.start}-{run.stop}.docx"


def _run_pdfs(run: range, read: Read, folder: Path, seconds: float | None) -> Iterator[Path]:
    """A run as one PDF; when it breaks LibreOffice, as its two halves."""
    if not run:
        return
    file = _docx_of(run, folder)
    try:
        _merge_for_pdf(map(read, run), file)
        yield from _convert_runs([file], folder, seconds or 60 + len(run))
        return
    except ProgramFailedError as error:
        log.warning("records %d to %d were not converted: %s", run.start, run.stop - 1, error)
    finally:
        file.unlink(missing_ok=True)
    if len(run) > 1:
        middle = (run.start + run.stop) // 2
        yield from _run_pdfs(range(run.start, middle), read, folder, seconds)
        yield from _run_pdfs(range(middle, run.stop), read, folder, seconds)


def _numbers(file: Path) -> range:
    start, _, stop = file.stem.partition("-")
    return range(int(start), int(stop))


def _join(files: Sequence[Path], out: Path) -> None:
    whole = pypdfium2.PdfDocument.new()
    try:
        for file in files:
            piece = pypdfium2.PdfDocument(file)
            whole.import_pages(piece)
            piece.close()
        stream = io.BytesIO()
        whole.save(stream)
        marks = archival_marks(files[0])
        joined = stream.getvalue()
        write_whole(out, as_archival(joined, marks) if marks else joined)
    finally:
        whole.close()


def _workers() -> int:
    """One LibreOffice a core, four at most: each takes 300 MB."""
    return max(1, min(4, os.cpu_count() or 1))
