"""A seeded county of 58 villages for the checks: right papers, and doubts planted among them.

All people are invented and called 测试. Records are written as the product keeps them, scans
as it keeps what it read.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from stdnum.cn import ric

from archive_indexer.models import ArchivedFile, Content, Page
from filler.models import Issued
from minzheng.county.county import County
from minzheng.county.registry.places import Village
from minzheng.county.writing.chinese_dates import print_date
from minzheng.county.writing.id_card import age_on

TODAY = dt.date(2018, 12, 20)
_SIGNS = (
    "安本成春达恩发福光国海和洪华辉吉家建江金军康兰丽良林龙梅敏明能宁平奇清庆秋"
    "仁荣瑞山胜世书顺思泰天文武祥新兴秀学雪亚艳阳义永友玉元远云泽珍正志忠子宗祖"
)
_SAID = (
    "屋面漏雨", "老伴常年服药", "儿子在外务工", "种两亩玉米", "没有养老金以外的收入", "孙女读初中",
    "腿脚不便", "去年住院两次", "欠亲友的钱还没有还", "分家多年", "女婿时常照看", "喂了两头猪",
    "林地没有收益", "在村里做保洁", "冬天取暖靠柴火", "房屋鉴定为危房", "水管入户",
    "残疾证去年换过", "子女都已成家", "邻居常送菜", "没有车辆", "低保停了三年",
    "眼睛看不清", "享受养老保险",
)  # fmt: skip
_MONTHS = range(6, 12)
_QUARTERS = ((6, 30), (9, 30))


@dataclass(slots=True)
class Head:
    """The head of a household of one."""

    name: str
    id_no: str
    case_no: str
    amount: str
    persons: int = 1


@dataclass(slots=True)
class Planted:
    """A doubt that was planted: which check must find it, and a word its papers bear."""

    check: str
    word: str


@dataclass
class SeededCounty:
    """Papers of a county in memory, and what was planted among them."""

    county: County
    random: random.Random
    records: list[dict[str, Any]] = field(default_factory=list)
    scans: list[dict[str, Any]] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    people: int = 0
    numbers: dict[str, int] = field(default_factory=dict)

    def head(self, village: Village, year: int) -> Head:
        """Somebody no one else is called like, with a number of their own."""
        self.people += 1
        at, signs = self.people, _SIGNS
        size = len(signs)
        given = signs[at % size] + signs[at // size % size] + signs[at // size**2]
        day = dt.date(year, 1, 1) + dt.timedelta(days=self.random.randrange(360))
        body = f"610927{day:%Y%m%d}{at % 500 * 2 + 1:03}"
        number = f"{body}{ric.calc_check_digit(f'{body}0')}"
        income = self.random.randrange(600, 2400, 12)
        case_no = self.number("DB", village)
        return Head(f"测试{given}", number, case_no, f"{295 - income / 12:.2f}")

    def number(self, code: str, village: Village) -> str:
        """The next case number of a village."""
        prefix = f"{code}-{village.short_code}-2018"
        self.numbers[prefix] = self.numbers.get(prefix, 0) + 1
        return f"{prefix}-{self.numbers[prefix]:04}"

    def record(
        self, village: Village | None, form_id: str, case_no: str, town: str = "", **texts: Any
    ) -> dict[str, Any]:
        """A document issued here, as it was printed."""
        place = {
            "town": village.town if village else town,
            "village": village.name if village else "",
        }
        row = {
            "form_id": form_id,
            "case_no": case_no,
            "texts": {"title": form_id, **place, **texts},
        }
        self.records.append(row)
        return row

    def scan(
        self, village: Village, form_id: str, case_no: str, text: str = "", **more: Any
    ) -> dict[str, Any]:
        """A file of the archive, as it was read."""
        row = {
            "form_id": form_id, "case_no": case_no, "town": village.town, "village": village.name,
            "dossier": case_no[:2] or form_id[:2], "text": text, "seals": 1, "unsigned": [],
            "title": form_id, "confidence": 0.98,
        } | more  # fmt: skip
        self.scans.append(row)
        return row

    def plant(self, check: str, word: str) -> None:
        """Note what must be found."""
        self.planted.append(Planted(check, word))

    def said(self, count: int = 7) -> str:
        """What people of a village say, another time otherwise."""
        return "；".join(self.random.sample(_SAID, count)) + f"，{self.random.randrange(9999)}。"

    def write(self) -> None:
        """Lay everything into the database."""
        Issued.objects.bulk_create(
            (
                Issued(
                    version="1",
                    file_name="x.docx",
                    answers={},
                    sha256="0" * 64,
                    issued_by="测试",
                    **row,
                )
                for row in self.records
            ),
            batch_size=500,
        )
        _write_scans(self.scans)


def _write_scans(scans: list[dict[str, Any]]) -> None:
    names = [f"{number:064x}" for number in range(1, len(scans) + 1)]
    now = timezone.now()
    Content.objects.bulk_create(
        (Content(sha256=name, kind="pdf", rules="pdf=6", read_at=now) for name in names),
        batch_size=500,
    )
    Page.objects.bulk_create(
        (
            Page(
                content_id=name, number=1, text=row["text"], origin="ocr",
                confidence=row["confidence"],
                seals=[[[0.6, 0.8, 0.8, 0.9], "#c41c20", ""]] * row["seals"],
                signatures=[[label, [0.1, 0.9, 0.2, 0.95], "无"] for label in row["unsigned"]],
            )
            for name, row in zip(names, scans, strict=True)
        ),
        batch_size=500,
    )  # fmt: skip
    columns = ("form_id", "case_no", "town", "village", "dossier")
    ArchivedFile.objects.bulk_create(
        (
            ArchivedFile(
                path=f"{name[-8:]}.pdf", sha256=name, state="indexed", year="2018",
                filing={"title": {"value": row["title"]}}, **{one: row[one] for one in columns},
            )
            for name, row in zip(names, scans, strict=True)
        ),
        batch_size=500,
    )  # fmt: skip


def day(month: int, number: int) -> str:
    """A day of 2018 as forms print it."""
    return f"2018年{month}月{number}日"


def lay_village(made: SeededCounty, village: Village, households: int) -> list[Head]:
    """The papers of a village's year, all right."""
    heads = [made.head(village, made.random.randrange(1932, 1985)) for _ in range(households)]
    for one in heads:
        lay_case(made, village, one)
    lay_meeting(made, village, heads)
    lay_notices(made, village, heads)
    for month in _MONTHS:
        lay_roster(made, village, heads, month)
    lay_elders(made, village, heads)
    lay_relief(made, village)
    for one in heads:
        lay_visit(made, village, one)
    return heads


