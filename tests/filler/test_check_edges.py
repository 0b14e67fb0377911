"""Every rule over a form on both sides of its edge: where it speaks, and where it is silent."""

import datetime as dt
from decimal import Decimal

import pytest

from filler.rules.form_rules import CHECKS
from tests.filler.one_rule import born, case, paper, refused, said

D = dt.date
M = Decimal
DAY = D(2018, 5, 7)
CASE_NO = "DB-103200-2018-0001"
ADULT, CHILD = born(2000, 5, 7), born(2000, 5, 8)  #: on DAY: 18 that day, 17 still
HOUSE = {"town": "钟宝镇", "village": "旧城村"}
CARE, LIVING = "重度残疾人护理补贴", "困难残疾人生活补贴"
#: Checks that only warn.
WARN = {
    "poor_visited_in_person", "visits_in_time", "relative_needs_filing", "rows_recommended",
    "agent_needs_letter", "a_row_each_month", "direct_aid", "counts_match_records",
    "maybe_open_case", "case_review_in_time", "stop_needs_letter",
}  # fmt: skip


def rows(*texts, **columns):
    """Rows of one column, or one row of several."""
    return [columns] if columns else [{"a": text} for text in texts]


def member(relation, *born_on):
    return {"m_rel": relation, "m_id": born(*born_on) if born_on else ""}


STATES = ("登记", "交办", "整改中", "待验收", "退回", "已销号")
#: Call, addresses refused (none when it is silent), the fields.
LEDGERS = [
    case("state_needs(rows, state, 已销号=who+when)", "rows[0].when",
         rows=rows(state="已销号", who="甲", when="")),
    case("state_needs(rows, state, 已销号=who+when)", "",
         rows=rows(state="已销号", who="甲", when="今")),
    case("state_needs(rows, state, 已销号=who+when)", "", rows=rows(state="登记", who="", when="")),
    case("only_in_state(rows, when, state, 已销号, 退回)", "rows[0].when",
         rows=rows(state="登记", when="今")),
    case("only_in_state(rows, when, state, 已销号, 退回)", "", rows=rows(state="退回", when="今")),
    case("only_in_state(rows, when, state, 已销号, 退回)", "", rows=rows(state="登记", when="")),
    case("rows_in_order(rows, a, b, c)", "", rows=rows(a=DAY, b=DAY, c=DAY)),
    case("rows_in_order(rows, a, b, c)", "rows[0].c", rows=rows(a=DAY, b=None, c=D(2018, 5, 6))),
    case("rows_in_order(rows, a, b, c)", "rows[0].b",
         rows=rows(a=DAY, b=D(2018, 5, 6), c=D(2018, 5, 6))),
    case("column_differs(rows, a, b)", "rows[0].a", rows=rows(a="甲", b="甲")),
    case("column_differs(rows, a, b)", "", rows=rows(a="甲", b="乙")),
    case("column_differs(rows, a, b)", "", rows=rows(a="", b="")),
    case("column_differs(rows, a, keeper)", "rows[0].a", rows=rows("甲"), keeper="甲"),
    case("states_go_on(rows, no, status)", "",
         rows=rows(no="1", status="登记"), choices=("登记", "整改中", "已销号"), **HOUSE),
    *(case("states_go_on(rows, no, status)", expected,
           rows=rows(no="1", status=now), choices=STATES,
           past=(paper("ZF-03", town="钟宝镇", rows=rows(no="1", status=last)),), **HOUSE)
      for last, now, expected in (
          ("整改中", "整改中", ""), ("整改中", "待验收", ""), ("整改中", "交办", "rows[0].status"),
          ("已销号", "已销号", ""), ("已销号", "退回", "rows[0].status"),
          ("退回", "整改中", ""), ("退回", "交办", "rows[0].status"), ("外", "登记", ""))),
    case("states_go_on(rows, no, status)", "",
         rows=rows(no="1", status="登记"), choices=("登记", "已销号"),
         past=(paper("ZF-03", town="曾家镇", rows=rows(no="1", status="已销号")),
               paper("ZF-03", town="钟宝镇", rows=rows(no="2", status="已销号"))), **HOUSE),
]  # fmt: skip

