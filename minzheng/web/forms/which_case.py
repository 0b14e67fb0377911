"""A form for somebody with a running case: in which case it is to stand.

Without a number a new case would be opened beside the old one, unseen; so it is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime

from filler.fill_form import ReadForm
from filler.form.case_history import person_number
from filler.form.forms import FormSpec
from filler.models import Issued
from filler.records.case_number import case_prefix
from minzheng.web.forms.cases_shown import is_ended, person_of
from minzheng.web.forms.posted_answers import Posted
from minzheng.web.forms.record_gate import code_of, may_see
from minzheng.web.gate.office import area, county, forms, signed_in

#: What a link may tell a form that it opens.
_TOLD = ("town", "village", "month", "scheme")
NEW = "new"  #: the answer that another case is really meant
ASKED = "which_case"


@dataclass(frozen=True, slots=True)
class RunningCase:
    """A case of the person that has not ended."""

    case_no: str
    forms: str  #: titles of its papers
    begun: str  #: the day its first paper was issued


def is_case_chosen(request: HttpRequest) -> bool:
    """Whether one of the running cases was chosen just now."""
    return request.POST.get(ASKED, "") not in ("", NEW)


def with_chosen_case(request: HttpRequest, posted: Posted) -> Posted:
    """What was posted, in the case that was chosen."""
    if not is_case_chosen(request):
        return posted
    return replace(posted, answers={**posted.answers, "case_no": request.POST[ASKED]})


def cases_to_choose(request: HttpRequest, read: ReadForm) -> tuple[RunningCase, ...]:
    """The running cases, as long as nobody said that another is meant."""
    return () if request.POST.get(ASKED) == NEW else running_cases(request, read)


def running_cases(request: HttpRequest, read: ReadForm) -> tuple[RunningCase, ...]:
    """Cases of the same person, scheme and place that this form would be put beside.

    None when the form names its case or takes the place of a document.
    """
    id_no = person_number(read.answers)
    if read.scope.case_no or read.corrects or not id_no:
        return ()
    begins = case_prefix(read.scope).rpartition("-")[0]
    found = Issued.objects.filter(
        id_no=id_no, case_no__startswith=f"{begins}-", stopped_at=None, corrected_by=None
    )
    numbers = list(dict.fromkeys(found.order_by("pk").values_list("case_no", flat=True)))
    papers = _papers_of(request, numbers)
    return tuple(
        _as_running(case_no, papers[case_no])
        for case_no in numbers
        if papers[case_no] and not is_ended(papers[case_no])
    )


def told_by_address(request: HttpRequest, spec: FormSpec) -> dict[str, Any]:
    """Place, month and scheme that a link names, when they are of one's own area."""
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
    scheme = next((one for one in spec.fields if one.slug == "scheme"), None)
    if scheme and dossier.short_name in scheme.choices:
        told["scheme"] = [dossier.short_name] if scheme.type == "multi" else dossier.short_name
    known = {one.slug for one in spec.fields}
    return {slug: value for slug, value in told.items() if slug in known and value}


def _papers_of(request: HttpRequest, numbers: list[str]) -> dict[str, list[Issued]]:
    """What may be seen of each case, oldest first."""
    papers: dict[str, list[Issued]] = {case_no: [] for case_no in numbers}
    place, username = area(request), signed_in(request).username
    standing = Issued.objects.filter(case_no__in=numbers, corrected_by=None).defer("texts")
    for one in standing.order_by("pk"):
        if may_see(one, place, username):
            papers[one.case_no].append(one)
    return papers


def _as_running(case_no: str, papers: Iterable[Issued]) -> RunningCase:
    titles = {spec.id: spec.short_title for spec in forms().forms}
    held = list(papers)
    named = dict.fromkeys(titles.get(one.form_id, one.form_id) for one in held)
    return RunningCase(case_no, "、".join(named), f"{localtime(held[0].issued_at):%Y-%m-%d}")
