"""A cell as the answer a clerk meant."""

import datetime as dt

import pytest

from filler.form.forms import Call, Field
from filler.roster.cells import key_text, read_cell
from filler.values.read_value import WrongValueError, read_value

DAY = dt.date(2018, 5, 7)


@pytest.mark.parametrize(
    "written",
    [
        dt.date(2018, 5, 7), dt.datetime(2018, 5, 7, 10, 20), 43227.0, "43227", 20180507.0,
        "2018年5月7日", "二〇一八年五月七日", "18.5.7", "2018/5/7", "2018-05-07",
        "2018-05-07 10:20:00", "２０１８．５．７", " 2018.5.7\xa0", "2018年5月7号",
        "\ufeff20180507", "5月7日",
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_writing(written):
    """Texts, serial numbers, date cells; the year of the sheet's title completes one."""
    field = Field("d", "日期", "date")
    assert read_value(field, read_cell(field, written, 2018)) == DAY


def test_lunar_and_unknown_dates_stay_as_they_are():
    """The check names them."""
    field = Field("d", "日期", "date")
    assert read_cell(field, "农历腊月初八", 2018) == "农历腊月初八"
    assert read_cell(field, "5月7日", None) == "5月7日"


@pytest.mark.parametrize("kind", ["idcard", "bank", "text"])
@pytest.mark.parametrize("value", [610927195304120016.0, "6.10927E+17"])
def test_a_number_that_lost_its_end_is_named(kind, value):
    """Never printed as 610927195304120064."""
    with pytest.raises(WrongValueError, match="15 位以后已经丢失"):
        read_cell(Field("n", "号码", kind), value)


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        ("phone", 13991500001.0, "13991500001"),
        ("phone", "１３９ 9150\u200b0001", "１３９ 91500001"),
        ("idcard", " 610927195304120016\xa0", "610927195304120016"),
        ("money", 320.5, "320.5"),
        ("money", 0.1 + 0.2, "0.3"),
        ("int", 3.0, "3"),
        ("month", "2018年5月", "2018年5月"),
        ("month", dt.date(2018, 5, 1), "2018-05-01"),
        ("text", dt.date(2018, 5, 7), "2018年5月7日"),
        ("text", True, "是"),
    ],
)
def test_other_cells(kind, value, read):
    """Whole numbers without .0, nothing invisible."""
    assert read_cell(Field("x", "项目", kind), value) == read


def test_a_month_as_a_number_may_be_two_months():
    """2018.10 and 2018.1 are the same number."""
    with pytest.raises(WrongValueError, match="1 月还是 10 月"):
        read_cell(Field("m", "月份", "month"), 2018.1)


@pytest.mark.parametrize(("value", "read"), [("√", "是"), ("×", "否"), (True, "是"), ("是", "是")])
def test_ticks_are_yes_and_no(value, read):
    """As lists are kept in villages."""
    assert read_cell(Field("c", "已享", "choice", choices=("是", "否")), value) == read


def test_a_name_spaced_out_is_one_name():
    """测 甲 is written so that two characters fill the width of three."""
    field = Field("name", "姓名", "text", rules=(Call("person_name"),))
    assert read_cell(field, "测　甲") == "测甲"


def test_a_choice_excel_made_a_date_of_is_named():
    """Not printed as a date."""
    with pytest.raises(WrongValueError, match="读到的是日期"):
        read_cell(Field("c", "等级", "choice", choices=("1-2", "3-4")), dt.date(2018, 1, 2))


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "3"), (3, "3"), ("3", "3"), (3.5, "3.5"), (" 三 ", "三"), ("", "")]
)
def test_a_running_number_is_the_same_however_it_is_kept(value, text):
    """Excel makes 3.0 of it."""
    assert key_text(value) == text


DATE, MONTH = Field("d", "日期", "date"), Field("m", "月份", "month")


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        (DATE, 1.0, "1899-12-31"), (DATE, 80_000.0, "2119-01-11"), (DATE, 80_001.0, "80001"),
        (DATE, 0.0, "0"), (DATE, -1.0, "-1"), (DATE, 43227.5, "43227.5"),
        (MONTH, 43227.0, "2018-05-07"), (MONTH, 20_000.0, "1954-10-03"), (MONTH, 19_999.0, "19999"),
        (MONTH, 80_000.0, "2119-01-11"), (MONTH, 80_001.0, "80001"), (MONTH, 201805.0, "201805"),
        (MONTH, 2018.05, "2018.05"), (MONTH, 2018.11, "2018.11"), (MONTH, 5.0, "5"),
        (Field("n", "数", "int"), 43227.0, "43227"), (Field("n", "数", "money"), 1.0, "1"),
        (Field("n", "数", "money"), 0.12345678901, "0.123456789"),
    ],
)  # fmt: skip
def test_a_number_is_a_day_where_it_can_be_one(field, value, read):
    """From 1900 to 2119; a month below 20000 is more likely a year."""
    assert read_cell(field, value) == read


@pytest.mark.parametrize("kind", ["idcard", "bank", "phone", "text", "int", "money"])
@pytest.mark.parametrize(
    ("value", "is_spoilt"),
    [(999_999_999_999_999.0, False), (1e15, True), (-1e15, True), (-999_999_999_999_999.0, False)],
)
def test_fifteen_digits_of_a_number_are_kept(kind, value, is_spoilt):
    """From the sixteenth on it is spoilt, where digits matter."""
    field = Field("n", "号码", kind)
    if is_spoilt and kind not in ("int", "money"):
        with pytest.raises(WrongValueError, match="15 位以后"):
            read_cell(field, value)
    else:
        assert read_cell(field, value) == str(int(value))


