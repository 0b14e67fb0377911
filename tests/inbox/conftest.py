"""An inbox whose scans are PDFs and pictures with known pages; no OCR is needed."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.filing.classify import Known
from archive_indexer.service import Service
from minzheng.county.county import read_county
from minzheng.county.form_code import FormCode
from minzheng.county.settings.all_settings import Config
from minzheng.inbox.models import Original, Paper
from minzheng.inbox.service import InboxService
from minzheng.inbox.suggest import Knowledge, gather_knowledge


@cache
def knowledge() -> Knowledge:
    return gather_knowledge(read_county())


CASE = "DB-103200-2018-0001"
OTHER_CASE = "DB-103200-2018-0002"
FOLDER = "610927103200_钟宝镇_旧城村/01_低保/2018"


def coded(form: str, case: str = CASE, page: int = 1, of: int = 1, text: str = "") -> dict:
    """A page with our code, as it is read."""
    code = FormCode(form, "1", case)
    line = f"{code.line()} 第{page}页/共{of}页"
    return {"text": f"{text}\n{line}", "codes": [code.qr_text()]}


def plain(text: str) -> dict:
    return {"text": text}


BLANK = {"text": "", "origin": "blank"}


@dataclass
class Desk:
    """An inbox beside an archive, and what may be asked of both."""

    config: Config

    @property
    def inbox(self) -> Path:
        return self.config.inbox_folder

    @property
    def archive(self) -> Path:
        return self.config.archive_folder

    def pdf(self, name: str, *pages: dict) -> Path:
        """A PDF whose pages hold what will be read of them."""
        writer = PdfWriter()
        for number, _ in enumerate(pages, start=1):
            writer.add_blank_page(width=100 + number, height=200)
        writer.add_metadata({"/Pages": json.dumps(pages)})
        file = self.inbox / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            writer.write(stream)
        return file

    def picture(self, name: str, *pages: dict) -> Path:
        """A picture, or a TIFF of several, beside a note of what will be read of it."""
        file = self.inbox / name
        file.parent.mkdir(parents=True, exist_ok=True)
        images = [
            Image.new("L", (40 + number, 60), 30 * number) for number in range(1, len(pages) + 1)
        ]
        several = {"save_all": True, "append_images": images[1:]} if len(images) > 1 else {}
        note = json.dumps(pages)
        images[0].save(file, **several, **({"comment": note} if file.suffix == ".jpg" else {}))
        (self.config.data_folder / f"{file.name}.json").write_text(note, encoding="utf-8")
        return file

    def read(self, file: Path) -> Extraction:
        """Read as the children would; each reading is written down."""
        with (self.config.data_folder / "read.log").open("a", encoding="utf-8") as log:
            log.write(f"{file.name}\n")
        head = file.read_bytes()[:5]
        if head == b"%PDF-":
            kind, pages = "pdf", json.loads(PdfReader(file).metadata["/Pages"])
        else:
            kind = {b"\xff\xd8\xff": "jpg", b"\x89PN": "png"}.get(head[:3], "tiff")
            note = self.config.data_folder / f"{file.name}.json"
            pages = json.loads(note.read_text(encoding="utf-8"))
        return Extraction(kind, _pages(pages))

    def readings(self) -> list[str]:
        log = self.config.data_folder / "read.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    def service(self) -> InboxService:
        return InboxService(self.config, self.read, knowledge())

    def run(self) -> list[Paper]:
        self.service().run_once()
        return list(Paper.objects.order_by("pk"))

    def index(self) -> None:
        """The archive's own service walks once."""
        Service(self.config, lambda _: None, Known(read_county()), self.read).run_once()

    def in_archive(self) -> list[str]:
        files = (one for one in self.archive.rglob("*") if one.is_file())
        return sorted(one.relative_to(self.archive).as_posix() for one in files)

    def in_inbox(self) -> list[str]:
        files = (one for one in self.inbox.rglob("*") if one.is_file())
        return sorted(one.relative_to(self.inbox).as_posix() for one in files)


def _pages(pages: Sequence[dict]) -> tuple[ExtractedPage, ...]:
    return tuple(
        ExtractedPage(
            number,
            page["text"],
            origin=page.get("origin", "ocr"),
            codes=tuple(page.get("codes", ())),
            turns=page.get("turns", 0),
        )
        for number, page in enumerate(pages, start=1)
    )


def remarks(paper: Paper) -> str:
    return "；".join(text for _, text in paper.remarks + paper.number_remarks)


def numbers(paper: Paper) -> list[int]:
    return [page.number for page in paper.pages.order_by("position")]


def confirm_all() -> None:
    """As if keepers had confirmed whatever waits."""
    Paper.objects.filter(state=Paper.State.WAITING).update(
        state=Paper.State.CONFIRMED, decided_by="cunji"
    )


def lay_desk(tmp_path: Path) -> Desk:
    for name in ("archive", "data", "收件箱"):
        (tmp_path / name).mkdir()
    config = Config(
        tmp_path / "config.toml", tmp_path / "archive", tmp_path / "data", settle_seconds=0.05
    )
    return Desk(dataclasses.replace(config, workers=1))


def original() -> Original:
    return Original.objects.get()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return lay_desk(tmp_path)
