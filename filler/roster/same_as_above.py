"""Cells in which somebody wrote 同上 or 〃: whose cell is meant."""

from collections.abc import Mapping, Sequence

from filler.form.forms import Field, FormSpec
from filler.roster.cells import key_text
from filler.roster.layout import FoundTable
from filler.values.read_value import is_name

#: What is each person's own is never the same as above.
_OWN_TYPES = frozenset({"idcard", "bank", "phone", "photo", "annex"})
_NAME = "name"


def cells_as_above(
    table: FoundTable, spec: FormSpec, records: Sequence[int]
) -> Mapping[tuple[int, int], int | None]:
    """Row and column of each such cell, with the row of the record that says what is meant.

    None where nothing above can be meant: what is each person's own, and the first row.
    """
    words = frozenset(spec.heading_words.same_as_above)
    fields = {one.slug: one for one in (table.field.columns if table.field else spec.fields)}
    meant: dict[tuple[int, int], int | None] = {}
    for slug, column in table.layout.columns.items():
        may_be = _may_be_alike(slug, fields.get(slug))
        said: int | None = None
        for row in records:
            if key_text(table.sheet.value(row, column - 1)) not in words:
                said = row if may_be else None
            else:
                meant[row, column - 1] = said
    return meant


def _may_be_alike(slug: str, field: Field | None) -> bool:
    if field is None or field.type in _OWN_TYPES:
        return False
    return slug != _NAME and not is_name(field)
