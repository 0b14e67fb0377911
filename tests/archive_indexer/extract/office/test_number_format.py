"""What number formats of sheets show."""

import datetime as dt

import pytest

from archive_indexer.extract.office.number_format import (
    BUILT_IN,
    as_moment,
    says_something,
    show_moment,
    show_number,
    show_text,
)

DAY = dt.datetime(2026, 3, 5, 14, 5, 9)


#: Places, commas, parts of a hundred, thousands left out, fractions, powers, words.
NUMBERS = [
    (0.125, "0%", "13%"), (0.125, "0.0%", "12.5%"), (1234, "#,##0.00", "1,234.00"),
    (1234567.891, "#,##0", "1,234,568"), (123, "00000", "00123"), (5, "#,##0", "5"),
    (2.675, "0.00", "2.68"), (1234.5, "#.##", "1234.5"), (0.1, "0.0##", "0.1"),
    (123456, '0!.0,"万元"', "12.3万元"), (123456, '0\\.0,"万元"', "12.3万元"),
    (12345678, "#,##0,", "12,346"), (12345678, '0.00,,"百万"', "12.35百万"),
    (0.5, "# ?/?", "1/2"), (3.5, "# ?/?", "3 1/2"), (3.5, "?/?", "7/2"), (2, "# ?/?", "2"),
    (0.375, "# ?/8", "3/8"), (12345, "0.00E+00", "1.23E+04"), (0.00012, "0.0E-0", "1.2E-4"),
    (12345, "##0.0E+0", "12.3E+3"), (13812345678, "000-0000-0000", "138-1234-5678"),
    (5, 'General"元"', "5元"), (0.5, "G/通用格式", "0.5"), (12, '"第"0"号"', "第12号"),
    (1234.5, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "¥1,234.50"),
    (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"), (1234.5, "[$-804]0.0", "1234.5"),
]  # fmt: skip
#: The part of a format for a number: below nought, nought, or as the part says.
PARTS = [
    (-5, "0.0", "-5.0"), (-0.001, "0.0", "0.0"), (-5, "0.0;(0.0)", "(5.0)"),
    (5, "0.0;(0.0)", "5.0"), (0, '0;-0;"-"', "-"), (-3, "[红色]0", "-3"), (-3, "0;[Red]0", "3"),
    (75, '[>=60]"及格";"不及格"', "及格"), (7, '[>=60]"及格";"不及格"', "不及格"),
    (2, '[=1]"男";[=2]"女";0', "女"), (3, '[<>3]"别";"三"', "三"), (3, '[<=3]"少";"多"', "少"),
    (4, '[<3]"少";[>5]"多"', ""), (5, ";;;", ""),
]  # fmt: skip
#: As they are said, or digit by digit where the format has places.
IN_SIGNS = [
    (1005, '[DBNum2]General"元整"', "壹仟零伍元整"),
    (123456, "[DBNum1]General", "一十二万三千四百五十六"),
    (1234.5, "[DBNum2][$-804]General", "壹仟贰佰叁拾肆.伍"), (2017, "[DBNum1]0", "二〇一七"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "code", "shown"), [*NUMBERS, *PARTS, *IN_SIGNS])
def test_numbers(number: float, code: str, shown: str):
    """Each as its format shows it."""
    assert show_number(number, code) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('yyyy"年"m"月"d"日"', "2026年3月5日"), ("yyyy/m/d", "2026/3/5"),
        ("yyyy-mm-dd", "2026-03-05"),
        ("yyyy\\.mm\\.dd", "2026.03.05"), ("yy.m", "26.3"), ('e"年"', "2026年"),
        ("mmm-yy", "Mar-26"),
        ("mmmm d", "March 5"), ("ddd", "Thu"), ("dddd", "Thursday"), ("aaaa", "星期四"),
        ("aaa", "四"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二六年三月五日"),
        ('[DBNum2]yyyy"年"m"月"', "贰零贰陆年叁月"), ('yyyy"年"m"月";@', "2026年3月"),
        ("[$-F800]dddd, mmmm dd, yyyy", "2026年3月5日"), ("[$-F400]h:mm:ss AM/PM", "14:05:09"),
        ("h:mm", "14:05"), ("mm:ss", "05:09"), ("h:mm AM/PM", "2:05 PM"), ("ss.00", "09.00"),
        ('上午/下午h"时"mm"分"', "下午2时05分"), ("yyyy/m/d h:mm", "2026/3/5 14:05"), ("0.00", ""),
    ],
)  # fmt: skip
def test_days_and_hours(code: str, shown: str):
    """A format of numbers shows no day."""
    assert show_moment(DAY, code) == shown


def test_days_alone_hours_alone_and_how_long_something_took():
    """Whatever the reader of workbooks makes of a cell."""
    assert show_moment(DAY.date(), 'm"月"d"日" h:mm') == "3月5日 0:00"
    assert show_moment(dt.time(9, 30), "hh:mm") == "09:30"
    assert show_moment(dt.timedelta(hours=30, minutes=5), "[h]:mm") == "30:05"
    assert show_moment(dt.timedelta(minutes=5), "[mm]:ss") == "05:00"
    assert not show_moment(dt.timedelta(days=3_000_000), "[h]")
    assert not show_moment(dt.timedelta(days=-1), "[h]")


@pytest.mark.parametrize(
    ("number", "code", "since_1904", "moment"),
    [
        (46086, BUILT_IN[31], False, dt.datetime(2026, 3, 5)),
        (46086, 'm"月"d"日"', True, dt.datetime(2030, 3, 6)), (0.5, "h:mm", False, dt.time(12)),
        (46086, "0.00", False, None), (46086, "", False, None), (3e9, "yyyy", False, None),
        (-1, "yyyy", False, None), (2958400, "yyyy", True, None),
    ],
)  # fmt: skip
def test_numbers_that_mean_days(number: float, code: str, since_1904: bool, moment: object):
    """Under formats that Excel in China names by number alone."""
    assert as_moment(number, code, since_1904) == moment


def test_texts():
    """A format may put words around them."""
    assert show_text("3", '"第"@"号"') == "第3号"
    assert show_text("甲", '0;-0;0;@"户"') == "甲户"
    assert show_text("甲", "0.00") == ""


@pytest.mark.parametrize(("code", "does"), [("General", False), ("@", False), ("0", True)])
def test_formats_that_show_a_cell_as_it_is(code: str, does: bool):
    """They need not be kept."""
    assert says_something(code) == does


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e300])
def test_what_cannot_be_shown_is_not(number: float):
    """The value is told alone."""
    assert not show_number(number, "0.00")
