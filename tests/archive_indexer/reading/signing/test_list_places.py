"""The rows of a list below a head, by its own cells or by those of other columns."""

import pytest

from archive_indexer.reading.signing.list_places import places_below
from tests.archive_indexer.reading.signing.test_signature_rooms import boxed, of_list


@pytest.mark.parametrize("lost", [(), (1,), (3,), (1, 2, 3)])
def test_the_rows_of_a_list_are_told_by_two_other_columns(lost):
    """As high as theirs, as broad as the head."""
    places = list(places_below(2, of_list(*lost)))
    assert [place[3] for place in places] == pytest.approx([0.398, 0.498, 0.598], abs=0.002)


def test_a_half_of_a_row_is_the_row():
    """A level stroke parted its cell."""
    boxes = dict(of_list().boxes)
    boxes[12] = (*boxes[12][:3], 0.35)
    second = next(iter(places_below(2, boxed(boxes))))
    assert second[3] == pytest.approx(0.398, abs=0.002)


def test_one_other_column_tells_nothing():
    """It may be another table."""
    boxes = {number: box for number, box in of_list(1).boxes.items() if number % 10}
    assert list(places_below(2, boxed(boxes))) == []
