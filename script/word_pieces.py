"""The files that a person looks at in Word and WPS, filled with invented people."""

import dataclasses
import datetime as dt
import io
import re
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from PIL import Image, ImageDraw

from filler.fill_form import blank_form, fill_form
from filler.form.form_data import Answers, Refused
from filler.form.forms import Field, Section
from filler.print_run.merge_documents import merge_documents
from filler.records.case_store import MemoryCaseStore
from filler.records.photo_shelf import take_photo
from filler.spec.form_catalogue import Catalogue, load_catalogue
from filler.word.annexes.read_annex import take_annex
from minzheng.county.writing.id_card import to_eighteen
from minzheng.external.libreoffice import LibreOfficeMissingError, convert_to_pdf
from minzheng.external.photos import PhotoLimits

ANSWERS = Path(__file__).resolve().parents[1] / "tests" / "samples" / "answers"
TODAY = dt.date(2026, 11, 23)
_RECORDS, _LONG, _PEOPLE = 5, 120, 9
_SURNAMES = "王李张刘陈杨黄赵吴周"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_LIMITS = PhotoLimits()
_OF_ANNEX = (
    Field("report", "调查报告", "annex"),
    Field(
        "shots",
        "现场照片",
        "rows",
        columns=(Field("s_what", "内容", "text"), Field("s_photo", "照片", "photo")),
    ),
)
_ROWS_OF_ANNEX = (
    ("{%tr for s in shots %}", ""),
    ("{{ s.s_what }}", "{{ s.s_photo }}"),
    ("{%tr endfor %}", ""),
)
_KINDS = ("农村低保", "城市低保")