VOTES = [
    case("meeting_quorum(kind, came, due)", "came", kind="村民会议", came=10, due=20),
    case("meeting_quorum(kind, came, due)", "", kind="村民会议", came=11, due=20),
    case("meeting_quorum(kind, came, due)", "came", kind="村民代表会议", came=19, due=30),
    case("meeting_quorum(kind, came, due)", "", kind="村民代表会议", came=20, due=30),
    case("meeting_quorum(kind, came, due)", "", kind="村民会议", came=0, due=0),
    case("meeting_quorum(kind, came, due)", "", kind="村民会议", came=None, due=20),
    case("meeting_quorum(kind, came, due)", "", kind="", came=1, due=20),
    case("election_is_valid(cast, voters)", "cast", cast=10, voters=20),
    case("election_is_valid(cast, voters)", "", cast=11, voters=20),
    case("election_is_valid(cast, voters)", "", cast=0, voters=0),
    case("election_is_valid(cast, voters)", "", cast=None, voters=20),
    case("elected_by_majority(rows, votes, result, cast)", "rows[0].result",
         rows=rows(votes=10, result="当选"), cast=20),
    case("elected_by_majority(rows, votes, result, cast)", "",
         rows=rows(votes=11, result="当选"), cast=20),
    case("elected_by_majority(rows, votes, result, cast)", "",
         rows=rows(votes=10, result="未当选"), cast=20),
    case("elected_by_majority(rows, votes, result, cast)", "",
         rows=rows(votes=None, result="当选"), cast=20),
    case("elected_by_majority(rows, votes, result, cast)", "",
         rows=rows(votes=0, result="当选"), cast=0),
    case("votes_add_up(rows, yes, no, none, present)", "",
         rows=rows(yes=5, no=2, none=1), present=8, attendees=[]),
    case("votes_add_up(rows, yes, no, none, present)", "rows[0].yes",
         rows=rows(yes=5, no=2, none=1), present=9, attendees=[]),
    case("votes_add_up(rows, yes, no, none, present)", "",
         rows=rows(yes=5, no=2, none=1), present=9,
         attendees=[{"p_avoid": "是"}, {"p_avoid": "否"}, {"p_avoid": ""}]),
    case("votes_add_up(rows, yes, no, none, present)", "",
         rows=rows(yes=5, no=None, none=1), present=9, attendees=[]),
    case("votes_add_up(rows, yes, no, none, present)", "",
         rows=rows(yes=5, no=2, none=1), present=None, attendees=[]),
]  # fmt: skip

