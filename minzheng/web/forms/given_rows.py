"""Rows of a register for a form that is opened from its page: looked through, then issued."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from filler.form.forms import FormSpec
from minzheng.county.writing.chinese_dates import parse_month, term_end
from minzheng.registers.give_rows import give_rows
from minzheng.registers.read_registers import may_see_row
from minzheng.web.gate.office import area, registers


def told_by_register(
    request: HttpRequest, spec: FormSpec, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Rows of a register that the address names, to be looked through before they are issued."""
    known = registers()
    gives = known.registers.gives_of(request.GET.get("given", ""))
    give = next((one for one in gives if one.form_id == spec.id), None)
    register = known.registers.named(give.register) if give else None
    if give is None or register is None:
        return {}
    month, place, today = answers.get("month"), area(request), timezone.localdate()
    asked = parse_month(str(month or ""))
    day = min(today, term_end(asked, 1)) if asked else today
    rows = known.rows(register, day, place.forbidden)
    given = give_rows(give, [one for one in rows if may_see_row(one, place)], answers)
    return {give.rows: given} if given else {}
