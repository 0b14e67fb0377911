"""Every mistake of a roster is found before anything is issued."""

from filler.print_run.preflight import check_roster
from filler.roster.read_roster import read_roster
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


def test_a_spoilt_number_is_one_problem_and_not_two(book, spec, catalogue):
    """«Not filled in» beside it would mislead."""
    sheet = book.worksheets[0]
    sheet.cell(2, column_of(sheet, "身份证号"), float(PEOPLE[0]))
    (first, *_) = check(as_bytes(book), spec, catalogue).refused
    assert [placed.problem.what for placed in first.problems] == [
        "表格软件把这个号码当成了数字，15 位以后已经丢失"
    ]


def test_a_roster_names_files_and_no_photo_kept_already(catalogue, spec, visits):
    """The name of another village's photo in a cell is a mistake of that row only."""
    households = visits(2)
    forged = {**households[0], "photo": f"photo:{'ab' * 32}:40x30"}
    book = fill_template(catalogue, "ZF-01", [forged, households[1]])
    checked = check(as_bytes(book), spec, catalogue).checked
    assert [bool(one.problems) for one in checked] == [True, False]
    assert "不能写系统内照片的编号" in checked[0].problems[0].problem.what