FAMILY = [
    case("supporters_if_old()", "supporters", members=[member("户主", 1958, 5, 7)], supporters=[],
         day=DAY),
    case("supporters_if_old()", "", members=[member("户主", 1958, 5, 8)], supporters=[], day=DAY),
    case("supporters_if_old()", "supporters", members=[member("户主", 1958, 5, 8)], supporters=[]),
    case("supporters_if_old()", "", members=[member("户主", 1958, 5, 7)], supporters=rows("甲"),
         day=DAY),
    case("supporters_if_old()", "", members=[member("户主", 1958, 5, 7)], day=DAY),
    case("supporters_if_old()", "", members=[member("户主")], supporters=[], day=DAY),
    case("supporters_if_old()", "", members=[member("户主", 1950)], supporters=[],
         day=D(2012, 12, 11)),  # before the law named an age
    *(case("supporters_if_old()", expected, supporters=[], day=DAY, members=[
        member("户主" if head else "其他", *head), member(*child)])
      for head, child, expected in (
          ((1980, 1, 1), ("子", 2000, 5, 8), ""), ((), ("子", 2000, 5, 8), "supporters"),
          ((), ("子", 2000, 5, 7), ""), ((1980, 1, 1), ("孙子女", 2010, 1, 1), "supporters"),
          ((1980, 1, 1), ("兄弟姐妹", 2010, 1, 1), "supporters"),
          ((), ("外", 2010, 1, 1), "supporters"), ((1980, 1, 1), ("外", 2010, 1, 1), ""),
          ((), ("户主", 2010, 1, 1), "supporters"), ((2001, 1, 1), ("女", 2010, 1, 1),
                                                   "supporters"))),
    case("supporters_if_old()", "", supporters=[], day=DAY,
         members=[member("配偶", 1985, 1, 1), member("女", 2010, 1, 1)]),
    case("supporters_if_old()", "", supporters=[], day=DAY,
         members=[member("儿媳", 1985, 1, 1), member("孙子女", 2010, 1, 1)]),
    *(case("single_apply_allowed()", expected, single_apply=alone, health=health, dis_type=kind,
           dis_level=level, day=DAY)
      for alone, health, kind, level, expected in (
          ("是", "良好", "肢体", "二级", ""), ("是", "良好", "肢体", "三级", "single_apply"),
          ("是", "良好", "精神", "三级", ""), ("是", "患重病", "", "", ""),
          ("否", "良好", "肢体", "三级", ""), ("是", "良好", "", "", "single_apply"))),
    case("relative_needs_filing()", "relative_decl", relative_decl="是"),
    case("relative_needs_filing()", "", relative_decl="否"),
    case("relative_needs_filing(other)", "other", other="是"),
    case("relative_needs_filing(other)", "", other=""),
    case("agent_needs_letter()", "apply_mode", apply_mode="委托村委会代办"),
    case("agent_needs_letter()", "apply_mode", apply_mode="委托他人"),
    case("agent_needs_letter()", "", apply_mode="本人申请"),
    case("rows_needed(rows, state, 有, 多)", "rows", rows=[], state="多"),
    case("rows_needed(rows, state, 有, 多)", "", rows=rows("甲"), state="多"),
    case("rows_needed(rows, state, 有, 多)", "", rows=[], state="无"),
    case("rows_needed(rows, kinds, 有)", "rows", rows=[], kinds=("无", "有")),
    *(case("ground_fits(ground)", expected, ground=ground, age=age, dis_type=kind,
           dis_level="三级", day=DAY)
      for ground, age, kind, expected in (
          ("60周岁以上", 60, "", ""), ("60周岁以上", 59, "", "ground"),
          ("未满16周岁", 15, "", ""), ("未满16周岁", 16, "", "ground"),
          ("重度残疾", 40, "智力", ""), ("重度残疾", 40, "肢体", "ground"),
          ("其他", 40, "", ""), ("60周岁以上", None, "", ""))),
    *(case("publicity_by_age(start, end)", expected, age=age, start=start, end=start)
      for age, start, expected in (
          (17, DAY, "start end"), (17, None, ""), (18, None, "start end"), (18, DAY, ""),
          (None, None, ""))),
    case("reason_fits_age(reason, 年满18周岁, d)", "reason", reason="年满18周岁", id_no=CHILD,
         d=DAY),
    case("reason_fits_age(reason, 年满18周岁, d)", "", reason="年满18周岁", id_no=ADULT, d=DAY),
    case("reason_fits_age(reason, 年满18周岁, d)", "", reason="死亡", id_no=CHILD, d=DAY),
    case("reason_fits_age(reason, 年满18周岁, d)", "", reason="年满18周岁", id_no="", d=DAY),
    case("reason_fits_age(reason, 年满18周岁, d)", "reason", reason="年满18周岁", id_no=CHILD,
         d=None, day=DAY),
    case("guardian_if_minor(who, phone)", "phone", age=17, who="甲", phone=None),
    case("guardian_if_minor(who, phone)", "", age=18, who="甲", phone=None),
    case("guardian_if_minor(who, phone)", "", age=None, who="甲", phone=None),
    case("direct_aid(kind)", "kind", kind="低保"),
    case("direct_aid(kind)", "kind", kind="特困"),
    case("direct_aid(kind)", "", kind="低收入"),
    *(case("allowance_allowed(kinds, held)", expected, kinds=kinds, held=held, day=DAY,
           family_class=family, dis_type=kind, dis_level=level)
      for kinds, held, family, kind, level, expected in (
          ((LIVING,), ("特困供养",), "低保", "肢体", "一级", "kinds"),
          ((LIVING,), ("高龄补贴",), "低保", "肢体", "一级", ""),
          ((CARE,), ("孤儿基本生活费",), "其他", "肢体", "一级", ""),
          ((LIVING,), (), "低保边缘", "肢体", "三级", ""),
          ((LIVING,), (), "其他", "肢体", "一级", "kinds"),
          ((LIVING,), (), "", "肢体", "一级", ""),
          ((CARE,), (), "其他", "肢体", "二级", ""),
          ((CARE,), (), "其他", "肢体", "三级", "kinds"),
          ((CARE,), (), "其他", "智力", "三级", ""),
          ((CARE,), (), "其他", "肢体", "", ""))),
    *(case("parents_cannot_care(father, mother)", expected, father=father, mother=mother)
      for father, mother, expected in (
          ("死亡", "失踪", "mother"), ("失踪", "死亡", "mother"), ("死亡", "失联", ""),
          ("服刑", "死亡", ""))),
]  # fmt: skip

