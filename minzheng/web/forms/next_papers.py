"""The next paper of a case: which form its next step asks for, one click away.

The page of a case, the desks and the month all show what is found here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from minzheng.accounts.areas import Area
from minzheng.inspection.case_steps import CaseStep
from minzheng.web.gate.office import forms
from minzheng.web.gate.standings import steps_of_cases


@dataclass(frozen=True, slots=True)
class FormLink:
    """A form that can be filled for a step: one click."""

    form_id: str
    title: str
    asked: str  #: case_no, or from_case for a list with a number of its own
    sources: str = ""  #: forms it takes something from

    def address(self, case_no: str) -> str:
        """Where it is filled for a case."""
        return f"{reverse('fill', args=[self.form_id])}?{urlencode({self.asked: case_no})}"


@dataclass(frozen=True, slots=True)
class NextPaper:
    """The step of a case that is to be done now, and where its paper is filled."""

    step: CaseStep
    form_id: str = ""
    title: str = ""
    address: str = ""  #: empty when whoever looks does not see the form


def links_of(step: CaseStep, place: Area, issued: Collection[str] = ()) -> Iterator[FormLink]:
    """The forms that do a step; of one that is done none a second time.

    The application is made once: when it is there, no other form of it is asked.
    `issued` are the forms the case has, to say which of them a form takes something from.
    """
    proved = {proof.form_id for proof in step.proofs} if step.is_there else set[str]()
    known = forms().by_id
    for form_id in () if step.is_there and step.is_first else step.forms:
        spec = known.get(form_id)
        if form_id in proved or spec is None or spec.dossier in place.forbidden:
            continue
        stands_alone = spec.layout in ("L-LIST", "L-NOTICE") and bool(spec.dossier)
        giving = forms().taking_over.sources_of(form_id) | forms().offers.sources_of(form_id)
        sources = "、".join(sorted(giving.intersection(issued) - {form_id}))
        asked = "from_case" if stands_alone else "case_no"
        yield FormLink(form_id, spec.short_title, asked, sources)


def next_paper(case_no: str, steps: Iterable[CaseStep], place: Area) -> NextPaper | None:
    """The paper of the step that is to be done now; None: nothing is, or nobody knows."""
    step = next((one for one in steps if one.is_next), None)
    if step is None:
        return None
    link = next(links_of(step, place), None)
    if link is None:
        return NextPaper(step)
    return NextPaper(step, link.form_id, link.title, link.address(case_no))


def next_papers(place: Area, cases: Mapping[str, tuple[str, str]]) -> dict[str, NextPaper]:
    """The next papers of many cases, by number; each case of a town and village."""
    told = steps_of_cases(place, cases)
    found = {case_no: next_paper(case_no, steps, place) for case_no, steps in told.items()}
    return {case_no: one for case_no, one in found.items() if one}
