"""The checks of papers by name: what each looks for, and what is to be done."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from archive_indexer.models import ArchivedFile
from archive_indexer.stores.paper_texts import PaperText, read_papers
from minzheng.county.county import County
from minzheng.county.publicity import Publicity
from minzheng.county.registry.required_papers import Scheme
from minzheng.inspection.doubts import Doubt, Reader
from minzheng.inspection.payment_doubts import paid_after_death, paid_without_approval
from minzheng.inspection.procedure_doubts import (
    agreements_ended,
    boxes_and_directories,
    letters_without_receipt,
    notices_too_short,
    problems_left_open,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check is put to: the papers somebody may see, on a day, in this county."""

    read: Reader
    within: Q
    today: dt.date
    county: County
    publicity: Publicity

    @property
    def schemes(self) -> Mapping[str, Scheme]:
        """What cases must hold, by the code of their dossier."""
        return self.county.required.schemes


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: its name, what it compares, what to do about a doubt."""

    id: str
    title: str
    how: str
    do: str
    find: Callable[[Asked], Iterator[Doubt]]


RULES = (
    Rule(
        "paid_after_death",
        "死亡后仍在发放",
        "死亡登记表上的身份证号，对照次月起的花名册、发放表",
        "到村核实死亡日期；属实的停发、追回多发的月份",
        lambda asked: paid_after_death(asked.read, asked.schemes),
    ),
    Rule(
        "paid_without_approval",
        "名单上有、没有审批表",
        "花名册、发放表上的身份证号，对照本村的审批表",
        "找出审批表扫描入库；没有批过的立即停发",
        lambda asked: paid_without_approval(asked.read, asked.schemes),
    ),
    Rule(
        "notices_too_short",
        "公示天数不足",
        "公示单、公示情况报告上的起止日期",
        "核对原件和照片；确实不足的重新公示",
        lambda asked: notices_too_short(asked.read, asked.publicity),
    ),
    Rule(
        "letters_without_receipt",
        "告知书没有签收日期",
        "告知书（COM-07）上的送达回证",
        "补办送达，或扫描已签收的一联",
        lambda asked: letters_without_receipt(asked.read),
    ),
    Rule(
        "agreements_ended",
        "照料协议到期未续签",
        "每名特困人员最后一份照料协议（TK-04）的终止日期",
        "续签，或说明改为集中供养、终止供养",
        lambda asked: agreements_ended(asked.read, asked.today),
    ),
    Rule(
        "problems_left_open",
        "走访问题没有销号",
        "每个问题在最近一份销号台账（ZF-03）上的状态",
        "催办到期的；已办好的补证据、验收、销号",
        lambda asked: problems_left_open(asked.read),
    ),
    Rule(
        "boxes_and_directories",
        "盒内件数与目录不符",
        "卷内目录（ZH-04）逐件对照同村、同专档、同年度的文件",
        "找出缺的件扫描入库，或更正目录",
        lambda asked: boxes_and_directories(
            asked.read, _titles(asked.within), asked.county.dossiers
        ),
    ),
)


def rule_named(name: str) -> Rule | None:
    """The check of this name."""
    return next((rule for rule in RULES if rule.id == name), None)


def find_doubts(
    rule: Rule, within: Q, today: dt.date, county: County, publicity: Publicity
) -> list[Doubt]:
    """What a check finds among the papers that somebody may see."""

    def read(forms: Iterable[str]) -> list[PaperText]:
        return list(read_papers(frozenset(forms), within))

    return list(rule.find(Asked(read, within, today, county, publicity)))


def _titles(within: Q) -> Callable[..., list[str]]:
    def titles_in(town: str, village: str, dossier: str, year: str) -> list[str]:
        place = {"town": town, "village": village, "dossier": dossier, "year": year}
        rows = ArchivedFile.objects.filter(within, present=True, state="indexed", **place)
        filings = rows.values_list("filing", flat=True)
        return [(filing.get("title") or {}).get("value", "") for filing in filings]

    return titles_in
