"""Dates and amounts written another way; what is no such value is refused."""

import pytest
from markupsafe import Markup

from filler.errors import RenderError
from filler.word.compiled_template import CompiledTemplate
from filler.word.hidden_values import mark_value
from filler.word.tags.value_filters import FILTERS, apply_filter, find_wrong_filter
from tests.filler.word_files import saved, with_lines


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("年月日", "2018年5月7日", "2018年5月7日"),
        ("年月日", "2018年5月", "2018年5月"),
        ("年月", "2018年5月7日", "2018年5月"),
        ("大写日期", "2018年12月20日", "二〇一八年十二月二十日"),
        ("大写日期", "2018年5月", "二〇一八年五月"),
        ("iso", "2018年5月7日", "2018-05-07"),
        ("iso", "2018年5月", "2018-05"),
        ("点分日期", "2018年5月7日", "2018.05.07"),
        ("点分日期", "2018年5月", "2018.05"),
        ("紧凑日期", "2018年5月7日", "20180507"),
        ("紧凑日期", "2018年5月", "201805"),
        ("千分位", "1234567.80", "1,234,567.80"),
        ("千分位", "12", "12.00"),
        ("元", "0.50", "0.50元"),
        ("大写金额", "1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("大写金额", "0.00", "零元整"),
    ],
)
def test_a_value_is_written_anew(name, text, written):
    """A month stays a month: nobody said which day."""
    assert apply_filter(name, Markup(text)) == written
    assert isinstance(apply_filter(name, Markup(text)), Markup)


@pytest.mark.parametrize("name", FILTERS)
def test_what_is_blank_stays_blank_and_a_trial_value_stands(name):
    """A form without the date prints none."""
    assert apply_filter(name, "") == ""
    assert apply_filter(name, mark_value("day")) == mark_value("day")


@pytest.mark.parametrize(
    ("name", "text"),
    [("iso", "测试甲"), ("iso", "2018年13月1日"), ("元", "3652,50"), ("大写金额", "-5.00")],
)
def test_what_is_no_such_value_is_refused_with_the_filter(name, text):
    """Not printed as it stands: a document with half a date is worse than none."""
    data = saved(with_lines("{{ x|" + name + " }}"))
    with pytest.raises(RenderError, match=rf"“{text}”不是.*“\|{name}”"):
        CompiledTemplate(data, "x").render({"x": text})


def test_a_value_that_comes_out_otherwise_is_not_called_lost():
    """But one that comes out nowhere is."""
    compiled = CompiledTemplate(
        saved(with_lines("{{ x|iso }}{% if y %}{{ y|元 }}{% endif %}")), "x"
    )
    assert compiled.render({"x": "2018年5月7日", "y": "1.00"})
    hidden = CompiledTemplate(saved(with_lines("{% if on %}{{ x|iso }}{% endif %}")), "x")
    with pytest.raises(RenderError, match="没有印出：x"):
        hidden.render({"x": "2018年5月7日", "on": ""})


@pytest.mark.parametrize(
    ("name", "type_", "instead"),
    [
        ("iso", "date", ""), ("iso", "month", ""), ("元", "money", ""), ("千分位", "int", ""),
        ("iso", "money", "日期"), ("元", "text", "金额、数"), ("元", "", ""),
        ("_runs0", "text", ""),
    ],
)  # fmt: skip
def test_a_filter_is_for_some_types(name, type_, instead):
    """Of which the type is not known, any may be."""
    assert find_wrong_filter(name, type_) == instead
