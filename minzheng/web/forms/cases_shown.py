"""What the page of a case shows: whose it is, its steps, the forms that go on from it."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest

from filler.form.case_history import person_number
from filler.models import Issued
from minzheng.inspection.case_steps import CaseStep
from minzheng.web.forms.next_papers import FormLink, links_of
from minzheng.web.forms.record_gate import code_of, may_see
from minzheng.web.gate.children import shown_name
from minzheng.web.gate.office import area, county, forms, signed_in
from minzheng.web.gate.standings import case_steps

_NAMES = ("name", "head", "addressee", "b_name")


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
class ShownPaper:
    """A paper that proves a step: a document to be opened, or scans to be looked for."""

    title: str
    day: dt.date | None
    number: int = 0  #: of a document that may be seen
    asked: str = ""  #: what the archive is asked for the scans


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with its papers and the forms that do it."""

    step: CaseStep
    papers: tuple[ShownPaper, ...]
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
    request: HttpRequest, case_no: str, documents: tuple[Issued, ...]
) -> tuple[ShownStep, ...]:
    """Every step of the case's scheme; none for a dossier without steps."""
    person, place = person_of(documents), area(request)
    steps = case_steps(place, case_no, (person.town, person.village), documents)
    seen, issued = _numbers_seen(request, steps), {one.form_id for one in documents}
    return tuple(
        ShownStep(
            step,
            tuple(_papers_of(step, seen, case_no, person)),
            tuple(links_of(step, place, issued)),
        )
        for step in steps
    )


def _numbers_seen(request: HttpRequest, steps: Iterable[CaseStep]) -> frozenset[int]:
    """The documents among the proofs that may be opened."""
    numbers = {proof.number for step in steps for proof in step.proofs} - {0}
    place, username = area(request), signed_in(request).username
    found = Issued.objects.filter(pk__in=numbers).defer("texts")
    return frozenset(one.pk for one in found if may_see(one, place, username))


def _papers_of(
    step: CaseStep, seen: Collection[int], case_no: str, person: CasePerson
) -> Iterator[ShownPaper]:
    titles = {spec.id: spec.short_title for spec in forms().forms}
    lists = county().required.schemes[code_of(case_no)].lists
    for proof in dict.fromkeys(step.proofs):
        title = titles.get(proof.form_id, proof.form_id) or step.name
        if not proof.is_scan:
            yield ShownPaper(title, proof.day, proof.number if proof.number in seen else 0)
        elif proof.form_id in lists:
            yield ShownPaper(title, proof.day, asked=f'表:{proof.form_id} 姓名:"{person.name}"')
        else:
            yield ShownPaper(title, proof.day, asked=f"编号:{case_no}")


def is_ended(documents: Iterable[Issued]) -> bool:
    """Whether a paper ends the case; the county's table says which do."""
    law = forms().facts.case_law
    return any(law.is_ended_by(one.form_id, partial(_text_of, one.answers)) for one in documents)


def _text_of(answers: Mapping[str, Any], slug: str) -> str:
    return str(answers.get(slug, ""))
