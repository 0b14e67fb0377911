"""Terms of regulations: by name and day, from registry/terms.toml."""

import datetime as dt

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.terms import load_terms

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