VISITS = [{"who": "甲", "d": D(2018, 5, 1), "risk": "高"},
          {"who": "乙", "d": D(2018, 5, 2), "risk": "高"}]  # fmt: skip


def visited(days, risk="高", who="甲"):
    """Two people; the first is seen again after so many days."""
    again = {"who": who, "d": D(2018, 5, 1) + dt.timedelta(days=days), "risk": "低"}
    return [again, {**VISITS[0], "risk": risk}, VISITS[1]]


ROWS = [
    case("first_row_is(rows, a, name)", "rows[0].a", rows=rows("乙", "甲"), name="甲"),
    case("first_row_is(rows, a, name)", "", rows=rows("甲", "乙"), name="甲"),
    case("first_row_is(rows, a, name)", "", rows=[], name="甲"),
    case("first_row_is(rows, a, name)", "", rows=rows("乙"), name=""),
    case("unique(rows, a)", "rows[2].a", rows=rows("甲", "乙", "甲")),
    case("unique(rows, a)", "", rows=rows("甲", "乙", "", "")),
    case("tell_apart(rows, name, group)", "rows[1].name",
         rows=[{"name": "甲", "group": "一组"}, {"name": "甲", "group": "一组"}]),
    case("tell_apart(rows, name, group)", "",
         rows=[{"name": "甲", "group": "一组"}, {"name": "甲", "group": "二组"}]),
    case("tell_apart(rows, name, group)", "",
         rows=[{"name": "", "group": "一组"}, {"name": "", "group": "一组"}]),
    case("at_least_one(rows, a, 是)", "rows", rows=rows("否", "否")),
    case("at_least_one(rows, a, 是)", "", rows=rows("否", "是")),
    case("at_least_one(rows, a, 是)", "", rows=[]),
    case("rows_recommended(rows, 3)", "rows", rows=rows("甲", "乙")),
    case("rows_recommended(rows, 3)", "", rows=rows("甲", "乙", "丙")),
    case("rows_filled_if(rows, kind, 停发, d)", "rows[0].d", rows=rows(kind="停发", d=None)),
    case("rows_filled_if(rows, kind, 停发, d)", "", rows=rows(kind="停发", d=DAY)),
    case("rows_filled_if(rows, kind, 停发, d)", "", rows=rows(kind="增发", d=None)),
    case("rows_are(rows, kind, 停发, n, 0)", "rows[0].n", rows=rows(kind="停发", n=1)),
    case("rows_are(rows, kind, 停发, n, 0)", "", rows=rows(kind="停发", n=0)),
    case("rows_are(rows, kind, 停发, n, 0)", "", rows=rows(kind="停发", n=None)),
    case("rows_are(rows, kind, 停发, n, 0)", "", rows=rows(kind="增发", n=1)),
    case("a_row_each_month(rows, d, until)", "",
         rows=[{"d": D(2018, 3, 1)}, {"d": D(2018, 4, 30)}], until=D(2018, 4, 30)),
    case("a_row_each_month(rows, d, until)", "rows",
         rows=[{"d": D(2018, 3, 1)}, {"d": D(2018, 4, 30)}], until=D(2018, 5, 1)),
    case("a_row_each_month(rows, d, until)", "rows",
         rows=[{"d": D(2018, 3, 1)}, {"d": D(2017, 4, 30)}], until=D(2018, 4, 30)),
    case("a_row_each_month(rows, d, until)", "rows", rows=[{"d": None}], until=D(2018, 1, 1)),
    case("a_row_each_month(rows, d, until)", "", rows=[], until=None),
    case("sealed_only_if_checked(rows, a)", "rows[1].a", rows=rows("是", "否")),
    case("sealed_only_if_checked(rows, a)", "", rows=rows("是", "")),
    case("gap_is_told(rows, should, has, told)", "rows[0].told",
         rows=rows(should="是", has="否", told="")),
    case("gap_is_told(rows, should, has, told)", "rows[0].told",
         rows=rows(should="否", has="是", told="")),
    case("gap_is_told(rows, should, has, told)", "", rows=rows(should="是", has="否", told="有")),
    case("gap_is_told(rows, should, has, told)", "", rows=rows(should="是", has="是", told="")),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "", rows=visited(7), day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "rows[0].d", rows=visited(8), day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "", rows=visited(15, "中"), day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "rows[0].d", rows=visited(16, "中"),
         day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "", rows=visited(16, "无"), day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "", rows=visited(16, who="丙"), day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "", day=DAY,
         rows=[VISITS[0], {**VISITS[0], "d": None}]),
    case("rows_villages_in_towns(rows)", "rows[1].village",
         rows=[HOUSE, {"town": "曾家镇", "village": "旧城村"}]),
    case("rows_villages_in_towns(rows)", "", rows=[HOUSE, {"town": "曾家镇", "village": ""}]),
    case("village_in_town()", "village", town="曾家镇", village="旧城村"),
    case("village_in_town()", "village", town="曾家镇", village="没有的村"),
    case("village_in_town()", "", **HOUSE),
    case("village_in_town()", "", town="", village="旧城村"),
]  # fmt: skip

