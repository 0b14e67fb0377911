"""Standards, laws and wordings by date."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.standards import load_limits, load_standards
from tests.county.tables import written

STANDARDS = load_standards()


def test_a_standard_is_that_of_its_day():
    """The standard changes with the date and the kind of household."""
    early = STANDARDS.on("低保", "农村", dt.date(2018, 5, 7))
    late = STANDARDS.on("低保", "农村", dt.date(2022, 5, 7))
    assert early and late and early.month_amount < late.month_amount
    assert STANDARDS.on("低保", "农村", dt.date(2010, 1, 1)) is None


def test_wrong_entries_are_reported_together(tmp_path: Path):
    """Every mistake in the file is named."""
    text = '[[standard]]\nscheme = "低保"\nhukou_type = ""\nmonth_amount = "x"\nfrom = 3\n'
    (tmp_path / "standards.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        load_standards(tmp_path)
    for part in ("hukou_type 没有填写", "“x”无效", "from 读到的是 3"):
        assert part in str(caught.value)


def test_broken_toml_is_a_problem(tmp_path: Path):
    """A file that is no TOML is reported."""
    (tmp_path / "standards.toml").write_text("= 1", encoding="utf-8")
    with pytest.raises(RegistryError, match="不合 TOML 格式"):
        load_standards(tmp_path)


def test_amounts_are_exact():
    """Standards are decimals, never floats."""
    assert all(isinstance(standard.month_amount, Decimal) for standard in STANDARDS.all)


def test_a_limit_holds_for_its_time(tmp_path):
    """A limit is looked up by name and day."""
    text = '[[limit]]\nname = "限额"\namount = "800.00"\nfrom = 2018-01-01\nto = 2018-12-31\n'
    (tmp_path / "limits.toml").write_text(text, encoding="utf-8")
    limits = load_limits(tmp_path)
    assert limits.on("限额", dt.date(2018, 12, 31)) == Decimal("800.00")
    assert limits.on("限额", dt.date(2019, 1, 1)) is None
    assert limits.on("没有", dt.date(2018, 6, 1)) is None


D = dt.date


DATED = 'from = 2018-01-01\nto = 2018-12-31\nsource = "文件"\n'


@pytest.mark.parametrize(
    ("day", "is_held"),
    [("2017-12-31", False), ("2018-01-01", True), ("2018-12-31", True), ("2019-01-01", False)],
)
def test_amounts_hold_from_their_first_to_their_last_day(tmp_path, day, is_held):
    """For the scheme and the kind of hukou they name."""
    on = D.fromisoformat(day)
    of = 'scheme = "甲"\nhukou_type = "农村"\nmonth_amount = "3"'
    written(tmp_path, "standards.toml", f"[[standard]]\n{of}\n{DATED}")
    written(tmp_path, "limits.toml", f'[[limit]]\nname = "甲"\namount = "3"\n{DATED}')
    standards = load_standards(tmp_path)
    assert (standards.on("甲", "农村", on) is not None) == is_held
    assert load_limits(tmp_path).on("甲", on) == (Decimal(3) if is_held else None)
    assert standards.on("甲", "城镇", on) is standards.on("乙", "农村", on) is None
