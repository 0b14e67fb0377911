"""Rows of a register or a cabinet for a form opened from its page: looked through, then issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from filler.form.forms import FormSpec
from filler.records.cabinet_store import cabinet_of
from minzheng.cabinets.cabinet import ReadCabinets
from minzheng.cabinets.catalogues import box_answers, cabinet_answers, handed_over
from minzheng.county.writing.chinese_dates import parse_month, term_end
from minzheng.registers.give_rows import give_table
from minzheng.registers.read_registers import may_see_row
from minzheng.registers.row import Row
from minzheng.web.gate.office import area, county, county_name, forms, registers

#: What an address names when the rows are of a cabinet, and the forms that take them.
_CABINET, _HANDOVER, _WHOLE, _BOX = "cabinet", "ZH-10", "ZH-03", "ZH-04"


@dataclass(frozen=True, slots=True)
class RowsBrought:
    """What a button brings into a list, and what has to be filled before."""

    whom: str
    asked: str


def rows_brought(spec: FormSpec) -> RowsBrought | None:
    """Whom a list can be filled with: who was approved, or who is to be; None: no list."""
    rules, offers = forms().taking_over, forms().offers
    own = [one for one in offers.lists if one.gather.to == spec.id]
    gathers = [*(one for one in rules.gathers if one.to == spec.id), *(one.gather for one in own)]
    if not gathers:
        return None
    is_before = any(one.unless for one in own) or any(
        one.is_before for one in rules.listed if one.to == spec.id
    )
    labels = {one.slug: one.label for one in spec.fields}
    asked = (slug for one in gathers for slug in (*one.match, *one.when, one.as_of))
    named = dict.fromkeys(labels[slug] for slug in asked if slug in labels)
    return RowsBrought("在办的各户" if is_before else "已审批的各户", "、".join(named))


def told_by_register(
    request: HttpRequest, spec: FormSpec, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Rows of what the address names, to be looked through before they are issued."""
    if request.GET.get("given") == _CABINET:
        return _told_by_cabinet(request, spec.id, answers)
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


def _told_by_cabinet(
    request: HttpRequest, form_id: str, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """What lies in the cabinet of the village: handed over, or its catalogues."""
    place = area(request)
    town, name = (str(answers.get(slug) or "") for slug in ("town", "village"))
    village = county().places.village(name, town) if name else None
    if village is None or not place.covers(village.town, village.name):
        return {}
    cabinet = ReadCabinets(county(), forms().by_id, county_name()).of(village, place.forbidden)
    dossiers, day = county().dossiers, str(timezone.localdate())
    if form_id == _HANDOVER:
        rows = handed_over(cabinet, dossiers)
        return {"items": rows} if rows else {}
    if form_id == _WHOLE:
        slots = cabinet_of(village.town, village.name).slots
        return cabinet_answers(cabinet, dossiers, slots, day)
    asked = (request.GET.get("dossier", ""), request.GET.get("box", ""))
    boxes = (one for one in cabinet.boxes if (one.dossier, str(one.number)) == asked)
    box = next(boxes, None) if form_id == _BOX else None
    return box_answers(cabinet, box, dossiers, day) if box else {}
