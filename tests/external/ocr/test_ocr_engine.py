"""Doubtful parts of a line are read again and put back."""

import cv2
import numpy as np
import pytest

from minzheng.county.form_print import as_form_print
from minzheng.external.ocr.inked_rows import InkedPage, Row, see_rows
from minzheng.external.ocr.line_boxes import LINE_HEIGHT
from minzheng.external.ocr.line_parts import replace_span, text_of
from minzheng.external.ocr.ocr_engine import (
    _is_sure_print,
    doubtful_spans,
    is_lone_sign,
    is_plain,
    load_engine,
    with_doubtful_digits,
    without_doubtful_gaps,
)
from minzheng.external.ocr.ocr_models import Character, Reading
from script.samples.sheet import Paper, find_fonts


def reading(text: str, sure: float = 0.99, **doubts: float) -> Reading:
    return tuple(
        Character(one, doubts.get(f"at{number}", sure), 10.0 * number + 5)
        for number, one in enumerate(text)
    )


def test_a_sure_line_is_not_read_again():
    """No character is doubtful."""
    assert doubtful_spans(reading("户主姓名测试甲")) == []


def test_a_doubtful_character_is_read_with_its_neighbours():
    """Two characters of context on both sides."""
    assert doubtful_spans(reading("户主姓名测试甲乙丙丁", at4=0.5)) == [(2, 7)]


def test_doubts_that_meet_are_one_part():
    """Overlapping parts are joined."""
    assert doubtful_spans(reading("0123456789abcdefghij", at4=0.5, at7=0.6)) == [(2, 10)]


def test_a_line_that_is_mostly_doubtful_is_read_whole():
    """One crop costs less than many."""
    assert doubtful_spans(reading("户主姓名", at1=0.5)) == [(0, 4)]


def test_an_id_number_with_a_wrong_check_digit_is_read_again():
    """However sure its characters are; a sound one is not."""
    line = "户主甲的身份证号码是{}住址在某某县某某镇某某村"
    assert doubtful_spans(reading(line.format("11010519491231002X"))) == []
    assert doubtful_spans(reading(line.format("11010519491231003X"))) == [(8, 30)]
    assert doubtful_spans(reading(line.format("1101O519491231002X"))) == [(8, 30)]


@pytest.mark.parametrize(
    ("number", "is_doubted"),
    [
        ("11010519491231002", True), ("1101051949123100200", True), ("6227001949123100200", False),
        ("9901051949123100", False), ("1399150001", True), ("139915000001", True),
        ("13991500001", False), ("139915000", True), ("12991500001", False), ("12991500", False),
        ("0915-1399150", False), ("139915000.50", False), ("13991500", False),
    ],
)  # fmt: skip
def test_numbers_that_lost_a_digit_or_have_one_twice_are_read_again(number, is_doubted):
    """However sure their digits are; other numbers of such lengths are not."""
    line = "户主甲的联系电话以及证件的号码是" + number + "住址在某某县某某镇某某村某某组某某号"
    assert bool(doubtful_spans(reading(line))) is is_doubted


@pytest.mark.parametrize(
    ("line", "gap", "said"),
    [("4. 72", 2, "4.72"), ("12, 581.34", 3, "12,581.34"), ("户主 甲", 2, "户主 甲"),
     ("2 日", 1, "2 日"), (" 72", 0, " 72")],
)  # fmt: skip
def test_an_unsure_space_is_none_within_a_number(line, gap, said):
    """Nowhere is it read again for; a sure one stays."""
    unsure = without_doubtful_gaps(reading(line, **{f"at{gap}": 0.6}))
    assert text_of(unsure) == said
    assert doubtful_spans(unsure) == []
    assert text_of(without_doubtful_gaps(reading(line))) == line


def test_the_new_reading_takes_the_place_of_the_part():
    """What stands around it stays."""
    line = reading("户主姓明测试甲", at3=0.4)
    assert text_of(replace_span(line, (2, 5), reading("姓名测"), 20)) == "户主姓名测试甲"


def test_a_less_sure_reading_is_not_taken():
    """The first reading stays."""
    line = reading("户主姓名", at3=0.9)
    assert replace_span(line, (2, 4), reading("生明", 0.3), 20) == line


def test_a_careful_engine_reads_every_line_by_the_larger_model(monkeypatch):
    """The quick one is not asked at all; both engines share what is loaded."""
    page = np.full((400, 900, 3), 255, np.uint8)
    cv2.putText(page, "610927 DB-01", (40, 200), cv2.FONT_HERSHEY_SIMPLEX, 2.5, (0, 0, 0), 6)
    careful, usual = load_engine(is_careful=True), load_engine()
    assert careful._models is usual._models
    monkeypatch.setattr(usual._models.quick, "read", None)
    (line,) = careful.read(page)
    assert line.text.replace(" ", "") == "610927DB-01"
    assert line.confidence > 0.9


