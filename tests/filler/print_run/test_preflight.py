"""Every mistake of a roster is found before anything is issued."""

import pytest

from filler.carry_over.running_cases import NEW_CASE
from filler.print_run.preflight import CheckedRecord, PlacedProblem, Preflight, check_roster
from filler.roster.read_roster import read_roster
from filler.roster.roster import CellPlace, Note, Record, Roster, TableLayout
from minzheng.county.errors import Problem
from tests.filler.conftest import TODAY
from tests.filler.rosters import PEOPLE, as_bytes, column_of, fill_template


def check(data, spec, catalogue, **options):
    return check_roster(read_roster(data, "名单.xlsx", spec), spec, catalogue, TODAY, **options)


def test_every_rows_problems_come_with_their_cells(book, spec, catalogue):
    """Good rows go on; a problem of a second sheet belongs to its household."""
    preflight = check(as_bytes(book), spec, catalogue)
    assert [one.record.row for one in preflight.good] == [2]
    places = [str(placed.place) for one in preflight.refused for placed in one.problems]
    sheet = book.worksheets[0]
    letters = {sheet.cell(1, column_of(sheet, name)).column_letter for name in
               ("联系电话", "走访方式")}  # fmt: skip
    assert set(places) == {f"{letter}3" for letter in letters} | {"B8"}
    text = "\n".join(preflight.lines())
    assert "共 3 户，1 户可以出具，2 户要更正" in text
    assert "第 3 行 测试周桂兰" in text


def test_a_row_that_stands_twice_is_refused_once(catalogue, spec, visits):
    """A person who stands twice with other answers is only pointed out."""
    households = visits(2)
    changed = {**households[0], "hh_size": 2}
    book = fill_template(catalogue, "ZF-01", [*households, households[0], changed])
    checked = check(as_bytes(book), spec, catalogue).checked
    assert [bool(one.problems) for one in checked] == [False, False, True, False]
    assert "完全相同" in checked[2].problems[0].problem.what
    assert any("同一个身份证号" in one.problem.what for one in checked[3].warnings)


def test_a_roster_opens_no_second_case_of_a_person(catalogue, answers_of, fill, store):
    """Neither beside a running one nor in two of its own rows, unless that is said."""
    spec, answers = catalogue.form("GL-01"), answers_of("GL-01")
    other = answers | {"group_no": 5}
    book = fill_template(catalogue, "GL-01", [answers, other, answers | {"group_no": 6}])
    sheet = book.worksheets[0]
    sheet.cell(1, sheet.max_column + 1, "案件编号")
    sheet.cell(4, sheet.max_column, NEW_CASE)
    first, second, third = check(as_bytes(book), spec, catalogue, history=store).checked
    assert not first.problems
    assert ["开两个案件" in one.problem.what for one in second.problems] == [True]
    assert not third.problems
    running = fill("GL-01", answers)
    first, _, third = check(as_bytes(book), spec, catalogue, history=store).checked
    (placed,) = first.problems
    assert running.case_no in placed.problem.what
    assert "案件编号" in str(placed)
    assert not third.problems


def test_a_spoilt_number_is_one_problem_and_not_two(book, spec, catalogue):
    """«Not filled in» beside it would mislead."""
    sheet = book.worksheets[0]
    sheet.cell(2, column_of(sheet, "身份证号"), float(PEOPLE[0]))
    (first, *_) = check(as_bytes(book), spec, catalogue).refused
    assert [placed.problem.what for placed in first.problems] == [
        "表格软件把这个号码当成了数字，15 位以后已经丢失"
    ]


def placed(*fields):
    return tuple(
        PlacedProblem(CellPlace("名单", 2, 1), Problem(one, "不对", "改正")) for one in fields
    )


def record(row, name, *fields):
    return CheckedRecord(Record("名单", row, {}), None, "", "", name, placed(*fields), ())


def test_a_report_says_what_is_to_be_mended():
    """A note with its place, a problem with a cross; nothing of good rows."""
    notes = (Note("有 1 行是隐藏的", CellPlace("名单", 3)), Note("没有表头", is_problem=True))
    report = Preflight(Roster((), {}, {}, notes), (record(2, "甲"), record(3, "乙", "电话")))
    assert list(report.lines()) == [
        "预检：共 2 户，1 户可以出具，1 户要更正。", "  ! 名单 第 3 行：有 1 行是隐藏的。",
        "  × 没有表头。", "要更正的（电话 1 处）：", "  名单 第 3 行 乙",
        f"    · {placed('电话')[0]}",
    ]  # fmt: skip
    assert list(Preflight(Roster((), {}, {}), (record(2, "甲"),)).lines()) == [
        "预检：共 1 户，1 户可以出具，0 户要更正。"
    ]


@pytest.mark.parametrize(("kinds", "has_more"), [(8, False), (9, True)])
def test_of_many_kinds_of_problems_eight_are_counted(kinds, has_more):
    """The most frequent first."""
    fields = [f"项{number}" for number in range(kinds)]
    report = Preflight(Roster((), {}, {}), (record(2, "甲", *fields), record(3, "乙", "项3")))
    line = list(report.lines())[1]
    assert line.startswith("要更正的（项3 2 处、项0 1 处")
    assert ("处等）" in line) == has_more
    assert line.count("处") == 8


