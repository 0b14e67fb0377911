"""Tables that one county among several has of its own."""

import datetime as dt
import shutil
from decimal import Decimal

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.county import bureau_of, read_county
from minzheng.county.errors import RegistryError
from minzheng.county.registry.own_tables import find_own_problems
from minzheng.county.registry.registry_files import find_registry_problems
from tests.county.registry.several_counties import several_counties

STANDARD = """
[[standard]]
scheme = "低保"
hukou_type = "农村"
month_amount = "999.00"
from = 2018-01-01
source = "测试"
mark = "示例"
"""
_DAY = dt.date(2022, 1, 1)


@pytest.fixture
def registry(tmp_path):
    """The tables of the product over three counties."""
    folder = tmp_path / "registry"
    shutil.copytree(REGISTRY_FOLDER, folder)
    return several_counties(folder)


def own(registry, county: str, name: str, text: str) -> None:
    folder = registry / "counties" / county
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def amount(county) -> Decimal:
    return county.standards.on("低保", "农村", _DAY).month_amount


def test_a_county_s_own_amounts_hold_there_alone(registry):
    """What it has no table for is as for all."""
    own(registry, "平利县", "standards.toml", STANDARD)
    county = read_county(registry)
    assert amount(county.of("平利县·")) == Decimal("999.00")
    assert amount(county.of("平利县·城关镇")) == Decimal("999.00")
    assert amount(county.of("镇坪县·")) == amount(county) != Decimal("999.00")
    assert county.of("平利县·").limits == county.limits


def test_a_county_knows_its_own_places_alone(registry):
    """And is remembered; of all, and of an office of one county, it is the whole."""
    county = read_county(registry)
    one = county.of("平利县·")
    assert one is county.of("平利县·城关镇")
    assert {town.name for town in one.places.towns} == {"平利县·城关镇", "平利县·兴隆镇"}
    assert (one.name, bureau_of(one, "安康市民政局")) == ("平利县", "平利县民政局")
    assert county.of("·") is county
    assert county.of("") is county
    assert (county.name, bureau_of(county, "安康市民政局")) == ("", "安康市民政局")
    whole = read_county()
    assert whole.of("平利县·") is whole


@pytest.mark.parametrize(
    ("county", "name", "text", "says"),
    [
        ("平和县", "standards.toml", STANDARD, "没有这个县"),
        ("平利县", "laws.toml", "", "各县不能单独有这张表"),
        ("平利县", "standards.toml", "[[standard]]\nscheme = 1", "counties/平利县"),
        ("平利县", "desks.toml", "不是表", "counties/平利县"),
    ],
)
def test_a_wrong_table_of_a_county_is_told(registry, county, name, text, says):
    """At the start, with its place."""
    own(registry, county, name, text)
    with pytest.raises(RegistryError) as told:
        read_county(registry)
    assert says in str(told.value)
    assert find_own_problems(registry)


def test_mistakes_of_a_county_are_told_with_all_others(registry):
    """Where an upgrade, the doctor and the watcher ask whether all is right, too."""
    own(registry, "平利县", "laws.toml", "")
    assert [one.where for one in find_registry_problems(registry)] == ["counties/平利县/laws.toml"]
    (registry / "desks.toml").write_text("不是表", encoding="utf-8")
    with pytest.raises(RegistryError) as told:
        read_county(registry)
    assert "counties/平利县/laws.toml" in str(told.value)
    assert "desks.toml" in str(told.value)


def test_a_registry_without_such_tables_has_no_problem(registry):
    """Nor has what an editor leaves beside them."""
    assert find_own_problems(registry) == []
    own(registry, "平利县", ".~standards.toml", "x")
    assert find_own_problems(registry) == []
