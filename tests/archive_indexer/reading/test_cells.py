"""The cells of a table, and what stands in them."""

import cv2
import numpy as np
import pytest

from archive_indexer.reading.cells import _is_cell, find_cells


def table() -> np.ndarray:
    """Two rows of three cells; the middle cell of the first row holds two lines."""
    image = np.full((800, 1200, 3), 245, np.uint8)
    for x in (100, 400, 800, 1100):
        cv2.line(image, (x, 200), (x, 600), (20, 20, 20), 2)
    for y in (200, 400, 600):
        cv2.line(image, (100, y), (1100, y), (20, 20, 20), 2)
    return image


def test_cells_of_a_table_are_found():
    """Six cells, and none around the table."""
    cells = find_cells(table(), 0.0)
    assert len(cells.boxes) == 6
    assert cells.at(0.5, 0.4) not in {0, cells.at(0.2, 0.4)}
    assert cells.at(0.5, 0.1) == 0


@pytest.mark.parametrize(
    ("box", "is_cell"),
    [
        ((1, 1, 100, 50), True), ((0, 1, 100, 50), False), ((1, 0, 100, 50), False),
        ((900, 1, 99, 50), True), ((900, 1, 100, 50), False),
        ((1, 900, 100, 99), True), ((1, 900, 100, 100), False), ((1, 1, 500, 8), False),
    ],
)  # fmt: skip
def test_what_touches_the_edge_of_the_page_is_no_cell(box, is_cell):
    """On whichever side; nor is a slit."""
    area = box[2] * box[3]
    assert _is_cell(np.array([*box, area]), (1000, 1000)) == is_cell
