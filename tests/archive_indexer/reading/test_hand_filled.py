"""Fields filled in by hand are read one by one, against what may stand there."""

import json
import random
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from archive_indexer.reading import hand_filled
from archive_indexer.reading.cells import find_cells
from archive_indexer.reading.hand.decided import UNREAD
from archive_indexer.reading.hand.name_odds import NameOdds, people_near
from archive_indexer.reading.hand.place_names import PlacesHere
from archive_indexer.reading.hand_filled import _is_good, _rows, read_fields
from archive_indexer.reading.possible_values import Possible
from archive_indexer.reading.reading_order import Placed
from minzheng.county.form_layout import FormCell
from minzheng.county.registry.places import load_places
from minzheng.external.ocr.ocr_engine import ReadLine, load_engine
from script.samples import handwriting
from script.samples.handwriting import FontHand, StrokeHand, Writer, write_word
from script.samples.sheet import Paper, find_fonts

NUMBER, PHONE = FormCell("身份证号", "id"), FormCell("联系电话", "phone")
ID, MOBILE = "610927197906230035", "13991500002"
LAYOUT = (NUMBER, PHONE, FormCell("户籍地址", "text"))
PLACE = (0.1, 0.1, 0.2, 0.12)


@pytest.fixture(scope="module")
def form() -> np.ndarray:
    """A form with two numbers written by a pen, and a third room left empty."""
    paper = Paper(210, 148, 200, find_fonts()[0])
    paper.grid([20, 60, 160], [20, 36, 52, 68])
    for row, label in enumerate(("身份证号", "联系电话", "户籍地址")):
        paper.text((26, 24.5 + 16 * row), label, 14)
    writer = Writer(StrokeHand("pen", Path()), (30, 42, 96), 0.4, 0.05, 0.5, 0.3, 0.02)
    for row, text in enumerate((ID, MOBILE)):
        top = (25 + 16 * row) * 200 / 25.4
        box = (70 * 200 / 25.4, top, (70 + 4 * len(text)) * 200 / 25.4, top + 40)
        assert write_word(paper.picture, box, text, writer, random.Random(5 + row))
    return cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2BGR)


class FontWithout:
    """A font that lists every sign and has no ink for some."""

    def __init__(self, blank: str) -> None:
        self._blank = blank

    def getmask(self, sign: str) -> Image.Image:
        mask = Image.new("L", (9, 9))
        if sign not in self._blank:
            mask.putpixel((4, 4), 255)
        return mask


def test_a_hand_knows_no_sign_without_ink(monkeypatch):
    """Else words are looked for that nobody wrote; the next file of the hand may have it."""
    fonts = {Path("a.ttf"): FontWithout("国1"), Path("b.ttf"): FontWithout("1")}
    monkeypatch.setattr(handwriting, "read_glyphs", lambda file: "华国1")
    monkeypatch.setattr(FontHand, "_font", lambda self, file, size: fonts[file])
    hand = FontHand("neat", tuple(fonts))
    assert [hand.knows(sign) for sign in "华国1刘"] == [True, True, False, False]
    assert hand._file_of("国") == Path("b.ttf")


def read(image: np.ndarray, wrong: dict[str, str] | None = None):
    """The page's own reading, with some lines as a worse model reads them, then its fields."""
    engine = load_engine()
    lines = [
        ReadLine((wrong or {}).get(one.text, one.text), one.box, one.confidence, one.slope)
        for one in engine.read(image)
    ]
    return read_fields(image, lines, find_cells(image, 0.0), LAYOUT, engine)


