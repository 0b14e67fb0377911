"""Which day of a case comes before which, as the table says."""

from filler.spec.day_order import DayOrder, Rest, read_day_order


def test_the_table_is_read():
    """A table of before has none of it: nothing is held against anything."""
    table = {
        "days": {"begun": ["apply_date"], "happened": ["death_date"], "before": {"X": "…"}},
        "rest": [{"to": "B", "from": "A", "since": "c_date|t_date", "days": ["d"]}],
    }
    read = read_day_order(table)
    assert read.begun == ("apply_date",)
    assert read.before == {"X": "…"}
    assert read.rests == (Rest("B", "A", "c_date|t_date", ("d",)),)
    assert read_day_order({}) == DayOrder()


def test_days_of_rows_count_and_what_happened_does_not(catalogue):
    """The day of a bill or a death is no deed of the office."""
    order = catalogue.taking_over.days
    assert order.days_of(catalogue.form("TK-05")) == ("until", "rows.v_date")
    assert "event_date" not in order.days_of(catalogue.form("CB-06"))
    assert "bills.bl_date" not in order.days_of(catalogue.form("YL-03"))
    assert order.days_of(catalogue.form("YL-03")) == ("survey_date",)
