"""The other dossiers: a case of each, in some villages; a cabinet in every village."""

import datetime as dt
from typing import Any

from minzheng.cli.county_demo.desk import IssuingDesk
from minzheng.cli.county_demo.moved import Moved, quiet_day
from minzheng.cli.county_demo.people import InventedPeople
from minzheng.county.registry.places import Village

#: So long ago that what follows an application is due.
_DAYS_AGO = 90
_YEAR = 365
#: The first paper of a case of each dossier that has no notice of its own in every village.
OTHERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("LS-01", {"residence_kind": "急难发生地"}),
    ("YL-01", {}),
    ("YF-01", {}),
    ("ET-01", {}),
    ("LR-01", {}),
    ("JZ-01", {}),
    ("BZ-01", {}),
    ("ZZ-01", {}),
)


def lay_cabinet(
    desk: IssuingDesk, people: InventedPeople, village: Village, today: dt.date
) -> None:
    """The village's cabinet with its keeper."""
    tell = Moved(village, people, today - dt.timedelta(days=_YEAR))
    desk.issue("ZH-01", tell.answers("ZH-01"))


def lay_others(desk: IssuingDesk, people: InventedPeople, village: Village, today: dt.date) -> None:
    """A case of each of the other dossiers."""
    day = quiet_day(today - dt.timedelta(days=_DAYS_AGO), desk.catalogue.county.calendar)
    for form_id, other in OTHERS:
        # Each with people of its own: nobody dies who is helped elsewhere.
        tell = Moved(village, people, day)
        desk.issue(form_id, tell.answers(form_id, **other))