def test_pictured_digits_are_a_hand_that_writes_nothing_else(tmp_path):
    """Each sign is one of its pictures, cut to its ink; points are drawn."""
    for digit in range(10):
        picture = np.zeros((28, 28))
        picture[4:24, 12 : 14 + digit // 9] = 0.9
        (tmp_path / "people").mkdir(exist_ok=True)
        told = json.dumps({"data": picture.flatten().tolist() * 2})
        (tmp_path / "people" / f"{digit}.json").write_text(told)
    (hand,) = handwriting.find_hands(tmp_path)
    assert [hand.knows(sign) for sign in "09.X周"] == [True, True, True, False, False]
    for sign in "19.":
        ink = hand.write(sign, 40, 3, random.Random(1))
        assert 0.5 < ink.max() <= 1
    assert np.flatnonzero(hand.write("9", 40, 3, random.Random(1)).max(axis=1) > 0.1).size > 24


def test_numbers_that_can_stand_there_are_left_as_they_were_read(form):
    """They cost nothing more."""
    found = read(form)
    assert found.fields == ()
    assert {ID, MOBILE} <= {line.text for line in found.lines}


def test_a_number_that_lost_a_digit_is_read_again(form):
    """The line says it, what was read before is kept, and nobody is asked."""
    found = read(form, {ID: ID[:-1], MOBILE: MOBILE[1:]})
    assert [(one.kind, one.value, one.is_doubtful) for one in found.fields] == [
        ("id", ID, False), ("phone", MOBILE, False),
    ]  # fmt: skip
    raws = {line.text: line.raw for line in found.lines if line.raw}
    assert raws == {ID: ID[:-1], MOBILE: MOBILE[1:]}
    assert not {ID[:-1], MOBILE[1:]} & {line.text for line in found.lines}


def test_ink_in_which_no_line_was_found_is_read_or_said_to_be_unread(form):
    """Where it stands; an empty room is empty."""
    engine = load_engine()
    labels = [one for one in engine.read(form) if one.text not in (ID, MOBILE)]
    cells = find_cells(form, 0.0)
    found = read_fields(form, labels, cells, LAYOUT, engine)
    assert {ID, MOBILE} <= {line.text for line in found.lines}
    scrawl = Image.fromarray(form[..., ::-1])
    waves = [(620 + 12 * step, 450 + 25 * (-1) ** step) for step in range(20)]
    ImageDraw.Draw(scrawl).line(waves, fill=(20, 20, 60), width=4)
    scrawled = cv2.cvtColor(np.asarray(scrawl), cv2.COLOR_RGB2BGR)
    layout = (NUMBER, PHONE, FormCell("户籍地址", "name"))
    again = read_fields(scrawled, labels, cells, layout, engine)
    (field,) = [one for one in again.fields if one.label == "户籍地址"]
    assert field.is_doubtful
    assert any(UNREAD in line.text for line in again.lines)


@pytest.mark.parametrize(("sure", "left"), [(0.996, MOBILE[:-1] + "9"), (0.99, MOBILE)])
def test_a_telephone_that_is_not_quite_sure_is_read_again(form, sure, left):
    """Eleven digits may stand there whichever one is wrong: no check digit tells."""
    wrong = MOBILE[:-1] + "9"
    engine = load_engine()
    lines = [
        ReadLine(wrong, one.box, sure, one.slope) if one.text == MOBILE else one
        for one in engine.read(form)
    ]
    found = read_fields(form, lines, find_cells(form, 0.0), LAYOUT, engine)
    assert left in {line.text for line in found.lines}


def test_a_number_of_which_only_the_end_was_found_is_read_whole(form):
    """The detector leaves pale digits out; all the ink of the cell is looked at."""
    engine = load_engine()
    lines = engine.read(form)
    at, whole = next((at, one) for at, one in enumerate(lines) if one.text == MOBILE)
    left, top, right, bottom = whole.box
    box = (right - 4 / 11 * (right - left), top, right, bottom)
    lines[at] = ReadLine(MOBILE[-4:], box, whole.confidence, whole.slope)
    found = read_fields(form, lines, find_cells(form, 0.0), LAYOUT, engine)
    (field,) = found.fields
    assert (field.value, field.is_doubtful) == (MOBILE, False)
    (line,) = [line for line in found.lines if line.text == MOBILE]
    assert line.raw == MOBILE[-4:]
    assert line.box[2] - line.box[0] > 2 * (box[2] - box[0])


def test_a_number_that_the_ink_hardly_bears_out_is_looked_at_twice(form, monkeypatch):
    """A check digit is right by chance once in eleven: a lost sign was made up, in silence."""
    other = "610927197906230414"
    looks = [(Possible(other, 0.96, 0.001),), (Possible(ID[:-1], 0.9), Possible(ID, 0.1, 0.1))]
    monkeypatch.setattr(hand_filled, "possible_values", lambda *of, **rest: looks.pop(0))
    (field,) = read(form, {ID: ID[:-2]}).fields
    assert (field.value, field.alternatives) == (ID[:-2], (ID[:-1], ID))
    assert field.is_doubtful
    assert not looks


AMOUNTS = {"月保障金": "1148.08", "月收入": "5882.00", "月支出": "320.50"}


@pytest.fixture(scope="module")
def amounts() -> np.ndarray:
    """A form with three amounts written by a pen."""
    paper = Paper(210, 148, 200, find_fonts()[0])
    paper.grid([20, 60, 160], [20, 36, 52, 68])
    writer = Writer(StrokeHand("pen", Path()), (30, 42, 96), 0.4, 0.05, 0.3, 0.2, 0.1)
    for row, (label, text) in enumerate(AMOUNTS.items()):
        paper.text((26, 24.5 + 16 * row), label, 14)
        top = (25 + 16 * row) * 200 / 25.4
        box = (70 * 200 / 25.4, top, (70 + 4 * len(text)) * 200 / 25.4, top + 40)
        assert write_word(paper.picture, box, text, writer, random.Random(5 + row))
    return cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2BGR)


