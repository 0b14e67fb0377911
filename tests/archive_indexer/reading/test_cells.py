"""The cells of a table, and what stands in them."""

import cv2
import numpy as np
import pytest

from archive_indexer.reading.cells import Cells, _between, _box, _is_cell, find_cells


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
    assert _is_cell((*box, area), (1000, 1000)) == is_cell


@pytest.mark.parametrize(
    ("width", "height", "area", "is_cell"),
    [
        (25, 10, 250, True), (25, 10, 249, False), (800, 750, 600_000, True),
        (800, 751, 600_800, False), (100, 50, 3750, True), (100, 50, 3749, False),
        (100, 9, 900, True), (100, 8, 800, False), (9, 100, 900, True), (8, 100, 800, False),
    ],
)  # fmt: skip
def test_a_cell_has_a_size_and_fills_it(width, height, area, is_cell):
    """Neither a speck nor most of the page, neither a slit nor the space between words."""
    assert _is_cell((1, 1, width, height, area), (1000, 1000)) == is_cell


def test_areas_that_meet_at_a_corner_only_are_two():
    """Their outline is one; each is as large as it is, and lies where it lies."""
    walls = np.full((100, 200), 255, np.uint8)
    walls[20:50, 20:60] = walls[50:80, 60:120] = 0
    labels, boxes = _between(walls)
    assert sorted(boxes.values()) == [(0.1, 0.2, 0.3, 0.5), (0.3, 0.5, 0.6, 0.8)]
    assert {labels[30, 30], labels[60, 100]} == set(boxes)
    assert _between(np.full((100, 200), 255, np.uint8))[1] == {}


def test_an_area_within_a_cell_is_none_of_it():
    """A frame that stands free in a cell is another one; what is open to the edge is none."""
    walls = np.zeros((300, 400), np.uint8)
    cv2.rectangle(walls, (20, 20), (240, 280), 255, 3)
    cv2.rectangle(walls, (40, 40), (100, 70), 255, 3)
    walls[100, :15] = 255
    labels, boxes = _between(walls)
    assert len(boxes) == 2
    outer, inner = labels[200, 200], labels[55, 70]
    assert {outer, inner} == set(boxes)
    assert boxes[inner] == pytest.approx((43 / 400, 43 / 300, 98 / 400, 68 / 300))
    assert labels[5, 5] == labels[40, 70] == labels[100, 5] == 0


def test_a_box_is_a_part_of_the_page():
    """Left and top, right and bottom."""
    assert _box((100, 200, 300, 400), (1000, 2000)) == (0.1, 0.1, 0.4, 0.3)


def made(**parts) -> Cells:
    """Cells of a page of 400 by 200 pixels, worked on at half its size."""
    blank = np.zeros((100, 200), np.int32)
    turn = np.array([[0.5, 0.0, 10.0], [0.0, 0.5, 20.0]])
    known = {"labels": blank, "boxes": {3: (0.0, 0.0, 1.0, 1.0)}, "turn": turn,
             "size": (400, 200), "rules": blank.astype(np.uint8),
             "darkness": blank.astype(np.uint8)}  # fmt: skip
    return Cells(**{**known, **parts})


def test_a_place_is_straightened_as_a_part_of_the_page():
    """By the turn of the page's own pixels."""
    assert made().straighten(0.5, 0.25) == pytest.approx((0.55, 0.45))


