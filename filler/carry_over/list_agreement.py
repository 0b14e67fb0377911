"""Rows of lists and the papers of the cases they speak of: `[[listed]]` of registry/copies.toml.

A notice, roster or payment list names people; what it says of one must be what the case's own
paper says. A list made before the decision (审核公示单) binds the decision in the same way.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from filler.carry_over.earlier import Earlier, EarlierForm
from filler.carry_over.gather import put_into
from filler.carry_over.standing_cases import (
    StandingCase,
    apply_changes,
    approved_cases,
    cases_open_on,
    first_date,
)
from filler.carry_over.two_places import Disagreements, Place, disagreement, named, place, told
from filler.form.case_history import PastForm
from filler.form.taken import TakenOver
from filler.spec.taken_from import Listed, fixed_text
from filler.values.scope import RowScope, Scope
from minzheng.county.errors import Problem
from minzheng.county.writing.chinese_dates import month_after, term_end
from minzheng.county.writing.chinese_text import normalise_name
from minzheng.county.writing.money_words import parse_money

#: A row by its table and number.
_Row = tuple[str, int]
_SECOND = re.compile("（[乙丙丁戊己庚辛壬癸]）$")
_MOST_MONTHS = 120


def find_disagreeing_lists(scope: Scope, taken: TakenOver, earlier: Earlier) -> Disagreements:
    """Rows of the form at hand against their cases, and the form against lists that name it."""
    taking_over, form_id = earlier.taking_over, scope.spec.id
    rules = [one for one in taking_over.listed_in(form_id) if _holds(one, scope)]
    own = [_RowsAgainstCases(scope, one, taken, earlier, rules) for one in rules]
    known = frozenset(address for one in own for address in one.known_rows())
    as_list = [
        found for one in own for found in (one.found(known), one.without_its_case(), one.missed())
    ]
    as_case = (
        _case_against_lists(scope, one, earlier)
        for one in taking_over.lists_of(form_id)
        if one.is_before or earlier.before
    )
    return Disagreements().plus((*as_list, *as_case))


def _holds(listed: Listed, scope: Scope) -> bool:
    return all(scope.text(slug) == value for slug, value in listed.when.items())


def _place_of(listed: Listed, scope: Scope) -> dict[str, str]:
    return {slug: scope.text(slug) for slug in listed.match}


def _has_to_be_known(listed: Listed) -> bool:
    """Whether a case must stand behind each row."""
    return bool(listed.approved) and not (listed.is_before or listed.is_known_only)


def _is_meant(row: RowScope, listed: Listed) -> bool:
    """Whether a row is of the kind a rule speaks of: of its own scheme among several."""
    return all(row.text(slug) == text for slug, text in listed.row.items())


def _name(text: str) -> str:
    """A name without the suffix that tells namesakes apart."""
    return _SECOND.sub("", text)


class _RowsAgainstCases:
    """The rows of a list, each beside the case of its person."""

    def __init__(
        self,
        scope: Scope,
        listed: Listed,
        taken: TakenOver,
        earlier: Earlier,
        rules: Sequence[Listed],
    ) -> None:
        self.scope, self.listed, self.taken, self.earlier = scope, listed, taken, earlier
        self.rules = rules  #: this one, and those for other kinds of case
        where = _place_of(listed, scope)
        day = scope.date(listed.as_of) if listed.as_of else earlier.today
        self.day = day or earlier.today
        self.where = where
        self.cases = self._by_name(self._known(where)) if all(where.values()) else {}

    def _by_name(self, cases: Mapping[str, StandingCase]) -> dict[str, list[StandingCase]]:
        found: dict[str, list[StandingCase]] = {}
        for case in cases.values():
            own = _name(case.approval.scope.text(self._who(self.listed.who[0])))
            found.setdefault(own, []).append(case)
        return found

    def _known(self, where: Mapping[str, str]) -> dict[str, StandingCase]:
        """The cases a list of the day speaks of: those to be decided, or those decided."""
        source, approved = self.listed.source, self.listed.approved
        if self.listed.is_before:
            return cases_open_on(source, approved, where, self.day, self.earlier)
        cases = approved_cases(source, approved, where, self.day, self.earlier)
        apply_changes(cases, where, self.day, self.earlier)
        return cases

    def known_rows(self) -> Iterator[_Row]:
        """The rows behind which a case stands; another kind of case may stand behind others."""
        for row in self.scope.rows(self.listed.rows):
            is_meant = _is_meant(row, self.listed)
            if is_meant and _name(row.text(self.listed.who[0])) in self.cases:
                yield self.listed.rows, row.row_number

    def found(self, known: frozenset[_Row]) -> Disagreements:
        """Every row that says otherwise, or that no case stands behind."""
        judged = [self._judge(row, known) for row in self.scope.rows(self.listed.rows)]
        return Disagreements().plus(judged)

    def without_its_case(self) -> Disagreements:
        """A list that stands in a case names the person of that case."""
        paper = self.earlier.newest(self.listed.source, self.scope.case_no)
        rows, first = self.scope.rows(self.listed.rows), self.listed.who[0]
        slug = _filled(paper.scope, self._who(first)) if paper else ""
        if paper is None or not slug or not rows:
            return Disagreements()
        named_here = {_name(normalise_name(row.text(first))) for row in rows}
        other = place(paper.scope, slug, paper.source)
        if normalise_name(other.text) in named_here:
            return Disagreements()
        own = place(rows[0], first)
        what = f"{told(other)}，不在这份名单里"
        do = "核对姓名；不是本案的名单，删去案件编号"
        return Disagreements((), (Problem(own.label, what, do, own.address),))

    def missed(self) -> Disagreements:
        """Cases of the last months whose people the list leaves out."""
        if not self.listed.missing:
            return Disagreements()
        first, table = self.listed.who[0], self.scope.fields[self.listed.rows]
        rows = self.scope.rows(self.listed.rows)
        here = {_name(normalise_name(row.text(first))) for row in rows}
        missed = (
            place(case.approval.scope, self._who(first), case.approval.source)
            for who, cases in self.cases.items()
            for case in cases
            for begun in (case.approval.scope.day,)
            if normalise_name(who) not in here
            and begun <= self.day <= term_end(begun, self.listed.missing)
        )
        do = "核对是否漏列；不该列的不用改"
        found = (
            Problem(table.label, f"{told(one)}，不在这份名单里", do, table.slug) for one in missed
        )
        return Disagreements((), tuple(found))

    def _who(self, own: str) -> str:
        return self.listed.columns.get(own, own)

    def _judge(self, row: RowScope, known: frozenset[_Row]) -> Disagreements:
        who = _name(row.text(self.listed.who[0]))
        cases = self.cases.get(who, [])
        if not who or self._is_gathered(row) or not _is_meant(row, self.listed):
            return Disagreements()
        if not cases:
            is_known = (self.listed.rows, row.row_number) in known
            is_missed = _has_to_be_known(self.listed) and not is_known
            return self._unknown(row, who) if is_missed else Disagreements()
        judged = [self._beside(row, case) for case in cases]
        return min(judged, key=lambda one: (len(one.problems), len(one.warnings)))

    def _is_gathered(self, row: RowScope) -> bool:
        return self.taken.table == self.listed.rows and row.row_number <= len(self.taken.rows)

    def _unknown(self, row: RowScope, who: str) -> Disagreements:
        """No decision stands behind a row; one that came only later is refused, with its day."""
        own = place(row, self.listed.who[0])
        later = [case for case in self._undecided.get(who, []) if case.approved != dt.date.max]
        if later and self.listed.as_of:
            paper = later[-1].approval
            slugs = (one for one in self.listed.approved.split("|") if paper.scope.date(one))
            decided = place(paper.scope, next(slugs), paper.source)
            here = place(self.scope, self.listed.as_of)
            what = f"“{own.shown}”这一行：{here.text}早于{told(decided)}"
            do = "核对两个日期；到这一天还没有决定的，删去这一行"
            return Disagreements((Problem(own.label, what, do, own.address),))
        kinds = (one for one in self.rules if _has_to_be_known(one) and _is_meant(row, one))
        forms = "、".join(dict.fromkeys(one.source for one in kinds))
        what = f"系统中没有“{own.shown}”到这一天已审批的 {forms}"
        do = "核对姓名和审批；以前的老户核对原件"
        return Disagreements((), (Problem(own.label, what, do, own.address),))

    @cached_property
    def _undecided(self) -> dict[str, list[StandingCase]]:
        """By name the cases that were applied for on the list's day and decided later."""
        if not all(self.where.values()):
            return {}
        source, approved = self.listed.source, self.listed.approved
        return self._by_name(cases_open_on(source, approved, self.where, self.day, self.earlier))

    def _beside(self, row: RowScope, case: StandingCase) -> Disagreements:
        problems = [*self._cells(row, case, marked=False), *self._months(row, case, typed=True)]
        if case.ended:
            own = place(row, self.listed.who[0])
            what = f"“{own.shown}”已由 {named(case.ended.source)}终止"
            problems.append(Problem(own.label, what, "删去这一行，或核对那一份", own.address))
        warnings = [*self._cells(row, case, marked=True), *self._months(row, case, typed=False)]
        (problems if self.listed.is_before else warnings).extend(self._days(case))
        return Disagreements(tuple(problems), tuple(warnings))

    def _days(self, case: StandingCase) -> Iterator[Problem]:
        """What the whole list says once and each of its cases, too."""
        for own, slug in self.listed.whole.items():
            here, there = place(self.scope, own), _first_told(case, slug)
            if here.text and there and here.text != there.text:
                yield disagreement(here, there)

    def _cells(self, row: RowScope, case: StandingCase, *, marked: bool) -> Iterator[Problem]:
        """The columns that must say what the case says; of the marked ones, or the others."""
        columns = {who: who for who in self.listed.who[1:]} | dict(self.listed.columns)
        for own, slugs in columns.items():
            if (own in self.listed.marked) == marked and own != self.listed.who[0]:
                yield from _against(row, own, case, slugs, self.listed.words.get(own, {}))

    def _months(self, row: RowScope, case: StandingCase, *, typed: bool) -> Iterator[Problem]:
        """What is paid is a sum of whole months in a row, none before the first.

        Of columns that are typed, or of those that the form works out by itself.
        """
        monthly = self.listed.monthly.items()
        for own, slug in (
            (own, slug) for own, slug in monthly if row.fields[own].is_typed == typed
        ):
            paid, first = row.number(own), case.approval.scope.date(self.listed.start)
            if paid is None or first is None:
                continue
            of_kinds = slug.split("/")
            if not any(paid in _sums(case, one, first, self.day) for one in of_kinds):
                yield _no_whole_months(row, own, case, of_kinds[0])