def read_amounts(image: np.ndarray, wrong: dict[str, str], sure: float):
    """The fields of that form, with some amounts as a model reads them that is so sure."""
    lines = [
        ReadLine(wrong[one.text], one.box, sure, one.slope)
        if one.text in wrong
        else replace(one, confidence=0.9995)
        for one in load_engine().read(image)
    ]
    layout = tuple(FormCell(label, "amount") for label in AMOUNTS)
    return read_fields(image, lines, find_cells(image, 0.0), layout, load_engine())


@pytest.mark.parametrize(("sure", "left"), [(0.99, "1148.08"), (0.9995, "148.08")])
def test_an_amount_with_fewer_digits_than_parts_of_ink_is_read_again(amounts, sure, left):
    """1148.08 was read as 148.08, nearly sure; what is quite sure in print costs nothing more."""
    found = read_amounts(amounts, {"1148.08": "148.08"}, sure)
    assert left in {line.text for line in found.lines}


def test_figures_without_a_point_among_pence_are_asked_about(amounts, monkeypatch):
    """5882.00, of which two looks see no point: likelier than 588200, and a person decides."""
    seen = (Possible("588200", 0.9999),)
    monkeypatch.setattr(hand_filled, "possible_values", lambda *args, **rest: seen)
    found = read_amounts(amounts, {"5882.00": "588200"}, 0.99)
    (field,) = found.fields
    assert (field.value, field.alternatives, field.is_doubtful) == ("5882.00", ("588200",), True)
    (line,) = [line for line in found.lines if line.raw]
    assert (line.text, line.raw) == ("5882.00", "588200")


def test_words_in_a_cell_for_an_amount_are_no_amount_that_lost_its_digits(amounts):
    """同上 has more parts of ink than digits, and stands as it was read."""
    found = read_amounts(amounts, {"1148.08": "同上"}, 0.95)
    assert "同上" in {line.text for line in found.lines}
    assert found.fields == ()


@pytest.mark.parametrize(("at_last", "is_asked"), [(0.996, False), (0.99, True)])
def test_an_amount_that_one_look_left_open_is_asked_about(amounts, monkeypatch, at_last, is_asked):
    """No check digit tells: of two looks nearly sure of 858.50 both were wrong."""
    looks = [(Possible("1148.08", 0.9),), (Possible("1148.08", at_last), Possible("148.08", 0.001))]
    monkeypatch.setattr(hand_filled, "possible_values", lambda *of, **rest: looks.pop(0))
    (field,) = read_amounts(amounts, {"1148.08": "148.08"}, 0.9).fields
    assert (field.value, field.is_doubtful) == ("1148.08", is_asked)


@pytest.mark.parametrize(("read", "is_good"), [("徐財", False), ("徐财", True)])
def test_a_name_in_signs_of_old_is_read_again(read, is_good):
    """A quick model sees them in handwriting; names are found in signs of today."""
    assert _is_good(FormCell("姓名", "name"), read, 1.0, is_by_hand=True) is is_good


