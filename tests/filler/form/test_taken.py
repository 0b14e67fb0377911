"""What was taken over, each with its document."""

import datetime as dt

from filler.form.taken import GatheredRow, GivingPaper, TakenOver

FIRST, SECOND = GivingPaper("DB-01", 1, dt.date(2018, 5, 7)), GivingPaper("DB-02", 2)


def test_a_document_is_named_with_its_day():
    """When it is known."""
    assert (str(FIRST), str(SECOND)) == ("DB-01 2018-05-07", "DB-02")


def test_every_document_that_gave_something_is_named_once():
    """Fields first, then rows."""
    rows = (GatheredRow({"name": "甲"}, SECOND), GatheredRow({"name": "乙"}, FIRST))
    taken = TakenOver({"name": ("甲", FIRST), "town": ("乙", FIRST)}, "rows", ("name",), rows)
    assert taken.sources == (FIRST, SECOND)
    assert TakenOver().sources == ()
