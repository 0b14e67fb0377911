"""The forms a person sees: those of the own dossiers, one by one and as a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from filler.errors import UnknownFormError
from filler.form.forms import FormSpec
from filler.spec.find_forms import find_forms
from minzheng.accounts.areas import Area
from minzheng.web.gate.office import area, county, forms


@dataclass(frozen=True, slots=True)
class FormGroup:
    """The forms of a dossier, as the pages list them."""

    number: str  #: 01 … 15; empty for the shared ones
    name: str
    anchor: str
    specs: tuple[FormSpec, ...]


def forms_by_dossier(place: Area, wanted: str = "") -> tuple[FormGroup, ...]:
    """Forms of the dossiers a person sees, shared ones last; those that `wanted` finds."""
    known = [(one.no, one.short_name, one.code) for one in county().dossiers.all]
    found = find_forms(forms().forms, wanted, {code: name for _, name, code in known})
    groups = [
        FormGroup(number, name, code or "COM", _specs_of(code, found))
        for number, name, code in (*known, ("", "各专档共用", ""))
        if code not in place.forbidden
    ]
    return tuple(group for group in groups if group.specs)


def spec_of(request: HttpRequest, form_id: str) -> FormSpec:
    """A form; one of a dossier the person does not see is as good as unknown."""
    try:
        spec = forms().form(form_id)
    except UnknownFormError as error:
        raise Http404 from error
    if spec.dossier in area(request).forbidden:
        raise Http404
    return spec


def _specs_of(code: str, found: Iterable[FormSpec]) -> tuple[FormSpec, ...]:
    return tuple(spec for spec in found if spec.dossier == code)
