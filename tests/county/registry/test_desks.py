"""Who writes which opinion, and by when: registry/desks.toml."""

import datetime as dt

import pytest

from minzheng.county.county import read_county
from minzheng.county.errors import RegistryError
from minzheng.county.registry.desks import load_desks

COUNTY = read_county()
DESKS = COUNTY.desks


def test_a_role_writes_its_own_opinion_and_those_below():
    """The county's is written by the county only."""
    assert DESKS.levels_of("村级专管员") == {"v"}
    assert DESKS.levels_of("镇级经办") == {"v", "t"}
    assert "c" in DESKS.levels_of("县级经办")
    assert DESKS.levels_of("检查人员") == frozenset()
    assert DESKS.levels_at("镇级经办") == {"t"}
    assert DESKS.name_of("c") == "县民政局"
    assert DESKS.name_of("x") == "x"


@pytest.mark.parametrize(
    ("level", "dossier", "since", "due"),
    [
        ("c", "DB", dt.date(2018, 5, 7), dt.date(2018, 5, 14)),
        ("c", "DB", dt.date(2026, 11, 2), dt.date(2026, 11, 16)),
        ("c", "XX", dt.date(2018, 5, 7), dt.date(2018, 5, 21)),
        ("t", "DB", dt.date(1990, 1, 1), None), ("x", "DB", dt.date(2018, 5, 7), None),
    ],
)  # fmt: skip
def test_a_case_leaves_a_desk_within_the_term_of_its_day(level, dossier, since, due):
    """By dossier, else the general term; working days are counted."""
    assert DESKS.due(level, dossier, since, COUNTY.terms, COUNTY.calendar) == due


def test_every_mistake_is_named(tmp_path):
    """At once."""
    (tmp_path / "desks.toml").write_text(
        '[[desk]]\nlevel = "v"\nname = "村"\nat = "甲"\nterm = "乙"\nroles = "丙"\n'
        '[[desk]]\nlevel = "v"\nat = "甲"\nterm = "乙"\nroles = ["丙"]\n'
    )
    with pytest.raises(RegistryError) as wrong:
        load_desks(tmp_path)
    assert [one.field for one in wrong.value.problems] == ["roles", "name", "level"]
    (tmp_path / "desks.toml").write_text("")
    with pytest.raises(RegistryError):
        load_desks(tmp_path)
