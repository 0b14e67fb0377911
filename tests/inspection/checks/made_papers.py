"""Papers as the checks read them, made in memory."""

import datetime as dt
from typing import Any

from minzheng.county.publicity import Publicity
from minzheng.inspection.checks.asked import Asked
from minzheng.inspection.checks.papers import RECORD, SCAN, TABLE, Looks, Paper
from minzheng.inspection.checks.village_papers import VillagePapers
from tests.inspection.papers import COUNTY

TODAY = dt.date(2018, 12, 3)
PLACE = ("钟宝镇", "旧城村")
A, B, C = "11010519491231002X", "440524188001010014", "610927196503120116"
_counted = [0]
_UNSEEN = Looks()


def asked(name: str, today: dt.date = TODAY) -> Asked:
    """A check of the shipped registry, asked on a day."""
    publicity = Publicity(7, "natural", COUNTY.calendar)
    seals = {"DB-02": ("镇人民政府", "县民政局")}
    return Asked(today, COUNTY, publicity, COUNTY.checks.of(name), seals, {})


def record(
    form_id: str, day: str = "", rows: Any = (), table: str = "rows", **values: str
) -> Paper:
    """A document issued here."""
    return _paper(RECORD, form_id, day, rows, table, values)


def scan(
    form_id: str, day: str = "", rows: Any = (), looks: Looks = _UNSEEN, **values: str
) -> Paper:
    """A file of the archive."""
    return _paper(SCAN, form_id, day, rows, "rows", values, looks)


def _paper(  # noqa: PLR0917  # what a paper is made of
    source: str, form_id: str, day: str, rows: Any, table: str, values: Any, looks: Looks = _UNSEEN
) -> Paper:
    _counted[0] += 1
    given = {"town": PLACE[0], "village": PLACE[1], "case_no": ""} | values
    town, village, case_no = given.pop("town"), given.pop("village"), given.pop("case_no")
    kept = tuple({TABLE: table} | row for row in rows)
    on = dt.date.fromisoformat(day) if day else None
    dossier = (case_no or form_id).partition("-")[0]
    return Paper(
        source, _counted[0], form_id, town, village, dossier, day[:4], case_no, "", on, given,
        kept, looks,
    )  # fmt: skip


def village(*papers: Paper) -> VillagePapers:
    """The papers of 旧城村."""
    return VillagePapers(*PLACE, papers)


def told(doubts: Any) -> list[tuple[str, str]]:
    """About whom each doubt is, and what does not fit."""
    return [(one.about, one.what) for one in doubts]


#: Of a household of one, decided in May for 195 yuan from June on.
DECIDED = {
    "case_no": "DB-103200-2018-0001", "name": "测试甲", "id_no": A, "c_date": "2018年5月7日",
    "c_amount": "195.00", "insured_count": "1", "start_month": "2018年6月",
}  # fmt: skip


def decided(**changed: str) -> Paper:
    """A decision on 低保."""
    return record("DB-02", "2018-05-07", **(DECIDED | changed))


def roster(month: int, amount: str = "195.00", **row: str) -> Paper:
    """A roster of a month with one person on it."""
    one = {"head": "测试甲", "id_no": A, "insured": "1", "month_amount": amount} | row
    return record("DB-03", f"2018-{month:02}-28", [one])
