"""The text and tables of every form, blank and filled: `python -m script.golden` writes them anew.

A template's golden is what stands on its paper, never the bytes of the .docx. The day is
fixed, so that no dump changes overnight.
"""

import datetime as dt
import importlib
import io
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import docx
from docx.oxml.ns import qn

TESTS = Path(__file__).resolve().parents[1] / "tests"
GOLDEN, ANSWERS = TESTS / "golden", TESTS / "samples" / "answers"
TODAY = dt.date(2026, 11, 23)


def dump(data: bytes) -> str:
    """Paragraphs and table rows in the order of the page, then the foot."""
    document = docx.Document(io.BytesIO(data))
    lines = [*_lines(document.element.body), "— foot —"]
    lines += _lines(document.sections[0].footer._element)
    return "\n".join(lines) + "\n"


def dumps_of(form_id: str, catalogue: Any) -> dict[str, str]:
    """The dumps of a form by file name."""
    filling = importlib.import_module("filler.fill_form")
    store = importlib.import_module("filler.records.case_store").MemoryCaseStore()
    answers = tomllib.loads((ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8"))
    issued = filling.fill_form(
        form_id, answers, issued_by="测试员", today=TODAY, catalogue=catalogue, store=store
    )
    if not hasattr(issued, "docx"):
        raise ValueError(f"{form_id}: {[str(problem) for problem in issued.problems]}")
    blank = filling.blank_form(form_id, catalogue, TODAY)
    return {f"{form_id}.filled.txt": dump(issued.docx), f"{form_id}.blank.txt": dump(blank)}


def _lines(parent: Any) -> Iterator[str]:
    for element in parent:
        if element.tag == qn("w:p"):
            text = _text(element)
            if text:
                yield text
        elif element.tag == qn("w:tbl"):
            yield from ("| " + " | ".join(_cells(row)) + " |" for row in element.iter(qn("w:tr")))


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iter(qn("w:tc")):
        yield " / ".join(_text(paragraph) for paragraph in cell.iter(qn("w:p")))


def _text(paragraph: Any) -> str:
    pieces = {qn("w:br"): " / ", qn("w:tab"): " → ", qn("w:drawing"): "[QR]"}
    marks = paragraph.iter(qn("w:t"), *pieces)
    text = "".join(pieces.get(mark.tag) or mark.text or "" for mark in marks)
    return text.strip(" ")


def main() -> None:
    """Write the dumps of all forms anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    catalogue = importlib.import_module("filler.spec.form_catalogue").load_catalogue()
    GOLDEN.mkdir(exist_ok=True)
    for file in GOLDEN.glob("*.txt"):
        file.unlink()
    for spec in catalogue.forms:
        for name, text in dumps_of(spec.id, catalogue).items():
            (GOLDEN / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
