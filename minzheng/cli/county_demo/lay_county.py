"""★ The path: a county is laid as its offices would have laid it, village by village.

approved → listed → visited → published → problems closed → compared → scanned.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from filler.records.case_store import DatabaseCaseStore
from filler.spec.form_catalogue import Catalogue
from minzheng.cli.county_demo.campaign import Campaign
from minzheng.cli.county_demo.cases import VillageCases
from minzheng.cli.county_demo.desk import IssuingDesk
from minzheng.cli.county_demo.moved import Answers
from minzheng.cli.county_demo.notices import UNSEALED, Notices, change_after_rosters, choose_faults
from minzheng.cli.county_demo.others import lay_cabinet, lay_others
from minzheng.cli.county_demo.people import InventedPeople
from minzheng.cli.county_demo.plan import SCHEMES, CountyPlan, spread
from minzheng.cli.county_demo.scans import Wanted
from minzheng.county.registry.places import Village
from minzheng.registers.give_rows import give_table
from minzheng.registers.read_registers import ReadRegisters
from minzheng.registers.register_file import load_registers
from minzheng.registers.row import Row

#: How papers become scans that lie in the archive.
Scan = Callable[[Sequence[Wanted]], None]
Told = Callable[[str], None]
_WHY = "镇花名册没有更新，或村里没有公示"
_BUREAU = "镇坪县民政局"


@dataclass
class LaidCounty:
    """A county that was laid: where, how large, and what is in it."""

    desk: IssuingDesk
    villages: list[Village]
    scans: int = 0
    published: list[tuple[Village, int]] = field(default_factory=list)

    @property
    def papers(self) -> int:
        """How many were issued."""
        return self.desk.issued.total()


def lay_county(
    catalogue: Catalogue,
    issued: Path,
    plan: CountyPlan,
    *,
    scan: Scan,
    today: dt.date,
    seed: int = 1,
    told: Told = print,
) -> LaidCounty:
    """Issue everything, and scan what has to be proved.

    Raises:
        NotIssuedError: the product refused a paper.
    """
    desk = IssuingDesk(catalogue, DatabaseCaseStore(issued), today)
    people = InventedPeople(random.Random(seed))
    laid = LaidCounty(desk, _villages(catalogue, plan))
    notices = Notices(desk, people, today, choose_faults(plan, laid.villages, people))
    campaign = Campaign(desk, people, plan, laid.villages, today)
    asked = list(spread(plan.answers, laid.villages))
    campaign.begin_it()
    for number, village in enumerate(laid.villages):
        with desk.together():
            _lay_village(laid, number, notices, campaign, asked.count(village))
        told(f"{number + 1}/{len(laid.villages)} {village.town}{village.name}，共 {laid.papers} 份")
    with desk.together():
        campaign.find_problems()
    registers = _Registers(catalogue, today)
    campaign.write_ledgers(registers.given)
    campaign.report(registers.given)
    _compare(desk, laid.villages, registers, today)
    wanted = list(_to_scan(plan, laid, notices, campaign))
    told(f"共出具 {laid.papers} 份，正在打印 {len(wanted)} 份扫描件")
    scan(wanted)
    laid.scans = len(wanted)
    return laid


def _villages(catalogue: Catalogue, plan: CountyPlan) -> list[Village]:
    """All of the county, or some spread over it."""
    every = catalogue.facts.places.villages
    return list(every if plan.villages == len(every) else spread(plan.villages, every))


def _lay_village(
    laid: LaidCounty, number: int, notices: Notices, campaign: Campaign, asked: int
) -> None:
    desk, village, plan = laid.desk, laid.villages[number], campaign.plan
    people, today = notices.people, notices.today
    cases = VillageCases(desk, people, village, today)
    recipients = cases.lay(plan)
    notices.list_them(village, recipients)
    if number < plan.differences:
        change_after_rosters(cases, recipients, number)
    campaign.visit(village, recipients, asked)
    notices.hang(village, recipients)
    lay_cabinet(desk, people, village, today)
    if village in spread(plan.every_dossier, laid.villages):
        lay_others(desk, people, village, today)
    laid.published += [(village, one) for one in cases.published]


class _Registers:
    """What registers give to a form, as on its page."""

    def __init__(self, catalogue: Catalogue, today: dt.date) -> None:
        self._table = load_registers(
            catalogue.county.folder, catalogue.by_id, catalogue.county.terms
        )
        self._read = ReadRegisters(self._table, catalogue.by_id, catalogue.facts)
        self._today = today

    def given(self, form_id: str, answers: Answers) -> list[dict[str, str]]:
        """The rows for a form that is filled so far."""
        rows = next(one.rows for one in self._table.gives if one.form_id == form_id)
        return give_table(self._table.gives_to(form_id, rows), self._rows, answers)

    def _rows(self, name: str) -> Sequence[Row]:
        register = self._table.named(name)
        return self._read.rows(register, self._today) if register else ()


def _compare(
    desk: IssuingDesk, villages: list[Village], registers: _Registers, today: dt.date
) -> None:
    """The sheet of the three levels, a town and scheme each."""
    for town in dict.fromkeys(one.town for one in villages):
        for scheme in SCHEMES:
            rows = [
                row if _is_same(row) else row | {"why": _WHY, "fixed": f"{today}"}
                for row in registers.given("GS-09", {"town": town, "scheme": scheme})
            ]
            desk.issue("GS-09", {
                "town": town, "scheme": scheme, "month": f"{today:%Y-%m}", "as_of": today,
                "rows": rows,
            })  # fmt: skip


def _is_same(row: dict[str, str]) -> bool:
    """Whether county, town and village say the same."""
    return all(
        len({row.get(f"{level}_{what}", "0") for level in "ctv"}) == 1 for what in ("hh", "n", "a")
    )


def _to_scan(
    plan: CountyPlan, laid: LaidCounty, notices: Notices, campaign: Campaign
) -> Iterator[Wanted]:
    """What proves something, and a sample of the rest."""
    for village, number in laid.published[: plan.scanned_announcements]:
        yield Wanted(number, village, _seals(f"镇坪县{village.town}人民政府"))
    for one in notices.hung:
        committee = f"镇坪县{one.village.town}{one.village.name}村民委员会"
        yield Wanted(one.number, one.village, () if one.fault == UNSEALED else _seals(committee))
    for problem in campaign.problems:
        if problem.fate == "solved":
            yield Wanted(problem.number, problem.village)
    for visit in spread(plan.scanned_visits, campaign.visits):
        yield Wanted(visit.number, visit.village)


def _seals(*others: str) -> tuple[tuple[str, str], ...]:
    return tuple((words, f"{words}测试") for words in (_BUREAU, *others))
