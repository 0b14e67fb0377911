"""What a month's screen looks at: `[[monthly]]` and `[[month_rows]]` of registry/copies.toml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from filler.form.forms import FormSpec
from minzheng.county.errors import Problem

_FILE = "copies.toml"
_FIXED = "="


@dataclass(frozen=True, slots=True)
class AgeReached:
    """An age at which something is due, and the form for it."""

    term: str
    form_id: str
    why: str
    unless: str = ""  #: a form that the person already has


@dataclass(frozen=True, slots=True)
class Monthly:
    """How an approval tells what is paid each month, and what follows from changes."""

    form_id: str
    scheme: str
    approved: str
    persons: str
    change: str
    start: str = ""  #: the month it is paid from; none: the paper does not say
    amount: str = ""  #: what is paid each month; none: the paper does not say
    letter: str = ""
    death: str = ""  #: the form after a death, when it is not `change`
    review: str = ""
    reviews: Mapping[str, str] = field(default_factory=dict)
    review_form: str = ""  #: the form of a review, when it is not `change`
    rosters: tuple[str, ...] = ()  #: the lists of what a village is paid
    members: Mapping[str, str] = field(default_factory=dict)
    ages: tuple[AgeReached, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthRows:
    """Rows of a summary made of a month's changes."""

    to: str
    rows: str
    source: str
    month: str
    kinds: tuple[str, ...]
    columns: Mapping[str, str]  #: own column → what of a change


@dataclass(frozen=True, slots=True)
class Months:
    """All approvals that are followed by month, and the summaries made of it."""

    approvals: tuple[Monthly, ...] = ()
    summaries: tuple[MonthRows, ...] = ()

    def summary_for(self, form_id: str) -> MonthRows | None:
        """The rule that makes a form's rows of a month's changes."""
        return next((one for one in self.summaries if one.to == form_id), None)

    def approval(self, form_id: str) -> Monthly | None:
        """How an approval is followed."""
        return next((one for one in self.approvals if one.form_id == form_id), None)


def read_months(table: Mapping[str, Any]) -> Months:
    """The entries of the table."""
    return Months(
        tuple(map(_monthly, table.get("monthly", ()))),
        tuple(map(_month_rows, table.get("month_rows", ()))),
    )


def find_wrong_months(months: Months, forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    """Every mistake in what a month looks at."""
    for one in months.approvals:
        slugs = (one.approved, one.start, one.persons, one.amount, one.members.get("rows", ""))
        yield from _unknown(forms, one.form_id, slugs)
        others = (one.change, one.letter, one.death, one.review_form, *one.rosters)
        for form_id in filter(None, (*others, *(age.form_id for age in one.ages))):
            yield from _unknown(forms, form_id, ())
        for form_id, slug in one.reviews.items():
            yield from _unknown(forms, form_id, (slug,))
    for rows in months.summaries:
        yield from _unknown(forms, rows.to, (rows.rows, rows.month))


def _monthly(entry: Mapping[str, Any]) -> Monthly:
    given = {key: value for key, value in entry.items() if key not in ("form", "ages", "rosters")}
    ages = tuple(
        AgeReached(one["term"], one["form"], one.get("why", ""), one.get("unless", ""))
        for one in entry.get("ages", ())
    )
    rosters = tuple(entry.get("rosters", ()))
    return Monthly(form_id=str(entry.get("form")), ages=ages, rosters=rosters, **given)


def _month_rows(entry: Mapping[str, Any]) -> MonthRows:
    return MonthRows(
        str(entry.get("to")),
        str(entry.get("rows")),
        str(entry.get("from")),
        str(entry.get("month")),
        tuple(entry.get("kinds", ())),
        entry.get("columns", {}),
    )


def _unknown(
    forms: Mapping[str, FormSpec], form_id: str, slugs: tuple[str, ...]
) -> Iterator[Problem]:
    if form_id not in forms:
        yield Problem(_FILE, f"没有“{form_id}”这张表", "改正 form", form_id)
        return
    known = {one.slug for one in forms[form_id].fields}
    for slug in slugs:
        if slug and not slug.startswith(_FIXED) and slug not in known:
            yield Problem(_FILE, f"{form_id} 没有字段“{slug}”", "改正字段名", slug)
