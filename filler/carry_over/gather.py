"""Rows of a form made of a village's approved cases: those that run on a day, each once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from filler.carry_over.earlier import Earlier, EarlierForm
from filler.form.case_history import same_number
from filler.form.form_data import Answers
from filler.form.taken import GatheredRow
from filler.spec.taken_from import ColumnSource, Gather
from filler.values.person_values import is_minor
from filler.values.scope import Scope
from minzheng.county.registry.case_changes import CaseChange
from minzheng.county.registry.terms import Terms
from minzheng.county.writing.chinese_dates import parse_date

_SUFFIXES = "乙丙丁戊己庚辛壬癸"


@dataclass(slots=True)
class _Case:
    """A case as it stands on the day: its approval, and what changed it since."""

    approval: EarlierForm
    approved: dt.date
    instead: dict[str, str] = field(default_factory=dict)  #: slug of the approval → new text
    others: dict[str, Scope] = field(default_factory=dict)
    is_running: bool = True

    def text(self, cell: ColumnSource) -> str:
        """What stands in a cell of its row."""
        if cell.fixed:
            return cell.fixed
        if cell.form_id:
            other = self.others.get(cell.form_id)
            return other.text(cell.slug) if other else ""
        return self.instead.get(cell.slug) or self.approval.scope.text(cell.slug)


def gather_rows(gather: Gather, answers: Answers, earlier: Earlier) -> tuple[GatheredRow, ...]:
    """The rows; none before the form says for which place and day."""
    where = {slug: str(answers.get(slug, "")).strip() for slug in gather.match}
    day = parse_date(str(answers.get(gather.as_of, ""))) if gather.as_of else earlier.today
    if day is None or not all(where.values()):
        return ()
    cases = _approved(gather, where, day, earlier)
    for change in earlier.taking_over.changes:
        _apply(change, cases, where, day, earlier)
    for form_id in {cell.form_id for cell in gather.columns.values()} - {""}:
        for case_no, read in _newest(form_id, where, earlier).items():
            if case_no in cases:
                cases[case_no].others[form_id] = read.scope
    running = [case for case in cases.values() if case.is_running]
    if gather.to in earlier.taking_over.notices:
        running = [
            case for case in running if not _is_child(case, gather, day, earlier.facts.county.terms)
        ]
    rows = [
        ({own: case.text(cell) for own, cell in gather.columns.items()}, case) for case in running
    ]
    rows.sort(key=lambda row: _order(row[0], gather.key, row[1].approval.scope.case_no))
    return tuple(
        GatheredRow({own: text for own, text in cells.items() if text}, case.approval.source)
        for cells, case in _told_apart(rows, gather.key)
    )


def _approved(
    gather: Gather, where: Mapping[str, str], day: dt.date, earlier: Earlier
) -> dict[str, _Case]:
    """Cases approved until the day, each by its latest approval."""
    cases: dict[str, _Case] = {}
    for past in earlier.history.issued_for(gather.source, where=where):
        read = earlier.read(past)
        approved = read.scope.date(gather.approved)
        if approved is None or approved > day:
            continue
        known = cases.get(past.case_no)
        if known is None or known.approved <= approved:
            cases[past.case_no] = _Case(read, approved)
    return cases


def _apply(
    change: CaseChange,
    cases: dict[str, _Case],
    where: Mapping[str, str],
    day: dt.date,
    earlier: Earlier,
) -> None:
    """What a review, letter or end made of the cases."""
    found = [earlier.read(past) for past in earlier.history.issued_for(change.form_id, where=where)]
    dated = [(since, read) for read in found if (since := read.scope.date(change.since))]
    for since, read in sorted(dated, key=lambda one: (one[0], one[1].source.number)):
        case = cases.get(read.scope.case_no)
        # What took effect before a case was approved, again perhaps, does not touch it.
        if case is None or not case.approved.replace(day=1) <= since <= day:
            continue
        if change.ends(read.scope.text):
            case.is_running = False
        else:
            texts = {old: read.scope.text(new) for old, new in change.becomes.items()}
            case.instead |= {slug: text for slug, text in texts.items() if text}


def _newest(form_id: str, where: Mapping[str, str], earlier: Earlier) -> dict[str, EarlierForm]:
    found = earlier.history.issued_for(form_id, where=where)
    return {past.case_no: earlier.read(past) for past in found}


def _is_child(case: _Case, gather: Gather, day: dt.date, terms: Terms) -> bool:
    """Minors' names stand on no notice."""
    return bool(is_minor(same_number(case.approval.scope.text(gather.person)), day, terms))


def _order(cells: Mapping[str, str], key: tuple[str, ...], case_no: str) -> tuple[object, ...]:
    """What rows are sorted by: their group, then their case."""
    groups = (cells.get(slug, "") for slug in key[1:])
    return (*((int(text) if text.isdecimal() else 0, text) for text in groups), case_no)


def _told_apart(
    rows: list[tuple[dict[str, str], _Case]], key: tuple[str, ...]
) -> Iterator[tuple[dict[str, str], _Case]]:
    """A second household of the same name and group gets （乙）."""
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    for cells, case in rows:
        own = tuple(cells.get(slug, "") for slug in key)
        seen[own] += 1
        suffix = f"（{_SUFFIXES[min(seen[own] - 2, 8)]}）" if seen[own] > 1 else ""
        yield ({**cells, key[0]: own[0] + suffix} if suffix and key else cells), case
