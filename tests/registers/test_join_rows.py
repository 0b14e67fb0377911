"""What joins lay beside a row."""

from minzheng.registers.join_rows import age_of, lay_beside, one_cell
from minzheng.registers.register import Join
from minzheng.registers.take_cells import Taken
from tests.registers.test_make_rows import document

HERE = {"town": "钟宝镇", "village": "旧城村"}


def taken(number, **cells):
    """Cells of a document."""
    return Taken({**HERE, **cells}, document(number), (0, number, 0))


def test_the_newest_of_several_gives():
    """By the column that says so; a single one whatever it says."""
    join = Join(("case",), (), newest="day")
    found = {("1",): [taken(2, day="2018-02"), taken(3, day="2018-03"), taken(4, day="2018-01")]}
    (beside,) = lay_beside(taken(1, case="1"), [(join, found)])
    assert beside.best.document.number == 3
    (beside,) = lay_beside(taken(1, case="2"), [(join, found)])
    assert beside.best is None


def test_a_later_join_asks_what_an_earlier_one_gave():
    """The number of the roster, then its rows."""
    first, second = Join(("village",), ()), Join(("roster",), (), count="n", sums={"a": "money"})
    roster = {("旧城村",): [taken(2, roster="R1")]}
    lines = {("R1",): [taken(3, money="1.50"), taken(4, money="2.25"), taken(5, money="x")]}
    beside = lay_beside(taken(1), [(first, roster), (second, lines)])
    assert beside[1].worked_out == {"n": "3", "a": "3.75"}
    assert one_cell("roster", taken(1), beside) == "R1"
    assert one_cell("nothing", taken(1), beside) == ""


def test_names_stand_in_order_without_what_tells_them_apart():
    """And without rows there are none."""
    join = Join(("case",), (), count="n", sums={"a": "money"}, lists={"names": "name"})
    found = {("1",): [taken(3, name="乙（乙）", money="1"), taken(2, name="甲", money="2")]}
    (beside,) = lay_beside(taken(1, case="1"), [(join, found)])
    assert beside.worked_out == {"n": "2", "a": "3", "names": "乙、甲"}
    (beside,) = lay_beside(taken(1, case="9"), [(join, found)])
    assert beside.worked_out == {"n": "0", "a": "0", "names": ""}


def test_age_is_told_by_a_column_then_by_number():
    """Of two on one day the later document."""
    assert age_of("day", taken(2, day="2018")) < age_of("day", taken(3, day="2018"))
