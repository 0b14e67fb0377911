"""What pages and interface do with a form: look at its answers, and issue it."""

import datetime as dt
from typing import Any

from django.http import HttpRequest

from filler.fill_form import fill_form, preview, seen_by
from filler.form.case_history import CaseHistory, NoHistory
from filler.form.form_data import Preview, Refused
from filler.form.forms import FormSpec
from filler.form.taken import TakenOver
from filler.models import Issued
from minzheng.accounts.audit_log import Action
from minzheng.web.forms.issued_documents import case_store, corrected_document
from minzheng.web.forms.own_area import outside_area
from minzheng.web.gate.access import note, write_down
from minzheng.web.gate.office import area, forms, signed_in


def look_at(request: HttpRequest, spec: FormSpec, answers: dict[str, Any]) -> Preview:
    """What would be printed and what is wrong, with what earlier documents give.

    Nothing of a case or village outside the person's area is shown.
    """
    wrong = corrected_document(request, spec)
    if wrong is not None and not str(answers.get("case_no", "")).strip():
        answers = {**answers, "case_no": wrong.case_no}
    is_outside = outside_area(area(request), signed_in(request).username, answers)
    history: CaseHistory = NoHistory() if is_outside else case_store()
    return preview(spec, answers, today(), forms(), seen_by(history, wrong.pk if wrong else None))


def mark_of(taken: TakenOver) -> str:
    """The documents a page showed something of: when it is posted they must be the same."""
    return ",".join(str(source.number) for source in sorted(taken.sources))


def write_down_taken(request: HttpRequest, spec: FormSpec, shown: Preview) -> None:
    """Put in the audit log whose documents filled a page."""
    if shown.taken.sources:
        taken = "、".join(map(str, shown.taken.sources[:10]))
        case_no = str(shown.answers.get("case_no", ""))
        what = f"填表 {spec.id} {case_no} 取用 {taken}"
        write_down(request, Action.VIEW, what)


def issue_answers(
    request: HttpRequest, spec: FormSpec, answers: dict[str, Any]
) -> Issued | Refused:
    """Issue a document for a place of the person's area, or say what is wrong."""
    note(request, f"填表 {spec.id}")
    username = signed_in(request).username
    outside = outside_area(area(request), username, answers)
    if outside:
        return Refused((outside,))
    wrong = corrected_document(request, spec)
    outcome = fill_form(
        spec.id,
        answers,
        issued_by=username,
        today=today(),
        catalogue=forms(),
        store=case_store(),
        corrects=wrong.pk if wrong else None,
    )
    if isinstance(outcome, Refused):
        return outcome
    note(request, f"出具 {spec.id} {outcome.case_no}")
    return Issued.objects.get(pk=outcome.number)


def today() -> dt.date:
    """The day on which documents are issued."""
    return dt.date.today()
