"""The campaign: its plan and teams, a visit to everybody, problems and answers."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from minzheng.cli.county_demo.cases import Recipient
from minzheng.cli.county_demo.desk import IssuingDesk
from minzheng.cli.county_demo.moved import Answers, Moved
from minzheng.cli.county_demo.people import Invented, InventedPeople
from minzheng.cli.county_demo.plan import CountyPlan, spread
from minzheng.county.registry.places import Village

#: What registers give to a form, as its page shows when it is opened from one.
Given = Callable[[str, Answers], list[dict[str, str]]]
NAME = "社会救助提升年走访"
TEAMS = ("第一组", "第二组", "第三组")
#: The campaign's first and last day, before today: three months.
_BEGAN, _ENDED, _MONTHS_DAYS = 122, 31, 91
_LEDGER_DAYS, _OPEN_DAYS = 7, 21
_KINDS = ("其他困难", "政策不知晓", "档案缺失", "未公示", "标准不符")
_SAID = {
    "其他困难": ("冬季取暖柴火不足，自己不能上山砍柴。", "联系村公益岗送柴到户"),
    "政策不知晓": ("不知道住院自付部分可以申请医疗救助。", "上门讲解，代为准备材料"),
    "档案缺失": ("档案里没有户口簿复印件，上次复核时未补。", "补复印件归入专柜"),
    "未公示": ("上季度公示表被雨水打湿后没有重新张贴。", "重新打印盖章张贴"),
    "标准不符": ("家庭人口已减少一人，没有及时申报变动。", "上门核实后按程序办理"),
}
_ASKED = (
    ("低保", "孙子上大学后低保怎么算", "按在校生计入家庭成员", "最低生活保障审核确认办法"),
    ("特困", "住院时谁来照料", "由照料协议的照料人负责", "特困人员认定办法"),
    ("临时救助", "受伤误工能不能申请", "符合条件的按程序申请", "社会救助法"),
    ("医疗救助", "住院的钱还能报吗", "带结算单到镇便民大厅", "县医疗救助办法"),
    ("两项补贴", "残疾证换了要不要重报", "换证后到镇上更新信息", "残疾人两项补贴制度"),
    ("高龄补贴", "满八十岁从哪月增发", "满龄次月起按新档发放", "县实施办法"),
)
#: What the others of the fifteen works are like for everybody who was visited.
_RIGHT = ("公示公开", "养老服务", "大走访", "村民自治", "综合管理")
_WORKS = (
    "低保", "特困供养", "临时救助", "医疗救助", "残疾人两项补贴", "高龄补贴", "优抚", "公示公开",
    "儿童保障", "养老服务", "救灾救济", "大走访", "殡葬", "村民自治", "综合管理",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem, and what is to become of it."""

    code: str
    number: int  #: of the document
    kind: str
    village: Village
    deadline: dt.date
    fate: str  #: solved, unproved, late, running


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that was issued: to whom, where, under which number."""

    code: str
    number: int
    village: Village
    name: str


@dataclass
class Campaign:
    """Issues the papers of the campaign."""

    desk: IssuingDesk
    people: InventedPeople
    plan: CountyPlan
    villages: Sequence[Village]
    today: dt.date
    problems: list[Problem] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    @property
    def begin(self) -> dt.date:
        """The first day."""
        return self.today - dt.timedelta(days=_BEGAN)

    @property
    def end(self) -> dt.date:
        """The last day."""
        return self.today - dt.timedelta(days=_ENDED)

    def begin_it(self) -> None:
        """The plan: each town to one team."""
        towns = list(dict.fromkeys(one.town for one in self.villages))
        officers = {team: [self.people.name() for _ in range(3)] for team in TEAMS}
        self.desk.issue("ZF-11", {
            "campaign": NAME, "doc_no": f"测民发〔{self.begin.year}〕15号",
            "issue_date": self.begin - dt.timedelta(days=10), "begin": self.begin, "end": self.end,
            "teams": [
                {"team": team, "leader": officers[team][0], "town": town, "villages": "全镇",
                 "members": "、".join(officers[team][1:])}
                for town, team in zip(towns, spread(len(towns), TEAMS), strict=True)
            ],
        })  # fmt: skip
        self._team = dict(zip(towns, spread(len(towns), TEAMS), strict=True))

    def visit(self, village: Village, recipients: Sequence[Recipient], asked: int) -> None:
        """Everybody of a village who gets something, and those near the limit."""
        edge = [self.people.person(30, 66, self.begin) for _ in range(self.plan.edge)]
        self._watch(village, edge)
        named = [*((one.person, one) for one in recipients), *((one, None) for one in edge)]
        for number, (person, recipient) in enumerate(named):
            visit = self._visit(village, person, recipient, 1 if number < asked else 0)
            issued = self.desk.issue("ZF-01", visit)
            self.visits.append(Visit(issued.case_no, issued.number, village, person.name))
        self._answer(village, [person for person, _ in named[:asked]])

    def _visit(
        self, village: Village, one: Invented, recipient: Recipient | None, answers: int
    ) -> Answers:
        day = self.begin + dt.timedelta(days=self.people.chance.randrange(_MONTHS_DAYS))
        size = recipient.persons if recipient else 3
        tell = Moved(village, self.people, day)
        return tell.answers(
            "ZF-01", campaign=NAME, team=self._team[village.town], visit_date=day, name=one.name,
            id_no=one.id_no, phone=one.phone, group_no=one.group_no, interviewee=one.name,
            is_poor="脱贫户" if recipient else "监测户", hh_size=size, answers=answers,
            policies=list(_policies(recipient)), income_year=f"{3800 * size}.00",
            hardship="生活有着落，没有别的困难。", medical="正常", needs=[],
        )  # fmt: skip

    def _watch(self, village: Village, edge: Sequence[Invented]) -> None:
        rows = [
            {"group_no": one.group_no, "head": one.name, "size": 3, "per_capita": "4200.00",
             "risk": ["大病"], "level": "中", "last_check": self.begin, "measure": "按月走访"}
            for one in edge
        ]  # fmt: skip
        place = {"town": village.town, "village": village.name}
        self.desk.issue("ZF-06", {**place, "as_of": self.begin, "rows": rows})

    def _answer(self, village: Village, askers: Sequence[Invented]) -> None:
        if not askers:
            return
        rows = []
        for one, (dossier, question, answer, basis) in zip(
            askers, itertools.cycle(_ASKED), strict=False
        ):
            rows.append({"d": self.begin + dt.timedelta(days=30), "asker": one.name,
                         "dossier": dossier, "question": question, "answer": answer,
                         "basis": basis, "answerer": f"测试{village.name[0]}国安"})  # fmt: skip
        place = {"town": village.town, "village": village.name}
        self.desk.issue("ZF-04", {**place, "until": self.end, "rows": rows})

    def find_problems(self) -> None:
        """Problems found on visits all over the county; each with what becomes of it."""
        plan, count = self.plan, self.plan.problems
        fates = ["solved"] * plan.solved + ["unproved"] * plan.unproved
        fates += ["late"] * plan.late + ["running"] * plan.running
        self.people.chance.shuffle(fates)
        for number, (fate, one) in enumerate(zip(fates, spread(count, self.visits), strict=True)):
            self._find(fate, _KINDS[number % len(_KINDS)], one)

    def _find(self, fate: str, kind: str, visit: Visit) -> None:
        village, name = visit.village, visit.name
        open_for = dt.timedelta(days=_OPEN_DAYS)
        deadline = self.today + open_for if fate == "running" else self.today - open_for
        issued = self.desk.issue("ZF-02", {
            "town": village.town, "village": village.name, "issue_date": self.end,
            "object": name, "problem_type": kind, "content": f"{name}：{_SAID[kind][0]}",
            "source": visit.code, "duty_unit": f"{village.town}民政办", "duty_person": "测试李长福",
            "deadline": max(deadline, self.end + dt.timedelta(days=5)),
        })  # fmt: skip
        self.problems.append(Problem(issued.case_no, issued.number, kind, village, deadline, fate))

    def write_ledgers(self, given: Given) -> None:
        """A ledger a town, its rows given by the register and gone on with; a meeting before."""
        for town, some in itertools.groupby(
            sorted(self.problems, key=lambda one: one.village.town), lambda one: one.village.town
        ):
            known = {one.code: one for one in some}
            rows = [
                {**row, **_worked_on(known[row["problem_no"]], self.today)}
                for row in given("ZF-03", {"town": town})
            ]
            day = self.today - dt.timedelta(days=_LEDGER_DAYS)
            self._judge(town, given("ZF-05", {"town": town}))
            self._send_back(town, given("ZF-13", {"town": town}))
            self.desk.issue("ZF-03", {"town": town, "as_of": day, "rows": rows})

    def _judge(self, town: str, counts: list[dict[str, str]]) -> None:
        self.desk.issue("ZF-05", {
            "town": town, "meet_date": self.end, "place": f"{town}便民服务大厅",
            "chair": self.people.name(), "recorder": self.people.name(), "counts": counts,
            "decisions": "各村问题逐件交办，属镇里办的当月办结，属县里办的由民政局会办。",
            "next_steps": "下发问题清单，责任人签收；逐件整改、验收、销号。",
        })  # fmt: skip

    def _send_back(self, town: str, rows: list[dict[str, str]]) -> None:
        """The list that a town signs for, with what is still open; terms as they were given."""
        self.desk.issue("ZF-13", {"town": town, "issue_date": self.end, "rows": rows})

    def report(self, given: Given) -> None:
        """How far each town has come."""
        for town in dict.fromkeys(one.town for one in self.villages):
            day = self.today - dt.timedelta(days=_LEDGER_DAYS)
            table: Answers = {"town": town, "as_of": day, "rows": given("ZF-08", {"town": town})}
            counted = self.desk.worked_out("ZF-08", table)
            for number, row in enumerate(table["rows"]):
                for slug in ("problems", "closed", "answers"):
                    row[slug] = counted[f"rows[{number}].{slug}_n"]
            self.desk.issue("ZF-08", table)


def _policies(recipient: Recipient | None) -> Iterator[dict[str, Any]]:
    own = (recipient.scheme if recipient else "").replace("特困", "特困供养")
    for work in _WORKS:
        has = "是" if work == own or work in _RIGHT else "否"
        row = {"p_name": work, "p_should": has, "p_has": has}
        if recipient and work == own:
            row["p_amount"] = f"{recipient.amount:.2f}"
        yield row


def _worked_on(problem: Problem, today: dt.date) -> dict[str, Any]:
    """What the ledger says of it a week before today."""
    _, measure = _SAID[problem.kind]
    if problem.fate == "running":
        return {"status": "整改中", "measure": measure, "progress": "正在办"}
    if problem.fate == "late":
        return {"status": "整改中", "measure": measure, "progress": "等县里会办"}
    done, verified, closed = (today - dt.timedelta(days=days) for days in (18, 15, 14))
    return {
        "status": "已销号", "measure": measure, "progress": "已办结", "done_date": done,
        "evidence": "签字的问题清单", "verifier": "测试李长福", "verify_date": verified,
        "close_date": closed,
    }  # fmt: skip