@pytest.mark.parametrize(
    ("kind", "text", "is_spoilt"),
    [
        ("text", "6.1E+17", True), ("text", "6E17", True), ("text", "-6.1e+17", True),
        ("text", "6.1E+1", False), ("text", "E17", False), ("longtext", "6.1E+17", False),
        ("choice", "6E17", False),
    ],
)  # fmt: skip
def test_a_number_in_powers_of_ten_has_lost_its_digits(kind, text, is_spoilt):
    """Where it stands as a text, too."""
    if is_spoilt:
        with pytest.raises(WrongValueError):
            read_cell(Field("n", "号码", kind), text)
    else:
        assert read_cell(Field("n", "号码", kind), text) == text


@pytest.mark.parametrize("value", [dt.time(10, 20), dt.timedelta(hours=3)])
def test_a_time_is_no_answer(value):
    """Excel made it of 10:20."""
    with pytest.raises(WrongValueError, match="时刻"):
        read_cell(Field("t", "说明", "text"), value)


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        ("date", dt.datetime(2018, 5, 7, 23, 59), "2018-05-07"), ("month", DAY, "2018-05-07"),
        ("longtext", DAY, "2018年5月7日"), ("text", dt.datetime(2018, 5, 7, 1), "2018年5月7日"),
        ("date", "43227.0", "2018-05-07"), ("date", "43227.5", "43227.5"),
        ("date", "2018-05-07T10:20:00.5", "2018-05-07"), ("date", "2018-05-07 1:20", "2018-05-07"),
        ("text", False, "否"),
    ],
)  # fmt: skip
def test_a_day_is_a_day_in_its_field_and_words_elsewhere(kind, value, read):
    """The time of day is left out."""
    assert read_cell(Field("x", "项目", kind), value) == read


@pytest.mark.parametrize(
    ("choices", "text", "read"),
    [
        (("是", "否"), "1", "是"), (("是", "否"), "0", "否"), (("是", "否"), "x", "否"),
        (("是", "否"), "或许", "或许"), (("是", "否", "0"), "0", "0"), (("是", "无"), "√", "√"),
        (("有", "无"), "√", "√"),
    ],
)  # fmt: skip
def test_a_tick_answers_what_is_asked_with_yes_and_no(choices, text, read):
    """Unless it is a choice itself."""
    assert read_cell(Field("c", "已享", "choice", choices=choices), text) == read


def test_only_a_name_is_closed_up():
    """Another text keeps its gap."""
    assert (
        read_cell(Field("a", "住址", "text", rules=(Call("length", ("9",)),)), "甲 乙") == "甲 乙"
    )


@pytest.mark.parametrize("mark", ["'", "’", "‘"])
def test_a_mark_typed_to_keep_digits_is_no_part_of_a_number(mark):
    """Of a number only: a text may begin so."""
    assert read_cell(Field("a", "甲", "idcard"), f"{mark}610927194803060113") == (
        "610927194803060113"
    )
    assert read_cell(Field("a", "甲", "longtext"), "'甲") == "'甲"


@pytest.mark.parametrize(
    ("written", "behind"),
    [
        ("测试甲（已故）", "（已故）"),
        ("测试甲 (户主)", "(户主)"),
        ("测试甲*", "*"),
        ("测试甲【五保】", "【五保】"),
        ("测试甲 610927195304120016", "610927195304120016"),
        ("测试甲（新增", "（新增"),
    ],
)
def test_what_stands_behind_a_name_is_not_printed_as_part_of_it(written, behind):
    """A remark, a mark, or the number that has a column of its own."""
    field = Field("name", "姓名", "text", rules=(Call("person_name"),))
    with pytest.raises(WrongValueError) as told:
        read_cell(field, written)
    assert told.value.what == f"姓名后面还写着“{behind}”"


@pytest.mark.parametrize(
    ("written", "before"), [("户主：测试甲", "户主："), ("★测试甲", "★"), ("1、测试甲", "1、")]
)
def test_what_stands_before_a_name_is_no_part_of_it_either(written, before):
    """A role, a mark, a number."""
    field = Field("name", "姓名", "text", rules=(Call("person_name"),))
    with pytest.raises(WrongValueError) as told:
        read_cell(field, written)
    assert told.value.what == f"姓名前面还写着“{before}”"


@pytest.mark.parametrize("written", ["测试甲", "买买提·测试", "测 试"])
def test_a_name_alone_is_a_name(written):
    """Gaps and points belong to it."""
    field = Field("name", "姓名", "text", rules=(Call("person_name"),))
    assert "测" in read_cell(field, written)


def test_a_year_alone_is_no_day():
    """As a serial number 2026 would be a day of 1905."""
    field = Field("d", "死亡日期", "date")
    with pytest.raises(WrongValueError) as told:
        read_cell(field, 2026.0)
    assert told.value.what == "“2026”只有年，没有月、日"
    assert [read_cell(field, number) for number in (1899, 2101)] == ["1905-03-13", "1905-10-01"]
