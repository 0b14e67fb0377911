"""Doubts planted in a seeded county: each kind in some villages, each with a word to find it by."""

from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.checked.county import (
    Head,
    SeededCounty,
    day,
    lay_relief,
    lay_relief_case,
    lay_visit,
)
from minzheng.county.registry.places import Village

Plant = Callable[[SeededCounty, Village, Head, Village], None]


def _of(made: SeededCounty, form_id: str, one: Head) -> dict[str, Any]:
    """The texts of a household's document."""
    return next(
        row["texts"] for row in made.records
        if row["form_id"] == form_id and row["case_no"] == one.case_no
    )  # fmt: skip


def _rows(made: SeededCounty, form_id: str, village: Village, one: Head) -> list[dict[str, Any]]:
    """A person's rows on lists of a village, the earliest first."""
    return [
        row
        for paper in made.records
        if paper["form_id"] == form_id and paper["texts"]["village"] == village.name
        for row in paper["texts"]["rows"]
        if one.name in row.values()
    ]


def amount(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    _rows(made, "GS-01", village, one)[-1]["month_amount"] = "777.00"
    made.plant("amounts_differ", one.name)


def paid_otherwise(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    for row in _rows(made, "DB-03", village, one)[3:]:
        row["month_amount"] = "12.00"
    made.plant("amounts_differ", one.name)


def death(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    made.record(village, "BZ-01", made.number("BZ", village), name=one.name, id_no=one.id_no,
                death_date=day(8, 14), report_date=day(8, 16))  # fmt: skip
    made.plant("paid_after_death", one.name)


def death_on_paper(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    text = f"死亡人口登记表\n姓名 {one.name} 性别 男 身份证号 {one.id_no}\n死亡日期 {day(9, 2)}"
    made.scan(village, "BZ-01", "", text)
    made.plant("paid_after_death", one.name)


def seal(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    number = made.number("DB", village)
    made.record(
        village, "GS-03", number, scheme="低保", decide_date=day(6, 12), rows=[{"name": one.name}]
    )
    made.scan(village, "GS-03", number, "低保公布单", seals=0)
    made.plant("notices_without_seal", number)


def no_scan(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    number = made.number("DB", village)
    made.record(village, "GS-04", number, scheme="低保", pay_date=day(7, 12), rows=[])
    made.plant("notices_without_seal", number)


def short(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    number = made.number("GS", village)
    text = f"公示情况报告\n张贴日期 {day(4, 16)}\n撤下日期 {day(4, 21)}"
    made.scan(village, "COM-06", number, text)
    made.plant("notices_too_short", number)


def reversed_days(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    _of(made, "COM-03", one)["survey_date"] = day(3, 28)
    made.plant("dates_reversed", one.name)


def early(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    row = {"head": one.name, "id_no": one.id_no, "insured": "1", "month_amount": one.amount}
    made.record(village, "DB-03", made.number("DB", village), as_of=day(5, 30), rows=[row])
    made.plant("paid_before_decision", one.name)


def relief_early(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    who = made.head(village, 1971)
    lay_relief_case(made, village, who, "火灾", paid=day(5, 20))
    made.plant("paid_before_decision", who.name)


def unsigned(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    row = next(r for r in made.scans if r["form_id"] == "DB-02" and r["case_no"] == one.case_no)
    row["unsigned"] = ["县负责人"]
    made.plant("signatures_missing", one.name)


def unsealed(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    row = next(r for r in made.scans if r["form_id"] == "DB-02" and r["case_no"] == one.case_no)
    row["seals"] = 0
    made.plant("signatures_missing", one.name)


def missing(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    for rows in (made.records, made.scans):
        rows[:] = [r for r in rows if (r["form_id"], r["case_no"]) != ("COM-03", one.case_no)]
    made.plant("papers_missing", one.name)


def both(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    text = (f"特困人员审批表\n姓名 {one.name} 性别 男\n身份证号 {one.id_no}\n"
            "月合计 500.00\n起始月份 2018年7月")  # fmt: skip
    made.scan(village, "TK-03", "", text)
    made.plant("held_twice", one.name)


def two_villages(made: SeededCounty, village: Village, one: Head, other: Village) -> None:
    who = made.head(village, 1968)
    text = (f"最低生活保障审批表\n姓名 {who.name} 性别 男\n身份证号 {who.id_no}\n"
            f"月保障金 {who.amount}\n起发月份 2018年7月")  # fmt: skip
    for place in (village, other):
        made.scan(place, "DB-02", "", text)
    made.plant("held_twice", who.name)


def persons(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    _rows(made, "DB-03", village, one)[-1]["insured"] = "3"
    made.plant("people_differ", one.name)


def bad_number(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    wrong = one.id_no[:17] + ("1" if one.id_no[17] != "1" else "2")
    made.scan(village, "ZF-01", "", f"走访登记表 姓名 {one.name} 身份证号 {wrong}")
    made.plant("numbers_wrong", one.name)


def two_names(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    other = made.head(village, 1980)
    made.scan(village, "DB-01", "", f"申请书 姓名 {other.name} 性别 男 身份证号 {one.id_no}")
    made.plant("numbers_wrong", one.name)


def relative(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    _of(made, "COM-01", one)["relative_decl"] = "是"
    made.plant("relatives_not_filed", one.name)


def overdue(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    _of(made, "DB-05", one).update({"class": "每季度", "review_date": day(8, 6)})
    made.plant("reviews_overdue", one.name)


def few(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    number = made.number("DB", village)
    text = f"民主评议会议记录\n应到 18 人，实到 9 人\n发言摘要：{made.said()}"
    made.scan(village, "COM-04", number, text)
    made.plant("meetings_irregular", number)


def copied(made: SeededCounty, village: Village, one: Head, other: Village) -> None:
    said, numbers = made.said(9), []
    for place in (village, other):
        numbers.append(made.number("DB", place))
        made.scan(place, "COM-04", numbers[-1], f"会议记录\n发言摘要：{said}")
    made.plant("meetings_irregular", numbers[0])


def again(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    who = lay_relief(made, village)
    lay_relief_case(made, village, who, "重大疾病")
    made.plant("relief_irregular", who.name)


def late(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    who = made.head(village, 1966)
    made.record(village, "LS-02", made.number("LS", village), name=who.name, id_no=who.id_no,
                relief_date=day(5, 7), supp_due=day(5, 21), supp_date=day(6, 8))  # fmt: skip
    made.plant("relief_irregular", who.name)


def fund(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    mark = f"{village.name}救助"
    rows = [{"d": day(6, 4), "summary": mark, "balance": "-300.00"}]
    made.record(
        None, "LS-05", made.number("LS", village), town=village.town, until=day(6, 30), rows=rows
    )
    made.plant("relief_irregular", "-300.00")


def told_number(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    number = made.number("GS", village)
    made.scan(
        village, "GS-03", number, f"低保公布单\n1 {one.name} {one.id_no} 1 {one.amount}", seals=2
    )
    made.plant("notices_tell_too_much", number)


def child(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    who, number = made.head(village, 2010), made.number("GS", village)
    made.record(village, "ET-05", made.number("ET", village), name=who.name, id_no=who.id_no)
    made.record(
        village, "GS-04", number, scheme="低保", pay_date=day(7, 2), rows=[{"name": who.name}]
    )
    made.scan(village, "GS-04", number, seals=2)
    made.plant("notices_tell_too_much", number)


def levels(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    row = {"village": village.name, "c_hh": "40", "c_n": "41", "c_a": "900.00", "t_hh": "40",
           "t_n": "41", "t_a": "900.00", "v_hh": "40", "v_n": "40", "v_a": "900.00"}  # fmt: skip
    number = made.number("GS", village)
    made.record(
        None, "GS-09", number, town=village.town, scheme="特困", month="2018年9月", rows=[row]
    )
    made.plant("levels_differ", number)


def totals_differ(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    paper = next(r["texts"] for r in made.records
                 if r["form_id"] == "GS-01" and r["texts"]["village"] == village.name)  # fmt: skip
    paper["total_person"] = "999"
    made.plant("levels_differ", f"{village.name}低保")


def directory(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    number = made.number("ZH", village)
    rows = [{"title": f"{one.name}核对报告书", "archive_no": "D10-0001"}]
    made.record(village, "ZH-04", number, dossier="低保", year="2018", box_no="7", rows=rows)
    made.plant("boxes_and_directories", number)


def open_problem(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    number = f"ZB-2018-{made.people:05}"
    row = {
        "problem_no": number,
        "village": village.name,
        "status": "整改中",
        "deadline": day(9, 30),
    }
    made.record(
        None, "ZF-03", made.number("ZF", village), town=village.town, as_of=day(10, 31), rows=[row]
    )
    made.plant("problems_left_open", number)


def band(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    who = made.head(village, 1931)
    made.record(village, "GL-01", "", name=who.name, id_no=who.id_no, c_date=day(2, 5))
    row = {"name": who.name, "id_no": who.id_no, "band": "70-79周岁"}
    made.record(village, "GL-02", made.number("GL", village), as_of=day(3, 30), rows=[row])
    sheet = [
        r for r in made.records if r["form_id"] == "GL-02" and r["texts"]["village"] == village.name
    ]
    sheet[1]["texts"]["rows"].append({"name": who.name, "id_no": who.id_no, "band": "80-89周岁"})
    made.plant("age_bands_wrong", who.name)


def left_out(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    who = made.head(village, 1945)
    made.record(village, "CB-04", made.number("CB", village), as_of=day(9, 30), rows=[
        {"name": who.name, "id_no": who.id_no, "kind": "护理", "std": "80.00", "dis_level": "一级"},
    ])  # fmt: skip
    made.record(village, "CB-01", "", name=who.name, id_no=who.id_no, cert_valid_to="2028年1月1日")
    made.plant("age_bands_wrong", who.name)


def certificate(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    who = made.head(village, 1970)
    made.record(village, "CB-01", "", name=who.name, id_no=who.id_no, cert_valid_to=day(6, 1))
    made.plant("certificates_ended", who.name)


def clue(made: SeededCounty, village: Village, one: Head, _: Village) -> None:
    who = made.head(village, 1960)
    lay_visit(made, village, who, has="否")
    made.plant("not_yet_helped", who.name)


#: Each in so many villages; together every one of the 22 checks, of records and of scans.
PLANTS: Sequence[Plant] = (
    amount, paid_otherwise, death, death_on_paper, seal, no_scan, short, reversed_days, early,
    relief_early, unsigned, unsealed, missing, both, two_villages, persons, bad_number, two_names,
    relative, overdue, few, copied, again, late, fund, told_number, child, levels, totals_differ,
    directory, open_problem, band, left_out, certificate, clue,
)  # fmt: skip


def plant_all(
    made: SeededCounty, villages: Sequence[tuple[Village, list[Head]]], times: int
) -> None:
    """Each kind in some villages chosen by the seed, each time on somebody else."""
    used: dict[str, int] = {}
    for plant in PLANTS:
        for village, heads in made.random.sample(villages, times):
            others = [one for one, _ in villages if one.name != village.name]
            at = used[village.name] = used.get(village.name, -1) + 1
            young = [one for one in heads if one.id_no[6:8] == "19"]
            plant(made, village, young[at % len(young)], made.random.choice(others))
