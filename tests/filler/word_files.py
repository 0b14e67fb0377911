"""Small Word files for tests, drawn with python-docx."""

import io
import re
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from filler.word.faults.check_template import check_template

#: The rows around a row that is repeated.
LOOP_START, LOOP_END = "{%tr for m in members %}", "{%tr endfor %}"


def new_document() -> Any:
    """An empty document whose default style names a Chinese font."""
    document = docx.Document()
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    return document


def add_table(document: Any, *rows: tuple[str, ...]) -> Any:
    """A table with these texts."""
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def add_xml(paragraph: Any, xml: str) -> None:
    """Raw WordprocessingML at the end of a paragraph."""
    paragraph._p.append(parse_xml(re.sub(r"^<[\w:]+", rf"\g<0> {nsdecls('w')}", xml)))


def saved(document: Any) -> bytes:
    """The document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def problems_of(document, spec=None):
    """What is wrong with a document as a template, as sentences."""
    return [str(problem) for problem in check_template(saved(document), "x.docx", spec).problems]


def with_lines(*lines):
    """A document of these paragraphs."""
    document = new_document()
    for line in lines:
        document.add_paragraph(line)
    return document


def with_table(*rows):
    """A document of one table."""
    document = new_document()
    add_table(document, *rows)
    return document
