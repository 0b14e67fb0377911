"""What changes in a month for the cases of a place: begun, more, less, ended, due, dead, of age."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from filler.carry_over.earlier import Earlier, EarlierForm
from filler.carry_over.standing_cases import StandingCase, apply_changes, approved_cases
from filler.form.case_history import person_number, same_number
from filler.form.taken import GivingPaper
from filler.spec.monthly import Monthly, Months
from minzheng.county.writing.chinese_dates import month_after, print_date, print_month, term_end
from minzheng.county.writing.id_card import age_on
from minzheng.county.writing.money_words import parse_money

Kind = Literal["新增", "增发", "减发", "停发", "到期复核", "死亡", "满年龄"]
KINDS: tuple[Kind, ...] = ("新增", "增发", "减发", "停发", "到期复核", "死亡", "满年龄")
_FIXED = "="
_ROWS, _ID = "rows", "id_no"
_DEATH, _DEATH_DATE = "BZ-01", "death_date"
_LONGEST_WHY = 20  #: of a summary's column
_NOTHING = "0.00"


@dataclass(frozen=True, slots=True)
class MonthChange:
    """One thing that a month brings for a case, and the paper to issue for it."""

    kind: Kind
    scheme: str
    case_no: str
    name: str
    id_no: str
    town: str
    village: str
    why: str
    paper: GivingPaper  #: what tells it
    form_id: str = ""  #: the form to fill; empty when nothing is left to do
    joins: bool = True  #: the form belongs to the case
    old_persons: str = ""
    new_persons: str = ""
    old_amount: str = ""
    new_amount: str = ""
    since: str = ""
    decided: str = ""
    due: dt.date | None = None  #: by when it had to be done
    is_told: bool = False  #: the letter that it asks for was issued

    def text(self, name: str) -> str:
        """One of its texts by name, as a summary asks it."""
        told = str(getattr(self, name))
        return told[:_LONGEST_WHY] if name == "why" else told


def changes_of_month(
    where: Mapping[str, str], month: dt.date, months: Months, earlier: Earlier
) -> tuple[MonthChange, ...]:
    """All of a place, by kind, then village and case; what concerns nobody's case is not there."""
    found = [
        change
        for rule in months.approvals
        for change in MonthOfCases(rule, where, month, earlier).changes()
    ]
    order = {kind: place for place, kind in enumerate(KINDS)}
    return tuple(sorted(found, key=lambda one: (order[one.kind], one.village, one.case_no)))


