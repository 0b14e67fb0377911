"""What lists and payment sheets say of a person's money, by year, dossier and kind of list.

A roster tells a standard, a payment sheet what was paid, a notice of payments the same money
once more: what kinds of lists say is never mixed into one sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from minzheng.county.registry.required_papers import AmountKind, RequiredPapers
from minzheng.inspection.rows_of_lists import amount_beside
from minzheng.inspection.traces import Trace

PAID = "发放"
_OTHER = AmountKind("其他名单", frozenset())


@dataclass(frozen=True, slots=True)
class ListedAmount:
    """What the row of one list says of a person."""

    trace: Trace
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Given:
    """What lists of one kind say, of one dossier in one year; the oldest first."""

    year: str
    dossier: str
    kind: str
    is_summed: bool
    lists: tuple[ListedAmount, ...]

    @property
    def times(self) -> int:
        """On how many lists."""
        return len(self.lists)

    @property
    def total(self) -> Decimal:
        """All of it; of money that was paid only."""
        return sum((one.amount for one in self.lists), Decimal())

    @property
    def told(self) -> str:
        """Paid: the sum; of rosters each standard once, in the order of the lists."""
        if self.is_summed:
            return f"合计 {self.total} 元"
        return f"所列 {'、'.join(dict.fromkeys(str(one.amount) for one in self.lists))} 元"


def add_up(
    name: str, id_no: str, traces: Iterable[Trace], required: RequiredPapers
) -> tuple[Given, ...]:
    """Each list once, though it was issued and scanned; without an amount it is passed over."""
    found: dict[tuple[str, str, AmountKind], dict[tuple[str, str], ListedAmount]] = {}
    for trace in traces:
        if trace.step != PAID or not trace.year_shown or trace.waits_for:
            continue
        amount = amount_beside(name, id_no, trace.text)
        if amount is None:
            continue
        kind = required.amount_on(trace.form_id, trace.title) or _OTHER
        same = (trace.form_id, trace.case_no) if trace.case_no else (trace.sha256, "")
        lists = found.setdefault((trace.year_shown, trace.about, kind), {})
        if same not in lists or trace.source == "出具文书":
            lists[same] = ListedAmount(trace, amount)
    return tuple(
        Given(year, dossier, kind.kind, kind.is_summed, tuple(lists.values()))
        for (year, dossier, kind), lists in found.items()
    )
