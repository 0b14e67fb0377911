"""Checks of money and people: decisions beside rosters, notices and payments (C1, C6, C10)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from minzheng.county.writing.chinese_dates import print_date
from minzheng.county.writing.integers import integer_in
from minzheng.inspection.checks.asked import Asked, cite, doubt
from minzheng.inspection.checks.decided import Held, Step, by_person
from minzheng.inspection.checks.papers import (
    Month,
    Paper,
    Row,
    day_in,
    money_in,
    month_in,
    print_months,
)
from minzheng.inspection.checks.village_papers import VillagePapers, name_in
from minzheng.inspection.checks.what_is_read import code_of
from minzheng.inspection.doubts import Cited, Doubt

#: Lists that name people of a dossier month by month.
ROSTERS = {"DB-03": "DB", "TK-07": "TK", "CB-04": "CB", "CB-07": "CB"}
_NOTICES = ("GS-01", "GS-03", "GS-04")
_KINDS = {"GS-01": "公示表", "GS-03": "公布单", "GS-04": "发放公示"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list: of whom, of which month, how much, for how many."""

    id_no: str
    dossier: str
    month: Month
    amount: Decimal | None
    persons: int | None
    paper: Paper
    row: Row

    @property
    def kind(self) -> str:
        """What kind of list it stands on."""
        return _KINDS.get(self.paper.form_id, "花名册")


def listed_people(papers: VillagePapers) -> Iterator[Listed]:
    """Every row of rosters and notices whose person is known."""
    for paper in papers.of(*ROSTERS, *_NOTICES):
        dossier = ROSTERS.get(paper.form_id) or code_of(paper.text("scheme"))
        if not paper.month or not dossier:
            continue
        for row in papers.rows_here(paper):
            id_no = papers.id_of(row)
            begun = month_in(row.get("start_month", "")) if paper.form_id == "GS-03" else None
            month = max(paper.month, begun or paper.month)
            if id_no:
                yield Listed(id_no, dossier, month, _amount_in(row), _persons_in(row), paper, row)


def _amount_in(row: Row) -> Decimal | None:
    for slug in ("month_amount", "total", "amount", "std"):
        amount = money_in(row.get(slug, ""))
        if amount is not None:
            return amount
    return None


def _persons_in(row: Row) -> int | None:
    return integer_in(row.get("insured", "") or row.get("persons", ""))


def amounts_differ(papers: VillagePapers, held: Sequence[Held], asked: Asked) -> Iterator[Doubt]:
    """C1: what was decided, and what lists of the same month say, are not one amount."""
    wrong = _unlike(papers, held, lambda step, one: _is_amount_wrong(step, one, asked))
    for case, found in wrong:
        step, first = found[0]
        shown = "、".join(f"{one.kind}{one.amount}元" for _, one in found[:3])
        month = print_months(first.month)
        rest = f"，另有 {len(found) - 1} 处" if len(found) > 1 else ""
        what = f"批准{step.amount}元 与 {month}{shown} 不一致{rest}"
        cited = [_cite_step(asked, case, step, "amount")]
        cited += [_cite_row(asked, case, one, f"{one.amount}", "金额") for _, one in found[:3]]
        yield doubt(
            asked, (case.id_no, case.dossier, case.case_no), case.name, what, *cited,
            place=papers.place, dossier=case.dossier, year=str(first.month[0]),
        )  # fmt: skip


def people_differ(papers: VillagePapers, held: Sequence[Held], asked: Asked) -> Iterator[Doubt]:
    """C10: for how many people, as decided, as counted, as the lists of the month say."""
    yield from _members_differ(held, asked)
    for case, found in _unlike(papers, held, _are_persons_wrong):
        step, first = found[0]
        shown = "、".join(f"{one.kind}{one.persons}人" for _, one in found[:3])
        what = f"批准保障{step.persons}人 与 {print_months(first.month)}{shown} 不一致"
        cited = [_cite_step(asked, case, step, "persons")]
        cited += [_cite_row(asked, case, one, f"{one.persons}", "人数") for _, one in found[:3]]
        yield doubt(
            asked, (case.id_no, case.dossier, case.case_no), case.name, what, *cited,
            place=papers.place, dossier=case.dossier, year=str(first.month[0]),
        )  # fmt: skip


def _members_differ(held: Sequence[Held], asked: Asked) -> Iterator[Doubt]:
    """The members that are insured, counted, against the number beside them."""
    for case in held:
        rows, told = case.paper.table("members"), case.steps[0].persons
        counted = sum(row.get("m_insured") == "是" for row in rows)
        if told is not None and counted and told != counted:
            what = f"保障人数{told}人 与 成员中保障的{counted}人 不一致"
            cited = cite(asked, case.paper, ("姓名", case.name), ("保障人数", f"{told}"))
            yield doubt(
                asked, (case.id_no, case.case_no, "成员"), case.name, what, cited,
                year=case.paper.year,
            )  # fmt: skip


