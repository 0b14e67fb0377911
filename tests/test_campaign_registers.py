"""大走访 over its papers: groups, visits, problems with their proof, answers, four origins."""

import datetime as dt
from collections import Counter

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.registers.count_rows import count_by, count_places
from minzheng.registers.read_registers import ReadRegisters
from minzheng.registers.register_file import load_registers
from tests.registers.records import COUNTY_SEAL, PLACE, issue, scan
from tests.shipped_forms import shipped_forms

TODAY = dt.date(2018, 7, 20)
PLAN = {"campaign": "提升年走访", "begin": "2018-04-02", "end": "2018-06-30"}
VISIT = {
    "campaign": "提升年走访", "round": "1", "team": "第一组", "name": "测试甲", "is_poor": "否",
    "id_no": "610927196203151216", "visit_date": "2018-05-09", "visit_mode": "入户", "answers": 2,
    "hh_size": 3,
}  # fmt: skip
PROBLEM = {
    "object": "测试甲",
    "problem_type": "漏保",
    "issue_date": "2018-05-10",
    "deadline": "2018-06-30",
}
LEDGER = {
    "village": "旧城村", "measure": "补办", "status": "已销号", "deadline": "2018-06-30",
    "verifier": "测试李长福", "verify_date": "2018-06-20", "close_date": "2018-06-21",
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue():
    """All forms with the county they rest on."""
    return shipped_forms()


@pytest.fixture
def read(db, catalogue):
    """All registers, as the table of the county says."""
    table = load_registers(REGISTRY_FOLDER, catalogue.by_id, catalogue.county.terms)
    return ReadRegisters(table, catalogue.by_id, catalogue.facts)


@pytest.fixture
def rows(read):
    """The rows of a register that stand on a document."""

    def run(name: str):
        found = read.rows(read.registers.named(name), TODAY)
        return [row for row in found if row.document]

    return run


def plan(*teams):
    """A plan with groups: name, town, villages."""
    listed = [{"team": team, "town": town, "villages": text} for team, town, text in teams]
    return issue("ZF-11", 1, {**PLAN, "town": "", "village": "", "teams": listed})


def test_every_village_is_of_one_group(read, rows, catalogue):
    """One in two groups, one in none, one that is not there."""
    plan(("第一组", "钟宝镇", "全镇"), ("第二组", "钟宝镇", "旧城村、不知何村"))
    states = Counter(row.state for row in rows("teams"))
    villages = [one for one in catalogue.facts.places.villages_of("钟宝镇") if one.kind == "村"]
    assert states == {"归了几个组": 2, "没有这个村": 1, "已分组": len(villages) - 1}
    lacking = [
        row for row in read.rows(read.registers.named("teams"), TODAY) if row.document is None
    ]
    assert len(lacking) == 58 - len(villages)


def test_a_plan_is_issued_once_its_sealed_scan_is_filed(rows):
    """With its number, its day and its issuer; a bulletin needs no seal."""
    told = {"doc_no": "镇民发〔2018〕15号", "issue_date": "2018-03-20", "issuer": "镇坪县民政局"}
    one = issue("ZF-11", 1, {**PLAN, **told, "town": "", "village": ""})
    cells = rows("plans")[0].cells
    assert [cells[slug] for slug in ("kind", "doc_no", "issued_on", "issuer")] == [
        "方案", *told.values()
    ]  # fmt: skip
    assert rows("plans")[0].state == "没有扫描件"
    scan(one.case_no, "ZF-11", [])
    assert rows("plans")[0].state == "扫描件没有盖章"
    scan(one.case_no, "ZF-11", [COUNTY_SEAL])
    assert rows("plans")[0].state == "已印发"
    brief = issue("ZF-12", 2, {"issue_no": "3", "issue_date": "2018-05-21", "town": ""})
    assert [row.state for row in rows("plans")] == ["已印发", "没有扫描件"]
    scan(brief.case_no, "ZF-12", [])
    assert [row.state for row in rows("plans")] == ["已印发", "已印发"]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, "已走访"),
        ({"visit_date": "2018-07-01"}, "不在行动期内"),
        ({"visit_date": "2018-04-01"}, "不在行动期内"),
        ({"visit_date": "2018-06-30"}, "已走访"),
        ({"visit_mode": "电话"}, "已走访"),
        ({"visit_mode": "电话", "is_poor": "监测户"}, "困难户没有入户"),
        ({"team": "第三组"}, "不是本村的组"),
        ({"campaign": "没有方案的", "visit_date": "2019-01-01"}, "已走访"),
    ],
)
def test_a_visit_is_held_against_the_plan(rows, change, state):
    """Its days, its group, and that poor households are met at home."""
    plan(("第一组", "钟宝镇", "全镇"))
    issue("ZF-01", 2, {**VISIT, **change})
    assert [row.state for row in rows("visits")] == [state]


