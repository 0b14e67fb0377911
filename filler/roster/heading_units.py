"""The unit that a list gives its numbers, in a heading or above it, where it is not the form's."""

import re

from filler.form.forms import Field
from filler.roster.layout import FoundTable
from filler.values.read_value import is_in_unit, unit_of
from minzheng.county.writing.units import is_money, unit_in

_UNIT = re.compile(r"([十百千万亿]+元)")
_UNIT_ABOVE = re.compile(rf"单\s*位\s*[:：]?\s*{_UNIT.pattern}")


def find_other_unit(table: FoundTable, field: Field | None, slug: str) -> str:
    """The unit that a list gives a number, where it is not the form's: 补助金额（万元）."""
    if field is None or field.type not in ("money", "int"):
        return ""
    heading = table.layout.headings.get(slug, "")
    unit = unit_in(heading)
    if unit and not is_in_unit(field, unit):
        return unit
    if not is_money(unit_of(field)):
        return ""
    above = (table.sheet.rows[row] for row in table.titles)
    titles = "\n".join(cell for row in above for cell in row if isinstance(cell, str))
    found = _UNIT.search(heading) or (not unit and _UNIT_ABOVE.search(titles))
    return found[1] if found else ""
