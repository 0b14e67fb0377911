"""What the page of a case shows: whose it is, its steps, the forms that go on from it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime

from filler.form.case_history import person_number
from filler.models import Issued
from filler.records.named_people import lists_naming
from minzheng.accounts.areas import Area
from minzheng.county.registry.required_papers import Scheme
from minzheng.county.writing.chinese_dates import parse_date
from minzheng.inspection.next_steps import CaseStep, Known, StepPaper, steps_of
from minzheng.web.forms.record_gate import code_of, may_see
from minzheng.web.gate.children import shown_name
from minzheng.web.gate.office import area, county, forms, signed_in

_NAMES = ("name", "head", "addressee", "b_name")
#: Which of its dates says when a paper carried the case on.
_DAYS = ("c_date", "decide_date")


@dataclass(frozen=True, slots=True)
class CasePerson:
    """Whom a case is about."""

    name: str
    id_no: str
    town: str
    village: str

    @property
    def shown(self) -> str:
        """The name as whoever looks may read it."""
        return shown_name(self.name, self.id_no, self.town, self.village)


@dataclass(frozen=True, slots=True)
class FormLink:
    """A form that can be filled for a step: one click."""

    form_id: str
    title: str
    asked: str  #: case_no, or from_case for a list with a number of its own
    sources: str = ""  #: forms it takes something from


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with its papers and the forms that do it."""

    step: CaseStep
    papers: tuple[tuple[StepPaper, str], ...]  #: with the title of its form
    links: tuple[FormLink, ...]


def person_of(documents: Iterable[Issued]) -> CasePerson:
    """The first name and number that the papers of a case tell, oldest first."""
    told = [one.answers for one in documents]
    first = {
        slug: next((str(one[slug]) for one in told if one.get(slug)), "")
        for slug in (*_NAMES, "town", "village")
    }
    name = next((first[slug] for slug in _NAMES if first[slug]), "")
    id_no = next(filter(None, map(person_number, told)), "")
    return CasePerson(name, id_no, first["town"], first["village"])


def steps_shown(
    request: HttpRequest, case_no: str, documents: tuple[Issued, ...], today: dt.date
) -> tuple[ShownStep, ...]:
    """Every step of the case's scheme; none for a dossier without steps."""
    scheme = county().required.schemes.get(code_of(case_no))
    if scheme is None:
        return ()
    standing = [one for one in documents if not one.waits_for and not _is_corrected(one)]
    lists = _lists_of(request, scheme, person_of(documents))
    papers = {one.pk: _as_paper(one) for one in (*standing, *lists)}
    changes = forms().taking_over.changes
    known = Known(
        today,
        county().terms.on,
        frozenset(one.form_id for one in changes if one.endings),
        is_ended(standing),
    )
    titles = {spec.id: spec.short_title for spec in forms().forms}
    return tuple(
        ShownStep(
            step,
            tuple((paper, titles.get(paper.form_id, paper.form_id)) for paper in step.papers),
            tuple(_links(_still_to_fill(step), documents, area(request))),
        )
        for step in steps_of(scheme, tuple(papers.values()), known)
    )


def _still_to_fill(step: CaseStep) -> list[str]:
    """Of a step that is done no form a second time: what is wrong is corrected."""
    issued = {paper.form_id for paper in step.papers} if step.state == "已办" else set[str]()
    return [form_id for form_id in step.forms if form_id not in issued]


def is_ended(documents: Iterable[Issued]) -> bool:
    """Whether a paper ends the case; the county's table says which do."""
    told = [(one.form_id, one.answers) for one in documents]
    return any(
        change.form_id == form_id and change.ends(partial(_text_of, answers))
        for form_id, answers in told
        for change in forms().taking_over.changes
    )


def _text_of(answers: Mapping[str, Any], slug: str) -> str:
    return str(answers.get(slug, ""))


def _links(form_ids: Iterable[str], documents: Iterable[Issued], place: Area) -> Iterable[FormLink]:
    issued, known = {one.form_id for one in documents}, forms().by_id
    for form_id in form_ids:
        spec = known.get(form_id)
        if spec is None or spec.dossier in place.forbidden:
            continue
        stands_alone = spec.layout in ("L-LIST", "L-NOTICE") and bool(spec.dossier)
        giving = forms().taking_over.sources_of(form_id) | forms().offers.sources_of(form_id)
        sources = sorted(issued & giving - {form_id})
        asked = "from_case" if stands_alone else "case_no"
        yield FormLink(form_id, spec.short_title, asked, "、".join(sources))


def _lists_of(request: HttpRequest, scheme: Scheme, person: CasePerson) -> list[Issued]:
    """Lists issued that name the person and may be seen; a list of another scheme is none."""
    dossier = county().dossiers.by_code(scheme.dossier)
    words = {scheme.dossier, dossier.short_name if dossier else ""}
    place, username = area(request), signed_in(request).username
    found = lists_naming(
        scheme.lists, person.name, person.id_no, town=person.town, village=person.village
    )
    return [
        one
        for one in found
        if str(one.answers.get("scheme", scheme.dossier)) in words
        and not _is_corrected(one)
        and may_see(one, place, username)
    ]


def _as_paper(issued: Issued) -> StepPaper:
    spec = forms().by_id.get(issued.form_id)
    slugs = (*_DAYS, spec.reference_date) if spec and spec.reference_date else _DAYS
    days = (parse_date(str(issued.answers.get(slug) or "")) for slug in slugs)
    day = next((one for one in days if one), localtime(issued.issued_at).date())
    return StepPaper(issued.form_id, issued.pk, day)


def _is_corrected(issued: Issued) -> bool:
    return Issued.objects.filter(corrects=issued.pk).exists()
