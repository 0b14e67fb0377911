"""One row of a table changed in the page."""

import tomllib

import pytest

from minzheng.county.registry.shown.registry_cells import grids_of
from minzheng.county.registry.shown.registry_guide import BY_NAME
from minzheng.web.office.row_edits import edit_row, fields_of, may_begin

NAME = "standards.toml"


@pytest.fixture
def edited(registry):
    """Does a deed with a row of the standards; gives what came of it, and the rows before."""
    text = (registry / NAME).read_text(encoding="utf-8")
    (grid,) = grids_of(NAME, text)

    def run(number: int, deed: str, **cells: str):
        row = dict(grid.rows[number - 1]) if number else {}
        typed = row | {("from" if key == "start" else key): cell for key, cell in cells.items()}
        edit = edit_row(BY_NAME[NAME], text, grid, number, typed, deed)
        return edit, tomllib.loads(edit.text)["standard"], tomllib.loads(text)["standard"]

    return run


def test_a_new_amount_from_a_day_ends_the_old_row(edited):
    """The row before holds until the day before; its source stays with it."""
    edit, rows, before = edited(
        3, "since", month_amount="480", start="2026年7月1日", source="镇民发〔2026〕12号", mark=""
    )
    assert edit.problems == ()
    assert edit.checked is not None
    assert len(rows) == len(before) + 1
    assert {**rows[2], "to": None} == {**before[2], "to": None}
    assert [str(rows[2]["to"]), str(rows[3]["from"])] == ["2026-06-30", "2026-07-01"]
    assert rows[3]["month_amount"] == "480.00"
    assert "to" not in rows[3]
    assert "mark" not in rows[3]


@pytest.mark.parametrize("start", ["2021-07-01", "2020-01-01", "", "下半年"])
def test_a_new_amount_begins_after_the_old_one(edited, start):
    """Told at the field."""
    edit, rows, before = edited(3, "since", start=start)
    assert [one.field for one in edit.problems] == ["from"]
    assert rows == before


def test_a_row_is_corrected_added_and_taken_out(edited):
    """Behind the row itself, or at the end."""
    _, rows, before = edited(1, "change", month_amount="296")
    assert (rows[0]["month_amount"], rows[1:]) == ("296.00", before[1:])
    _, rows, before = edited(
        3, "add", scheme="低保", hukou_type="新类", start="2027-01-01", month_amount="1"
    )
    assert (rows[3]["hukou_type"], len(rows)) == ("新类", len(before) + 1)
    _, rows, before = edited(
        0, "add", scheme="新", hukou_type="类", start="2027-01-01", month_amount="1"
    )
    assert rows[-1]["scheme"] == "新"
    _, rows, before = edited(2, "remove")
    assert rows == [*before[:1], *before[2:]]


def test_what_the_check_at_the_start_finds_is_told(edited):
    """A row without its scheme."""
    edit, _, _ = edited(1, "change", scheme="")
    assert any("scheme 没有填写" in one.what for one in edit.problems)


def test_what_cannot_be_changed_here_is_told(registry):
    """A row that is written in one line with others."""
    text = 'standard = [{ scheme = "低保" }]\n'
    (grid,) = grids_of(NAME, text)
    edit = edit_row(BY_NAME[NAME], text, grid, 1, {"scheme": "特困"}, "change")
    assert "特殊" in edit.problems[0].what


def test_fields_carry_their_mistakes(registry):
    """Each its own; long texts get several lines."""
    grids = grids_of("laws.toml", (registry / "laws.toml").read_text(encoding="utf-8"))
    fields = {one.column.key: one for one in fields_of(grids[0], grids[0].rows[0], ())}
    assert fields["forms"].is_long
    assert not fields["from"].is_long
    assert fields["from"].problems == ()
    assert may_begin(grids[0])


def test_rows_without_days_cannot_follow_one_another(registry):
    """Places are not of a day."""
    name = "towns_and_villages.csv"
    (grid,) = grids_of(name, (registry / name).read_text(encoding="utf-8"))
    assert not may_begin(grid)
