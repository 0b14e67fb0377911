"""Answers as they are kept, with their places as they were read."""

import datetime as dt
from functools import cache

import pytest

from filler.form.case_history import NoHistory
from filler.values.derive import derive
from filler.values.placed_answers import placed_answers
from filler.values.read_answers import read_answers
from tests.shipped_forms import shipped_forms


@cache
def kept(form_id: str, given: tuple) -> dict:
    catalogue = shipped_forms()
    spec, answers = catalogue.form(form_id), {key: _as_rows(value) for key, value in given}
    data, _ = read_answers(spec, answers)
    scope = derive(spec, data, catalogue.facts, dt.date(2026, 1, 1), NoHistory())
    return placed_answers(scope, answers)


def _as_rows(value):
    return [dict(row) for row in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("town", ["钟宝", "钟宝镇", " 钟宝镇 "])
def test_a_town_is_kept_by_its_whole_name(town):
    """However it was written; what else was answered stays as it was."""
    found = kept("DB-01", (("town", town), ("village", "旧城"), ("name", " 测试甲")))
    assert found == {"town": "钟宝镇", "village": "旧城村", "name": " 测试甲"}


def test_what_is_no_town_stays():
    """It is told of as a mistake elsewhere; nothing is made of it."""
    assert kept("DB-01", (("town", "无此镇"),)) == {"town": "无此镇"}
    assert kept("DB-01", (("name", "测试甲"),)) == {"name": "测试甲"}
