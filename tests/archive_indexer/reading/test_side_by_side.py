"""A spread has an empty gutter in its middle; labels and values have none."""

from archive_indexer.reading.side_by_side import find_gutter

LEFT = [(0.05, 0.1 * row, 0.45, 0.1 * row + 0.04) for row in range(1, 6)]
RIGHT = [(0.55, 0.1 * row, 0.95, 0.1 * row + 0.04) for row in range(1, 6)]
SPREAD, PAGE = (4960, 3508), (2480, 3508)


def test_two_pages_side_by_side_have_a_gutter():
    """Between the right edge of the one and the left edge of the other."""
    assert find_gutter([*LEFT, *RIGHT], [], SPREAD) == 0.5


def test_an_upright_page_has_none():
    """Whatever its columns."""
    assert find_gutter([*LEFT, *RIGHT], [], PAGE) is None


def test_a_line_or_a_cell_across_the_middle_makes_it_one_page():
    """A title over both, a table that runs through."""
    assert find_gutter([*LEFT, *RIGHT, (0.3, 0.02, 0.7, 0.05)], [], SPREAD) is None
    assert find_gutter([*LEFT, *RIGHT], [(0.1, 0.1, 0.9, 0.2)], SPREAD) is None


def test_labels_and_values_are_no_two_pages():
    """Their lines are short, or too few."""
    labels = [(0.3, 0.1 * row, 0.38, 0.1 * row + 0.04) for row in range(1, 6)]
    assert find_gutter([*labels, *RIGHT], [], SPREAD) is None
    assert find_gutter([*LEFT[:3], *RIGHT[:3]], [], SPREAD) is None
