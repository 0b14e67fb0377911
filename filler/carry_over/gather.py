"""Rows of a form made of a village's approved cases: those that run on a day, each once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from filler.carry_over.earlier import Earlier, EarlierForm
from filler.carry_over.standing_cases import StandingCase, apply_changes, approved_cases
from filler.form.case_history import same_number
from filler.form.form_data import Answers
from filler.form.taken import GatheredRow
from filler.spec.taken_from import Gather
from filler.values.person_values import is_minor
from minzheng.county.registry.terms import Terms
from minzheng.county.writing.chinese_dates import parse_date

_SUFFIXES = "乙丙丁戊己庚辛壬癸"
_ANY = "*"  #: among the words of a column: whatever else stands there


def gather_rows(gather: Gather, answers: Answers, earlier: Earlier) -> tuple[GatheredRow, ...]:
    """The rows; none before the form says for which place and day."""
    where = {slug: str(answers.get(slug, "")).strip() for slug in gather.match}
    day = parse_date(str(answers.get(gather.as_of, ""))) if gather.as_of else earlier.today
    if day is None or not all(where.values()):
        return ()
    cases = approved_cases(gather.source, gather.approved, where, day, earlier)
    apply_changes(cases, where, day, earlier)
    asked = dict.fromkeys(cell.form_id for cell in gather.columns.values() if cell.form_id)
    for form_id in asked:
        for case_no, read in _newest(form_id, where, earlier).items():
            if case_no in cases:
                cases[case_no].others[form_id] = read
    running = [case for case in cases.values() if case.is_running]
    is_notice = earlier.forms[gather.to].is_notice
    if is_notice:
        running = [
            case for case in running if not _is_child(case, gather, day, earlier.facts.county.terms)
        ]
    rows = [
        (
            {own: in_words(gather, own, case.text(cell)) for own, cell in gather.columns.items()},
            case,
        )
        for case in running
    ]
    rows.sort(key=lambda row: _order(row[0], gather.key, row[1].approval.scope.case_no))
    return tuple(
        GatheredRow({own: text for own, text in cells.items() if text}, case.approval.source)
        for cells, case in (_told_apart(rows, gather.key) if is_notice else rows)
    )


def in_words(gather: Gather, own: str, text: str) -> str:
    """A cell in the words of its column: 建档立卡 is 是 in a roster that asks 是 or 否."""
    return put_into(gather.words.get(own, {}), text)


def put_into(words: Mapping[str, str], text: str) -> str:
    """A text in the words of another paper."""
    return words.get(text, words.get(_ANY, text)) if text else ""


def _newest(form_id: str, where: Mapping[str, str], earlier: Earlier) -> dict[str, EarlierForm]:
    found = earlier.history.issued_for(form_id, where=where)
    return {past.case_no: earlier.read(past) for past in found}


def _is_child(case: StandingCase, gather: Gather, day: dt.date, terms: Terms) -> bool:
    """Minors' names stand on no notice."""
    return bool(is_minor(same_number(case.approval.scope.text(gather.person)), day, terms))


def _order(cells: Mapping[str, str], key: tuple[str, ...], case_no: str) -> tuple[object, ...]:
    """What rows are sorted by: their group, then their case."""
    groups = (cells.get(slug, "") for slug in key[1:])
    return (*((int(text) if text.isdecimal() else 0, text) for text in groups), case_no)


def _told_apart(
    rows: list[tuple[dict[str, str], StandingCase]], key: tuple[str, ...]
) -> Iterator[tuple[dict[str, str], StandingCase]]:
    """A second household of the same name and group gets （乙）."""
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    for cells, case in rows:
        own = tuple(cells.get(slug, "") for slug in key)
        seen[own] += 1
        suffix = f"（{_SUFFIXES[min(seen[own] - 2, 8)]}）" if seen[own] > 1 else ""
        yield ({**cells, key[0]: own[0] + suffix} if suffix and key else cells), case
