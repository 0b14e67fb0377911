"""A form for somebody with a running case: in which case it is to stand.

Reading the form finds the cases (`filler/carry_over/running_cases.py`); the page asks which,
unless there is but one that it can be of (`form_deeds.in_only_case`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from filler.carry_over.running_cases import NEW_CASE, RunningCase
from filler.fill_form import ReadForm
from filler.form.forms import Field, FormSpec
from filler.models import Issued
from minzheng.county.writing.chinese_dates import parse_date
from minzheng.web.forms.cases_shown import person_of
from minzheng.web.forms.posted_answers import Posted
from minzheng.web.forms.record_gate import code_of, may_see
from minzheng.web.gate.office import area, county, forms, signed_in

#: What a link may tell a form that it opens.
_TOLD = ("town", "village", "month", "scheme", "campaign", "begin", "as_of", "pay_date")
NEW = "new"  #: the answer that another case is really meant
ASKED = "which_case"
SCHEME = "scheme"  #: the field that names the work a form is for
JOINED = "joined_case"  #: the case in which a page put itself


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case to choose: its number, the titles of its papers, when it began."""

    case_no: str
    forms: str
    begun: str


def is_case_chosen(request: HttpRequest) -> bool:
    """Whether one of the running cases was chosen just now."""
    return request.POST.get(ASKED, "") not in ("", NEW)


def with_chosen_case(request: HttpRequest, posted: Posted) -> Posted:
    """What was posted, in the case that was chosen; in none, when it was put there unsaid."""
    chosen = request.POST.get(ASKED, "")
    if is_case_chosen(request):
        return replace(posted, answers={**posted.answers, "case_no": chosen})
    is_taken_back = chosen == NEW and posted.answers.get("case_no") == request.POST.get(JOINED)
    return replace(posted, answers={**posted.answers, "case_no": ""}) if is_taken_back else posted


def as_asked(request: HttpRequest, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as the page is read: a new case that was pressed is a new case said."""
    is_new = request.POST.get(ASKED) == NEW and not str(answers.get("case_no", "")).strip()
    return {**answers, "case_no": NEW_CASE} if is_new else answers


def cases_to_choose(read: ReadForm) -> tuple[ShownCase, ...]:
    """The running cases, as long as nobody said that another is meant."""
    return tuple(map(shown_case, read.running))


def shown_case(case: RunningCase) -> ShownCase:
    """A running case with the titles of its papers."""
    known = forms().by_id
    titles = (known[one].short_title if one in known else one for one in case.forms)
    return ShownCase(case.case_no, "、".join(titles), f"{case.begun or ''}")


def told_by_address(request: HttpRequest, spec: FormSpec) -> dict[str, Any]:
    """Place, month, scheme and campaign that a link names, when they are of one's own area."""
    told = {slug: request.GET.get(slug, "")[:20] for slug in _TOLD}
    if not area(request).covers(told["town"], told["village"]):
        return {}
    known = {one.slug for one in spec.fields}
    return {slug: text for slug, text in told.items() if slug in known and text}


def told_by_case(request: HttpRequest, spec: FormSpec) -> dict[str, Any]:
    """Place and scheme of the case an address names, for a form that has such fields."""
    case_no = request.GET.get("from_case", "") or request.GET.get("case_no", "")
    case_no = case_no.strip().upper()
    dossier = county().dossiers.by_code(code_of(case_no))
    papers = _papers_of(request, [case_no])[case_no] if dossier else []
    if dossier is None or not papers:
        return {}
    person = person_of(papers)
    told: dict[str, Any] = {"town": person.town, "village": person.village}
    scheme = next((one for one in spec.fields if one.slug == SCHEME), None)
    word = _scheme_word(dossier.short_name, scheme.choices) if scheme else ""
    if scheme and word:
        told[SCHEME] = answer_of(scheme, word)
    joins_by = forms().taking_over.joins.get(spec.id, "")
    if joins_by and dossier.code == spec.case_code:
        told[joins_by] = case_no
    told |= _day_of_decision(papers, spec)
    known = {one.slug for one in spec.fields}
    return {slug: value for slug, value in told.items() if slug in known and value}


def _day_of_decision(papers: Iterable[Issued], spec: FormSpec) -> dict[str, Any]:
    """Of a list of what was decided on one day, the day on which this case was."""
    told: dict[str, Any] = {}
    for paper in papers:
        own, slugs = forms().offers.day_told_by(spec.id, paper.form_id)
        days = (str(paper.answers.get(slug) or "") for slug in slugs)
        day = next((one for one in map(parse_date, days) if one), None)
        if own and day and not paper.waits_for:
            told[own] = str(day)
    return told


def answer_of(field: Field, word: str) -> str | list[str]:
    """A word as the answer of a field with choices."""
    return [word] if field.type == "multi" else word


def _scheme_word(dossier: str, choices: Iterable[str]) -> str:
    """What a form calls the work of a dossier: 特困供养 is 特困 on most."""
    return next((one for one in choices if dossier.startswith(one)), "")


def _papers_of(request: HttpRequest, numbers: list[str]) -> dict[str, list[Issued]]:
    """What may be seen of each case, oldest first."""
    papers: dict[str, list[Issued]] = {case_no: [] for case_no in numbers}
    place, username = area(request), signed_in(request).username
    standing = Issued.objects.filter(case_no__in=numbers, corrected_by=None).defer("texts")
    for one in standing.order_by("pk"):
        if may_see(one, place, username):
            papers[one.case_no].append(one)
    return papers