class MonthOfCases:
    """The cases of one approval form over one month."""

    def __init__(
        self, rule: Monthly, where: Mapping[str, str], month: dt.date, earlier: Earlier
    ) -> None:
        self.rule, self.where, self.earlier = rule, where, earlier
        self.first = month.replace(day=1)
        self.last = month_after(self.first) - dt.timedelta(days=1)
        self._lists: dict[str, dict[str, list[dt.date]]] = {}
        self.now = self._cases_on(self.last)
        self.before = self._cases_on(self.first - dt.timedelta(days=1))

    def changes(self) -> Iterator[MonthChange]:
        """What the month brings for each case."""
        deaths = self._deaths()
        for case_no, case in self.now.items():
            yield from self._of_money(case, self.before.get(case_no))
            if case.is_running:
                if same_number(case.approval.scope.text(_ID)) not in deaths:
                    yield from self._review(case)
                yield from self._of_people(case, deaths)

    def _cases_on(self, day: dt.date) -> dict[str, StandingCase]:
        cases = approved_cases(self.rule.form_id, self.rule.approved, self.where, day, self.earlier)
        apply_changes(cases, self.where, day, self.earlier)
        return cases

    def _of_money(self, case: StandingCase, before: StandingCase | None) -> Iterator[MonthChange]:
        start = case.approval.scope.date(self.rule.start) if self.rule.start else case.approved
        if case.is_running and start and start.replace(day=1) == self.first:
            why = f"{print_month(start)}起发放" if self.rule.start else f"{print_date(start)}审定"
            yield self._paid(self._about(case, "新增", why, case.approval), None, case)
        elif before and before.is_running and not case.is_running and case.ended:
            why = _reason(case.ended) or "已决定停发"
            about = self._about(case, "停发", why, case.ended)
            yield self._paid(self._with_letter(about, case, case.ended), before, None)
        elif before and case.is_running and self._amount(before) != self._amount(case):
            told, _ = case.told(self.rule.amount)
            is_less = (parse_money(self._amount(case)) or 0) < (
                parse_money(self._amount(before)) or 0
            )
            kind: Kind = "减发" if is_less else "增发"
            about = self._about(case, kind, _reason(told) or "金额有变化", told)
            yield self._paid(self._with_letter(about, case, told), before, case)

    def _review(self, case: StandingCase) -> Iterator[MonthChange]:
        """A running case whose review falls due by the end of the month."""
        months = self.earlier.facts.county.terms.on(self.rule.review, self.last)
        if not self.rule.review or not months:
            return
        days = [case.approved]
        for form_id, slug in self.rule.reviews.items():
            days += self._reviewed_on(form_id, slug, case)
        last = max(days)
        due = term_end(last, months)
        if due <= self.last:
            why = f"上次 {print_date(last)}，{print_date(due)}到期"
            form_id = self.rule.review_form or self.rule.change
            about = self._about(case, "到期复核", why, case.approval, form_id)
            yield replace(about, due=due, joins=not self._is_list(form_id))

    def _reviewed_on(self, form_id: str, slug: str, case: StandingCase) -> Iterator[dt.date]:
        """When a case was reviewed: on a paper of its own, or on a list that names the person."""
        scope = case.approval.scope
        if self._is_list(form_id):
            yield from self._listed(form_id, slug).get(same_number(scope.text("id_no")), ())
            return
        for past in self.earlier.history.issued_for(form_id, case_no=scope.case_no):
            if day := self.earlier.read(past).scope.date(slug):
                yield day

    def _is_list(self, form_id: str) -> bool:
        """Whether a form names people in rows, and is about none of them."""
        return all(one.slug != _ID for one in self.earlier.forms[form_id].fields)

    def _listed(self, form_id: str, slug: str) -> Mapping[str, list[dt.date]]:
        """Everybody on a place's lists of a form, by ID number, with the days of the lists."""
        if form_id not in self._lists:
            found = self._lists[form_id] = {}
            for past in self.earlier.history.issued_for(form_id, where=self.where):
                scope = self.earlier.read(past).scope
                if day := scope.date(slug):
                    for row in scope.rows(_ROWS):
                        found.setdefault(same_number(row.text(_ID)), []).append(day)
        return self._lists[form_id]

    def _of_people(
        self, case: StandingCase, deaths: Mapping[str, EarlierForm]
    ) -> Iterator[MonthChange]:
        for name, number in self._people(case):
            dead = deaths.get(same_number(number))
            if dead:
                day = dead.scope.date(_DEATH_DATE)
                why = f"{print_date(day) if day else ''}死亡，仍在发放"
                about = self._about(case, "死亡", why, dead, self.rule.death or self.rule.change)
                yield replace(about, name=name, id_no=number)
                continue
            yield from self._ages(case, name, number)

    def _ages(self, case: StandingCase, name: str, number: str) -> Iterator[MonthChange]:
        before = age_on(number, self.first - dt.timedelta(days=1))
        now = age_on(number, self.last)
        for age in self.rule.ages:
            years = self.earlier.facts.county.terms.on(age.term, self.last)
            if years is None or before is None or now is None or not before < years <= now:
                continue
            if age.unless and self.earlier.history.issued_for(age.unless, id_no=number):
                continue
            why = f"本月满 {years} 周岁，{age.why}"
            about = self._about(case, "满年龄", why, case.approval, age.form_id)
            joins = age.form_id == self.rule.change
            yield replace(about, name=name, id_no=number, joins=joins)

    def _people(self, case: StandingCase) -> Iterator[tuple[str, str]]:
        scope, members = case.approval.scope, self.rule.members
        if members:
            for row in scope.rows(members["rows"]):
                yield row.text(members["name"]), row.text(members["id"])
        else:
            yield scope.text("name"), scope.text("id_no")

    def _deaths(self) -> dict[str, EarlierForm]:
        """Deaths registered in the place until the end of the month, by ID number."""
        found = {}
        for past in self.earlier.history.issued_for(_DEATH, where=self.where):
            read = self.earlier.read(past)
            day = read.scope.date(_DEATH_DATE)
            if day and day <= self.last:
                found[person_number(past.answers)] = read
        return {number: read for number, read in found.items() if number}

    def _asks_letter(self, paper: EarlierForm) -> bool:
        """Whether what a paper decided has to be told in writing, or is so by itself."""
        form_id, changes = paper.source.form_id, self.earlier.taking_over.changes
        asks = any(one.form_id == form_id and one.asks_letter(paper.scope.text) for one in changes)
        return asks or form_id == self.rule.letter

    def _with_letter(
        self, about: MonthChange, case: StandingCase, paper: EarlierForm
    ) -> MonthChange:
        """With the letter a paper asks for, unless one of this month's decision was issued."""
        if not self.rule.letter or not self._asks_letter(paper):
            return about
        case_no = case.approval.scope.case_no
        issued = self.earlier.history.issued_for(self.rule.letter, case_no=case_no)
        months = [self.earlier.read(one).scope.date("effective_month") for one in issued]
        is_told = any(day and day.replace(day=1) == self.first for day in months)
        return replace(about, is_told=is_told, form_id="" if is_told else self.rule.letter)

    def _about(
        self, case: StandingCase, kind: Kind, why: str, paper: EarlierForm, form_id: str = ""
    ) -> MonthChange:
        scope = case.approval.scope
        return MonthChange(
            kind, self.rule.scheme, scope.case_no, scope.text("name"), scope.text("id_no"),
            scope.text("town"), scope.text("village"), why, paper.source, form_id,
        )  # fmt: skip

    def _paid(
        self, about: MonthChange, before: StandingCase | None, now: StandingCase | None
    ) -> MonthChange:
        """With what was paid before and is paid now, and since when."""
        standing = now or before
        decided = standing.approved if standing and not before else None
        told = self.earlier.history.issued_for(about.paper.form_id, case_no=about.case_no)
        read = next(
            (self.earlier.read(one) for one in told if one.number == about.paper.number), None
        )
        if before and read:
            decided = read.scope.date("c_date") or read.scope.date("decide_date")
        nothing = _NOTHING if self.rule.amount else ""
        return replace(
            about,
            old_persons=self._persons(before) if before else "0",
            new_persons=self._persons(now) if now else "0",
            old_amount=self._amount(before) if before else nothing,
            new_amount=self._amount(now) if now else nothing,
            since=print_month(self.first),
            decided=print_date(decided) if decided else "",
        )

    def _amount(self, case: StandingCase) -> str:
        if not self.rule.amount:
            return ""
        paper, slug = case.told(self.rule.amount)
        return paper.scope.text(slug) or _NOTHING

    def _persons(self, case: StandingCase) -> str:
        if self.rule.persons.startswith(_FIXED):
            return self.rule.persons.removeprefix(_FIXED)
        paper, slug = case.told(self.rule.persons)
        return paper.scope.text(slug) or "0"


def _reason(paper: EarlierForm) -> str:
    """Why a paper changed a case, in its own words."""
    for slug in ("stop_cause", "reason", "facts", "end_reason", "stop_reason"):
        if slug in paper.scope.fields and (text := paper.scope.text(slug)):
            return text
    return ""