TOLD = [
    case("poor_visited_in_person(mode, poor)", "mode", mode="电话", poor="低保"),
    case("poor_visited_in_person(mode, poor)", "", mode="入户", poor="低保"),
    case("poor_visited_in_person(mode, poor)", "", mode="电话", poor="否"),
    case("poor_visited_in_person(mode, poor)", "", mode="电话", poor=""),
    case("poor_visited_in_person(mode, poor)", "", mode="", poor="低保"),
    case("told_within_days(a, b, 3, note)", "", a=D(2018, 5, 4), b=DAY, note=""),
    case("told_within_days(a, b, 3, note)", "b", a=D(2018, 5, 3), b=DAY, note=""),
    case("told_within_days(a, b, 3, note)", "", a=D(2018, 5, 3), b=DAY, note="在外"),
    case("told_within_days(a, b, 3, note)", "", a=None, b=DAY, note=""),
    case("told_within_days(a, b, 死亡登记, note)", "b", a=D(2018, 5, 3), b=DAY, note="", day=DAY),
    case("stop_is_sent(held, sent)", "sent", held=("低保",), sent="不需要"),
    case("stop_is_sent(held, sent)", "", held=("低保",), sent="是"),
    case("stop_is_sent(held, sent)", "", held=("无",), sent="不需要"),
    case("stop_is_sent(held, sent)", "", held=(), sent="不需要"),
    case("stop_is_sent(held, sent)", "", held=("低保",), sent=""),
    case("one_choice_alone(held, 无)", "held", held=("无", "低保")),
    case("one_choice_alone(held, 无)", "", held=("无",)),
    case("one_choice_alone(held, 无)", "", held=("低保", "优抚")),
    case("must_include(kinds, 甲, 乙)", "kinds", kinds=("甲", "丙")),
    case("must_include(kinds, 甲, 乙)", "", kinds=("丙", "乙", "甲")),
    case("no_personal_numbers()", "note", note="卡 6217-0000 0000-0000", d=DAY),
    case("no_personal_numbers()", "note", note="1101051949123100X", d=DAY),
    case("no_personal_numbers()", "", note="1101051949123", d=DAY),
    case("no_personal_numbers()", "rows[1].a", rows=rows("甲", ADULT)),
    case("no_personal_numbers()", "", rows=rows("甲", "乙"), amount=10**17),
    case("required_in_era(审批, d, vote)", "vote", d=D(2021, 6, 30), vote=None),
    case("required_in_era(审批, d, vote)", "", d=D(2021, 7, 1), vote=None),
    case("required_in_era(审批, d, vote)", "", d=D(2021, 6, 30), vote="通过"),
    case("required_in_era(审批, d, vote)", "", d=None, vote=None),
    *(case("result_fits_objections(result, n)", expected, result=result, n=n)
      for result, n, expected in (
          ("无异议", 0, ""), ("有异议", 1, ""), ("无异议", 1, "result"), ("有异议", 0, "result"),
          ("", 1, ""), ("有异议", None, ""))),
    case("answer_follows(alive, 否, result, 停发, 终止)", "result", alive="否", result="继续"),
    case("answer_follows(alive, 否, result, 停发, 终止)", "", alive="否", result="终止"),
    case("answer_follows(alive, 否, result, 停发, 终止)", "", alive="是", result="继续"),
    case("answer_follows(alive, 否, result, 停发, 终止)", "", alive="否", result=""),
]  # fmt: skip

