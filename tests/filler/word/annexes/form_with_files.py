"""COM-04 with an annex and a table of photos, as a county might draw it."""

from dataclasses import replace
from pathlib import Path

import docx

from filler.form.forms import Field, FormSpec, Section
from filler.spec.form_catalogue import Catalogue
from tests.filler.word_files import add_table

FORM = "COM-04"
_FIELDS = (
    Field("report", "调查报告", "annex"),
    Field(
        "shots",
        "现场照片",
        "rows",
        columns=(
            Field("s_what", "内容", "text"),
            Field("s_photo", "照片", "photo"),
        ),
    ),
)


def form_with_files(catalogue: Catalogue, folder: Path) -> FormSpec:
    """The spec, its template written into a folder."""
    spec = catalogue.form(FORM)
    document = docx.Document(str(spec.docx))
    document.add_paragraph("{{p report }}")
    add_table(
        document,
        ("{%tr for s in shots %}", ""),
        ("{{ s.s_what }}", "{{ s.s_photo }}"),
        ("{%tr endfor %}", ""),
    )
    file = folder / f"{FORM}.docx"
    document.save(str(file))
    return replace(spec, docx=file, sections=(*spec.sections, Section("附件", _FIELDS)))


def with_files(catalogue: Catalogue, folder: Path) -> Catalogue:
    """All forms, this one among them."""
    by_id = {**catalogue.by_id, FORM: form_with_files(catalogue, folder)}
    return replace(catalogue, by_id=by_id)