def test_who_waits_is_told_every_hundred_rows(spec, catalogue):
    """From the first on."""
    told, rows = [], tuple(Record("名单", number, {}) for number in range(2, 203))
    main = {"名单": TableLayout("名单", 1, {})}
    check_roster(Roster(rows, main, {}), spec, catalogue, TODAY, told=told.append)
    assert told == [0, 100, 200]


def test_what_is_forbidden_is_asked_of_the_typed_and_of_the_understood(spec, catalogue):
    """Once is enough to refuse; then the history is not asked, and nothing of it told."""
    asked, row = [], Record("名单", 2, {"village": "旧城村"})
    main = {"名单": TableLayout("名单", 1, {})}

    def forbid(answers, at):
        asked.append(dict(answers))
        return Problem("", "不在范围", "删去") if len(asked) == at else None

    for at, refused in ((1, True), (2, True), (3, False)):
        asked.clear()
        (one,) = check_roster(
            Roster((row,), main, {}), spec, catalogue, TODAY,
            forbid=lambda answers, at=at: forbid(answers, at),
        ).checked  # fmt: skip
        assert any(each.problem.what == "不在范围" for each in one.problems) == refused


def test_every_row_of_the_sheet_is_accounted_for(book, spec, catalogue):
    """What was refused, too; the parts add up to the whole."""
    sheet = book.worksheets[0]
    sheet.append(["合计", "3 户"])
    sheet.append([cell.value for cell in sheet[1]])
    sheet.append(["备注：无"])
    book.create_sheet("别的").append(["甲", "乙"])
    preflight = check(as_bytes(book), spec, catalogue)
    first, members, other = preflight.account_lines()
    assert first == (
        f"“{sheet.title}”共 7 行 = 表头 1 + 再次出现的表头 1 + 可以出具 1 + 要更正 2"
        " + 合计 1 + 说明、签名 1"
    )
    assert members == "“应享与已享”共 10 行 = 表头 1 + 读入 9"
    assert other == "“别的”共 1 行 = 没有用 1"
    lines = "\n".join(preflight.lines())
    assert all(line in lines for line in preflight.account_lines())
    assert "工作表“别的”没有找到表头，1 行都没有读" in lines


def test_a_row_of_nobody_is_a_mistake(spec, catalogue, visits):
    """Even when every household can be issued."""
    book = fill_template(catalogue, "ZF-01", visits(2))
    assert not check(as_bytes(book), spec, catalogue).has_mistakes
    book["应享与已享"].append(["99", "低保", "是", "是"])
    preflight = check(as_bytes(book), spec, catalogue)
    assert not preflight.refused
    assert preflight.has_mistakes
    assert "没有用 1" in list(preflight.account_lines())[1]


def test_a_roster_names_files_and_no_photo_kept_already(catalogue, spec, visits):
    """The name of another village's photo in a cell is a mistake of that row only."""
    households = visits(2)
    forged = {**households[0], "photo": f"photo:{'ab' * 32}:40x30"}
    book = fill_template(catalogue, "ZF-01", [forged, households[1]])
    checked = check(as_bytes(book), spec, catalogue).checked
    assert [bool(one.problems) for one in checked] == [True, False]
    assert "不能写系统内照片、附件的编号" in checked[0].problems[0].problem.what


def test_a_yearly_paper_finds_the_one_running_case_itself(catalogue, answers_of, fill, store):
    """And says so; of two it asks which."""
    book = as_bytes(fill_template(catalogue, "CB-05", [answers_of("CB-05")]))
    spec = catalogue.form("CB-05")
    (alone,) = check(book, spec, catalogue, history=store).checked
    assert not alone.read.scope.case_no
    first = fill("CB-01", answers_of("CB-01"))
    (one,) = check(book, spec, catalogue, history=store).checked
    assert not one.problems
    assert one.read.scope.case_no == first.case_no
    (told,) = [str(placed) for placed in one.warnings if "已归入" in str(placed)]
    assert f"已归入此人唯一的在办案件 {first.case_no}" in told
    assert one.key == alone.key
    fill("CB-01", answers_of("CB-01") | {"case_no": NEW_CASE})
    (two,) = check(book, spec, catalogue, history=store).checked
    assert ["没有写填在哪个案件里" in placed.problem.what for placed in two.problems] == [True]


def test_what_was_found_is_issued_under_that_number(catalogue, answers_of, fill, store):
    """The agreement of the next year, too."""
    spec = catalogue.form("TK-04")
    begun = fill("TK-01", answers_of("TK-01"))
    fill("TK-02", answers_of("TK-02") | {"case_no": begun.case_no})
    roster = as_bytes(fill_template(catalogue, "TK-04", [answers_of("TK-04")]))
    (one,) = check(roster, spec, catalogue, history=store).checked
    assert one.read.understood["case_no"] == begun.case_no
