"""Where each answer of a roster stands."""

import pytest

from filler.roster.roster import CellPlace, Record, Roster, TableLayout, column_letters

RECORD = Record(
    "名单", 5, {}, member_rows={"members": (CellPlace("成员", 8), CellPlace("成员", 9))}
)
ROSTER = Roster(
    (RECORD,),
    {"名单": TableLayout("名单", 1, {"name": 2, "phone": 28})},
    {"members": TableLayout("成员", 1, {"m_name": 3})},
)


@pytest.mark.parametrize(
    ("address", "sheet", "shown"),
    [
        ("name", "名单", "B5"),
        ("phone", "名单", "AB5"),
        ("unknown", "名单", "第 5 行"),
        ("", "名单", "第 5 行"),
        ("members", "名单", "第 5 行"),
        ("members[0].m_name", "成员", "C8"),
        ("members[1].m_name", "成员", "C9"),
        ("members[1].m_id", "成员", "第 9 行"),
        ("members[2].m_name", "名单", "第 5 行"),
    ],
)
def test_a_problem_stands_at_its_cell_or_at_its_row(address, sheet, shown):
    """In a second sheet where the row came from there."""
    place = ROSTER.place_of(RECORD, address)
    assert (place.sheet, str(place)) == (sheet, shown)


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")]
)
def test_a_column_is_called_as_in_a_spreadsheet(number, letters):
    """There is no nought among the letters."""
    assert column_letters(number) == letters
