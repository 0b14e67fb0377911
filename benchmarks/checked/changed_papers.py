"""Scans of documents issued here, as they were printed or with one value struck out by hand.

`python -m benchmarks.checked.changed_papers HANDS [--count 24] [--seed N]`. HANDS holds
handwriting-like fonts as `benchmarks.hand_filled` wants them. Of every printed page one copy is
scanned as it is; on another a value is struck out by two lines and a new one written beside
or above it. Told is what `minzheng/inspection/checks/unlike_issued.py` says of either; asked,
where that says nothing, are fields and lines a person is shown that are sure on the other copy.
"""

import argparse
import importlib
import json
import os
import random
import re
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
import pypdfium2
from PIL import Image, ImageDraw

from archive_indexer.documents import ExtractedPage
from archive_indexer.filing.classify import Known
from archive_indexer.reading.read_page import read_page_image
from benchmarks import machine
from benchmarks.signed_pages import manner_of_forms
from filler.spec.marks_of_forms import read_form_marks
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.county import read_county
from minzheng.external.libreoffice import convert_to_pdf
from minzheng.external.ocr.ocr_engine import load_engine
from minzheng.inspection.checks.unlike_issued import ReadText, unlike_issued
from script.samples.single_pages import one_page, picture_of

Box = tuple[float, float, float, float]

FORMS = ("DB-01", "DB-02", "COM-01", "TK-02", "LS-06", "YL-03", "CB-01", "LR-03")
_KINDS = {
    "id": re.compile(r"\d{17}[\dX]"),
    "phone": re.compile(r"1[3-9]\d{9}"),
    "amount": re.compile(r"\d{1,6}\.\d\d"),
    "name": re.compile("[㐀-鿿]{2,4}"),
}
_TEST_NAME = re.compile("测试([㐀-鿿]{2,3})")
_SECONDS = 900


@dataclass(frozen=True, slots=True)
class _Printed:
    form: str
    record: Mapping[str, Any]
    pdf: bytes
    values: tuple[tuple[str, str, Box], ...]  #: kind, text, place in parts of the page


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hands", type=Path)
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--seed", type=int, default=9109)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    # The forms need Django, and Django its settings, before they are imported.
    names = ("papers", "handwriting", "hand_filled", "aged_papers")
    tools = [importlib.import_module(f"script.samples.{name}") for name in names]
    print(machine())
    print(json.dumps(measure(tools, options.hands, options.count, options.seed)))


def measure(tools: list[Any], folder: Path, count: int, seed: int) -> dict[str, int]:
    """Pages told and not, as printed and struck out."""
    papers, writing, invented, aged = tools
    county = read_county()
    is_name = Known(county, read_form_marks(TEMPLATES_FOLDER)).naming.is_name
    manner = manner_of_forms()
    load_engine()
    hands = writing.find_hands(folder)
    conditions = [one for one in aged.CONDITIONS if not one.has_seals]
    told: Counter[str] = Counter()
    printed = list(_printed_pages(papers, is_name))
    for number in range(count):
        source = random.Random(seed * 1000 + number)
        page = printed[number % len(printed)]
        condition = conditions[number % len(conditions)]
        asked_before = 0
        for is_struck in (False, True):
            picture, new = picture_of(page.pdf, condition.dpi), ""
            if is_struck:
                new = _strike(picture, page, (writing, invented, source.choice(hands)), source)
            read = read_page_image(aged.age(picture, condition, seed + number), 1, manner=manner)
            found = unlike_issued(page.record, list(_lines_of(read)), is_name)
            way = "struck" if is_struck else "unchanged"
            told[f"{way}_pages"] += 1
            told[f"{way}_told"] += bool(found)
            told[f"{way}_right"] += any(one.read == new for one in found)
            asked = sum(one.is_doubtful for one in read.fields)
            asked += sum(one.source == "unread" for one in read.lines)
            if is_struck:
                told["struck_told_or_asked"] += bool(found) or asked > asked_before
            asked_before = asked
            print(page.form, condition.name, way, new, found, flush=True)
            if is_struck and not found:
                print("  read:", [one.text for one in read.lines if _is_near(one.text, new)])
    return dict(told)


