"""What lists and payment sheets say a person was given, by dossier and year."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from minzheng.inspection.rows_of_lists import amount_beside
from minzheng.inspection.traces import Trace


@dataclass(frozen=True, slots=True)
class Given:
    """How often and how much, of one dossier in one year."""

    year: str
    dossier: str
    times: int
    total: Decimal


def add_up(name: str, id_no: str, traces: Iterable[Trace]) -> tuple[Given, ...]:
    """Each list once, though it was scanned twice; lists without an amount are passed over."""
    sums: dict[tuple[str, str], list[Decimal]] = {}
    seen: set[tuple[str, str]] = set()
    for trace in traces:
        if trace.step != "发放" or not trace.year_shown:
            continue
        key = (trace.form_id, trace.case_no) if trace.case_no else (trace.sha256, "")
        amount = None if key in seen else amount_beside(name, id_no, trace.text)
        if amount is not None:
            seen.add(key)
            sums.setdefault((trace.year_shown, trace.about), []).append(amount)
    return tuple(
        Given(year, dossier, len(amounts), sum(amounts, Decimal()))
        for (year, dossier), amounts in sums.items()
    )
