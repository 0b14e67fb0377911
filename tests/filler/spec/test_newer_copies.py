"""An older copies.toml of the county goes on with what the program brings beside it."""

import tomllib

import pytest

from filler.spec.form_catalogue import read_copies
from filler.spec.newer_copies import tell_newer_parts
from minzheng.county.config import REGISTRY_FOLDER
from tests.shipped_forms import shipped_forms

FORMS = shipped_forms().by_id
TEXT = (REGISTRY_FOLDER / "copies.toml").read_text("utf-8")


@pytest.fixture
def county_with(tmp_path):
    """What is read of a county whose own table this is."""

    def run(text: str, *, is_right: bool = False):
        (tmp_path / "copies.toml").write_text(text, "utf-8")
        problems = []
        copies = read_copies(tmp_path, FORMS, problems, is_right=is_right)
        assert problems == []
        return copies

    return run


def without(*parts: str, more: str = "") -> str:
    """The table as it was before these parts were thought of."""
    found, is_kept = [more], True
    for line in TEXT.splitlines():
        if line.startswith("["):
            is_kept = line.strip("[]").split(".")[0] not in parts
        found += [line] if is_kept else []
    text = "\n".join(found)
    assert not set(parts) & tomllib.loads(text).keys()
    return text


def test_the_order_of_days_goes_along_with_an_older_table(county_with):
    """No paper is dated before what it rests on, however old the county's own table is."""
    copies = county_with(without("days", "rest"))
    assert copies.taking_over.days == shipped_forms().taking_over.days
    assert "各日期的先后" in copies.brought.parts
    (told,) = tell_newer_parts(copies.brought)
    assert "2 部分" in told


def test_what_a_start_remembers_as_right_goes_along_as_well(county_with):
    """The quick start reads the same."""
    text = without("days", "rest", "listed")
    assert county_with(text, is_right=True) == county_with(text)


def test_the_countys_own_parts_stay_as_it_wrote_them(county_with):
    """Only what it has none of comes from the program."""
    own = '[days]\nbegun = ["apply_date"]\nhappened = []\n[days.before]\n'
    copies = county_with(without("days") + "\n" + own)
    assert copies.taking_over.days.begun == ("apply_date",)
    assert (copies.brought.parts, tell_newer_parts(copies.brought)) == ((), [])


def test_a_table_as_new_as_the_program_gets_nothing(county_with):
    """And says nothing."""
    assert county_with(TEXT).brought.parts == ()


def test_what_the_county_does_not_want_stays_away(county_with):
    """It says so once, and is not told again."""
    copies = county_with(without("rest", more='left_out = ["rest"]'))
    assert copies.taking_over.days.rests == ()
    assert tell_newer_parts(copies.brought) == []


def test_a_part_that_does_not_fit_the_countys_forms_is_told_and_left_out(tmp_path):
    """A form the county took away is named in it; the other parts go along."""
    (tmp_path / "copies.toml").write_text("", "utf-8")
    own = {form_id: spec for form_id, spec in FORMS.items() if form_id != "COM-06"}
    copies = read_copies(tmp_path, own, [])
    assert copies.taking_over.joins == {}
    assert copies.months.approvals
    assert any("COM-06" in one.what for one in copies.brought.unfit)
    assert "COM-06" in tell_newer_parts(copies.brought)[-1]