def _no_whole_months(row: RowScope, own: str, case: StandingCase, slug: str) -> Problem:
    paper, their = case.told(slug)
    here, there = place(row, own), place(paper.scope, their, paper.source)
    what = f"填的是“{here.shown}”，不是批准金额的整月数（{told(there)}）"
    do = "照批准的金额和月数填写；那一份有错的，先更正那一份"
    return Problem(here.label, what, do, here.address)


def _sums(case: StandingCase, slug: str, first: dt.date, day: dt.date) -> set[Decimal]:
    """All sums of what was due for months in a row, the last of them in or before a month."""
    months: list[Decimal] = []
    at = first.replace(day=1)
    while at <= day and len(months) < _MOST_MONTHS:
        months.append(_amount_in(case, slug, at))
        at = month_after(at)
    return {one for start in range(len(months)) for one in accumulate(months[start:])}


def _amount_in(case: StandingCase, slug: str, month: dt.date) -> Decimal:
    amount = parse_money(case.approval.scope.text(slug)) or Decimal(0)
    for since, text in case.since.get(slug, ()):
        if since.replace(day=1) <= month:
            amount = parse_money(text) or amount
    return amount


def _against(
    row: RowScope, own: str, case: StandingCase, slugs: str, words: Mapping[str, str]
) -> Iterator[Problem]:
    """A cell against an answer of the case: `a|b` the first that is filled, `a/b` any of them."""
    here = place(row, own)
    if fixed := fixed_text(slugs):
        if here.text and here.text != fixed:
            what = f"填的是“{here.shown}”，按 {named(case.approval.source)}是“{fixed}”"
            yield Problem(here.label, what, "改成一致；那一份有错的，先更正那一份", here.address)
        return
    found = [one for any_of in slugs.split("/") if (one := _first_told(case, any_of))]
    texts = {put_into(words, one.text) for one in found}
    if here.text and found and not texts & {here.text, _name(here.text)}:
        yield disagreement(here, found[0])


