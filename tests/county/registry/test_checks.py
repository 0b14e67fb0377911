"""registry/checks.toml, and what is wrong with another."""

import datetime as dt
import re
import shutil

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.county.registry.checks import SEVERITIES, load_checks, tell_brought_checks
from minzheng.county.registry.laws import load_laws

ONE = """
[[check]]
no = "C1"
id = "x"
name = "名"
severity = "红"
how = "对照"
do = "办"
form = "COM-09"
forms = { TK = "TK-06" }
laws = ["zanxing"]
limits = { days = 3 }
pairs = [["DB", "TK"]]
"""


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(REGISTRY_FOLDER, tmp_path / "registry")
    return tmp_path / "registry"


def problems(folder, text: str) -> list[str]:
    (folder / "checks.toml").write_text(text, "utf-8")
    try:
        load_checks(folder)
    except RegistryError as error:
        return [str(one) for one in error.problems]
    return []


def test_the_shipped_table_is_whole():
    """Each with its severity, its forms by dossier, its laws of a day."""
    checks, laws = load_checks(), load_laws()
    assert {one.severity for one in checks.all} == set(SEVERITIES)
    dead = checks.of("paid_after_death")
    assert (dead.form_for("TK"), dead.form_for("DB")) == ("TK-06", "COM-09")
    before, after = (dead.laws_on(dt.date(year, 1, 1), laws) for year in (2018, 2022))
    assert any("审核审批办法" in one for one in before)
    assert not any("审核审批办法" in one for one in after) and after
    differ, day = checks.of("amounts_differ"), dt.date(2022, 1, 1)
    both, one = (differ.laws_on(day, laws, schemes) for schemes in ((), {"低保"}))
    assert any("特困" in law for law in both) and not any("特困" in law for law in one)
    assert differ.laws_on(day, laws, {"高龄补贴"}) == both
    assert checks.named("none") is None
    with pytest.raises(KeyError):
        checks.of("none")


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("", "", 0),
        ('severity = "红"', 'severity = "绿"', 1),
        ('name = "名"', "name = 3", 1),
        ('laws = ["zanxing"]', 'laws = ["nolaw"]', 1),
        ("limits = { days = 3 }", "limits = { days = -3 }", 1),
        ("limits = { days = 3 }", 'limits = { days = "3" }', 1),
        ('forms = { TK = "TK-06" }', "forms = { TK = 6 }", 1),
        ('pairs = [["DB", "TK"]]', 'pairs = [["DB"]]', 1),
        ('how = "对照"', 'how = "对照"\nwhat = "x"', 1),
        (ONE, ONE + ONE, 2),
        (ONE, "", 1),
        (ONE, "[[check]\n", 1),
        ("\n[[check]]", 'left_out = "held_twice"\n[[check]]', 1),
        ("\n[[check]]", "left = []\n[[check]]", 1),
    ],
)
def test_every_mistake_is_told(folder, old, new, count):
    """All at once, and nothing of a right one."""
    assert len(problems(folder, ONE.replace(old, new) if old else ONE)) == count


def brought(folder, text: str):
    """The checks of a county whose own table this is, with what the program has."""
    (folder / "checks.toml").write_text(text, "utf-8")
    return load_checks(folder, REGISTRY_FOLDER)


def test_checks_newer_than_the_countys_table_go_along(folder):
    """Behind its own, and are said; nothing of its own is changed."""
    whole = (REGISTRY_FOLDER / "checks.toml").read_text("utf-8")
    parts = whole.replace('name = "重复享受"', 'name = "两头享受"').split("[[check]]")
    older = "[[check]]".join(one for one in parts if 'id = "paid_after_death"' not in one)
    checks = brought(folder, older)
    assert checks.of("paid_after_death").form_for("TK") == "TK-06"
    assert checks.of("held_twice").name == "两头享受"
    assert checks.brought == ("死亡后仍在发放",)
    assert "1 项核对（死亡后仍在发放）" in tell_brought_checks(checks)[0]
    unwanted = brought(folder, 'left_out = ["paid_after_death"]\n' + older)
    assert unwanted.named("paid_after_death") is None
    assert tell_brought_checks(unwanted) == []


def test_a_limit_newer_than_the_countys_table_is_as_the_program_has_it(folder):
    """Without it every notice would be a doubt on its first day; what is written holds."""
    whole = (REGISTRY_FOLDER / "checks.toml").read_text("utf-8")
    older = re.sub("(?m)^(limits = { days|pairs).*$", "", whole)
    own = older.replace("least_characters = 30", "least_characters = 50")
    checks = brought(folder, own.replace("alike = 90, ", ""))
    assert checks.of("notices_without_seal").limits == {"days": 30}
    assert checks.of("meetings_irregular").limits == {"alike": 90, "least_characters": 50}
    assert ("DB", "TK") in checks.of("held_twice").pairs
    none = brought(folder, older.replace('id = "held_twice"', 'id = "held_twice"\npairs = []'))
    assert none.of("held_twice").pairs == ()


def test_a_table_as_new_as_the_program_is_left_alone(folder):
    """Nothing is there twice."""
    checks = load_checks(folder, REGISTRY_FOLDER)
    assert checks == load_checks(REGISTRY_FOLDER)


def test_wrong_laws_are_told_of_themselves(folder):
    """Not again here."""
    (folder / "laws.toml").write_text("[[law]]\n", "utf-8")
    assert problems(folder, ONE) == []
