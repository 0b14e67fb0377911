"""Rosters and notices of a village, the faults planted among them, and the three levels."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minzheng.cli.county_demo.cases import Recipient, VillageCases
from minzheng.cli.county_demo.desk import IssuingDesk
from minzheng.cli.county_demo.people import InventedPeople
from minzheng.cli.county_demo.plan import SCHEMES, CountyPlan
from minzheng.county.registry.places import Village

#: Days before today: rosters, then what the towns do not know yet, then notices.
ROSTERS, CHANGED, NOTICES, STALE = 85, 65, 40, 130
_ROSTERS = {"低保": "DB-03", "特困": "TK-07", "残疾人两项补贴": "CB-04", "高龄补贴": "GL-02"}
_PHONES = {"phone_v": "0915-8820001", "phone_t": "0915-8821234", "phone_c": "0915-8822345"}
#: Kinds of faults of notices.
ABSENT, STALE_ONE, UNSEALED, OLD_TEMPLATE = "没有", "过期", "没有盖章", "旧模板"
Key = tuple[str, str]  #: village and scheme


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that hangs somewhere."""

    code: str
    number: int
    village: Village
    scheme: str
    fault: str = ""


@dataclass
class Notices:
    """Issues rosters and notices."""

    desk: IssuingDesk
    people: InventedPeople
    today: dt.date
    faults: Mapping[Key, str]
    hung: list[Notice] = field(default_factory=list)

    def list_them(self, village: Village, recipients: Sequence[Recipient]) -> None:
        """The town's roster of each scheme."""
        day = self._days_ago(ROSTERS)
        for scheme, some in _by_scheme(recipients):
            rows = {} if scheme in ("低保", "特困") else {"rows": list(_rows(scheme, some))}
            self.desk.issue(_ROSTERS[scheme], {
                "town": village.town, "village": village.name, "as_of": day, **rows,
            })  # fmt: skip

    def hang(self, village: Village, recipients: Sequence[Recipient]) -> None:
        """A notice of each scheme, made of what was approved."""
        for scheme, _ in _by_scheme(recipients):
            fault = self.faults.get((village.name, scheme), "")
            if fault != ABSENT:
                self._hang(village, scheme, fault)

    def _hang(self, village: Village, scheme: str, fault: str) -> None:
        day = self._days_ago(STALE if fault == STALE_ONE else NOTICES)
        spec = self.desk.catalogue.form("GS-01")
        if fault == OLD_TEMPLATE:
            spec = dataclasses.replace(spec, version="0")
        issued = self.desk.issue("GS-01", {
            "town": village.town, "village": village.name, "scheme": scheme, "as_of": day,
            "post_date": day + dt.timedelta(days=2), "complaint_box": "村务大厅", **_PHONES,
        }, spec)  # fmt: skip
        self.hung.append(Notice(issued.case_no, issued.number, village, scheme, fault))

    def _days_ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days=days)


def choose_faults(
    plan: CountyPlan, villages: Sequence[Village], people: InventedPeople
) -> dict[Key, str]:
    """Which notices have which fault; none where the three levels differ."""
    wanted = [ABSENT] * plan.absent + [STALE_ONE] * plan.stale
    wanted += [UNSEALED] * plan.unsealed + [OLD_TEMPLATE] * plan.old_template
    keys = [(one.name, scheme) for one in villages[plan.differences :] for scheme in SCHEMES]
    return dict(zip(people.chance.sample(keys, len(wanted)), wanted, strict=True))


def change_after_rosters(cases: VillageCases, recipients: list[Recipient], kind: int) -> None:
    """One of three things that the town's roster does not know yet."""
    day = cases.today - dt.timedelta(days=CHANGED)
    if kind == 0:
        recipients.append(cases.one_more(day))
    elif kind == 1:
        cases.lower(next(one for one in recipients if one.scheme == "低保"), day)
    else:
        gone = next(one for one in recipients if one.scheme == "残疾人两项补贴")
        recipients.remove(gone)
        cases.stop(gone, day)


def _by_scheme(recipients: Sequence[Recipient]) -> Iterator[tuple[str, list[Recipient]]]:
    for scheme in SCHEMES:
        some = [one for one in recipients if one.scheme == scheme]
        if some:
            yield scheme, some


def _rows(scheme: str, some: Sequence[Recipient]) -> Iterator[dict[str, Any]]:
    for one in some:
        row: dict[str, Any] = {
            "group_no": one.person.group_no, "name": one.person.name, "id_no": one.person.id_no,
            "bank_no": one.person.bank_no,
        }  # fmt: skip
        if scheme == "残疾人两项补贴":
            row |= {"dis_cert": f"{one.person.id_no}42", "kind": "护理", "std": f"{one.amount:.2f}",
                    "start_month": one.start}  # fmt: skip
        yield row