def _first_told(case: StandingCase, slugs: str) -> Place | None:
    places = (case.told(slug) for slug in slugs.split("|"))
    told_at = (place(paper.scope, slug, paper.source) for paper, slug in places)
    return next((one for one in told_at if one.text), None)


def _case_against_lists(scope: Scope, listed: Listed, earlier: Earlier) -> Disagreements:
    """The form at hand against the newest list that names its person."""
    found = _naming(scope, listed, earlier)
    if found is None:
        return Disagreements()
    paper, row = found
    pairs = [
        (slug, own, place(row, own, paper.source), own in listed.marked)
        for own, slugs in listed.columns.items()
        if own not in listed.who and not fixed_text(slugs)
        for slug in (_filled(scope, slugs),)
    ]
    pairs += [
        (_filled(scope, slugs), own, place(paper.scope, own, paper.source), False)
        for own, slugs in listed.whole.items()
    ]
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for slug, own, other, is_marked in pairs:
        text = put_into(listed.words.get(own, {}), scope.text(slug)) if slug else ""
        if other.text and text and text != other.text:
            problem = disagreement(place(scope, slug), other)
            (warnings if is_marked or not listed.is_before else problems).append(problem)
    return Disagreements(tuple(problems), tuple(warnings))


def _filled(scope: Scope, slugs: str) -> str:
    return next((slug for slug in slugs.split("|") if scope.text(slug)), "")


