"""How long something is made public before it is decided."""

import datetime as dt
from dataclasses import dataclass

from minzheng.county.registry.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Publicity:
    """So many natural or working days, as the settings say."""

    days: int
    counting: str  #: `natural` or `working`
    calendar: Calendar

    def last_day(self, start: dt.date) -> dt.date:
        """The last day of a publicity that begins on a day; that day is not counted."""
        if self.counting == "working":
            return self.calendar.add_working_days(start, self.days)
        return start + dt.timedelta(days=self.days)

    def __str__(self) -> str:
        return f"{self.days} 个工作日" if self.counting == "working" else f"{self.days} 天"
