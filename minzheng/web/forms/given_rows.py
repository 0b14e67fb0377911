"""Rows of a register or a cabinet for a form opened from its page: looked through, then issued."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from filler.form.forms import FormSpec
from minzheng.cabinets.cabinet import ReadCabinets
from minzheng.cabinets.catalogues import handed_over
from minzheng.county.writing.chinese_dates import parse_month, term_end
from minzheng.registers.give_rows import give_table
from minzheng.registers.read_registers import may_see_row
from minzheng.registers.row import Row
from minzheng.web.gate.office import area, config, county, forms, registers

#: What an address names when the rows are of a cabinet, and the form that takes them.
_CABINET, _HANDOVER = "cabinet", "ZH-10"


def told_by_register(
    request: HttpRequest, spec: FormSpec, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Rows of what the address names, to be looked through before they are issued."""
    if request.GET.get("given") == _CABINET and spec.id == _HANDOVER:
        return _told_by_cabinet(request, answers)
    known = registers()
    named = known.registers.gives_of(request.GET.get("given", ""))
    tables = {one.rows for one in named if one.form_id == spec.id}
    month, place, today = answers.get("month"), area(request), timezone.localdate()
    asked = parse_month(str(month or ""))
    day = min(today, term_end(asked, 1)) if asked else today

    def rows_of(name: str) -> list[Row]:
        register = known.registers.named(name)
        rows = known.rows(register, day, place.forbidden) if register else []
        return [one for one in rows if may_see_row(one, place)]

    given = {
        rows: give_table(known.registers.gives_to(spec.id, rows), rows_of, answers)
        for rows in tables
    }
    return {rows: table for rows, table in given.items() if table}


def _told_by_cabinet(request: HttpRequest, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What lies in the cabinet of the village, as it is handed over."""
    place = area(request)
    town, name = (str(answers.get(slug) or "") for slug in ("town", "village"))
    village = county().places.village(name, town) if name else None
    if village is None or not place.covers(village.town, village.name):
        return {}
    known = ReadCabinets(county(), forms().by_id, config().county)
    rows = handed_over(known.of(village, place.forbidden), county().dossiers)
    return {"items": rows} if rows else {}