def _naming(scope: Scope, listed: Listed, earlier: Earlier) -> tuple[EarlierForm, RowScope] | None:
    """The newest list of the place, made since the case began, and the row that names it."""
    where = _place_of(listed, scope)
    who = {
        own: scope.text(_filled(scope, listed.columns.get(own, own)) or own) for own in listed.who
    }
    if not all(where.values()) or not all(who.values()):
        return None
    for past in reversed(earlier.history.issued_for(listed.to, where={**where, **listed.when})):
        if not _may_name(past, listed, who):
            continue
        paper = earlier.read(past)
        day = first_date(paper, listed.as_of) if listed.as_of else None
        if day and day < scope.day:
            continue
        for row in paper.scope.rows(listed.rows):
            if _is_of(row, who) and _is_meant(row, listed):
                return paper, row
    return None


def _may_name(past: PastForm, listed: Listed, who: Mapping[str, str]) -> bool:
    """Whether a list may name somebody, told by its answers as they were typed."""
    first = listed.who[0]
    rows = past.answers.get(listed.rows) or ()
    named = (str(row.get(first, "")) for row in rows if isinstance(row, Mapping))
    return any(_name(normalise_name(text)) == who[first] for text in named)


def _is_of(row: RowScope, who: Mapping[str, str]) -> bool:
    return all(_name(row.text(own)) == text for own, text in who.items())
