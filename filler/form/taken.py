"""What was taken over from forms issued before, each with its document."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class GivingPaper:
    """An issued document from which something was taken."""

    form_id: str
    number: int = 0
    day: dt.date | None = None
    is_declared: bool = False  #: the applicant says so on it, and nobody has verified it yet

    def __str__(self) -> str:
        return f"{self.form_id} {self.day}" if self.day else self.form_id


@dataclass(frozen=True, slots=True)
class GatheredRow:
    """A row made of an approved case."""

    cells: Mapping[str, str]
    source: GivingPaper


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Answers that are locked, each with its document; and rows gathered from many."""

    single: Mapping[str, tuple[Any, GivingPaper]] = field(default_factory=dict)
    table: str = ""  #: slug of the gathered table
    key: tuple[str, ...] = ()  #: its columns that tell rows apart
    rows: tuple[GatheredRow, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  #: what the giving papers call them

    @property
    def sources(self) -> tuple[GivingPaper, ...]:
        """Every document that gave something, once."""
        single = (source for _, source in self.single.values())
        return tuple(dict.fromkeys((*single, *(row.source for row in self.rows))))