def lay_case(made: SeededCounty, village: Village, one: Head) -> None:
    """Application, authorisation, survey, decision, review; three of them scanned."""
    who = {"name": one.name, "id_no": one.id_no}
    row = {"m_name": one.name, "m_id": one.id_no, "m_insured": "是"}
    made.record(village, "DB-01", one.case_no, **who, apply_date=day(4, 2), accept_date=day(4, 4),
                relative_decl="否", members=[row])  # fmt: skip
    made.record(village, "COM-01", one.case_no, **who, relative_decl="否", sign_date=day(4, 2))
    made.record(village, "COM-03", one.case_no, **who, survey_date=day(4, 9), scheme="低保")
    made.record(
        village, "DB-02", one.case_no, **who, members=[row], insured_count="1",
        month_amount=one.amount, c_amount=one.amount, apply_date=day(4, 2), pub_start=day(4, 16),
        t_date=day(4, 27), c_date=day(5, 7), start_month="2018年6月", category="B类",
    )  # fmt: skip
    made.record(
        village, "DB-05", one.case_no, **who, review_date=day(10, 15), **{"class": "每半年"}
    )
    for form_id in ("DB-01", "COM-03", "DB-02", "DB-05"):
        text = f"{form_id} 姓名 {one.name} 性别 身份证号 {one.id_no}\n月保障金 {one.amount}"
        made.scan(village, form_id, one.case_no, text)


def lay_meeting(made: SeededCounty, village: Village, heads: list[Head]) -> None:
    """Minutes that name all households, as often as a page holds them."""
    for at in range(0, len(heads), 20):
        cases = [
            {"c_name": one.name, "c_yes": "14", "c_no": "0", "c_abs": "1", "c_pass": "通过"}
            for one in heads[at : at + 20]
        ]
        case_no = made.number("DB", village)
        made.record(
            village, "COM-04", case_no, scheme="低保", meet_date=day(4, 12), group_total="18",
            present="15", chair_post=f"{village.town}民政办主任", discussion=made.said(),
            photo="a", cases=cases,
        )  # fmt: skip
        made.scan(village, "COM-04", case_no)


def lay_notices(made: SeededCounty, village: Village, heads: list[Head]) -> None:
    """Before the decision and each quarter, stamped; the report on the first."""
    for at in range(0, len(heads), 20):
        rows = [
            {"name": one.name, "insured": "1", "amount": one.amount} for one in heads[at : at + 20]
        ]
        case_no = made.number("DB", village)
        made.record(village, "COM-05", case_no, scheme="低保", pub_start=day(4, 16),
                    pub_end=day(4, 23), rows=rows)  # fmt: skip
        made.scan(village, "COM-05", case_no, "低保审核公示单", seals=2)
        lay_report(made, village, case_no)
    for month, last in _QUARTERS:
        rows = [
            {"name": one.name, "insured": str(one.persons), "month_amount": one.amount,
             "start_month": "2018年6月"}
            for one in heads
        ]  # fmt: skip
        case_no = made.number("GS", village)
        made.record(village, "GS-01", case_no, scheme="低保", as_of=day(month, last), rows=rows,
                    phone_v="0915-8820001", **totals(heads, "total_"))  # fmt: skip
        made.scan(village, "GS-01", case_no, "低保对象公示表", seals=2)


