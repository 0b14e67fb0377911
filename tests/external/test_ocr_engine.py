"""Doubtful parts of a line are read again and put back."""

from minzheng.external.ocr_engine import doubtful_spans, replace_span, text_of
from minzheng.external.ocr_models import Character, Reading


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


def test_the_new_reading_takes_the_place_of_the_part():
    """What stands around it stays."""
    line = reading("户主姓明测试甲", at3=0.4)
    assert text_of(replace_span(line, (2, 5), reading("姓名测"))) == "户主姓名测试甲"


def test_a_less_sure_reading_is_not_taken():
    """The first reading stays."""
    line = reading("户主姓名", at3=0.9)
    assert replace_span(line, (2, 4), reading("生明", 0.3)) == line
