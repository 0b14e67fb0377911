"""What pages and interface do with a form: read its answers, and issue what was read."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from filler.carry_over.offer import Offered
from filler.fill_form import Corrected, ReadForm, issue, offered_answers, read_form
from filler.form.case_history import CaseHistory, NoHistory
from filler.form.form_data import Refused
from filler.form.forms import FormSpec
from filler.form.taken import TakenOver
from filler.models import Issued
from filler.records.case_store import CaseStore
from filler.values.read_answers import is_blank, under_slugs
from minzheng.accounts.audit_log import Action
from minzheng.county.errors import Problem
from minzheng.web.forms.issued_documents import seen_store
from minzheng.web.forms.own_area import outside_area, outside_photo
from minzheng.web.forms.own_hand import levels_for, strange_hand
from minzheng.web.forms.posted_answers import Posted
from minzheng.web.forms.which_case import SCHEME, ShownCase, answer_of, as_asked, shown_case
from minzheng.web.gate.access import note, write_down
from minzheng.web.gate.office import area, county, forms, signed_in

#: Buttons after which a page stays as it is.
_KEPT, _MORE = "keep", "more:"


@dataclass(frozen=True, slots=True)
class Asked:
    """A form that a person asks for: read once, and whether it is theirs to issue."""

    read: ReadForm
    corrected: Issued | None = None  #: the document it takes the place of
    outside: Problem | None = None  #: why this person may not issue it


def read_asked(
    request: HttpRequest, spec: FormSpec, answers: dict[str, Any], corrected: Issued | None = None
) -> Asked:
    """Read a form with what earlier documents give to it.

    Nothing of a case or village outside the person's area is shown.
    """
    given = as_asked(request, under_slugs(spec, answers))
    if corrected and not str(given.get("case_no", "")).strip():
        given["case_no"] = corrected.case_no
    place, username = area(request), signed_in(request).username
    outside = outside_area(place, username, given) or outside_photo(place, username, given)
    history: CaseHistory = NoHistory() if outside else seen_store(request)
    corrects = Corrected(corrected.pk, corrected.case_no) if corrected else None
    role, day = signed_in(request).role, today()
    read = read_form(
        spec, given, today=day, catalogue=forms(), history=history, corrects=corrects,
        hands=levels_for(spec, given, role, county(), day),
    )  # fmt: skip
    outside = outside or outside_area(place, username, read.understood)
    return Asked(read, corrected, outside or strange_hand(spec, given, role, county(), day))


def in_only_case(
    request: HttpRequest, spec: FormSpec, posted: Posted, asked: Asked
) -> tuple[Posted, Asked, ShownCase | None]:
    """What was posted, read in the one running case of its person; the case, if it was unsaid.

    Where several run, or the form might begin another case, the page asks (`which_case.py`).
    """
    action = request.POST.get("action", "")
    if action == _KEPT or action.startswith(_MORE):
        return posted, asked, None
    posted, asked = _of_one_scheme(request, spec, posted, asked)
    only = asked.read.only_case
    if only is None:
        return posted, asked, None
    joined = replace(posted, answers={**posted.answers, "case_no": only.case_no})
    return joined, read_asked(request, spec, joined.answers, asked.corrected), shown_case(only)


def _of_one_scheme(
    request: HttpRequest, spec: FormSpec, posted: Posted, asked: Asked
) -> tuple[Posted, Asked]:
    """A form opened for a person, of the only scheme of which one case of theirs runs."""
    scheme = next((one for one in spec.fields if one.slug == SCHEME), None)
    is_open = request.method == "GET" and request.GET.get("person") and not asked.corrected
    if scheme is None or not is_open or not is_blank(posted.answers.get(SCHEME)):
        return posted, asked
    trials = (
        replace(posted, answers={**posted.answers, SCHEME: answer_of(scheme, word)})
        for word in scheme.choices
    )
    read = ((one, read_asked(request, spec, one.answers)) for one in trials)
    found = [(one, with_it) for one, with_it in read if with_it.read.only_case]
    return found[0] if len(found) == 1 else (posted, asked)


def offered_to(request: HttpRequest, asked: Asked) -> Offered:
    """What earlier papers that may be seen offer to a form just opened; never a correction."""
    if asked.outside or asked.corrected:
        return {}
    return offered_answers(asked.read, seen_store(request))


def mark_of(taken: TakenOver) -> str:
    """The documents a page showed something of: when it is posted they must be the same."""
    return ",".join(str(source.number) for source in sorted(taken.sources))


def write_down_taken(request: HttpRequest, read: ReadForm, offered: Offered) -> None:
    """Put in the audit log whose documents filled a page."""
    sources = dict.fromkeys((*read.taken.sources, *(source for _, source in offered.values())))
    if sources:
        taken = "、".join(map(str, [*sources][:10]))
        case_no = str(read.answers.get("case_no", ""))
        what = f"填表 {read.spec.id} {case_no} 取用 {taken}"
        write_down(request, Action.VIEW, what)


def issue_asked(
    request: HttpRequest, asked: Asked, store: CaseStore | None = None
) -> Issued | Refused:
    """Issue what was read for a place of the person's area, or say what is wrong."""
    form_id = asked.read.spec.id
    note(request, f"填表 {form_id}")
    if asked.outside:
        return Refused((asked.outside,))
    keeps = store or seen_store(request)
    outcome = issue(asked.read, issued_by=signed_in(request).username, store=keeps)
    if isinstance(outcome, Refused):
        return outcome
    note(request, f"出具 {form_id} {outcome.case_no}")
    return Issued.objects.get(pk=outcome.number)


def today() -> dt.date:
    """The day on which documents are issued."""
    return dt.date.today()