def lay_report(made: SeededCounty, village: Village, notice_no: str) -> dict[str, Any]:
    """How long a notice hung."""
    case_no = made.number("GS", village)
    made.scan(village, "COM-06", case_no, "公示情况报告")
    return made.record(
        village, "COM-06", case_no, notice_no=notice_no, scheme="低保", post_date=day(4, 16),
        down_date=day(4, 24), photo_time=day(4, 17), photo_near="a", photo_far="b",
    )  # fmt: skip


def totals(heads: list[Head], prefix: str) -> dict[str, str]:
    """Households, people, money."""
    money = sum(float(one.amount) for one in heads)
    return {
        f"{prefix}hh": str(len(heads)), f"{prefix}person": str(len(heads)),
        f"{prefix}amount": f"{money:.2f}",
    }  # fmt: skip


def lay_roster(
    made: SeededCounty, village: Village, heads: list[Head], month: int
) -> dict[str, Any]:
    """Who is paid in a month."""
    rows = [
        {"head": one.name, "id_no": one.id_no, "insured": "1", "month_amount": one.amount,
         "start_month": "2018年6月"}
        for one in heads
    ]  # fmt: skip
    case_no = made.number("DB", village)
    return made.record(
        village, "DB-03", case_no, as_of=day(month, 30), rows=rows, **totals(heads, "sum_")
    )


def lay_elders(made: SeededCounty, village: Village, heads: list[Head]) -> None:
    """The old of the village, quarter by quarter."""
    eligibility = made.county.eligibility
    old = [one for one in heads if (age_on(one.id_no, dt.date(2018, 9, 30)) or 0) >= 70]
    for one in old:
        made.record(village, "GL-01", made.number("GL", village), name=one.name, id_no=one.id_no,
                    apply_date=day(4, 2), c_date=day(5, 7))  # fmt: skip
    notice = made.number("GL", village)
    made.record(village, "COM-05", notice, scheme="高龄补贴", pub_start=day(4, 16),
                pub_end=day(4, 23), rows=[{"name": one.name} for one in old])  # fmt: skip
    made.scan(village, "COM-05", notice, "高龄补贴公示单", seals=2)
    for month, last in _QUARTERS:
        on = dt.date(2018, month, last)
        rows = [
            {"name": one.name, "id_no": one.id_no, "std": "50.00",
             "band": eligibility.band_of("高龄补贴", age, on)}
            for one in heads if (age := age_on(one.id_no, on)) is not None and age >= 70
        ]  # fmt: skip
        made.record(village, "GL-02", made.number("GL", village), as_of=print_date(on), rows=rows)


def lay_relief(made: SeededCounty, village: Village, cause: str = "重大疾病") -> Head:
    """One relief, decided, published, paid."""
    one = made.head(village, 1975)
    lay_relief_case(made, village, one, cause)
    return one


def lay_relief_case(
    made: SeededCounty, village: Village, one: Head, cause: str, paid: str = day(6, 5)
) -> None:
    """Application and decision in one, a notice, a row on the town's sheet."""
    who = {"name": one.name, "id_no": one.id_no}
    case_no, notice = made.number("LS", village), made.number("LS", village)
    made.record(village, "LS-01", case_no, **who, apply_date=day(5, 7), accept_date=day(5, 8),
                hard_type=cause, relief_type="支出型", ok_amount="3000.00", pub_start=day(5, 17),
                t_date=day(5, 28), c_date=day(5, 31))  # fmt: skip
    made.scan(village, "LS-01", case_no, seals=2)
    made.record(village, "COM-05", notice, scheme="临时救助", pub_start=day(5, 17),
                pub_end=day(5, 24), rows=[{"name": one.name, "amount": "3000.00"}])  # fmt: skip
    made.scan(village, "COM-05", notice, "临时救助审核公示单", seals=2)
    row = {**who, "village": village.name, "amount": "3000.00", "pay_date": paid}
    made.record(
        None, "LS-04", made.number("LS", village), town=village.town, pay_to=day(6, 30), rows=[row]
    )


def lay_visit(made: SeededCounty, village: Village, one: Head, has: str = "是") -> None:
    """A visit of the campaign, and its scan."""
    should = "是" if has == "否" else "否"
    rows = [{"p_name": "低保", "p_should": "是", "p_has": "是"},
            {"p_name": "医疗救助", "p_should": should, "p_has": has}]  # fmt: skip
    case_no = made.number("ZF", village)
    made.record(village, "ZF-01", case_no, name=one.name, id_no=one.id_no, visit_date=day(7, 10),
                policies=rows)  # fmt: skip
    made.scan(village, "ZF-01", case_no, f"走访登记表 姓名 {one.name} 身份证号 {one.id_no}")


def villages_of(county: County) -> Iterator[Village]:
    """The villages of the county."""
    for town in county.places.towns:
        yield from (one for one in county.places.villages_of(town.name) if one.kind == "村")
