"""An older table of the county goes on with what the program brings beside it."""

import re

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.registers.brought_along import tell_brought
from minzheng.registers.register_file import load_registers
from minzheng.registers.register_shape import FILE

_TABLE = (REGISTRY_FOLDER / FILE).read_text(encoding="utf-8")


@pytest.fixture
def county_with(catalogue, tmp_path):
    """The registers of a county whose own table this is."""

    def run(text: str):
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        return load_registers(tmp_path, catalogue.by_id, catalogue.county.terms, REGISTRY_FOLDER)

    return run


def older(*lacking: str) -> str:
    """The table as it was before these registers were thought of."""
    parts = re.split(r"(?m)^(?=\[\[)", _TABLE)
    gone = [f'id = "{name}"' for name in lacking] + [f'register = "{name}"\n' for name in lacking]
    return "".join(
        one for one in parts if not any(line in one.partition("from =")[0] for line in gone)
    )


def test_a_new_register_goes_along_and_is_said(county_with):
    """The county's own stay as it wrote them."""
    own = older("loans").replace('title = "入户走访"', 'title = "本县走访"')
    registers = county_with(own)
    assert registers.named("loans")
    assert registers.named("visits").title == "本县走访"
    assert registers.brought == ("借阅",)
    assert "1 本登记簿（借阅）" in tell_brought(registers)[0]


def test_what_registers_give_goes_along_too(county_with):
    """A table that gives nothing gives what the program does."""
    parts = re.split(r"(?m)^(?=\[\[)", _TABLE)
    registers = county_with("".join(one for one in parts if not one.startswith("[[give]]")))
    assert registers.gives_of("problems")
    assert (registers.brought, tell_brought(registers)) == ((), [])


def test_what_the_county_does_not_want_stays_away(county_with):
    """It says so once, and is not told again."""
    registers = county_with('left_out = ["loans"]\n' + older("loans"))
    assert (registers.named("loans"), tell_brought(registers)) == (None, [])


def test_a_table_as_new_as_the_program_is_left_alone(county_with):
    """Nothing is there twice."""
    registers = county_with(_TABLE)
    ids = [one.id for one in registers.all]
    assert (len(ids), registers.brought) == (len(set(ids)), ())


def test_a_register_that_does_not_fit_is_said_and_left_out(county_with):
    """It rests on a column that the county's own register has under another name."""
    own = older("levels", "running")
    broken = re.sub(r'(?s)id = "notices".*?(?=\n\[\[register)', 'id = "notices"' + _NOTICES, own)
    registers = county_with(broken)
    assert registers.named("running")
    assert registers.named("levels") is None
    assert "对不上" in tell_brought(registers)[1]


_NOTICES = """
group = "专栏"
title = "公示"
about = "公示。"
columns = [{ slug = "number", label = "编号" }]
from = [{ form = "GS-01", columns = { number = "@case" } }]
states = [{ name = "有" }]
"""
