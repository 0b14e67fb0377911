"""How long something is made public: by the kind of notice and the day."""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache

from minzheng.county.registry.terms import DAYS, KIND, WORKING_DAYS, Term, Terms
from minzheng.county.registry.working_days import Calendar

#: Kinds of notices: before a decision; what a village publishes of its affairs.
REVIEW, VILLAGE = "审核公示", "村务公开"
TERM = "公示天数"
_NO_TERMS = Terms(())


@dataclass(frozen=True, slots=True)
class Publicity:
    """The terms of the registry; for notices before a decision the settings may say otherwise."""

    days: int  #: of a notice before a decision; 0: as the registry says
    counting: str  #: `natural` or `working`, of the same
    calendar: Calendar
    terms: Terms = field(default=_NO_TERMS)

    def last_day(self, start: dt.date, kind: str = REVIEW) -> dt.date | None:
        """The last day of a publicity that begins on a day; that day is not counted."""
        term = self._term(start, kind)
        return term.after(start, self.calendar) if term else None

    def told(self, start: dt.date | None, kind: str = REVIEW) -> str:
        """How long, in words; empty where no term holds."""
        term = self._term(start, kind) if start else None
        if term is None:
            return ""
        return f"{term.value} {'个' if term.unit == WORKING_DAYS else ''}{term.unit}"

    def _term(self, start: dt.date, kind: str) -> Term | None:
        found = self.terms.find(f"{TERM}{KIND}{kind}", start)
        if kind != REVIEW:
            return found
        value = self.days or (found.value if found else 0)
        unit = WORKING_DAYS if self.counting == "working" else DAYS
        return _term_of(kind, value, unit) if value else None


@lru_cache(maxsize=64)  # an office has one or two
def _term_of(kind: str, value: int, unit: str) -> Term:
    return Term(kind, value, unit, dt.date.min, dt.date.max)