class Pieces:
    """Makes each file when it is asked for."""

    def __init__(self) -> None:
        """Read the forms once."""
        self.catalogue = load_catalogue()

    def protected_form(self) -> bytes:
        """An approval, locked but for its fields."""
        return self._filled("DB-02")

    def blank_form(self) -> bytes:
        """An application for the pen."""
        return blank_form("DB-01", self.catalogue, TODAY)

    def continued_form(self) -> bytes:
        """A household of more people than the form has rows."""
        answers = answers_of("DB-01")
        first = answers["members"][0]
        kin = {"m_rel": "其他", "m_income_month": "0", "m_insured": "是"}
        more = [
            {**first, **kin, "m_name": name_of(number), "m_id": id_of(number)}
            for number in range(1, _PEOPLE)
        ]
        return self._filled("DB-01", {**answers, "members": [first, *more]})

    def print_run(self) -> bytes:
        """Five people's forms in one file."""
        store, answers = MemoryCaseStore(), answers_of("GL-01")
        documents = []
        for number in range(_RECORDS):
            name = name_of(number)
            own = {"name": name, "bank_holder": name, "id_no": id_of(number)}
            documents.append(self._filled("GL-01", answers | own, store))
        stream = io.BytesIO()
        merge_documents(documents, stream)
        return stream.getvalue()

    def long_table(self) -> bytes:
        """A roster over several pages."""
        answers = answers_of("DB-03")
        sample = answers["rows"][0]
        rows = [
            {**sample, "head": name_of(number), "id_no": id_of(number)} for number in range(_LONG)
        ]
        return self._filled("DB-03", {**answers, "rows": rows})

    def large_notice(self) -> bytes:
        """A notice on A3."""
        return self._filled("GS-01")

    def photos(self) -> bytes:
        """A form with a broad and a tall photo."""
        store = MemoryCaseStore()
        named = {
            slug: take_photo(picture_of(text, size), store.photos, PhotoLimits())
            for slug, text, size in (
                ("photo_near", "NEAR", (1200, 800)),
                ("photo_far", "FAR", (800, 1200)),
            )
        }
        return self._filled("COM-06", answers_of("COM-06") | named, store)

    def checkboxes(self) -> bytes:
        """A form whose boxes are controls of Word."""
        spec = self.catalogue.form("DB-01")
        with tempfile.TemporaryDirectory() as folder:
            own = Path(folder) / "DB-01.docx"
            own.write_bytes(with_controls(spec.docx.read_bytes()))
            mine = {"DB-01": dataclasses.replace(spec, docx=own)}
            return self._filled("DB-01", catalogue=Catalogue(mine, self.catalogue.facts))

    def letter(self) -> bytes:
        """A decision as it is told to a citizen."""
        return self._filled("COM-07")

    def spine(self) -> bytes:
        """Writing from top to bottom."""
        return self._filled("ZH-06B")

    def annex_run(self) -> bytes:
        """Two records in one file, each with an annex that looks otherwise."""
        stream = io.BytesIO()
        merge_documents([self.annex(), self.annex(9)], stream)
        return stream.getvalue()

    def annex(self, points: int = 16) -> bytes:
        """A form with somebody's Word file in it, and a photo in each row of a table.

        `points` is the size of that file's letters.
        """
        spec, store = self.catalogue.form("COM-04"), MemoryCaseStore()
        rows = [
            {"s_what": text, "s_photo": take_photo(picture_of(mark, size), store.photos, _LIMITS)}
            for text, mark, size in (("大门", "DOOR", (1200, 800)), ("灶房", "STOVE", (800, 1200)))
        ]
        named = {"report": take_annex("调查报告.docx", report(points), store.photos, _LIMITS)}
        with tempfile.TemporaryDirectory() as folder:
            own = Path(folder) / "COM-04.docx"
            own.write_bytes(with_annex(spec.docx.read_bytes()))
            sections = (*spec.sections, Section("附件", _OF_ANNEX))
            mine = {"COM-04": dataclasses.replace(spec, docx=own, sections=sections)}
            answers = answers_of("COM-04") | named | {"shots": rows}
            catalogue = Catalogue(mine, self.catalogue.facts)
            return self._filled("COM-04", answers, store, catalogue)

    def as_pdf(self) -> bytes | None:
        """The first piece as the program makes a PDF of it; None without LibreOffice."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "x.docx"
            file.write_bytes(self.protected_form())
            try:
                (made,) = convert_to_pdf([file], Path(folder))
            except LibreOfficeMissingError:
                return None
            return made.read_bytes()

    def _filled(
        self,
        form_id: str,
        answers: Answers | None = None,
        store: MemoryCaseStore | None = None,
        catalogue: Catalogue | None = None,
    ) -> bytes:
        issued = fill_form(
            form_id,
            answers_of(form_id) if answers is None else answers,
            issued_by="测试员",
            today=TODAY,
            catalogue=catalogue or self.catalogue,
            store=store or MemoryCaseStore(),
        )
        if isinstance(issued, Refused):
            raise ValueError(f"{form_id}: {[str(problem) for problem in issued.problems]}")
        return issued.docx


def answers_of(form_id: str) -> dict[str, Any]:
    """The sample answers of a form."""
    return tomllib.loads((ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8"))


def name_of(number: int) -> str:
    """An invented person."""
    return f"测试{_SURNAMES[number % 10]}{_SURNAMES[number // 10 % 10]}"


def id_of(number: int) -> str:
    """A right ID number that belongs to nobody the samples know."""
    return to_eighteen(f"610927{40 + number % 8:02}0101{900 - number:03}")


def picture_of(text: str, size: tuple[int, int]) -> bytes:
    """A picture on which up, left and right can be told."""
    picture = Image.new("RGB", size, (205, 220, 235))
    drawn = ImageDraw.Draw(picture)
    drawn.rectangle((10, 10, size[0] - 10, size[1] - 10), outline=(40, 70, 110), width=8)
    drawn.ellipse((size[0] // 2 - 150, size[1] // 2 - 150, size[0] // 2 + 150, size[1] // 2 + 150))
    drawn.text((60, 60), f"{text} (top left)", fill=(20, 20, 20), font_size=60)
    stream = io.BytesIO()
    picture.save(stream, "JPEG")
    return stream.getvalue()


def report(points: int = 16) -> bytes:
    """A Word file as an office would send it: other letters, a list, a table, a picture."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(points)
    document.add_heading("调查报告", 1)
    for line in ("入户看了住房", "邻里都说属实"):
        document.add_paragraph(line, style="List Number")
    table = document.add_table(2, 2, style="Table Grid")
    for cell, text in zip(table._cells, ("项目", "结果", "住房", "土木"), strict=True):
        cell.text = text
    document.add_picture(io.BytesIO(picture_of("REPORT", (900, 600))), width=Mm(60))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_annex(template: bytes) -> bytes:
    """A template that ends with an annex and a table of photos."""
    document = docx.Document(io.BytesIO(template))
    document.add_paragraph("附：")
    document.add_paragraph("{{p report }}")
    table = document.add_table(3, 2, style=document.tables[0].style)
    table.rows[1].height = Mm(50)
    for row, texts in zip(table.rows, _ROWS_OF_ANNEX, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_controls(template: bytes) -> bytes:
    """A template with checkbox controls in place of the boxes of 申请类别."""
    document = docx.Document(io.BytesIO(template))
    tag = re.compile(r"\{\{\s*apply_kind_boxes\s*\}\}")
    text = next(one for one in document.element.body.iter(qn("w:t")) if tag.search(one.text or ""))
    text.text = tag.sub("", text.text)
    paragraph = next(text.iterancestors(qn("w:p")))
    for kind in _KINDS:
        paragraph.append(parse_xml(_control(kind)))
        paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>{kind}　</w:t></w:r>"))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _control(kind: str) -> str:
    """A checkbox as Word writes it."""
    return (
        f'<w:sdt {nsdecls("w")} xmlns:w14="{_W14}"><w:sdtPr><w:tag w:val="申请类别:{kind}"/>'
        '<w14:checkbox><w14:checked w14:val="0"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        '<w:sdtContent><w:r><w:rPr><w:rFonts w:eastAsia="MS Gothic" w:hint="eastAsia"/></w:rPr>'
        "<w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>"
    )
