"""Columns of running text side by side."""

from archive_indexer.reading.text_columns import find_columns

SIZE = (1000.0, 1400.0)
RUNNING = "经本人申请村民小组评议村民委员会审查"


def box(left: int, top: int, right: int, bottom: int) -> tuple[float, float, float, float]:
    return left / SIZE[0], top / SIZE[1], right / SIZE[0], bottom / SIZE[1]


def column(left: int, right: int, count: int, top: int = 100) -> list[tuple[float, ...]]:
    """Lines of 30 pixels, 40 apart."""
    return [box(left, top + 40 * at, right, top + 30 + 40 * at) for at in range(count)]


def found(boxes: list, texts: list[str] | None = None) -> list[list[int]]:
    return find_columns(boxes, texts or [RUNNING] * len(boxes), SIZE)


def test_two_columns_of_running_text():
    assert found([*column(100, 450, 8), *column(520, 870, 8)]) == [
        list(range(8)), list(range(8, 16))
    ]  # fmt: skip


def test_one_column_is_none():
    assert found(column(100, 870, 16)) == []


def test_a_heading_and_a_short_last_line_go_with_their_column():
    """An indented first line and the end of a paragraph are not flush."""
    left = [*column(100, 450, 8), box(160, 60, 300, 90), box(100, 420, 200, 450)]
    assert found([*left, *column(520, 870, 8)])[0] == list(range(10))


def test_a_title_across_both_lies_in_neither():
    boxes = [box(100, 40, 870, 80), *column(100, 450, 8), *column(520, 870, 8)]
    assert all(0 not in one for one in found(boxes))


def test_a_line_across_both_parts_what_is_above_from_what_is_below():
    upper = [*column(100, 450, 6), *column(520, 870, 6)]
    lower = [*column(100, 450, 6, 500), *column(520, 870, 6, 500)]
    assert len(found([*upper, box(100, 410, 870, 440), *lower])) == 4


def test_what_stands_above_a_column_goes_before_the_one_beside():
    """A formula and a short paragraph, as high as the first lines of the other column."""
    above = [box(200, 100, 300, 130), box(140, 140, 450, 170), box(100, 180, 260, 210)]
    left = [*above, *column(100, 450, 8, 260)]
    columns = found([*left, *column(520, 870, 12)])
    assert sorted(sorted(one) for one in columns) == [list(range(11)), list(range(11, 23))]


def test_pieces_of_one_column_are_one():
    """A formula between two paragraphs parts them; the column beside runs on."""
    left = [*column(100, 450, 6), box(220, 345, 330, 375), *column(100, 450, 6, 390)]
    right = column(520, 870, 13)
    assert sorted(map(len, found([*left, *right]))) == [13, 13]


def test_lines_that_lean_or_bend_are_a_column():
    """Each is held against the one before."""
    left = [box(100 + 6 * at, 100 + 40 * at, 450 + 6 * at, 130 + 40 * at) for at in range(8)]
    right = [box(520 + 6 * at, 100 + 40 * at, 870 + 6 * at, 130 + 40 * at) for at in range(8)]
    assert len(found([*left, *right])) == 2


def test_numbers_of_a_list_are_no_text():
    boxes = [*column(100, 450, 8), *column(520, 870, 8)]
    assert found(boxes, ["43052419551210123X"] * 16) == []


def test_ragged_lines_are_no_column():
    left = [box(100, 100 + 40 * at, 400 + 37 * (at % 3), 130 + 40 * at) for at in range(8)]
    assert found([*left, *column(520, 870, 8)]) == []


def test_a_table_without_walls_has_more_beside():
    """Names and sums stand at the height of its long cells."""
    names, sums = column(20, 90, 8), column(900, 980, 8)
    texts = [*[RUNNING] * 16, *["张三"] * 8, *["560.00"] * 8]
    assert found([*column(100, 450, 8), *column(520, 870, 8), *names, *sums], texts) == []


def test_what_stands_in_two_columns_is_given_once():
    """Two articles under each other, a broader line beside them: one span takes both."""
    upper = [*column(100, 450, 6), *column(520, 870, 6)]
    lower = [*column(100, 450, 6, 400), *column(520, 870, 6, 400)]
    wide = box(300, 345, 600, 360)
    given = [at for one in found([*upper, *lower, wide]) for at in one]
    assert len(given) == len(set(given))
    assert all(found([*upper, *lower, wide]))
