"""Papers of the county come back as scans: printed as they are, stamped, laid in the archive."""

import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.places import Village
from minzheng.external.drawn_seals import DPI, stamp
from minzheng.external.libreoffice import convert_to_pdf

#: LibreOffice starts anew for so many.
_AT_ONCE = 60
_POINTS = 72
_QUALITY = 80
#: Where a seal's middle lies, above and right of the beginning of its words (points).
_RAISED = 14


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper to be scanned, and its seals: words where each is pressed, words in its ring."""

    number: int
    village: Village
    seals: tuple[tuple[str, str], ...] = ()


class ScansMade:
    """Draws scans of issued papers into the archive."""

    def __init__(self, store: DatabaseCaseStore, dossiers: Dossiers, archive: Path) -> None:
        self._store, self._dossiers, self._archive = store, dossiers, archive

    def make(self, wanted: Sequence[Wanted]) -> None:
        """All of them, each a file.

        Raises:
            LibreOfficeMissingError: nothing can be printed.
        """
        papers = Issued.objects.in_bulk([one.number for one in wanted])
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            with tempfile.TemporaryDirectory(prefix="minzheng-county-") as folder:
                pdfs = self._print([papers[one.number] for one in some], Path(folder))
                for one, pdf in zip(some, pdfs, strict=True):
                    self._lay(one, papers[one.number], pdf)

    def _print(self, papers: Sequence[Issued], folder: Path) -> list[Path]:
        files = []
        for paper in papers:
            file = folder / f"{paper.pk}.docx"
            file.write_bytes(self._store.path_of(paper.sha256).read_bytes())
            files.append(file)
        return convert_to_pdf(files, folder)

    def _lay(self, wanted: Wanted, paper: Issued, pdf: Path) -> None:
        pages = list(_scanned(pdf, wanted.seals))
        scan = io.BytesIO()
        pages[0].save(
            scan, "PDF", resolution=DPI, quality=_QUALITY, save_all=True, append_images=pages[1:]
        )
        code, _, year, _ = paper.case_no.split("-")
        dossier = self._dossiers.by_code(code)
        folder = self._archive / wanted.village.town / wanted.village.name
        folder = folder / (f"{dossier.no}{dossier.short_name}" if dossier else code) / f"{year}年"
        folder.mkdir(parents=True, exist_ok=True)
        name = paper.file_name.removesuffix(".docx")
        (folder / f"{name}.pdf").write_bytes(scan.getvalue())


def _scanned(pdf: Path, seals: Sequence[tuple[str, str]]) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            picture = page.render(scale=DPI / _POINTS).to_pil().convert("RGB")
            for printed, ring in seals:
                place = _find(page, printed)
                if place:
                    picture = stamp(picture, place, DPI, ring)
            yield picture


def _find(page: pypdfium2.PdfPage, words: str) -> tuple[float, float] | None:
    """Where words stand last on a page, in parts of it."""
    text, found = page.get_textpage(), None
    search = text.search(words)
    while hit := search.get_next():
        found = text.get_charbox(hit[0])
    if found is None:
        return None
    width, height = page.get_size()
    return (found[0] + _RAISED) / width, 1 - (found[3] + _RAISED) / height