def _is_amount_wrong(step: Step, one: Listed, asked: Asked) -> bool:
    if step.amount is None or one.amount is None:
        return False
    most = asked.limit("most_months", 1) if one.paper.form_id == "GS-04" else 1
    return all(one.amount != step.amount * months for months in range(1, most + 1))


def _are_persons_wrong(step: Step, one: Listed) -> bool:
    if step.persons is None or one.persons is None or one.dossier != "DB":
        return False
    return one.persons != step.persons


def _unlike(
    papers: VillagePapers, held: Sequence[Held], is_wrong: Callable[[Step, Listed], bool]
) -> Iterator[tuple[Held, list[tuple[Step, Listed]]]]:
    """Cases with the rows of lists that say otherwise, the earliest first."""
    whose = by_person(held)
    found: dict[int, list[tuple[Step, Listed]]] = {}
    for one in papers_listed(papers):
        cases = [case for case in whose.get((one.id_no, one.dossier), ()) if case.on(one.month)]
        judged = [(case, step) for case in cases if (step := case.on(one.month))]
        if len(judged) == 1 and is_wrong(judged[0][1], one):
            found.setdefault(id(judged[0][0]), []).append((judged[0][1], one))
    for case in held:
        if id(case) in found:
            yield case, sorted(found[id(case)], key=lambda pair: pair[1].month)


def papers_listed(papers: VillagePapers) -> Sequence[Listed]:
    """The rows of a village's lists, gathered once."""
    kept: Sequence[Listed] | None = papers.kept.get("listed")
    if kept is None:
        kept = papers.kept["listed"] = tuple(listed_people(papers))
    return kept


def paid_before_decision(
    papers: VillagePapers, held: Sequence[Held], asked: Asked
) -> Iterator[Doubt]:
    """C6: on a list, or paid, before it was decided."""
    whose = by_person(held)
    told: set[int] = set()
    for one in sorted(papers_listed(papers), key=lambda listed: listed.month):
        cases = whose.get((one.id_no, one.dossier), [])
        if one.paper.form_id not in ROSTERS or not cases:
            continue
        first = min(cases, key=lambda case: case.since)
        begun = month_in(one.row.get("start_month", "")) or one.month
        early = min(begun, one.month)
        if early < first.since and id(first) not in told:
            told.add(id(first))
            yield _too_early(papers, first, one, early, asked)
    yield from _relief_before_decision(papers, asked)


def _too_early(papers: VillagePapers, case: Held, one: Listed, early: Month, asked: Asked) -> Doubt:
    since = print_months(case.since)
    what = f"批准自{since}起，{one.kind}{print_months(early)}就有了，先发后批"
    return doubt(
        asked, (case.id_no, case.dossier, case.case_no), case.name, what,
        _cite_step(asked, case, case.steps[0], "since"),
        _cite_row(asked, case, one, print_months(early), "月份"),
        place=papers.place, dossier=case.dossier, year=str(early[0]),
    )  # fmt: skip


def _relief_before_decision(papers: VillagePapers, asked: Asked) -> Iterator[Doubt]:
    """Relief is paid on a day; emergencies are helped first."""
    decided = {}
    for paper in papers.of("LS-01", "LS-03"):
        day = paper.date("c_date") or paper.date("t_date")
        if day and paper.text("id_no") and "急难" not in paper.text("relief_type"):
            decided[paper.text("id_no"), paper.text("ok_amount")] = (day, paper)
    for sheet in papers.of("LS-04"):
        for row in papers.rows_here(sheet):
            key = (row.get("id_no", ""), row.get("amount", ""))
            paid = day_in(row.get("pay_date", ""))
            if key in decided and paid and paid < decided[key][0]:
                day, paper = decided[key]
                what = f"批准日期{print_date(day)}，发放日期{print_date(paid)}，先发后批"
                yield doubt(
                    asked, (*key, "LS"), name_in(row), what,
                    cite(asked, paper, ("姓名", name_in(row)), ("批准日期", print_date(day))),
                    cite(asked, sheet, ("姓名", name_in(row)), ("发放日期", row["pay_date"])),
                    place=papers.place, dossier="LS", year=str(day.year),
                )  # fmt: skip


def _cite_step(asked: Asked, case: Held, step: Step, what: str) -> Cited:
    said = {
        "amount": ("批准金额", f"{step.amount}"),
        "persons": ("保障人数", f"{step.persons}"),
        "since": ("起发月份", print_months(step.since)),
    }[what]
    return cite(asked, step.paper, ("姓名", case.name), said)


def _cite_row(asked: Asked, case: Held, one: Listed, said: str, label: str) -> Cited:
    name = name_in(one.row) or case.name
    return cite(asked, one.paper, ("月份", print_months(one.month)), ("姓名", name), (label, said))