@pytest.mark.parametrize("is_by_hand", [True, False])
@pytest.mark.parametrize("kind", ["phone", "amount", "name", "id"])
def test_a_field_that_says_it_holds_nothing_stands_as_it_was_read(kind, is_by_hand):
    """无 and 同上 are no number and no name; what is not sure is looked at again."""
    cell = FormCell("栏", kind)
    assert all(_is_good(cell, one, 0.7, is_by_hand=is_by_hand) for one in ("无", "同上", "/", "—"))
    assert not _is_good(cell, "无", 0.5, is_by_hand=is_by_hand)


@pytest.mark.parametrize("is_by_hand", [True, False])
def test_a_telephone_of_a_house_is_read_again_where_a_pen_wrote_it(is_by_hand):
    """03879413186 was 13879413186, read surely."""
    cell = FormCell("电话", "phone")
    assert _is_good(cell, "03879413186", 1.0, is_by_hand=is_by_hand) is not is_by_hand
    assert _is_good(cell, "13879413186", 1.0, is_by_hand=is_by_hand)


def with_words(form: np.ndarray, sure: float, wrong: dict[str, str]):
    """The fields of the form with words of that confidence in its third room and below it."""
    lines = [
        ReadLine(wrong.get(one.text, one.text), one.box, one.confidence, one.slope)
        for one in load_engine().read(form)
    ]
    lines += [
        ReadLine("旧城村一组", (0.35, 0.37, 0.6, 0.43), sure, 0.0),
        ReadLine("见附件", (0.8, 0.8, 0.9, 0.83), sure, 0.0),
        ReadLine("……", (0.8, 0.9, 0.9, 0.93), sure, 0.0),
    ]
    layout = (NUMBER, PHONE, FormCell("户籍地址", "choice", choices=("旧城村二组", "户籍", "一组")))
    found = read_fields(form, lines, find_cells(form, 0.0), layout, load_engine())
    return [
        (one.label, one.value, one.alternatives, one.is_doubtful)
        for one in found.fields
        if one.kind not in ("id", "phone")
    ]


def test_unsure_words_of_a_form_filled_in_by_hand_are_shown_to_a_person(form):
    """In a cell and beside all cells; what may stand there and is likest comes first."""
    by_hand = {ID: ID[:-1], MOBILE: MOBILE[1:]}
    assert with_words(form, 0.75, by_hand) == [
        ("户籍地址", "旧城村一组", ("旧城村二组", "一组", "户籍"), True),
        ("其他手写", "见附件", (), True),
    ]
    assert with_words(form, 0.93, by_hand) == []
    assert with_words(form, 0.75, {}) == []  # print is not asked about


def test_one_number_and_one_word_in_doubt_tell_that_a_form_was_filled_in_by_hand(form):
    """A clear hand is read surely but for a name and an address."""
    assert len(with_words(form, 0.75, {ID: ID[:-1]})) == 2
    assert with_words(form, 0.93, {ID: ID[:-1]}) == []


@pytest.mark.parametrize("wrong", [{}, {MOBILE: MOBILE[1:]}])
def test_a_value_that_a_pen_went_through_is_asked_about(form, wrong):
    """However surely it is read, and whether it is read again; its line says so."""
    engine, cells = load_engine(), find_cells(form, 0.0)
    lines = [replace(one, text=wrong.get(one.text, one.text)) for one in engine.read(form)]
    (line,) = [one for one in lines if one.text == wrong.get(MOBILE, MOBILE)]
    found = read_fields(form, lines, cells, LAYOUT, engine, struck=[line])
    (field,) = found.fields
    assert (field.label, field.value, field.is_doubtful) == ("联系电话", MOBILE, True)
    assert field.box[3] - field.box[1] > line.box[3] - line.box[1]
    assert [one.text for one in found.lines if one.box in found.struck] == [MOBILE]
    found = read_fields(form, lines, cells, (), engine, struck=[line])
    assert (found.fields, found.struck) == ((), (line.box,))


