"""Which day of a case comes before which: `[days]` and `[[rest]]` of registry/copies.toml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from filler.form.forms import FormSpec


@dataclass(frozen=True, slots=True)
class Rest:
    """A paper that rests on another one of its case: none of its days is before that one's."""

    to: str
    source: str
    since: str  #: the source's day, `a|b` the first that is filled
    days: tuple[str, ...]  #: own days


@dataclass(frozen=True, slots=True)
class Death:
    """A paper that tells when the person of its case died, if its answers say so."""

    form_id: str
    day: str
    of: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class DayOrder:
    """What the days of a case's papers are held against."""

    begun: tuple[str, ...] = ()  #: from which day of its application a case runs
    happened: frozenset[str] = frozenset()  #: days of what happened, before any paper
    before: Mapping[str, str] = field(default_factory=dict)  #: forms of before: why they may be
    rests: tuple[Rest, ...] = ()
    deaths: tuple[Death, ...] = ()
    alive: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  #: form → days one lived

    def days_of(self, spec: FormSpec) -> tuple[str, ...]:
        """The days on which something is done on a paper; of a table's column as `rows.visit`."""
        columns = [(f"{one.slug}.", column) for one in spec.fields for column in one.columns]
        return tuple(
            table + one.slug
            for table, one in [*(("", one) for one in spec.fields), *columns]
            if one.type == "date" and one.is_typed and one.slug not in self.happened
        )


def read_day_order(table: Mapping[str, Any]) -> DayOrder:
    """What the table says of the order of days."""
    days = table.get("days", {})
    rests = (
        Rest(
            str(one.get("to")),
            str(one.get("from")),
            str(one.get("since")),
            tuple(one.get("days", ())),
        )
        for one in table.get("rest", ())
    )
    return DayOrder(
        tuple(days.get("begun", ())),
        frozenset(days.get("happened", ())),
        days.get("before", {}),
        tuple(rests),
        tuple(map(_death, table.get("death", ()))),
        {form_id: tuple(slugs) for form_id, slugs in days.get("alive", {}).items()},
    )


def _death(entry: Mapping[str, Any]) -> Death:
    return Death(str(entry.get("form")), str(entry.get("day")), entry.get("of", {}))
