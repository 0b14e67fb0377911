"""What is offered where a question found nothing exactly, for page, interface, command line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, resolve, reverse

from archive_indexer.asking.fitting import NamedForm
from archive_indexer.nearest import Nearest
from minzheng.accounts.models import Person
from minzheng.accounts.rights import may
from minzheng.county.county import County
from minzheng.county.writing.chinese_dates import print_date
from minzheng.web.gate.access import rule_of
from minzheng.web.gate.children import mask
from minzheng.web.gate.office import mask_numbers

if TYPE_CHECKING:  # a search on the command line that finds something reads no form
    from filler.spec.form_catalogue import Catalogue

_FORM, _QUESTION, _CHECK, _PAGE = "表", "检查清单里的问题", "疑点核对", "系统里的页面"
_AMOUNT = "登记的标准、限额"


@dataclass(frozen=True, slots=True)
class Near:
    """One thing that may be meant: what it is, how to ask it, how many files answer."""

    kind: str
    text: str
    count: int | None = None  #: None: a question that a page answers
    name: str = ""  #: of a form or question
    number: str = ""  #: of the form, of the question in the list; the check's or page's name


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
    """What is registered, the readings, forms, then the fitting question, check and page.

    A child's name is not offered: it would stand in the address.
    """
    for said in nearest.amounts:
        since = f"{print_date(said.start)}起，依据：{said.source}"
        yield Near(
            _AMOUNT,
            f"{said.amount}（{since}{f'，{said.mark}' if said.mark else ''}）",
            None,
            said.of,
        )
    for reading in nearest.readings:
        if mask(reading.text) == mask_numbers(reading.text):
            yield Near(reading.why, reading.text, reading.count)
    for form in nearest.forms:
        yield Near(_FORM, form.text, form.count, form.form.title, form.form.form_id)
    question, check, page = nearest.signs.question, nearest.signs.check, nearest.signs.page
    if question:
        yield Near(_QUESTION, question.text, None, f"第 {question.no} 问", str(question.no))
    if check:
        yield Near(_CHECK, check.how, None, check.name, check.id)
    if page:
        yield Near(_PAGE, page.text, None, page.name, page.address)


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


def address_of(near: Near, nearest: Nearest, county: County, person: Person) -> str | None:
    """Where what is offered stands; "" when it only tells, None when it may not be opened."""
    if near.kind == _QUESTION:
        return checklist_address(nearest, county)
    if near.kind == _CHECK:
        return f"{reverse('doubts-all')}?{urlencode({'check': near.number})}"
    if near.kind == _PAGE:
        return _page_address(near.number, person)
    return ""


def _page_address(name: str, person: Person) -> str | None:
    """A page by its name among the addresses; a county may have named one that is not there."""
    try:
        address = reverse(name)
    except NoReverseMatch:
        return None
    rule = rule_of(resolve(address).func)
    return address if rule and may(person, rule.right) else None


def checklist_address(nearest: Nearest, county: County) -> str:
    """The question in the list, for the village and year that were named."""
    villages = nearest.loosened.villages
    village = county.places.village(villages[0]) if len(villages) == 1 else None
    chosen: Mapping[str, str] = {
        "village": village.short_code if village else "", "year": nearest.loosened.year
    }  # fmt: skip
    asked = urlencode({name: value for name, value in chosen.items() if value})
    question = nearest.signs.question
    number = question.no if question else 1
    return f"{reverse('checklist')}{f'?{asked}' if asked else ''}#q{number}"