@pytest.mark.parametrize(
    ("box", "part"),
    [
        ((0, 0.4, 1, 0.6), 0.5), ((0, 0.5, 1, 0.51), 0.5), ((0, 0.51, 1, 0.6), 0),
        ((0, 0.4, 1, 0.5), 0), ((-0.5, 0.4, 0.5, 0.6), 1), ((0, -0.3, 1, 0.6), 0.5),
        ((0.25, 0.4, 0.75, 0.6), 0.5), ((0.5, 0.4, 1, 0.6), 0), ((0.5, 0.4, 0.5, 0.6), 0),
    ],
)  # fmt: skip
def test_the_ruled_part_of_a_box_is_counted_by_its_width(box, part):
    """A line ruled over the left half of the page, at its middle."""
    rules = np.zeros((100, 200), np.uint8)
    rules[50, :100] = 255
    assert made(rules=rules).ruled_part(box) == pytest.approx(part)


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ((0.0, 0.0), 3), ((0.001, 0.001), 3), ((0.006, 0.001), 0), ((0.15, 0.1), 3),
        ((0.1449, 0.1), 0), ((0.15, 0.099), 0), ((0.1999, 0.1999), 3), ((0.2, 0.15), 0),
        ((0.999, 0.999), 3), ((1.0, 0.5), 0), ((0.5, 1.0), 0), ((-0.01, 0.5), 0),
        ((0.5, -0.02), 0), ((0.5, 0.5), 0),
    ],
)  # fmt: skip
def test_the_cell_at_a_place_is_told_inside_the_page_only(place, number):
    """What is no cell has the number 0."""
    labels = np.zeros((100, 200), np.int32)
    labels[0, 0] = labels[10:20, 30:40] = labels[:, -2:] = labels[-2:, :] = 3
    labels[50, 100] = 4
    boxes = {3: (0.15, 0.1, 0.2, 0.2)}
    assert made(labels=labels, boxes=boxes).at(*place) == number


@pytest.mark.parametrize(("place", "number"), [((0.5, 0.5), 3), ((0.5, 0.7), 5), ((0.5, 0.9), 0)])
def test_a_place_on_a_rule_or_a_blot_is_in_the_smallest_cell_around_it(place, number):
    """Words that are blurred together are taken for a part of the rule they touch."""
    boxes = {3: (0.2, 0.2, 0.8, 0.8), 5: (0.4, 0.6, 0.6, 0.8)}
    assert made(boxes=boxes).at(*place) == number


def test_the_cells_of_a_faint_table_are_found():
    """Its rules are twelve grey levels below the paper."""
    faint = 245 - (245 - table()) // 19
    assert len(find_cells(faint, 0.0).boxes) == 6


def test_blurred_words_are_no_rules():
    """A line of them is dark from end to end; it meets no other."""
    image = table()
    image[260:280, 450:700] = 120
    cells = find_cells(image, 0.0)
    assert len(cells.boxes) == 6
    assert cells.at(0.5, 270 / 800) == cells.at(0.5, 350 / 800) != 0


@pytest.mark.parametrize("degrees", [-3.0, 3.0])
def test_a_skew_is_taken_out(degrees):
    """Cells stand where they would without it."""
    turn = cv2.getRotationMatrix2D((600, 400), degrees, 1.0)
    leaning = cv2.warpAffine(table(), turn, (1200, 800), borderValue=(245, 245, 245))
    straight, cells = find_cells(table(), 0.0), find_cells(leaning, np.radians(-degrees))
    found, wanted = (sorted(one.boxes.values()) for one in (cells, straight))
    assert len(found) == len(wanted) == 6
    for box, right in zip(found, wanted, strict=True):
        assert box == pytest.approx(right, abs=0.01)
    corner = turn @ np.array([100.0, 200.0, 1.0])
    place = cells.straighten(corner[0] / 1200, corner[1] / 800)
    assert place == pytest.approx((100 / 1200, 200 / 800), abs=0.005)


def test_a_table_that_leans_by_less_than_a_degree_is_found_as_it_is():
    """A rule need not be quite level."""
    turn = cv2.getRotationMatrix2D((600, 400), 0.6, 1.0)
    leaning = cv2.warpAffine(table(), turn, (1200, 800), borderValue=(245, 245, 245))
    assert len(find_cells(leaning, 0.0).boxes) == 6


def test_a_letter_has_no_cells():
    """Nothing is ruled on it; every place is in none."""
    cells = find_cells(np.full((800, 1200, 3), 245, np.uint8), 0.0)
    assert (cells.boxes, cells.at(0.5, 0.4)) == ({}, 0)
