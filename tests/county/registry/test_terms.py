"""Terms of regulations: by name and day, from registry/terms.toml."""

import datetime as dt

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.terms import load_terms
from tests.county.tables import written

TERMS = load_terms()


@pytest.mark.parametrize(("day", "days"), [("2021-06-30", 10), ("2021-07-01", 3)])
def test_a_term_follows_the_day(day, days):
    """A survey begins within ten working days, since July 2021 within three."""
    assert TERMS.on("入户调查开始", dt.date.fromisoformat(day)) == days


def test_an_unknown_term_is_none():
    """Nothing is guessed, before a term holds neither."""
    assert TERMS.on("没有的期限", dt.date(2018, 5, 7)) is None
    assert TERMS.on("退役士兵年龄", dt.date(2000, 1, 1)) is None
    assert TERMS.knows("老人探访")
    assert not TERMS.knows("没有的期限")


def test_every_term_says_where_it_comes_from():
    """And those nobody has confirmed are marked."""
    assert all(term.source and term.mark in ("", "示例") for term in TERMS.all)


def test_every_mistake_is_named(tmp_path):
    """Wrong numbers and days, all at once; then two entries for one day."""
    file = tmp_path / "terms.toml"
    entry = '[[term]]\nname = "甲"\nunit = "天"\nsource = "文件"\n'
    file.write_text(f'{entry}value = "三"\nfrom = 2018\n{entry}value = -1\nfrom = 2018-01-01\n')
    with pytest.raises(RegistryError) as wrong:
        load_terms(tmp_path)
    assert [problem.field for problem in wrong.value.problems] == ["value", "from", "value"]
    file.write_text(f"{entry}value = 3\nfrom = 2018-01-01\n{entry}value = 5\nfrom = 2019-01-01\n")
    with pytest.raises(RegistryError, match="重叠"):
        load_terms(tmp_path)


D = dt.date


DATED = 'from = 2018-01-01\nto = 2018-12-31\nsource = "文件"\n'


@pytest.mark.parametrize(
    ("day", "is_held"),
    [("2017-12-31", False), ("2018-01-01", True), ("2018-12-31", True), ("2019-01-01", False)],
)
def test_a_term_holds_from_its_first_to_its_last_day(tmp_path, day, is_held):
    """Neither before nor after."""
    text = f'[[term]]\nname = "甲"\nvalue = 3\nunit = "天"\n{DATED}'
    terms = load_terms(written(tmp_path, "terms.toml", text))
    assert terms.on("甲", D.fromisoformat(day)) == (3 if is_held else None)


def test_a_kind_of_term_is_known_by_its_beginning(tmp_path):
    """But not by half a name."""
    days = 'from = 2018-01-01\nsource = "文件"\n'
    text = f'[[term]]\nname = "探访·高"\nvalue = 7\nunit = "天"\n{days}'
    terms = load_terms(written(tmp_path, "terms.toml", text))
    assert terms.knows("探访")
    assert terms.knows("探访·高")
    assert not terms.knows("探")


@pytest.mark.parametrize(
    ("name", "unit", "is_period"),
    [
        ("甲", "天", True), ("甲", "工作日", True), ("甲", "月", True), ("甲", "周岁", False),
        ("乙", "天", False),
    ],
)  # fmt: skip
def test_a_period_is_so_many_days_or_months(tmp_path, name, unit, is_period):
    """An age or an amount is none, nor is what nobody has named."""
    text = f'[[term]]\nname = "甲"\nvalue = 3\nunit = "{unit}"\n{DATED}'
    assert load_terms(written(tmp_path, "terms.toml", text)).is_period(name) == is_period


def test_of_a_term_with_kinds_each_must_be_a_period(tmp_path):
    """One that is no period makes the whole none."""
    entries = "".join(
        f'[[term]]\nname = "甲·{kind}"\nvalue = 3\nunit = "{unit}"\n{DATED}'
        for kind, unit in (("一", "天"), ("二", "元"))
    )
    terms = load_terms(written(tmp_path, "terms.toml", entries))
    assert terms.is_period("甲·一")
    assert not terms.is_period("甲")
