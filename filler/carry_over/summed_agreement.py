"""Rows of a year's ledger and the sums of what was approved for their people: `summed`.

A ledger adds up the approvals of its calendar year until its day. It may count more of them
than were issued here (what a hospital settles at once needs no application), never less; and
as often as it counts no more, its sums are theirs.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from filler.carry_over.earlier import Earlier, EarlierForm
from filler.carry_over.standing_cases import first_date
from filler.carry_over.two_places import Disagreements, named, place
from filler.form.taken import GivingPaper
from filler.spec.taken_from import Listed
from filler.values.print_value import print_value
from filler.values.scope import RowScope, Scope
from minzheng.county.errors import Problem

_MOST_NAMED = 3
_LOOK = "照批准的合计填写；那一份有错的，先更正那一份"
_Papers = Sequence[EarlierForm]


def find_disagreeing_sums(scope: Scope, earlier: Earlier) -> Disagreements:
    """A ledger's rows against the approvals of its year, and an approval against ledgers."""
    taking_over, form_id = earlier.taking_over, scope.spec.id
    own = (_ledger(scope, one, earlier) for one in taking_over.listed_in(form_id) if one.summed)
    other = (_approval(scope, one, earlier) for one in taking_over.lists_of(form_id) if one.summed)
    return Disagreements().plus([*own, *other])


def _approved(
    listed: Listed, where: Mapping[str, str], day: dt.date, earlier: Earlier
) -> dict[str, list[EarlierForm]]:
    """All papers approved in the year of a day and until it, by their person's number."""
    found: dict[str, list[EarlierForm]] = {}
    for past in earlier.history.issued_for(listed.source, where=where):
        read = earlier.read(past)
        if not past.waits_for and _counts(listed, read.scope, day):
            found.setdefault(read.scope.text(_who(listed)), []).append(read)
    return found


def _counts(listed: Listed, paper: Scope, day: dt.date) -> bool:
    on = first_date(EarlierForm(paper, GivingPaper(paper.spec.id)), listed.approved)
    return on is not None and on.year == day.year and on <= day


def _who(listed: Listed) -> str:
    return listed.columns.get(listed.who[0], listed.who[0])


def _where(listed: Listed, scope: Scope) -> dict[str, str]:
    return {slug: scope.text(slug) for slug in listed.match}


def _ledger(scope: Scope, listed: Listed, earlier: Earlier) -> Disagreements:
    day, where = scope.date(listed.as_of), _where(listed, scope)
    if day is None or not all(where.values()):
        return Disagreements()
    people = _approved(listed, where, day, earlier)
    rows = scope.rows(listed.rows)
    judged = [_row(row, listed, people.get(row.text(listed.who[0]), ())) for row in rows]
    here = {row.text(listed.who[0]) for row in rows}
    missed = [papers for who, papers in people.items() if who not in here] if rows else []
    table = scope.fields[listed.rows]
    told = tuple(
        Problem(table.label, f"本年批准的 {_names(papers)} 没有列入", "加上一行", table.slug)
        for papers in missed
    )
    return Disagreements((), told).plus(judged)


def _row(row: RowScope, listed: Listed, papers: _Papers) -> Disagreements:
    """Counted less often than approved, or as often with another sum: refused."""
    counted = row.number(listed.counted)
    if not papers or counted is None:
        return Disagreements()
    more = counted > len(papers)
    problems = [
        _otherwise(row, own, slug, papers)
        for own, slug in listed.summed.items()
        if _contradicts(row.number(own), _sum(papers, slug), may_be_more=more)
    ]
    at = place(row, listed.counted)
    what = f"填的是“{at.shown}”，本年批准的是 {len(papers)} 份：{_names(papers)}"
    if counted < len(papers):
        problems.insert(0, Problem(at.label, what, "照批准的份数填写", at.address))
    elsewhere = Problem(at.label, what, "多出的不在系统中，核对结算单", at.address)
    return Disagreements(tuple(problems), (elsewhere,) if more else ())


def _contradicts(here: Decimal | None, due: Decimal, *, may_be_more: bool) -> bool:
    if here is None:
        return False
    return here < due or (here > due and not may_be_more)


def _sum(papers: _Papers, slug: str) -> Decimal:
    numbers = (paper.scope.number(slug) for paper in papers)
    return sum((one for one in numbers if one is not None), Decimal(0))


def _otherwise(row: RowScope, own: str, slug: str, papers: _Papers) -> Problem:
    here, field = place(row, own), papers[-1].scope.fields[slug]
    due = print_value(field, _sum(papers, slug))
    what = f"填的是“{here.shown}”，{_names(papers)}“{field.label}”合计是“{due}”"
    return Problem(here.label, what, _LOOK, here.address)


def _names(papers: _Papers) -> str:
    shown = "、".join(named(one.source) for one in papers[:_MOST_NAMED])
    return f"{shown}等 {len(papers)} 份" if len(papers) > _MOST_NAMED else shown


def _approval(scope: Scope, listed: Listed, earlier: Earlier) -> Disagreements:
    """The approval at hand against the newest ledger of its year that names its person."""
    named_in = _naming(scope, listed, earlier)
    if named_in is None:
        return Disagreements()
    day, row, ledger = named_in
    who, own_paper = scope.text(_who(listed)), EarlierForm(scope, GivingPaper(scope.spec.id))
    people = _approved(listed, _where(listed, scope), day, earlier)
    papers = [*people.get(who, ()), own_paper]
    more = (row.number(listed.counted) or 0) > len(papers)
    return Disagreements(
        (), tuple(_against_ledger(scope, listed, row, ledger, papers, may_be_more=more))
    )


def _against_ledger(
    scope: Scope,
    listed: Listed,
    row: RowScope,
    ledger: GivingPaper,
    papers: _Papers,
    *,
    may_be_more: bool,
) -> Iterator[Problem]:
    for own, slug in listed.summed.items():
        due, there = _sum(papers, slug), place(row, own, ledger)
        if _contradicts(row.number(own), due, may_be_more=may_be_more):
            here = place(scope, slug)
            what = (
                f"连同这一份，本年合计是“{print_value(scope.fields[slug], due)}”，"
                f"{named(ledger)}“{there.label}”是“{there.shown}”"
            )
            yield Problem(here.label, what, "核对两处；台账要改的，出具以后更正台账", slug)


def _naming(
    scope: Scope, listed: Listed, earlier: Earlier
) -> tuple[dt.date, RowScope, GivingPaper] | None:
    where, who = _where(listed, scope), scope.text(_who(listed))
    if not all(where.values()) or not who:
        return None
    for past in reversed(earlier.history.issued_for(listed.to, where=where)):
        paper = earlier.read(past)
        day = paper.scope.date(listed.as_of)
        if day is None or not _counts(listed, scope, day):
            continue
        for row in paper.scope.rows(listed.rows):
            if row.text(listed.who[0]) == who:
                return day, row, paper.source
    return None
