"""Cases of a village: what people applied for and got, from the application to the decision."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from minzheng.cli.county_demo.desk import IssuingDesk
from minzheng.cli.county_demo.moved import Moved, quiet_day
from minzheng.cli.county_demo.people import Invented, InventedPeople
from minzheng.cli.county_demo.plan import CountyPlan
from minzheng.county.registry.places import Village

#: Before today: decided long before the campaign, and before the oldest notice.
_DAYS_AGO = 182
_ZHOU, _ZHAO, _FENG = "11010519491231002X", "610927194803060113", "610927195304120024"
#: Days before the county's decision on which others wrote.
_BEFORE = (0, 3, 7)
_TEKUN_MONTH = Decimal("740.00")
_CERTIFICATE = "42"  #: 肢体二级, behind the ID number


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets something: what, in which case, for how many, how much a month."""

    person: Invented
    scheme: str
    case_no: str
    persons: int = 1
    amount: Decimal = Decimal()
    start: str = ""  #: 2026-06


class VillageCases:
    """Issues the cases of one village."""

    def __init__(
        self, desk: IssuingDesk, people: InventedPeople, village: Village, today: dt.date
    ) -> None:
        self._desk, self._people, self._village = desk, people, village
        self.today = today
        self.day = quiet_day(today - dt.timedelta(days=_DAYS_AGO), desk.catalogue.county.calendar)
        self.published: list[int] = []  #: documents that hung before a decision

    def lay(self, plan: CountyPlan) -> list[Recipient]:
        """All that the plan says, and the notice before each decision."""
        found = [
            *(self.dibao() for _ in range(plan.dibao)),
            *(self.tekun() for _ in range(plan.tekun)),
            *(self._disabled() for _ in range(plan.disabled)),
            *(self._elder() for _ in range(plan.elders)),
        ]
        for scheme in dict.fromkeys(one.scheme for one in found):
            self._publish(scheme, [one for one in found if one.scheme == scheme], self.day)
        return found

    def one_more(self, day: dt.date) -> Recipient:
        """A household approved later than the others."""
        begun = quiet_day(day, self._desk.catalogue.county.calendar)
        found = self.dibao(begun)
        self._publish(found.scheme, [found], begun)
        return found

    def dibao(self, day: dt.date | None = None) -> Recipient:
        """A grandparent and a child, insured both."""
        one = self._people.person(45, 66, self.day)
        tell = self._of(one, "测试周桂兰", _ZHOU, day)
        income = 3624 + 24 * self._people.chance.randrange(90)
        said = {"inc_transfer": f"{income - 2200}", "group_no": one.group_no}
        application = tell.answers("DB-01", bank_no=one.bank_no, phone=one.phone, **said)
        case_no = self._desk.issue("DB-01", application).case_no
        signed = [application["members"][0], *application["supporters"]]
        self._desk.issue("COM-01", tell.answers(
            "COM-01", case_no=case_no, name=one.name, id_no=one.id_no, phone=one.phone,
            group_no=one.group_no, sign_date=tell.day(4, 2), members=[
                {"a_name": row.get("m_name") or row["s_name"], "a_rel": rel,
                 "a_id": row.get("m_id") or row["s_id"]}
                for row, rel in zip(signed, ("本人", "子"), strict=True)
            ]))  # fmt: skip
        self._desk.issue("COM-03", tell.answers("COM-03", case_no=case_no, phone=one.phone, **said))
        approval = tell.answers(
            "DB-02", "c_opinion", "t_opinion", "vote_summary", t_date=tell.day(4, 27),
            case_no=case_no, phone=one.phone, group_no=one.group_no, inc_total=str(income),
            cert_no=f"测{one.bank_no[-6:]}",
        )  # fmt: skip
        amount = self._desk.worked_out("DB-02", approval)["month_amount"]
        self._desk.issue("DB-02", approval | {"c_amount": amount})
        return Recipient(one, "低保", case_no, 2, Decimal(amount))

    def tekun(self) -> Recipient:
        """Somebody old without anybody, cared for at home."""
        one = self._people.person(61, 66, self.day)
        tell = self._of(one, "测试赵明义", _ZHAO)
        own: dict[str, Any] = {"group_no": one.group_no}
        application = tell.answers("TK-01", bank_no=one.bank_no, phone=one.phone, **own)
        case_no = self._desk.issue("TK-01", application).case_no
        own["case_no"] = case_no
        who = {"name": one.name, "id_no": one.id_no, "phone": one.phone}
        self._desk.issue("COM-01", tell.answers(
            "COM-01", scheme=["特困"], sign_date=tell.day(5, 7), **own, **who,
            members=[{"a_name": one.name, "a_rel": "本人", "a_id": one.id_no}]))  # fmt: skip
        self._desk.issue("COM-03", tell.answers("COM-03", **own, **who, **_ALONE | {
            "members": [_ALONE_ROW | {"m_name": one.name, "m_id": one.id_no}],
            "accept_date": tell.day(5, 8), "survey_date": tell.day(5, 10),
            "survey_place": f"{self._village.name}{one.name}家中",
            "live_addr": application["hukou_addr"],
        }))  # fmt: skip
        for form_id in ("TK-02", "TK-03", "TK-04"):
            more = {"phone": one.phone} if form_id == "TK-03" else {}
            self._desk.issue(form_id, tell.answers(form_id, **own, **more))
        return Recipient(one, "特困", case_no, 1, _TEKUN_MONTH)

    def lower(self, one: Recipient, day: dt.date) -> None:
        """A review finds more income: less is paid from the next month on."""
        day = self._open_day(day)
        tell = Moved(self._village, self._people, day)
        self._desk.issue("COM-09", tell.answers(
            "COM-09", case_no=one.case_no, name=one.person.name, id_no=one.person.id_no,
            group_no=one.person.group_no, review_date=day - dt.timedelta(days=14),
            v_date=day - dt.timedelta(days=11), t_date=day - dt.timedelta(days=7), c_date=day,
            old_insured=one.persons, new_insured=one.persons, old_amount=f"{one.amount:.2f}",
            new_amount=f"{one.amount - 60:.2f}", effective_month=f"{day:%Y-%m}",
            heard_mode="当面", heard_date=day - dt.timedelta(days=8),
            heard_opinion="收入增加属实，没有意见。",
        ))  # fmt: skip

    def stop(self, one: Recipient, day: dt.date) -> None:
        """An allowance ends: moved away."""
        day = self._open_day(day)
        tell = Moved(self._village, self._people, day)
        self._desk.issue("CB-06", tell.answers(
            "CB-06", case_no=one.case_no, name=one.person.name, id_no=one.person.id_no,
            group_no=one.person.group_no, dis_cert=one.person.id_no + _CERTIFICATE, reason="迁出",
            event_date=day - dt.timedelta(days=30), fill_date=day - dt.timedelta(days=9),
            t_date=day - dt.timedelta(days=7), f_date=day - dt.timedelta(days=3), c_date=day,
            std=f"{one.amount:.2f}", actual_stop=f"{day:%Y-%m}", recovered="0",
            note="全家迁往外县落户，本人申请停发。",
        ))  # fmt: skip

    def _open_day(self, day: dt.date) -> dt.date:
        """The nearest day before on which offices are open, as they were the days before it."""
        calendar = self._desk.catalogue.county.calendar
        while not all(calendar.is_working_day(day - dt.timedelta(days=one)) for one in _BEFORE):
            day -= dt.timedelta(days=1)
        return day

    def _disabled(self) -> Recipient:
        one = self._people.person(25, 64, self.day)
        tell = self._of(one, "测试周桂兰", _FENG)
        issued = self._desk.issue("CB-01", tell.answers(
            "CB-01", "dibao_cert", bank_no=one.bank_no, phone=one.phone, group_no=one.group_no,
            dis_cert=one.id_no + _CERTIFICATE, kinds=["重度残疾人护理补贴"], family_class="其他",
        ))  # fmt: skip
        amount = Decimal(issued.printed.texts["month_amount"])
        start = f"{tell.day(5, 7):%Y-%m}"
        return Recipient(one, "残疾人两项补贴", issued.case_no, 1, amount, start)

    def _elder(self) -> Recipient:
        # Nobody comes into the next band between a decision and a roster.
        one = self._people.person(*self._people.chance.choice(((71, 77), (81, 87))), self.day)
        tell = self._of(one, "测试赵明义", _ZHAO)
        issued = self._desk.issue("GL-01", tell.answers(
            "GL-01", bank_no=one.bank_no, phone=one.phone, group_no=one.group_no))  # fmt: skip
        return Recipient(one, "高龄补贴", issued.case_no, 1, Decimal(issued.printed.texts["std"]))

    def _of(self, one: Invented, name: str, number: str, day: dt.date | None = None) -> Moved:
        known = {name: one.name, number: one.id_no}
        return Moved(self._village, self._people, day or self.day, known)

    def _publish(self, scheme: str, found: list[Recipient], day: dt.date) -> None:
        """The notice before the decision: 审核公示单."""
        tell = Moved(self._village, self._people, day)
        begin = {"低保": tell.day(4, 18), "特困": tell.day(5, 17)}.get(scheme, tell.day(5, 10))
        rows = list(_published(found))
        notice = tell.answers("COM-05", scheme=scheme, pub_start=begin, rows=rows)
        self.published.append(self._desk.issue("COM-05", notice).number)


def _published(found: list[Recipient]) -> Iterator[dict[str, Any]]:
    for one in found:
        yield {
            "name": one.person.name, "group_no": one.person.group_no, "hh_size": one.persons,
            "insured": one.persons, "amount": f"{one.amount:.2f}", "relative_filed": "否",
        }  # fmt: skip


_ALONE: dict[str, Any] = {
    "scheme": "特困", "marital": "未婚", "labor": "完全丧失", "inc_farm": "0",
    "inc_transfer": "1860.00", "cost_rigid": "0", "land_mu": "1.2", "forest_mu": "0",
    "rigid_med": "600", "cause": ["年老体弱"], "supporters": [],
    "living": "独居两间土木房，冬季取暖靠柴火，口粮由侄子送来，能自己做饭。",
    "conclusion": "经入户查看并走访邻居，本人无子女、无劳动能力，只有养老金收入，符合条件。",
    "enjoyed": [{"e_scheme": "养老金", "e_amount": "1860.00", "e_period": "年"}],
}  # fmt: skip
_ALONE_ROW = {
    "m_rel": "户主", "m_health": "患慢性病", "m_labor": "完全丧失", "m_job": "无业",
    "m_income_month": "155", "m_insured": "是",
}  # fmt: skip
