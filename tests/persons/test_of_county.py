"""Whose rows they are, where one installation serves several counties."""

import pytest

from filler.models import Issued
from minzheng.accounts.models import Person
from minzheng.persons.of_county import accounts_of, is_written_in, written_in
from tests.persons.conftest import OTHER, OWN, place_in


@pytest.fixture(autouse=True)
def accounts(db) -> None:
    for name, town in (("own", OWN), ("village", f"{OWN}钟宝镇"), ("other", OTHER), ("all", "·")):
        Person.objects.create_user(name, town=town)


def test_the_accounts_of_a_county():
    """Of each level; those above are of none."""
    assert set(accounts_of(OWN).values_list("username", flat=True)) == {"own", "village"}
    assert accounts_of("").count() == 4


@pytest.mark.parametrize(
    ("town", "by", "is_own"),
    [
        (f"{OWN}钟宝镇", "all", True), (f"{OTHER}钟宝镇", "own", False),
        ("", "own", True), ("", "other", False), ("", "all", False), ("", "nobody", False),
    ],
)  # fmt: skip
def test_what_names_no_town_is_of_the_county_of_its_writer(keep, town, by, is_own):
    """One that does is of that town's, whoever wrote it; all is of the whole."""
    assert is_written_in(OWN, town, by) is is_own
    assert is_written_in("", town, by)
    issued = keep(**(place_in(OWN) | {"town": town}))
    Issued.objects.filter(pk=issued.pk).update(issued_by=by)
    assert Issued.objects.filter(written_in(OWN)).exists() is is_own
    assert Issued.objects.filter(written_in("")).exists()