def _printed_pages(papers: Any, is_name: Any) -> Iterator[_Printed]:
    """Every page of the forms on which a value stands that can be struck out."""
    with tempfile.TemporaryDirectory() as name:
        folder, records = Path(name), {}
        for form in FORMS:
            said = (papers.ANSWERS / f"{form}.toml").read_text(encoding="utf-8")
            document = _filled(papers, form, tomllib.loads(_TEST_NAME.sub(r"\1", said)))
            (folder / f"{form}.docx").write_bytes(document.docx)
            records[form] = document.printed.texts
        files = sorted(folder.glob("*.docx"))
        for file in convert_to_pdf(files, folder, _SECONDS):
            record = records[file.stem]
            with pypdfium2.PdfDocument(file.read_bytes()) as document:
                for number, page in enumerate(document):
                    values = tuple(_values_on(page, is_name))
                    page.close()
                    if len(values) > 1:
                        yield _Printed(file.stem, record, one_page(document, number), values)


def _filled(papers: Any, form: str, answers: Mapping[str, Any]) -> Any:
    filling = importlib.import_module("filler.fill_form")
    stores = importlib.import_module("filler.records.case_store")
    return filling.fill_form(
        form, answers, issued_by="样本", today=papers.TODAY, catalogue=papers._catalogue(),
        store=stores.MemoryCaseStore(),
    )  # fmt: skip


def _values_on(page: pypdfium2.PdfPage, is_name: Any) -> Iterator[tuple[str, str, Box]]:
    width, height = page.get_size()
    layer = page.get_textpage()
    for number in range(layer.count_rects()):
        left, bottom, right, top = layer.get_rect(number)
        text = layer.get_text_bounded(left, bottom, right, top).strip()
        kind = next((kind for kind, form in _KINDS.items() if form.fullmatch(text)), "")
        if kind and (kind != "name" or is_name(text)):
            yield kind, text, (left / width, 1 - top / height, right / width, 1 - bottom / height)
    layer.close()


def _strike(
    picture: Image.Image, page: _Printed, by: tuple[Any, Any, Any], source: random.Random
) -> str:
    """Two lines through a value, and another beside or above it; the new one comes back."""
    writing, invented, hand = by
    kind, _, box = source.choice(page.values)
    new = {
        "id": invented.some_id, "phone": lambda of: f"139{of.randrange(10**8):08}",
        "amount": lambda of: f"{of.randint(100, 2000)}.00", "name": invented._some_name,
    }[kind](source)  # fmt: skip
    left, top, right, bottom = _in_pixels(box, picture)
    writer, px = writing.some_writer(hand, source), picture.height / 297
    draw = ImageDraw.Draw(picture)
    for part in (0.38, 0.66):
        y, off = top + part * (bottom - top), source.uniform(-0.5, 0.5) * px
        wide = max(1, round(writer.breadth * px))
        draw.line((left - px, y + off, right + px, y - off), fill=writer.colour, width=wide)
    wide, high = right - left, bottom - top
    if source.random() < 0.5:
        place = (right + px, top, right + px + 1.2 * wide, bottom)
    else:
        place = (left + 0.2 * wide, top - 0.95 * high, right + 0.4 * wide, bottom - 0.95 * high)
    return new if writing.write_word(picture, place, new, writer, source) else ""


def _lines_of(page: ExtractedPage) -> Iterator[ReadText]:
    """As `paper_texts` gives them to the checks."""
    places = [one.box for one in page.signatures]
    for line in page.lines:
        x, y = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
        if not any(left < x < right and top < y < bottom for left, top, right, bottom in places):
            yield ReadText(line.text, line.confidence, line.source == "struck")
            yield ReadText(line.raw, line.confidence)


def _is_near(text: str, new: str) -> bool:
    return bool(new) and len({*text} & {*new}) >= min(3, len({*new}))


def _in_pixels(box: Box, picture: Image.Image) -> Box:
    wide, high = picture.size
    return box[0] * wide, box[1] * high, box[2] * wide, box[3] * high


if __name__ == "__main__":
    main()