NUMBERS = [
    case("sum_is(total, a, b)", "", total=M("3.50"), a=M("1.50"), b=2),
    case("sum_is(total, a, b)", "total", total=M("3.51"), a=M("1.50"), b=2),
    case("sum_is(total, a, b)", "", total=None, a=M("1.50"), b=2),
    case("sum_is(total, a, b)", "", total=2, a=None, b=2),
    case("in_order(a, b, c)", "", a=DAY, b=DAY, c=DAY),
    case("in_order(a, b, c)", "c", a=DAY, b=None, c=D(2018, 5, 6)),
    case("not_above(a, b)", "", a=10, b=10),
    case("not_above(a, b)", "a", a=11, b=10),
    case("not_above(a, b)", "", a=11, b=None),
    case("not_above(a, b)", "", a=None, b=10),
    case("rows_not_above(rows, a, b)", "", rows=rows(a=10, b=10)),
    case("rows_not_above(rows, a, b)", "rows[0].a", rows=rows(a=11, b=10)),
    *(case("era_word_fits(word, d)", expected, word=word, d=day)
      for word, day, expected in (
          ("不予批准", D(2021, 6, 30), ""), ("不予批准", D(2021, 7, 1), "word"),
          ("不予确认", D(2021, 7, 1), ""), ("不予确认", D(2021, 6, 30), "word"),
          ("批准", D(2021, 7, 1), ""), ("不予确认", None, ""))),
    *(case("decision_fits(decision, old, new)", expected, decision=decision, old=old, new=new)
      for decision, old, new, expected in (
          ("新增", 0, 1, ""), ("新增", 1, 1, "new"), ("新增", 0, 0, "new"),
          ("增发", 10, 11, ""), ("增发", 10, 10, "new"),
          ("减发", 10, 9, ""), ("减发", 10, 10, "new"), ("减发", 10, 0, "new"),
          ("继续", 10, 10, ""), ("继续", 10, 11, "new"), ("继续", 10, 9, "new"),
          ("停发", 10, 0, ""), ("停发", 10, 1, "new"), ("终止", 10, 1, "new"),
          ("不予批准", 10, 1, "new"), ("不予确认", 10, 1, "new"), ("其他", 10, 1, ""),
          ("停发", None, 1, ""), ("停发", 10, None, ""))),
    case("rows_decision_fits(rows, kind, old, new)", "rows[0].new",
         rows=rows(kind="增发", old=10, new=10)),
    case("rows_decision_fits(rows, kind, old, new)", "", rows=rows(kind="增发", old=10, new=11)),
]  # fmt: skip

RUNNING = paper("DB-02", CASE_NO, id_no=ADULT)
STOPPED = (RUNNING, paper("COM-09", CASE_NO, decision="停发"))
REVIEW = paper("COM-09", CASE_NO, old="100.00", new="150.00")
APPLIED = paper("DB-01", CASE_NO, accept_date="2018-05-07",
                members=[{"m_name": "甲", "m_id": ADULT}, {"m_name": "乙", "m_id": CHILD}],
                supporters=[{"s_name": "丙", "s_id": born(1980)}])  # fmt: skip
PAID = (paper("LS-01", "A", id_no=ADULT, ok_amount="500"),
        paper("LS-02", "B", id_no=ADULT, relief_amount="300"))  # fmt: skip


def reviewed(day, *papers, kind="定期复核"):
    return {"kind": kind, "d": day, "case_no": CASE_NO, "past": papers}


DECIDED = paper("DB-02", CASE_NO, c_date="2018-05-07")
BY_CLASS = "case_review_in_time(kind, 定期复核, d, 低保核查)"

