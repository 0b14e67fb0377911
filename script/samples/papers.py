"""The papers of the sample village: our own forms filled, and plain letters, as page pictures."""

import datetime as dt
import io
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image

from filler.fill_form import fill_form
from filler.form.county_facts import county_facts
from filler.form.form_data import Refused
from filler.records.case_store import MemoryCaseStore
from filler.spec.form_catalogue import Catalogue, load_catalogue
from minzheng.county.config import current_config
from minzheng.county.county import read_county
from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.lean_word import new_document
from minzheng.external.libreoffice import convert_to_pdf
from script.drawing.paper import full_width
from script.samples.aging import DPI

ANSWERS = Path(__file__).resolve().parents[2] / "tests" / "samples" / "answers"
TODAY = dt.date(2019, 6, 30)
BUREAU = "镇坪县民政局"
_QUALITY = 55  #: of JPEG, as scanners and telephones are set


@cache
def filled(form_id: str, case_no: str) -> bytes:
    """One of our forms with its sample answers."""
    answers = tomllib.loads((ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8"))
    return fill(form_id, answers | {"case_no": case_no})


def fill(form_id: str, answers: Mapping[str, Any]) -> bytes:
    """One of our forms."""
    document = fill_form(
        form_id,
        answers,
        issued_by="样本",
        today=TODAY,
        catalogue=_catalogue(),
        store=MemoryCaseStore(),
    )
    if isinstance(document, Refused):
        raise ValueError("\n".join(map(str, document.problems)))
    return document.docx


def letter(title: str, *lines: str) -> bytes:
    """A plain letter: a title, paragraphs."""
    document = new_document(FileProperties(BUREAU, title))
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(heading, title, "方正小标宋简体", 22)
    for line in lines:
        _write(document.add_paragraph(), line, "仿宋_GB2312", 14)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@cache
def as_pdf(docx: bytes) -> bytes:
    """A Word file printed to PDF."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.docx"
        file.write_bytes(docx)
        return convert_to_pdf([file], Path(folder))[0].read_bytes()


def pages(docx: bytes, dpi: int = DPI) -> list[Image.Image]:
    """The printed pages as pictures."""
    document = pypdfium2.PdfDocument(as_pdf(docx))
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def picture_file(images: Sequence[Image.Image], kind: str, dpi: int = DPI) -> bytes:
    """Pictures as one file: jpg, png, tif, or a PDF that holds nothing but pictures."""
    stream = io.BytesIO()
    first, *rest = images
    if kind == "jpg":
        first.save(stream, "JPEG", quality=_QUALITY, dpi=(dpi, dpi))
    elif kind == "png":
        _in_sixteen_greys(first).save(stream, "PNG", dpi=(dpi, dpi))
    elif kind == "tif":
        # as scanners write it: a third of the size of JPEG in red, green and blue
        first, *rest = [image.convert("YCbCr") for image in images]
        options: dict[str, Any] = {"save_all": True, "append_images": rest, "dpi": (dpi, dpi)}
        first.save(stream, "TIFF", compression="jpeg", quality=_QUALITY, **options)
    else:
        options = {"save_all": True, "append_images": rest, "resolution": dpi}
        if first.mode != "1":  # black and white is packed as fax machines do
            options["quality"] = _QUALITY
        first.save(stream, "PDF", **options)
    return stream.getvalue()


def _in_sixteen_greys(image: Image.Image) -> Image.Image:
    """Greys at even distances, as a scanner set to four bits gives them."""
    return image.convert("L").point([round(grey / 17) * 17 for grey in range(256)]).quantize(16)


@cache
def _catalogue() -> Catalogue:
    """The forms of the bureau whose papers these are."""
    return load_catalogue(
        facts=replace(county_facts(current_config(), read_county()), bureau=BUREAU)
    )


def _write(paragraph: Any, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(full_width(text))
    run.font.size = Pt(size)
    run.font.name = "Times New Roman"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
