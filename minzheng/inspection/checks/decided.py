"""What was decided for whom: from which month, how much, for how many, and until when."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from minzheng.county.writing.chinese_dates import month_after
from minzheng.county.writing.integers import integer_in
from minzheng.inspection.checks.papers import (
    Month,
    Paper,
    later_months,
    money_in,
    month_in,
)
from minzheng.inspection.checks.village_papers import VillagePapers

#: By which form each dossier decides, and the field of the amount.
DECIDING = {
    "DB-02": "c_amount", "TK-03": "month_amount", "CB-01": "month_amount", "GL-01": "",
    "ET-01": "", "ET-02": "",
}  # fmt: skip
_CHANGING = ("COM-09",)
_ENDING = ("COM-07", "COM-09", "TK-06", "CB-06", "YF-07", "ET-08")
_ENDS = ("停发", "终止")
_OF_SCHEME = {"低保": "DB", "特困": "TK", "残疾人两项补贴": "CB", "高龄补贴": "GL"}


@dataclass(frozen=True, slots=True)
class Step:
    """From a month on: an amount and a number of people, as a paper decided."""

    since: Month
    amount: Decimal | None
    persons: int | None
    paper: Paper


@dataclass(slots=True)
class Held:
    """What somebody holds of a dossier, in one case."""

    id_no: str
    name: str
    dossier: str
    case_no: str
    paper: Paper  #: that decided first
    steps: list[Step] = field(default_factory=list)
    until: Month | None = None  #: the first month in which it is no more

    def on(self, month: Month) -> Step | None:
        """What holds in a month."""
        known = [one for one in self.steps if one.since <= month]
        return known[-1] if known and not self.is_over(month) else None

    def is_over(self, month: Month) -> bool:
        """Whether it ended before a month or with it."""
        return self.until is not None and month >= self.until

    @property
    def since(self) -> Month:
        """Its first month."""
        return self.steps[0].since

    def overlaps(self, other: "Held") -> bool:
        """Whether both are held in some month."""
        return not self.is_over(other.since) and not other.is_over(self.since)


def what_is_held(papers: VillagePapers) -> Sequence[Held]:
    """All that was decided in a village, each case once."""
    found: list[Held] = []
    for form_id, slug in DECIDING.items():
        for paper in papers.of(form_id):
            held = _held(paper, slug)
            if held is not None:
                found.append(held)
    _change(found, papers)
    _end(found, papers)
    return found


def _held(paper: Paper, slug: str) -> Held | None:
    number, name = paper.text("id_no"), paper.text("name")
    since = _since(paper)
    if not number or since is None or (not paper.is_scan and not paper.date("c_date")):
        return None
    amount = paper.money(slug) or paper.money("month_amount")
    persons = integer_in(paper.text("insured_count"))
    step = Step(since, amount, persons, paper)
    return Held(number, name, paper.dossier, paper.case_no, paper, [step])


def _since(paper: Paper) -> Month | None:
    told = month_in(paper.text("start_month"))
    if told:
        return told
    day = paper.date("c_date")
    after = month_after(day) if day else None
    return (after.year, after.month) if after else None


def _change(found: list[Held], papers: VillagePapers) -> None:
    for paper in sorted(papers.of(*_CHANGING), key=lambda one: str(one.day or "")):
        since = month_in(paper.text("effective_month"))
        if since is None or paper.text("decision") in _ENDS:
            continue
        amount = money_in(paper.text("new_amount"))
        step = Step(since, amount, integer_in(paper.text("new_insured")), paper)
        for held in _whose(found, paper):
            held.steps.append(step)
            held.steps.sort(key=lambda one: one.since)


def _end(found: list[Held], papers: VillagePapers) -> None:
    for paper in papers.of(*_ENDING):
        is_ending = paper.form_id not in ("COM-07", "COM-09") or paper.text("decision") in _ENDS
        month = _ended(paper) if is_ending else None
        if month is None:
            continue
        for held in _whose(found, paper):
            held.until = min(held.until or month, month)


def _ended(paper: Paper) -> Month | None:
    for slug in ("effective_month", "stop_month", "month"):
        told = month_in(paper.text(slug))
        if told:
            return told
    return later_months(paper.month, 1) if paper.month else None


def _whose(found: Sequence[Held], paper: Paper) -> Iterator[Held]:
    """Of the same case, else of the same person and scheme."""
    of_case = [one for one in found if paper.case_no and one.case_no == paper.case_no]
    if of_case:
        yield from of_case
        return
    scheme = _OF_SCHEME.get(paper.text("scheme"), paper.form_id[:2])
    for one in found:
        if one.id_no == paper.text("id_no") and one.dossier == scheme:
            yield one


def by_person(held: Sequence[Held]) -> dict[tuple[str, str], list[Held]]:
    """What each person holds of each dossier."""
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for one in held:
        found[one.id_no, one.dossier].append(one)
    return found


def insured_in(held: Held) -> Iterator[tuple[str, str]]:
    """Number and name of everybody insured in a case."""
    rows = held.paper.table("members")
    for row in rows:
        if row.get("m_id") and row.get("m_insured", "是") == "是":
            yield row["m_id"], row.get("m_name", "")
    if not rows:
        yield held.id_no, held.name