HISTORY = [
    *(case(f"{name}(id_no, TK-03, DB-02)", expected, id_no=ADULT, past=past, case_no=case_no)
      for name in ("no_open_case", "maybe_open_case")
      for past, case_no, expected in (
          ((RUNNING,), "", "id_no"), ((RUNNING,), CASE_NO, ""), (STOPPED, "", ""), ((), "", ""),
          ((RUNNING, paper("TK-03", "TK", id_no=ADULT)), "", "id_no id_no"))),
    case("no_open_case(id_no, DB-02)", "", id_no="", past=(RUNNING,)),
    case("no_open_case(id_no, DB-02)", "", id_no=CHILD, past=(RUNNING,)),
    *(case("supplement_once(result)", expected, result=now, case_no=number,
           past=(paper("COM-02", CASE_NO, result=before),))
      for now, before, number, expected in (
          ("补正", "补正", CASE_NO, "result"), ("补正", "受理", CASE_NO, ""),
          ("受理", "补正", CASE_NO, ""), ("补正", "补正", "", ""))),
    *(case("stop_needs_letter(decision)", expected, decision=decision, case_no=CASE_NO, past=past)
      for decision, past, expected in (
          ("停发", (), "decision"), ("减发", (), "decision"), ("增发", (), ""),
          ("停发", (paper("COM-07", CASE_NO),), ""))),
    *(case("letter_matches_review(decision, old, new)", expected, decision="增发", old=old, new=new,
           case_no=CASE_NO, past=past)
      for old, new, past, expected in (
          (M(100), M(150), (REVIEW,), ""), (M(100), M(151), (REVIEW,), "new"),
          (M(99), M(150), (REVIEW,), "old"), (None, M(150), (REVIEW,), ""),
          (M(99), M(151), (), ""), (M(99), M(150), (paper("COM-09", CASE_NO, new="150"),), ""))),
    *(case("all_adults_sign(rows, a)", expected, rows=rows(*signers), day=day, past=(APPLIED,),
           case_no=CASE_NO)
      for signers, day, expected in (
          ((ADULT, born(1980)), DAY, ""), ((ADULT,), DAY, "rows"), ((born(1980),), DAY, "rows"),
          ((born(1980),), D(2018, 5, 6), ""), ((ADULT, born(1980)), D(2018, 5, 8), "rows"))),
    *(case("signed_before_acceptance(d)", expected, d=day, past=(APPLIED,), case_no=number)
      for day, number, expected in (
          (DAY, CASE_NO, ""), (D(2018, 5, 8), CASE_NO, "d"), (None, CASE_NO, ""),
          (D(2018, 5, 8), "", ""))),
    case("signed_before_acceptance(d)", "", d=D(2018, 5, 8), past=(paper("TK-01", CASE_NO),),
         case_no=CASE_NO),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 7), DECIDED)),
    case(BY_CLASS, "d", **reviewed(D(2019, 5, 8), DECIDED)),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 8), DECIDED, kind="变化申报")),
    case(BY_CLASS, "", **reviewed(None, DECIDED)),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 8))),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 8), paper("DB-02", CASE_NO))),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 8), DECIDED,
                                  paper("DB-05", CASE_NO, review_date="2018-05-08"))),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 8), DECIDED,
                                  paper("COM-09", CASE_NO, review_date="2018-11-07"))),
    case(BY_CLASS, "d", **reviewed(D(2019, 5, 8), DECIDED,
                                   paper("COM-09", CASE_NO, review_date="2019-05-08"))),
    *(case(BY_CLASS, expected, **reviewed(
        day, DECIDED, paper("DB-05", CASE_NO, review_date="2018-11-07", **{"class": "每季度"})))
      for day, expected in ((D(2019, 2, 7), ""), (D(2019, 2, 8), "d"))),
    *(case("adults_only(rows, name)", expected, rows=rows(name=name), day=day, **HOUSE,
           past=(paper(form_id, id_no=CHILD, name="测试小明", **HOUSE),))
      for name, day, form_id, expected in (
          ("测试小明", DAY, "ET-01", "rows[0].name"), ("测试小明", D(2018, 5, 8), "ET-01", ""),
          ("测试小红", DAY, "ET-01", ""), ("测试小明", DAY, "COM-01", ""),
          ("测试小明", DAY, "CB-01", "rows[0].name"))),
    case("adults_only(rows, name)", "", rows=rows(name="测试小明"), day=DAY, **HOUSE,
         past=(paper("ET-01", id_no=CHILD, name="测试小明", town="钟宝镇", village="外村"),)),
    case("adults_only(rows, name)", "", rows=rows(name="测试小明"), day=DAY, **HOUSE,
         past=(paper("ET-01", name="测试小明", **HOUSE),)),
    *(case("surveyors_not_relatives(rows, name, id_no)", expected, rows=rows(name=name),
           id_no=number,
           past=(paper("COM-08", staff_name="测试甲", objects=[{"obj_id": ADULT}]),))
      for name, number, expected in (
          ("测试甲", ADULT, "rows[0].name"), ("测试乙", ADULT, ""), ("测试甲", CHILD, ""),
          ("测试甲", "", ""))),
    *(case("amount_as_decided(rows, id_no, amount)", expected, past=PAID,
           rows=rows(id_no=number, amount=amount))
      for number, amount, expected in (
          (ADULT, M(500), ""), (ADULT, M(300), ""), (ADULT, M(501), "rows[0].amount"),
          (CHILD, M(501), ""), ("", M(501), ""), (ADULT, None, ""))),
    *(case("held_is_told(held, id_no)", expected, held=held, id_no=number, past=past)
      for held, number, past, expected in (
          (("优抚",), ADULT, (RUNNING,), "held"), (("低保", "优抚"), ADULT, (RUNNING,), ""),
          (None, ADULT, (RUNNING,), ""), (("优抚",), CHILD, (RUNNING,), ""),
          (("优抚",), ADULT, STOPPED, ""))),
    *(case("counts_match_records(rows, typed, counted)", expected,
           rows=rows(typed=typed, counted=counted))
      for typed, counted, expected in (
          (3, 3, ""), (3, 4, "rows[0].typed"), (4, 3, "rows[0].typed"), (None, 3, ""),
          (3, None, ""))),
]  # fmt: skip