def test_a_place_that_is_none_and_like_one_is_asked_about():
    """日城村 was read surely; in print what the ink is sure of stands, in silence."""
    paper = Paper(210, 60, 200, find_fonts()[0])
    paper.grid([20, 60, 160], [20, 40])
    paper.text((24, 26), "家庭住址", 14)
    paper.text((64, 26), "旧城村", 14)
    image = cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2BGR)
    engine, layout = load_engine(), (FormCell("家庭住址", "text"),)
    lines = [
        replace(one, text="日城村", confidence=0.99) if one.text == "旧城村" else one
        for one in engine.read(image)
    ]
    here = PlacesHere(load_places())
    told = read_fields(image, lines, find_cells(image, 0.0), layout, engine, here=here)
    (field,) = told.fields
    assert (field.value, field.alternatives) == ("旧城村", ("日城村",))
    assert field.is_doubtful
    assert "旧城村" in {line.text for line in told.lines}
    right = [replace(one, text=one.text.replace("日城", "旧城")) for one in lines]
    assert not read_fields(image, right, find_cells(image, 0.0), layout, engine, here=here).fields


def test_a_page_of_no_known_form_is_left_alone(form):
    """Not a pixel is looked at."""
    lines = [ReadLine("x", PLACE, 0.9)]
    found = read_fields(form, lines, find_cells(form, 0.0), (), load_engine())
    assert (found.lines, found.fields) == (tuple(lines), ())


def test_lines_beside_each_other_are_one_row():
    """Those below each other are two."""
    boxes = [(0.1, 0.1, 0.2, 0.12), (0.25, 0.102, 0.3, 0.12), (0.1, 0.13, 0.2, 0.15)]
    placed = [Placed(ReadLine("x", box, 0.9), box, 0) for box in boxes]
    assert _rows(placed) == [(0.1, 0.1, 0.3, 0.12), (0.1, 0.13, 0.2, 0.15)]


@pytest.mark.parametrize(
    ("words", "asked"), [("叁佰元整", ()), ("肆佰元整", ("400.00",)), ("肆佰元", ("400.00",))]
)
def test_figures_are_held_against_the_words_behind_them(words, asked):
    """What differs is shown to a keeper; the page says what stands on it."""
    paper = Paper(210, 60, 200, find_fonts()[0])
    paper.grid([20, 60, 100, 130, 190], [20, 40])
    for left, text in ((24, "月保障金"), (64, "300.00"), (104, "大写"), (134, words)):
        paper.text((left, 26), text, 14)
    image = cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2BGR)
    engine, layout = load_engine(), (FormCell("月保障金", "amount"), FormCell("大写", "label"))
    lines = engine.read(image)
    found = read_fields(image, lines, find_cells(image, 0.0), layout, engine)
    assert {line.text for line in found.lines} == {"月保障金", "300.00", "大写", words}
    assert tuple(one.alternatives for one in found.fields if one.is_doubtful) == (
        (asked,) if asked else ()
    )


@pytest.mark.parametrize(
    ("known", "value", "others"),
    [(ID, "郑芳兰", ("郑系", "郑号")), (MOBILE, "郑系", ("郑号",))],
    ids=["beside the number", "nobody's number"],
)
def test_a_name_in_running_hand_is_whose_number_stands_beside_it(monkeypatch, known, value, others):
    """Where the ink is sure of none the records tell; a person is asked all the same."""
    paper = Paper(210, 60, 200, find_fonts()[0])
    paper.grid([20, 50, 90, 120, 190], [20, 40])
    for left, text in ((24, "姓名"), (54, "郑糸"), (92, "身份证号"), (126, ID)):
        paper.text((left, 26), text, 14)
    image = cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2BGR)
    ink = (Possible("郑系", 0.5), Possible("郑号", 0.4), Possible("郑芳兰", 0.001, 0.0))
    monkeypatch.setattr(hand_filled, "possible_values", lambda *of: ink)
    engine, layout = load_engine(), (FormCell("姓名", "name"), NUMBER)
    lines = [
        replace(one, confidence=0.6) if one.text.startswith("郑") else one
        for one in engine.read(image)
    ]
    odds = NameOdds((), people_near([("郑芳兰", known)]))
    found = read_fields(image, lines, find_cells(image, 0.0), layout, engine, odds=odds)
    (field,) = found.fields
    assert (field.value, field.alternatives, field.is_doubtful) == (value, others, True)
    assert any(line.text.startswith(value) for line in found.lines)