@pytest.mark.parametrize(("scale", "looks"), [(1.2, 0), (0.5, 2)], ids=["usual", "small"])
def test_only_small_print_is_looked_for_on_a_larger_picture(monkeypatch, scale: float, looks: int):
    """Signs of eleven pixels are five high where a page of 2,339 is made 1,088.

    Rows of larger ones are told by their ink.
    """
    page = np.full((2339, 1654, 3), 255, np.uint8)
    for top in range(200, 2300, 300):
        cv2.putText(page, "610927 DB-01", (200, top), cv2.FONT_HERSHEY_SIMPLEX, scale, (0,) * 3, 2)
    engine, seen = load_engine(), []
    find = engine._models.text_map

    def look(image: np.ndarray, is_careful: bool) -> np.ndarray:
        seen.append(image.shape[0])
        return find(image, is_careful)

    monkeypatch.setattr(engine._models, "text_map", look)
    lines = engine.read(page)
    assert [line.text.replace(" ", "") for line in lines] == ["610927DB-01"] * 7
    assert len(seen) == looks and seen == sorted(seen)


PRINT = as_form_print(["姓名", "申请最低生活保障的理由（可另附页）：", "家庭人口数"])


@pytest.mark.parametrize(
    ("line", "doubt", "is_doubted"),
    [
        ("姓名", 0, False),
        ("申请最低生活保障的理由", 5, False),
        ("理由(可另附页):", 3, False),
        ("姓明", 1, True),
        ("王姓名", 1, True),
        ("家庭人口数5", 5, True),
        ("5", 0, True),
    ],
    ids=["a whole label", "a part", "other shapes", "not as printed", "longer than the label",
         "an answer behind it", "a digit"],
)  # fmt: skip
def test_what_reads_like_the_print_of_its_form_is_not_read_again(line, doubt, is_doubted):
    """Two witnesses agree: the quick model, and the form's template."""
    read = reading(line, **{f"at{doubt}": 0.6})
    assert bool(doubtful_spans(read, PRINT)) is is_doubted
    assert doubtful_spans(read)


def test_print_that_was_read_is_known_on_the_next_copy(monkeypatch):
    """It costs no model again; what is no print is read as ever."""
    lines = []
    for text in ("申请人签字（按印）", "旧城村三组"):
        paper = Paper(60, 6, 200, find_fonts()[0])
        paper.text((2, 1), text, 11)
        line = cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2BGR)
        lines.append(cv2.resize(line, (line.shape[1], LINE_HEIGHT)))
    printed, engine = as_form_print(["申请人签字（按印）"]), load_engine()
    first = engine.read_crops(lines, printed)
    asked = []
    read = engine._models.quick.read
    monkeypatch.setattr(
        engine._models.quick, "read", lambda crops: asked.append(len(crops)) or read(crops)
    )
    again = engine.read_crops(lines, printed)
    assert [text_of(one) for one in again] == [text_of(one) for one in first]
    assert text_of(again[0]) in {"申请人签字（按印）", "申请人签字(按印)"}
    assert asked == [1]
    engine.read_crops(lines)
    assert asked == [1, 2]


@pytest.mark.parametrize(
    ("line", "is_print"),
    [("申请人签字", True), ("户籍所在地及现在", True), ("2018年4月", False), ("□是□否", False),
     ("张三", False), ("", False), ("家庭人口", True), ("口是口否", False)],
)  # fmt: skip
def test_only_print_that_is_the_same_on_every_copy_is_kept(line, is_print):
    """No figures, no boxes to be ticked, nothing that is not print; the sign 口 may be."""
    printed = as_form_print(
        ["申请人签字", "户籍所在地及现在的住址", "2018年4月", "□是□否", "家庭人口"]
    )
    assert _is_sure_print(reading(line), printed) is is_print
    assert not _is_sure_print(reading(line, sure=0.8), printed)


def form_page() -> np.ndarray:
    """Twelve printed rows, at 150 dpi."""
    paper = Paper(210, 297, 150, find_fonts()[0])
    for number in range(12):
        paper.text((20, 40 + 12 * number), f"第{number + 10}行户主姓名身份证号", 12)
    return np.array(paper.picture)[..., ::-1].copy()


def rows_of(page: np.ndarray) -> InkedPage:
    found = see_rows(page, 1088)
    assert found is not None
    return found


def test_rows_of_plain_print_need_no_detector(monkeypatch):
    """Nothing is left of the page when they are read."""
    engine = load_engine()
    monkeypatch.setattr(engine._models, "text_map", None)
    lines = sorted(engine.read(form_page()), key=lambda line: line.box[1])
    assert [line.text for line in lines] == [f"第{n + 10}行户主姓名身份证号" for n in range(12)]


