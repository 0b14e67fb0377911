"""Which papers a case must have."""

import datetime as dt

import pytest

from minzheng.county.config import PROJECT_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.required_papers import load_required_papers

REQUIRED = load_required_papers()


def test_every_scheme_is_a_dossier_of_ours():
    """And the order of the work begins with the application."""
    schemes = REQUIRED.schemes
    codes = {dossier.code for dossier in load_dossiers().all}
    assert schemes.keys() <= codes
    assert all(scheme.steps[0].name in {"申请", "登记"} for scheme in schemes.values())


def test_every_form_named_is_one_of_ours_or_its_older_number():
    """A mistyped form would be missing for ever."""
    known = {file.stem for file in (PROJECT_FOLDER / "templates").glob("*/*.toml")}
    steps = [step for scheme in REQUIRED.schemes.values() for step in scheme.steps]
    named = frozenset().union(*(step.all_forms for step in steps))
    named |= frozenset().union(*(duty.forms for duty in REQUIRED.yearly))
    assert named - known <= {"GS-02", "GS-05"}


def test_the_vote_was_needed_until_the_new_rules():
    """民发〔2021〕57号 made it an exception."""
    vote = REQUIRED.schemes["DB"].step_of("COM-04")
    assert vote.is_needed_on(dt.date(2018, 5, 7))
    assert not vote.is_needed_on(dt.date(2022, 5, 7))


@pytest.mark.parametrize(
    "text",
    [
        "[[scheme]]",
        '[[scheme]]\ndossier = "DB"\nstep = [{ name = "申请" }]',
        '[[yearly]]\ndossier = "GS"\nname = "公示"\nforms = ["GS-01"]\ntimes = 0',
        '[title_words]\n"申请" = "申请"',
        "x =",
    ],
)
def test_mistakes_are_named(tmp_path, text):
    """The file, the entry, what to write."""
    (tmp_path / "completeness.toml").write_text(text, "utf-8")
    with pytest.raises(RegistryError, match=r"completeness\.toml"):
        load_required_papers(tmp_path)
