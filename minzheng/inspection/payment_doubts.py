"""Doubts about money: paid after death, paid without an approval."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from archive_indexer.stores.paper_texts import PaperText
from minzheng.county.registry.required_papers import Scheme
from minzheng.county.writing.chinese_dates import print_date, print_month
from minzheng.inspection.doubts import Doubt, Reader, doubt_of
from minzheng.inspection.rows_of_lists import ListRow, month_of, rows_of
from minzheng.inspection.traces import latest_day

_DEATHS = "BZ-01"
_DEAD = re.compile(r"死亡\s*日期[：:\s]*([^\s]{8,12})")
_PAID, _APPROVED = "发放", "审批"
#: Dossiers whose application and approval are one paper.
_APPLIED = "申请"


def paid_after_death(read: Reader, schemes: Mapping[str, Scheme]) -> Iterator[Doubt]:
    """Who died and stands on a list of a later month."""
    died: dict[str, tuple[PaperText, ListRow, dt.date]] = {}
    for paper in read([_DEATHS]):
        written = _DEAD.search(paper.text)
        day = latest_day(written[1]) if written else None
        for row in rows_of(paper.text):
            if day is not None:
                died[row.id_no] = (paper, row, day)
    for paper in read(_payment_forms(schemes)) if died else []:
        month = month_of(paper.title, paper.text, paper.year)
        for row in rows_of(paper.text):
            known = died.get(row.id_no)
            if known is None or month is None or month <= (known[2].year, known[2].month):
                continue
            name = row.name or known[1].name
            listed = print_month(dt.date(*month, 1))
            what = f"{print_date(known[2])}死亡，{listed}的名单上还有"
            yield doubt_of(paper, name, what, known[0])


def paid_without_approval(read: Reader, schemes: Mapping[str, Scheme]) -> Iterator[Doubt]:
    """Who stands on a list and on no approval of that dossier in the village."""
    for dossier, scheme in schemes.items():
        paid, approved = scheme.step_named(_PAID), scheme.step_named(_APPROVED)
        applied = scheme.step_named(_APPLIED)
        proof = approved or applied
        if paid is None or proof is None:
            continue
        known: dict[tuple[str, str], set[str]] = defaultdict(set)
        for paper in read(proof.all_forms):
            place = (paper.town, paper.village)
            known[place] |= {row.id_no for row in rows_of(paper.text)}
        yield from _unapproved(read, dossier, paid.all_forms, known)


def _unapproved(
    read: Reader,
    dossier: str,
    lists: frozenset[str],
    known: dict[tuple[str, str], set[str]],
) -> Iterator[Doubt]:
    told: set[str] = set()
    for paper in read(lists):
        if paper.dossier != dossier:
            continue
        approved = known.get((paper.town, paper.village), set())
        for row in rows_of(paper.text):
            if row.id_no not in approved and row.id_no not in told:
                told.add(row.id_no)
                yield doubt_of(paper, row.name or row.id_no, "名单上有，没有找到本人的审批表")


def _payment_forms(schemes: Mapping[str, Scheme]) -> list[str]:
    steps = (step for scheme in schemes.values() for step in scheme.steps if step.name == _PAID)
    return sorted(frozenset[str]().union(*(step.all_forms for step in steps)))
