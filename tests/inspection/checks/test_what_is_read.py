"""Which fields of our forms the checks read."""

from minzheng.inspection.checks.what_is_read import COLUMNS, VALUES, code_of, is_scheme_code
from tests.inspection.made.laid_papers import catalogue

#: Read of texts or made while reading, and no field of a form.
_MADE = {"leaks", "unsound"}


def test_every_name_is_a_field_or_column_of_some_form():
    """A form that renames one would go unchecked in silence."""
    fields = {one.slug for spec in catalogue().forms for one in spec.fields}
    columns = {
        one.slug for spec in catalogue().forms for field in spec.fields for one in field.columns
    }
    assert VALUES - fields - _MADE == {"head", "c_name", "b_name"} - fields
    assert COLUMNS - columns == set()


def test_schemes_have_codes():
    """As notices call them, as case numbers begin."""
    assert (code_of("低保"), code_of("没有")) == ("DB", "")
    assert is_scheme_code("DB") and not is_scheme_code("COM")
