"""What may become of a piece."""

import datetime as dt

import pytest

from minzheng.county.registry.retention import Keeping, Retention
from minzheng.persons.fates import Calendar, decide
from minzheng.persons.holdings import Fate, Holding, Kind

ROWS = (
    Keeping("DB", "材料", 10, "终止", ""),
    Keeping("LS", "材料", 10, "形成", ""),
    Keeping("ET", "材料", 10, "成年", ""),
    Keeping("ZZ", "材料", None, "形成", ""),
)
CALENDAR = Calendar(
    Retention(ROWS), dt.date(2026, 11, 28), 18,
    ended={"DB-1": 2015, "DB-2": 2016, "DB-9": 2026}, newest={"LS-1": 2015},
)  # fmt: skip


@pytest.mark.parametrize(
    ("dossier", "case_no", "year", "others", "born", "fate", "said"),
    [
        ("DB", "DB-1", "2010", False, None, Fate.ERASE, "2026-01-01"),
        ("DB", "DB-2", "2010", False, None, Fate.STOP, "2027-01-01"),
        ("DB", "DB-3", "2001", False, None, Fate.STOP, "没有终止的材料"),
        ("DB", "", "2001", False, None, Fate.STOP, "没有终止的材料"),
        ("DB", "DB-1", "2010", True, None, Fate.BLANK, "还写有别人"),
        ("LS", "", "2015", False, None, Fate.ERASE, "2026-01-01"),
        ("LS", "LS-1", "2001", False, None, Fate.ERASE, "2026-01-01"),
        ("LS", "", "", False, None, Fate.STOP, "不知道年度"),
        ("ET", "", "2005", False, dt.date(1997, 5, 1), Fate.ERASE, "2026-01-01"),
        ("ET", "", "2005", False, dt.date(2005, 5, 1), Fate.STOP, "2034-01-01"),
        ("ET", "", "2005", False, None, Fate.STOP, "不知道出生日期"),
        ("ZZ", "", "1950", False, None, Fate.STOP, "永久保管"),
        ("", "", "1950", False, None, Fate.STOP, "期限不明"),
    ],
)
def test_time_and_others_decide(  # noqa: PLR0917 # one column a word
    dossier, case_no, year, others, born, fate, said
):
    """Due is erased, not due is only stored, what names others stays without the person."""
    one = Holding(
        Kind.PAPER, 1, "题名", "", dossier=dossier, case_no=case_no, year=year,
        names_others=others,
    )  # fmt: skip
    decided = decide(one, CALENDAR, born)
    assert decided.fate is fate
    assert said in decided.why