def test_visits_and_persons_are_counted_apart(rows, read):
    """The second round is another visit to the same person; a corrected day is not."""
    issue("ZF-01", 1, VISIT)
    issue("ZF-01", 2, {**VISIT, "visit_date": "2018-05-10"})
    issue("ZF-01", 3, {**VISIT, "round": "2", "visit_date": "2018-06-10"})
    issue("ZF-01", 4, {**VISIT, "id_no": "610927195503151218", "name": "测试乙"})
    register = read.registers.named("visits")
    counts = count_places(rows("visits"), register)
    assert (counts.whole.total, len(counts.whole.people)) == (3, 2)
    assert counts.whole.sum_of("answers") == 6
    assert [(name, one.total) for name, one in count_by(rows("visits"), register, "week")] == [
        ("2018-05-07 起一周", 2), ("2018-06-04 起一周", 1),
    ]  # fmt: skip


def test_a_problem_is_closed_only_with_everything(rows):
    """Measure, verifier, day, and a filed scan that bears its number."""
    one = issue("ZF-02", 7, PROBLEM)
    assert [row.state for row in rows("problems")] == ["逾期"]
    ledger = {**LEDGER, "problem_no": one.case_no}
    issue("ZF-03", 8, {"village": "", "as_of": "2018-07-01", "rows": [ledger]})
    assert [row.state for row in rows("problems")] == ["销号没有依据"]
    scan(one.case_no, "ZF-02", origin="text_layer")
    assert [row.state for row in rows("problems")] == ["销号没有依据"]
    scan(one.case_no, "COM-03")
    (row,) = rows("problems")
    assert (row.state, row.cells["measure"], row.cells["content"]) == ("已销号", "补办", "")


@pytest.mark.parametrize("missing", ["measure", "verifier", "close_date"])
def test_without_one_of_them_it_is_not_closed(rows, missing):
    """Whatever the ledger says."""
    one = issue("ZF-02", 7, PROBLEM)
    ledger = {**LEDGER, "problem_no": one.case_no, missing: ""}
    issue("ZF-03", 8, {"village": "", "as_of": "2018-07-01", "rows": [ledger]})
    scan(one.case_no, "ZF-02")
    assert [row.state for row in rows("problems")] == ["销号没有依据"]


def test_the_newest_ledger_counts_and_older_problems_stay(rows):
    """One that only the ledger knows is there, too, and said to be."""
    one = issue("ZF-02", 7, {**PROBLEM, "deadline": "2018-08-30"})
    for number, (day, status) in enumerate((("2018-07-01", "整改中"), ("2018-06-01", "退回")), 8):
        listed = [
            {"problem_no": one.case_no, "village": "旧城村", "status": status},
            {"problem_no": "ZB-2018-001", "village": "金岭村", "status": status,
             "deadline": "2018-09-01"},
        ]  # fmt: skip
        issue("ZF-03", number, {"village": "", "as_of": day, "rows": listed})
    found = {row.cells["code"]: row for row in rows("problems")}
    assert {code: row.state for code, row in found.items()} == {
        one.case_no: "整改中", "ZB-2018-001": "整改中",
    }  # fmt: skip
    assert found["ZB-2018-001"].cells["source_form"] == "只在台账"
    assert found["ZB-2018-001"].village == "金岭村"


