"""Drawn forms: labels break where people would break them, columns hold what they hold."""

import pytest

from filler.spec.form_catalogue import load_catalogue
from script.drawing.forms.rosters import column_widths
from script.drawing.wording import broken, fitting_size, with_tags

ROSTERS = [
    (spec.id, field)
    for spec in load_catalogue().forms
    if spec.layout == "L-LIST"
    for field in spec.fields
    if field.type == "rows"
]


@pytest.mark.parametrize(
    "case",
    [
        ("姓名", "姓名"),
        ("监护人身份证号", "监护人\n身份证号"),
        ("账号（一卡通）", "账号\n（一卡通）"),
        ("自付（损失）合计", "自付（损失）\n合计"),
        ("老人（代办人）签字", "老人\n（代办人）\n签字"),
        ("村（居）委会意见", "村（居）委会\n意见"),
        ("赡（抚、扶）养费", "赡（抚、\n扶）养费"),
    ],
)
def test_a_long_label_breaks_between_words(case):
    """No word is torn, no bracket closes at the beginning of a line."""
    text, lines = case
    assert broken(text, 5) == lines


def test_a_label_is_set_as_large_as_its_cell_allows():
    """Three lines are set smaller, and nothing below 7.5 points."""
    assert fitting_size("姓名", 19, 10.5) == 10.5
    assert fitting_size("基本生活标准\n（元/月）", 19, 10.5) == 8.5
    assert fitting_size("老人\n（代办人）\n签字", 19, 10.5) == 9
    assert fitting_size("十二个字的标签放不下呀了", 19, 10.5) == 7.5


@pytest.mark.parametrize("roster", ROSTERS, ids=[form_id for form_id, _ in ROSTERS])
def test_the_columns_of_a_roster_fill_the_page_and_hold_their_numbers(roster):
    """An ID number stands in one line: 18 digits of half a character each."""
    _, table = roster
    columns = [column for column in table.columns if column.printed]
    widths, size = column_widths(columns, 267, 9)
    assert sum(widths) == pytest.approx(267, abs=0.2)
    for column, width in zip(columns, widths, strict=True):
        if column.type == "idcard":
            assert width >= 18 * size * 0.353 / 2 + 1


def test_a_blank_leaves_as_much_room_as_its_kind_needs():
    """Eighteen lines for an ID number, a date as year, month and day."""
    fields = {field.slug: field for field in load_catalogue().form("TK-04").fields}
    assert "_" * 18 in with_tags("{b_id}", fields)
    assert "年　月　日" in with_tags("{from_date}", fields)
    assert with_tags("{b_gender}", fields) == "{{ b_gender or '____' }}"
