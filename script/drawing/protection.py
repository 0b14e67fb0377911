"""Word's own protection for 制式 forms: what is printed is locked, fields may be written in.

Each field stands in its own run between `w:permStart` and `w:permEnd`; the rows of a table
are one such range, so that no number comes twice however many rows are printed. There is
no password: the county may lift the protection to change a template, and
`python -m script.drawing.protection` puts it back on every 制式 template.
"""

import copy
import importlib
import os
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import django
import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from filler.form.forms import FormSpec

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_TAG = re.compile(r"(\{\{.*?\}\})")
_NAME = re.compile(r"\{\{\s*(\w+)")
_LOOP, _LOOP_END = re.compile(r"\{%tr\s+for\s"), re.compile(r"\{%tr\s+endfor\s")
_RANGES = (qn("w:permStart"), qn("w:permEnd"))
#: What follows w:documentProtection in ISO/IEC 29500-1, 17.15.1.78.
_AFTER = (
    "w:autoFormatOverride", "w:styleLockTheme", "w:styleLockQFSet", "w:defaultTabStop",
    "w:autoHyphenation", "w:consecutiveHyphenLimit", "w:hyphenationZone", "w:doNotHyphenateCaps",
    "w:showEnvelope", "w:summaryLength", "w:clickAndTypeStyle", "w:defaultTableStyle",
    "w:evenAndOddHeaders", "w:bookFoldRevPrinting", "w:bookFoldPrinting",
    "w:bookFoldPrintingSheets", "w:drawingGridHorizontalSpacing", "w:drawingGridVerticalSpacing",
    "w:displayHorizontalDrawingGridEvery", "w:displayVerticalDrawingGridEvery",
    "w:characterSpacingControl", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars",
    "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:shapeDefaults",
    "w:decimalSymbol", "w:listSeparator",
)  # fmt: skip


def protect(document: Document, fields: frozenset[str]) -> None:
    """Lock all but the fields with these names; done twice it changes nothing."""
    _unprotect(document)
    numbers = count(1)
    for table in document.element.body.iter(qn("w:tbl")):
        _open_rows(table, numbers)
    for paragraph in document.element.body.iter(qn("w:p")):
        if not _is_in_loop(paragraph):
            _open_fields(paragraph, fields, numbers)
    mark = OxmlElement("w:documentProtection")
    mark.set(qn("w:edit"), "readOnly")
    mark.set(qn("w:enforcement"), "1")
    document.settings.element.insert_element_before(mark, *_AFTER)


def field_names(spec: FormSpec) -> frozenset[str]:
    """Names of tags that hold what a person enters; a seal's name is printed."""
    slugs = {field.slug for field in spec.fields if field.type != "seal"}
    return frozenset(slugs | {f"{slug}_boxes" for slug in slugs})


def is_protected(document: Document) -> bool:
    """Whether Word lets only fields be changed."""
    mark = document.settings.element.find(qn("w:documentProtection"))
    return mark is not None and mark.get(qn("w:enforcement")) == "1"


def _unprotect(document: Document) -> None:
    for element in list(document.element.body.iter(*_RANGES)):
        element.getparent().remove(element)
    for mark in document.settings.element.findall(qn("w:documentProtection")):
        document.settings.element.remove(mark)


def _open_rows(table: Any, numbers: Iterator[int]) -> None:
    """One range from before the row that opens a loop to after the one that ends it."""
    number = ""
    for row in table.findall(qn("w:tr")):
        text = _text(row)
        if _LOOP.search(text):
            number = str(next(numbers))
            row.addprevious(_start(number))
        elif _LOOP_END.search(text) and number:
            row.addnext(_end(number))
            number = ""


def _is_in_loop(paragraph: Any) -> bool:
    """Whether a range over rows is open before the paragraph's row."""
    row = next(paragraph.iterancestors(qn("w:tr")), None)
    if row is None:
        return False
    before = row.itersiblings(*_RANGES, preceding=True)
    return next((element.tag for element in before), "") == _RANGES[0]


def _open_fields(paragraph: Any, fields: frozenset[str], numbers: Iterator[int]) -> None:
    for run in paragraph.findall(qn("w:r")):
        pieces = [piece for piece in _TAG.split(_text(run)) if piece]
        if not any(_is_field(piece, fields) for piece in pieces):
            continue
        for piece in pieces:
            part = copy.deepcopy(run)
            _write(part, piece)
            if _is_field(piece, fields):
                number = str(next(numbers))
                run.addprevious(_start(number))
                run.addprevious(part)
                run.addprevious(_end(number))
            else:
                run.addprevious(part)
        paragraph.remove(run)


def _is_field(piece: str, fields: frozenset[str]) -> bool:
    match = _NAME.match(piece)
    return match is not None and match[1] in fields


def _write(run: Any, text: str) -> None:
    for element in list(run):
        if element.tag != qn("w:rPr"):
            run.remove(element)
    for number, piece in enumerate(text.split("\t")):
        if number:
            run.append(OxmlElement("w:tab"))
        made = OxmlElement("w:t")
        made.set(qn("xml:space"), "preserve")
        made.text = piece
        run.append(made)


def _text(element: Any) -> str:
    marks = element.iter(qn("w:t"), qn("w:tab"))
    return "".join("\t" if mark.tag == qn("w:tab") else mark.text or "" for mark in marks)


def _start(number: str) -> Any:
    element = OxmlElement("w:permStart")
    element.set(qn("w:id"), number)
    element.set(qn("w:edGrp"), "everyone")
    return element


def _end(number: str) -> Any:
    element = OxmlElement("w:permEnd")
    element.set(qn("w:id"), number)
    return element


def main() -> None:
    """Protect every 制式 template that stands unprotected."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    catalogue = importlib.import_module("filler.spec.form_catalogue")
    for spec in catalogue.load_catalogue(TEMPLATES).forms:
        document = docx.Document(str(spec.docx))
        if spec.kind == "制式" and not is_protected(document):
            protect(document, field_names(spec))
            document.save(str(spec.docx))
            print(f"protected: {spec.docx.relative_to(TEMPLATES)}")


if __name__ == "__main__":
    main()
