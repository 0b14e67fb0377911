"""Whether a text is about a person."""

import datetime as dt

import pytest

from minzheng.persons.whom import Identity, Whom, read_whom
from tests.persons.conftest import ID, NAME, OTHER_ID, WHOM

TODAY = dt.date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"{NAME} {ID}", Identity.SURE),
        ("户主 110105-19491231-002X", Identity.SURE),
        (f"{ID}13991500001", Identity.SURE),
        (f"户主 {NAME}", Identity.NAMED),
        ("户主 测 试 李 明", Identity.NAMED),
        (f"{NAME} {OTHER_ID}", Identity.OTHER),
        (f"{NAME} {OTHER_ID}\n" + "三组 " * 40 + NAME, Identity.NAMED),
        ("测试王五", Identity.NONE),
        ("", Identity.NONE),
    ],
)
def test_the_number_tells_people_of_one_name_apart(text, who):
    """A name alone may be anybody's of that name."""
    assert WHOM.stands_in(text) is who


def test_a_key_tells_nobody_who_it_is():
    """The same for the same person, however the number is written; another for another."""
    assert WHOM.key == Whom(NAME, ID).key
    assert WHOM.key != Whom(NAME, OTHER_ID).key
    assert NAME not in WHOM.key
    assert WHOM.born == dt.date(1949, 12, 31)


@pytest.mark.parametrize(
    ("name", "id_no", "fields"),
    [
        (NAME, "110105-19491231-002x", ()),
        ("李", ID, ("name",)),
        (NAME, "12", ("id_no",)),
        (NAME, f"{ID[:17]}1", ("id_no",)),
        ("", "", ("name", "id_no")),
    ],
)
def test_name_and_number_are_both_asked(name, id_no, fields):
    """Every mistake at once."""
    read = read_whom(name, id_no, TODAY)
    if not fields:
        assert read == Whom(NAME, ID)
    else:
        assert tuple(one.field for one in read) == fields