def test_a_problem_has_the_team_that_found_it(rows):
    """Of the visit it came from."""
    visit = issue("ZF-01", 3, VISIT)
    issue("ZF-02", 7, {**PROBLEM, "source": visit.case_no})
    assert rows("problems")[0].cells["team"] == "第一组"


def test_each_answer_is_one(rows, read):
    """Rows of the lists, by dossier."""
    asked = [
        {"d": "2018-05-09", "asker": "测试甲", "dossier": "低保", "basis": "办法"},
        {"d": "2018-05-10", "asker": "测试甲", "dossier": "特困"},
    ]  # fmt: skip
    issue("ZF-04", 1, {"until": "2018-05-31", "rows": asked})
    assert [row.state for row in rows("answers")] == ["已解答", "没有写依据"]
    counts = count_places(rows("answers"), read.registers.named("answers"))
    assert (counts.whole.total, len(counts.whole.people)) == (2, 1)


def test_clues_fall_due(rows):
    """Handed on, late, done."""
    clue = {"found_date": "2018-05-02", "object": "测试甲", "transfer_to": "民政办"}
    issue("ZF-07", 1, clue, texts={"due": "2018年5月30日"})
    issue("ZF-07", 2, clue, texts={"due": "2018年8月30日"})
    issue("ZF-07", 3, {**clue, "result": "已办", "result_date": "2018-05-20"})
    assert [row.state for row in rows("clues")] == ["逾期", "办理中", "已办结"]


def test_four_origins_stand_side_by_side_and_the_visited_one_wins(rows):
    """For the size of the household, the amount, and whether it should be insured at all."""
    approval = {
        "name": "测试甲", "id_no": VISIT["id_no"], "c_date": "2018-03-05", "check_result": "不符合",
    }  # fmt: skip
    issue("DB-02", 1, approval, texts={"hh_size": "3", "month_amount": "285.00"})
    issue("DB-03", 2, {"as_of": "2018-03-31", "rows": [
        {"id_no": VISIT["id_no"], "hh_size": 2, "month_amount": "285"}]})  # fmt: skip
    policy = {"p_name": "低保", "p_should": "是", "p_amount": "285.00"}
    issue("ZF-01", 3, {**VISIT, "policies": [policy, {"p_name": "特困", "p_should": "否"}]})
    found = {row.cells["figure"]: row for row in rows("origins")}
    told = {
        figure: tuple(
            row.cells[one] for one in ("system", "matched", "reported", "visited", "used")
        )
        for figure, row in found.items()
    }
    assert told == {
        "家庭人口": ("3", "", "2", "3", "3"),
        "应享低保": ("是", "否", "是", "是", "是"),
        "低保月金额": ("285.00", "", "285.00", "285.00", "285.00"),
    }
    assert {figure: row.state for figure, row in found.items()} == {
        "家庭人口": "与入户不一致", "应享低保": "与入户不一致", "低保月金额": "一致",
    }  # fmt: skip


def test_without_a_visit_the_others_are_compared(rows):
    """And it is said that nobody was there."""
    issue("DB-02", 1, {"id_no": VISIT["id_no"], "c_date": "2018-03-05", "check_result": "符合"},
          texts={"hh_size": "3", "month_amount": "285.00"})  # fmt: skip
    issue("DB-03", 2, {"as_of": "2018-03-31", "rows": [
        {"id_no": VISIT["id_no"], "hh_size": 2, "month_amount": "285"}]})  # fmt: skip
    assert {row.cells["figure"]: row.state for row in rows("origins")} == {
        "家庭人口": "没有入户，两处不一", "应享低保": "没有入户核实", "低保月金额": "没有入户核实",
    }  # fmt: skip
    assert {row.village for row in rows("origins")} == {PLACE["village"]}
