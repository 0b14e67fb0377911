"""A figure that nobody confirmed is named, and the foot of the paper says so."""

import dataclasses
import datetime as dt
import tomllib

import pytest

from filler.fill_form import read_form
from filler.form.county_facts import CountyFacts
from filler.values.unconfirmed import FOOT_NOTE, unconfirmed_figures
from filler.word.page_texts import page_texts
from minzheng.county.config import PROJECT_FOLDER
from minzheng.county.registry.standards import Limits, Standards
from tests.shipped_forms import shipped_forms

CATALOGUE = shipped_forms()
TODAY = dt.date(2026, 11, 29)


def catalogue(mark: str):
    """The forms of a county whose every figure bears this mark."""
    county = CATALOGUE.county
    rows = (dataclasses.replace(one, mark=mark) for one in county.standards.all)
    limits = (dataclasses.replace(one, mark=mark) for one in county.limits.all)
    told = dataclasses.replace(
        county, standards=Standards(tuple(rows)), limits=Limits(tuple(limits))
    )
    facts: CountyFacts = dataclasses.replace(CATALOGUE.facts, county=told)
    return dataclasses.replace(CATALOGUE, facts=facts)


def read(form_id: str, mark: str = "示例", **other):
    file = PROJECT_FOLDER / "tests" / "samples" / "answers" / f"{form_id}.toml"
    answers = tomllib.loads(file.read_text("utf-8")) | other
    return read_form(CATALOGUE.form(form_id), answers, today=TODAY, catalogue=catalogue(mark)).scope


def told(scope) -> list[str]:
    return [one.name for one in unconfirmed_figures(scope)]


@pytest.mark.parametrize(
    ("form_id", "name"),
    [
        ("DB-02", "低保·农村"),
        ("GL-01", "高龄补贴·"),
        ("TK-03", "特困"),
        ("CB-01", "残疾人"),
        ("LS-03", "镇级临时救助限额"),
        ("YL-01", "医疗救助比例"),
        ("GS-01", "低保·"),
        ("GL-02", "高龄补贴·"),
    ],
)
def test_a_figure_nobody_confirmed_is_named_and_printed(form_id, name):
    """Alone, in a formula, in a note, in the rows of a table."""
    scope = read(form_id)
    assert any(one.startswith(name) for one in told(scope))
    assert page_texts(scope)["code_line"].endswith(f"　{FOOT_NOTE}")
    confirmed = read(form_id, mark="")
    assert told(confirmed) == []
    assert FOOT_NOTE not in page_texts(confirmed)["code_line"]


def test_each_is_named_once_with_its_amount_and_mark():
    """Ten rows of one band are one figure."""
    scope = read("GL-02")
    assert len(told(scope)) == len({*told(scope)})
    assert str(unconfirmed_figures(read("DB-02"))[0]).endswith("（示例）")


def test_a_form_that_reckons_with_none_says_nothing():
    """An application, minutes; nor what stays without a value."""
    assert told(read("DB-01")) == []
    assert told(read("DB-02", hukou_type="")) == []
