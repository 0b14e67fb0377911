"""The small county, laid once: its scans are kept as if they had been read."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from filler.models import Issued
from minzheng.cli.county_demo.lay_county import LaidCounty, lay_county
from minzheng.cli.county_demo.plan import SMALL
from minzheng.cli.county_demo.scans import Wanted
from tests.registers.records import scan
from tests.shipped_forms import shipped_forms

#: A month that is over, so that a page can be asked for its end.
TODAY = dt.date(2026, 10, 31)
MONTH = "2026-10"


def keep_as_read(wanted: Sequence[Wanted]) -> None:
    """What the reader would keep: number, form, place, year, the words of the seals."""
    papers = Issued.objects.in_bulk([one.number for one in wanted])
    for one in wanted:
        paper, place = papers[one.number], one.village
        words = [ring for _, ring in one.seals]
        where = {"town": place.town, "village": place.name, "year": paper.case_no.split("-")[2]}
        scan(paper.case_no, paper.form_id, words, **where)


def lay_small(folder: Path) -> LaidCounty:
    """Every paper of the small county, through the product's own path."""
    return lay_county(
        shipped_forms(), folder, SMALL, scan=keep_as_read, today=TODAY, told=lambda line: None
    )