def test_what_stands_beside_plain_print_is_found_by_the_detector():
    """A heading larger than rows are, in pale ink, and another one that is light on dark."""
    page = form_page()
    height, width = page.shape[:2]
    paper = Paper(210, 40, 150, find_fonts()[0])
    paper.text((20, 10), "镇坪县民政局", 48)
    top = np.array(paper.picture)[..., ::-1]
    page[: top.shape[0]] = 255 - (255 - top) // 3
    paper = Paper(210, 40, 150, find_fonts()[0])
    paper.text((20, 10), "公示结束无异议", 14)
    foot = np.array(paper.picture)[..., ::-1]
    page[height - 300 : height - 300 + foot.shape[0], : width // 2] = 255 - foot[:, : width // 2]
    texts = {line.text for line in load_engine().read(page)}
    assert {"镇坪县民政局", "公示结束无异议"} <= texts
    assert len(texts) == 14


def test_a_row_is_plain_where_it_was_read_surely():
    """One unsure sign of ten is too many; of thirteen it is read again and no more."""
    page = form_page()
    seen = rows_of(page)
    row, crop = seen.rows[0], np.zeros((LINE_HEIGHT, 400, 3), np.uint8)
    signs = "公示期间无人提出异议情况属实"
    sure = tuple(Character(one, 0.99, 30.0 * at) for at, one in enumerate(signs))
    unsure = Character("无", 0.5, 120.0)
    assert is_plain(seen, row, crop, sure)
    assert is_plain(seen, row, crop, (*sure[:4], unsure, *sure[5:]))
    assert not is_plain(seen, row, crop, (*sure[:4], unsure, *sure[5:10]))


def test_signs_set_wide_apart_are_not_plain():
    """They may stand in columns that are read from the top."""
    seen, crop = rows_of(form_page()), np.zeros((LINE_HEIGHT, 400, 3), np.uint8)
    apart = tuple(Character(one, 0.99, 60.0 * at) for at, one in enumerate("公示期间无"))
    assert not is_plain(seen, seen.rows[0], crop, apart)


def test_lines_of_latin_words_are_not_plain():
    """A number of a form and a bank card are."""
    seen, crop = rows_of(form_page()), np.zeros((LINE_HEIGHT, 400, 3), np.uint8)
    lines = ("this lesson helps you", "DB-103200-2018-0001", "6217115424599666018")
    read = [tuple(Character(one, 0.99, 20.0 * at) for at, one in enumerate(line)) for line in lines]
    assert [is_plain(seen, seen.rows[0], crop, one) for one in read] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "is_stacked", "high", "is_plain_sign"),
    [("3", False, 1.0, True), ("3", True, 1.0, True), ("X", False, 1.0, True),
     ("男", False, 1.0, True), ("男", True, 1.0, False), ("3", False, 0.4, False),
     ("一口", False, 1.0, False), ("、", False, 1.0, False)],
    ids=["digit", "digits below each other", "end of an ID number", "sign", "column of signs",
         "speck", "two signs", "comma"],
)  # fmt: skip
def test_a_lone_sign_is_one_as_high_as_most(text, is_stacked, high, is_plain_sign):
    """Dirt is not; nor is a sign of a column."""
    seen = rows_of(form_page())
    row = Row(0, 0, seen.high * high, seen.high * high, (), is_stacked)
    reading = tuple(Character(one, 0.99, 20.0) for one in text)
    assert is_lone_sign(seen, row, reading, 0.95) is is_plain_sign


def test_digits_under_a_seal_are_doubted_however_sure_they_are():
    """A ring over 2018 left 2010, and each sign of it was sure; Chinese signs stay."""
    doubted = with_doubtful_digits(reading("2010年"))
    assert doubtful_spans(doubted) == [(0, 5)]
    assert [one.sure for one in doubted] == [0.85] * 4 + [0.99]


def test_of_a_line_under_a_seal_the_digits_are_read_by_the_larger_model(monkeypatch):
    """Of another one that is sure they are not."""
    paper = Paper(60, 8, 200, find_fonts()[0])
    paper.text((5, 2), "2018年5月7日", 12)
    line = cv2.resize(np.array(paper.picture)[..., ::-1], (360, LINE_HEIGHT))
    engine, asked = load_engine(), []
    read = engine._models.careful.read
    monkeypatch.setattr(
        engine._models.careful, "read", lambda crops: asked.append(len(crops)) or read(crops)
    )
    assert text_of(engine.read_crops([line])[0]) == "2018年5月7日"
    assert sum(asked) == 0
    assert text_of(engine.read_crops([line], doubted=[True])[0]) == "2018年5月7日"
    assert sum(asked) > 0