#: What a check says, where its words depend on the form.
SAID = [
    case("era_word_fits(word, d)", "改为“不予确认”", word="不予批准", d=D(2021, 7, 1)),
    case("era_word_fits(word, d)", "改为“不予批准”", word="不予确认", d=D(2021, 6, 30)),
    case("gap_is_told(rows, should, has, told)", "：应享未享",
         rows=rows(should="是", has="否", told="")),
    case("gap_is_told(rows, should, has, told)", "不应享却已享",
         rows=rows(should="否", has="是", told="")),
    case("village_in_town()", "旧城村属钟宝镇，改正镇或村", town="曾家镇", village="旧城村"),
    case("village_in_town()", "从名单中选村", town="曾家镇", village="没有的村"),
    case("village_in_town()", "村：曾家镇没有旧城村", town="曾家镇", village="旧城村"),
    case("rows_villages_in_towns(rows)", "rows第 1 行：曾家镇没有旧城村",
         rows=[{"town": "曾家镇", "village": "旧城村"}]),
    case("not_above(first, second)", "第一：11 大于“第二”（10）", first=11, second=10,
         labels={"first": "第一", "second": "第二"}),
    case("not_above(first, 10)", "11 大于“10”（10）", first=11),
]  # fmt: skip

CASES = [*LEDGERS, *VOTES, *FAMILY, *ROWS, *TOLD, *NUMBERS, *HISTORY]


@pytest.mark.parametrize("one", CASES, ids=str)
def test_a_check_speaks_beyond_its_edge_and_not_before(one):
    """Where the fault is, and nothing when all is right."""
    assert " ".join(refused(one)) == one.expected


@pytest.mark.parametrize("one", SAID, ids=str)
def test_a_check_says_what_is_wrong_and_what_to_do(one):
    """In words that fit the form."""
    assert any(one.expected in words for words in said(one)), said(one)


def test_every_check_stands_in_the_table_on_both_sides():
    """A form that passes and one that is refused each."""
    assert {one.name for one in CASES if not one.expected} == set(CHECKS)
    assert {one.name for one in CASES if one.expected} == set(CHECKS)


def test_checks_that_do_not_refuse_only_warn():
    """All others keep a form from being issued."""
    assert {name for name, rule in CHECKS.items() if rule.is_warning} == WARN
