"""What a form is and says itself: place, number, row, fields and texts put together."""

from filler.form.form_data import Value
from filler.values.language import Slug, Text, derivation
from filler.values.scope import Scope


@derivation
def village_code(scope: Scope) -> Value:
    """The 12-digit code of the form's village."""
    village = scope.facts.places.village(scope.text("village"), scope.text("town"))
    return (village.code or None) if village else None


@derivation
def committee(scope: Scope) -> Value:
    """The full name of the village's committee, as on its seal."""
    village = scope.facts.places.village(scope.text("village"), scope.text("town"))
    return village.committee if village else None


@derivation
def department(scope: Scope, code: Text) -> Value:
    """The department that decides and seals for a dossier on the form's day."""
    dossier = scope.facts.dossiers.by_code(code)
    return dossier.seal_on(scope.day) if dossier else None


@derivation
def seq(scope: Scope) -> Value:
    """The number of the row, from 1."""
    return scope.row_number or None


@derivation
def case_no(scope: Scope) -> Value:
    """The case number; none before the form is issued."""
    return scope.case_no or None


@derivation
def copy(scope: Scope, slug: Slug) -> Value:
    """Another field's value."""
    return scope.value(slug)


@derivation
def fixed(scope: Scope, text: Text) -> Value:
    """A text that never changes."""
    return text
