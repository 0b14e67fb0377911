"""A case: whose it is, where it lies, its steps, its documents, the next form to fill."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from filler.models import Issued
from filler.records.case_desk import DeskBook, papers_of_case
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.inspection.case_steps import PUBLICITY
from minzheng.web.forms.cases_shown import ShownStep, person_of, steps_shown
from minzheng.web.forms.issued_documents import documents_of_case
from minzheng.web.forms.record_gate import gate_of
from minzheng.web.forms.visible_forms import FormGroup, forms_by_dossier
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import area, county, forms, signed_in
from minzheng.web.gate.standings import still_on_desks


@require_safe
@needs(Right.FILL, Action.VIEW)
def show(request: HttpRequest, case_no: str) -> HttpResponse:
    """The documents of a case that may be seen, and the forms that go on from them."""
    documents = documents_of_case(request, case_no)
    if not documents:
        raise Http404
    note(request, f"案件 {case_no}")
    names = {spec.id: spec.short_title for spec in forms().forms}
    steps = steps_shown(request, case_no, documents)
    context = {
        "case_no": case_no,
        "who": person_of(documents),
        "steps": steps,
        "documents": [(one, names.get(one.form_id, one.form_id)) for one in documents],
        "next": _next_forms(request, documents, steps),
        "desk": _desk_of(request, case_no),
        "groups": _groups_of(request, case_no.partition("-")[0]),
    }
    return render(request, "case.html", context)


def _desk_of(request: HttpRequest, case_no: str) -> dict[str, Any]:
    """Where the case lies, in words; nothing when on nobody's desk."""
    today = timezone.localdate()
    gate = gate_of(area(request), signed_in(request).username)
    book = DeskBook(forms().by_id, forms().facts, today)
    lies = book.desk_of(papers_of_case(case_no, gate))
    desk = next(iter(still_on_desks([lies] if lies else [])), None)
    if desk is None:
        return {}
    name = county().desks.name_of(desk.level)
    return {"at": name, "lies": desk, "is_overdue": desk.is_overdue(today)}


def _next_forms(
    request: HttpRequest, documents: tuple[Issued, ...], steps: tuple[ShownStep, ...]
) -> list[tuple[str, str, str]]:
    """Forms beside the steps, not issued yet, that take something over from those that were.

    A form of another dossier would be a paper of another case.
    """
    among_steps = {link.form_id for one in steps for link in one.links}
    issued = {one.form_id for one in documents}
    taking_over, hidden = forms().taking_over, area(request).forbidden
    code = documents[0].case_no.partition("-")[0]
    wanted = (
        {to for form_id in issued for to in taking_over.takers_of(form_id)} - issued - among_steps
    )
    return [
        (spec.id, spec.short_title, "、".join(sorted(issued & taking_over.sources_of(spec.id))))
        for spec in forms().forms
        if spec.id in wanted
        and spec.dossier in ("", code, PUBLICITY)
        and spec.dossier not in hidden
    ]


def _groups_of(request: HttpRequest, code: str) -> tuple[FormGroup, ...]:
    """The forms of the case's dossier and those that all dossiers share."""
    return tuple(
        group for group in forms_by_dossier(area(request)) if group.anchor in (code, "COM")
    )
