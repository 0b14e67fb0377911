"""★ On whose desk a case lies, since when and until when: read from the papers issued.

村 → 镇 → 县 and back. An application lies with the town until its approval form is sent up; a
送审稿 lies with the hand that writes on it next; a decision lies with the town again until
something follows from it. Nothing is kept of this but the papers themselves.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.timezone import get_current_timezone

from filler.form.case_history import PastForm
from filler.form.county_facts import CountyFacts
from filler.form.forms import FormSpec
from filler.form.opinions import levels_of
from filler.models import Issued, NamedPerson
from filler.records.case_store import Sees, past_form
from minzheng.county.registry.required_papers import Scheme
from minzheng.county.writing.chinese_dates import parse_date

#: Days of an application on which the town has it, the first that is filled.
_TAKEN_IN = ("accept_date", "apply_date", "relief_date")
_TOWN, _DECISION = "t", "审批"
#: Older applications without a decision are not work that waits, but the past.
_LOOKED_BACK_DAYS = 400
_MOST = 500
_ASKED_AT_ONCE = 500
_ANYWHERE: Mapping[str, str] = {}

Why = Literal["待调查审核", "待填写意见", "已批回"]


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """Where a case lies: whose desk, since when, until when, by which paper."""

    case_no: str
    level: str  #: v, t, f, b, e or c
    why: Why
    paper: PastForm  #: the application, the 送审稿 or the decision
    since: dt.date
    due: dt.date | None = None

    def is_overdue(self, today: dt.date) -> bool:
        """Whether it should have left the desk."""
        return self.due is not None and today > self.due


@dataclass(frozen=True, slots=True)
class DeskBook:
    """How papers are read: the forms, the county, and today."""

    forms: Mapping[str, FormSpec]
    facts: CountyFacts
    today: dt.date

    def desk_of(self, papers: Sequence[PastForm]) -> CaseDesk | None:
        """Where a case lies, by its newest editions, oldest first; None: on nobody's desk."""
        known = [one for one in papers if one.form_id in self.forms]
        if not known or self._is_ended(known):
            return None
        waiting = next((one for one in reversed(known) if one.waits_for), None)
        if waiting is not None:
            since = waiting.day or self.today
            return self._lies(waiting, waiting.waits_for, "待填写意见", since)
        if not self._decided_by(known):
            return self._with_town(known[0])
        last = known[-1]
        if last.edition == 1 or not levels_of(self.forms[last.form_id]):
            return None
        return CaseDesk(last.case_no, _TOWN, "已批回", last, last.day or self.today)

    def _is_ended(self, papers: Iterable[PastForm]) -> bool:
        """Whether a decided paper says that nothing more is done."""
        law = self.facts.case_law
        decided = (paper for paper in papers if not paper.waits_for)
        return any(law.is_ended_by(paper.form_id, paper.text) for paper in decided)

    def _decided_by(self, papers: Iterable[PastForm]) -> bool:
        """Whether the case has the paper by which its dossier decides."""
        return any(one.form_id in self._decisions(one.case_no) for one in papers)

    def _decisions(self, case_no: str) -> frozenset[str]:
        scheme = self._scheme(case_no)
        return decisions_of(scheme) if scheme else frozenset()

    def _scheme(self, case_no: str) -> Scheme | None:
        return self.facts.county.required.schemes.get(case_no.partition("-")[0])

    def _with_town(self, paper: PastForm) -> CaseDesk | None:
        """An application that nothing decided yet; other papers alone are no case."""
        scheme = self._scheme(paper.case_no)
        if scheme is None or paper.form_id not in scheme.steps[0].forms:
            return None
        days = (parse_date(paper.text(slug)) for slug in _TAKEN_IN)
        since = next(filter(None, days), paper.day or self.today)
        return self._lies(paper, _TOWN, "待调查审核", since)

    def _lies(self, paper: PastForm, level: str, why: Why, since: dt.date) -> CaseDesk:
        county = self.facts.county
        dossier = paper.case_no.partition("-")[0]
        due = county.desks.due(level, dossier, since, county.terms, county.calendar)
        return CaseDesk(paper.case_no, level, why, paper, since, due)


def decisions_of(scheme: Scheme) -> frozenset[str]:
    """The forms by which a dossier decides: of the step 审批, else the application itself."""
    step = scheme.step_named(_DECISION)
    return step.forms if step else scheme.steps[0].forms


def papers_of_case(case_no: str, sees: Sees | None = None) -> tuple[PastForm, ...]:
    """The newest editions of a case's papers that may be told of, oldest first."""
    return _papers_of([case_no], sees).get(case_no, ())


def waiting_cases(
    levels: frozenset[str],
    book: DeskBook,
    sees: Sees | None = None,
    where: Mapping[str, str] = _ANYWHERE,
) -> tuple[CaseDesk, ...]:
    """The cases of a place that lie on the desks of some levels, the most urgent first."""
    numbers = list(dict.fromkeys(_maybe_waiting(levels, book, where)))
    papers = _papers_of(numbers, sees)
    desks = (book.desk_of(papers.get(case_no, ())) for case_no in numbers)
    found = [one for one in desks if one and one.level in levels and not _is_followed(one)]
    return tuple(sorted(found, key=lambda one: (one.due or dt.date.max, one.since)))


def _papers_of(numbers: list[str], sees: Sees | None) -> dict[str, tuple[PastForm, ...]]:
    """The newest editions by case."""
    found: dict[str, tuple[PastForm, ...]] = {}
    for start in range(0, len(numbers), _ASKED_AT_ONCE):
        some = numbers[start : start + _ASKED_AT_ONCE]
        rows = Issued.objects.filter(case_no__in=some, corrected_by=None, stopped_at=None)
        for one in rows.defer("texts").order_by("pk"):
            if sees is None or sees(one):
                found[one.case_no] = (*found.get(one.case_no, ()), past_form(one))
    return found


def _is_followed(desk: CaseDesk) -> bool:
    """Whether a list names the person since the decision came back: it was published or paid."""
    if desk.why != "已批回":
        return False
    paper = desk.paper
    named = NamedPerson.objects.filter(issued__pk__gt=paper.number, name=paper.text("name"))
    place = {slug: paper.text(slug) for slug in ("town", "village")}
    return named.filter(**place).exclude(issued__case_no=paper.case_no).exists()


def _maybe_waiting(
    levels: frozenset[str], book: DeskBook, where: Mapping[str, str]
) -> Iterable[str]:
    """Numbers of cases that may lie there, told by columns alone."""
    newest = Issued.objects.filter(corrected_by=None, stopped_at=None).order_by("-pk")
    newest = newest.filter(**{f"person__{slug}": text for slug, text in where.items()})
    yield from newest.filter(waits_for__in=levels).values_list("case_no", flat=True)[:_MOST]
    if _TOWN not in levels:
        return
    since = dt.datetime.combine(book.today, dt.time(), get_current_timezone())
    recent = newest.filter(issued_at__gte=since - dt.timedelta(days=_LOOKED_BACK_DAYS))
    back = recent.filter(edition__gt=1, waits_for="")
    yield from back.values_list("case_no", flat=True)[:_MOST]
    schemes = book.facts.county.required.schemes.values()
    begins = {form_id for one in schemes for form_id in one.steps[0].forms}
    ends = {form_id for one in schemes for form_id in decisions_of(one)}
    decided = Issued.objects.filter(form_id__in=ends).values("case_no")
    open_ones = recent.filter(form_id__in=begins - ends).exclude(case_no__in=decided)
    yield from open_ones.values_list("case_no", flat=True)[:_MOST]
