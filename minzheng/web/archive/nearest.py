"""What is offered where a question found nothing exactly, for page, interface, command line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from archive_indexer.asking.fitting import NamedForm
from archive_indexer.search import Nearest
from minzheng.county.county import County
from minzheng.web.gate.children import mask
from minzheng.web.gate.office import mask_numbers

if TYPE_CHECKING:  # a search on the command line that finds something reads no form
    from filler.spec.form_catalogue import Catalogue

_FORM, _QUESTION = "表", "检查清单里的问题"


@dataclass(frozen=True, slots=True)
class Near:
    """One thing that may be meant: what it is, how to ask it, how many files answer."""

    kind: str
    text: str
    count: int | None = None  #: None: a question that a page answers
    name: str = ""  #: of a form or question
    number: str = ""  #: of the form, or of the question in the list


def named_forms(
    catalogue: "Catalogue", hidden: frozenset[str] = frozenset()
) -> tuple[NamedForm, ...]:
    """Every form with its names, but for those of hidden dossiers."""
    return tuple(
        NamedForm(spec.id, spec.short_title, tuple(one.title for one in spec.sections))
        for spec in catalogue.forms
        if spec.dossier not in hidden
    )


def in_order(nearest: Nearest) -> Iterator[Near]:
    """The readings, then forms, then the fitting one of the questions.

    A child's name is not offered: it would stand in the address.
    """
    for reading in nearest.readings:
        if mask(reading.text) == mask_numbers(reading.text):
            yield Near(reading.why, reading.text, reading.count)
    for form in nearest.forms:
        yield Near(_FORM, form.text, form.count, form.form.title, form.form.form_id)
    if nearest.question:
        number, text = nearest.question.no, nearest.question.text
        yield Near(_QUESTION, text, None, f"第 {number} 问", str(number))


def as_json(nearest: Nearest) -> list[dict[str, Any]]:
    """The same for other programs, numbers masked."""
    return [
        {"kind": one.kind, "text": mask_numbers(one.text), "count": one.count, "name": one.name}
        for one in in_order(nearest)
    ]


def as_lines(nearest: Nearest) -> Iterator[str]:
    """The same for people at a command line, numbers masked."""
    for one in in_order(nearest):
        count = "" if one.count is None else f"  {one.count} 件"
        yield f"  {one.kind}{f' {one.name}' if one.name else ''}：{mask_numbers(one.text)}{count}"


def checklist_address(nearest: Nearest, county: County) -> str:
    """The question in the list, for the village and year that were named."""
    villages = nearest.loosened.villages
    village = county.places.village(villages[0]) if len(villages) == 1 else None
    chosen: Mapping[str, str] = {
        "village": village.short_code if village else "", "year": nearest.loosened.year
    }  # fmt: skip
    asked = urlencode({name: value for name, value in chosen.items() if value})
    number = nearest.question.no if nearest.question else 1
    return f"{reverse('checklist')}{f'?{asked}' if asked else ''}#q{number}"
