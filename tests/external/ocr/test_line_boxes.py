"""Where lines stand, and how they are cut out."""

import cv2
import numpy as np
import pytest

from minzheng.external.ocr.line_boxes import (
    LINE_HEIGHT,
    crop_box,
    crop_line,
    find_boxes,
    relative_box,
)


def scores_with(*rectangles: tuple[int, int, int, int], value: float = 0.9) -> np.ndarray:
    """A map of how likely each pixel is text."""
    scores = np.zeros((200, 400), np.float32)
    for left, top, width, height in rectangles:
        scores[top : top + height, left : left + width] = value
    return scores


def upright(left: float, top: float, width: float, height: float) -> np.ndarray:
    return np.array(
        [[left, top], [left + width, top], [left + width, top + height], [left, top + height]],
        np.float32,
    )


def test_each_line_has_a_box_around_its_whole_characters():
    """Wider than what was found, clockwise from the top left."""
    scores = scores_with((50, 40, 200, 20), (50, 120, 100, 20))
    boxes = sorted(find_boxes(scores), key=lambda box: box[0][1])
    assert len(boxes) == 2
    first = boxes[0]
    assert first[0][0] < 50
    assert first[0][1] < 40
    assert first[2][0] > 250
    assert first[2][1] > 60
    assert list(first[:, 1].argsort()[:2]) in ([0, 1], [1, 0])


@pytest.mark.parametrize(
    ("rectangle", "value"),
    [((50, 40, 200, 2), 0.9), ((50, 40, 200, 20), 0.4), ((50, 40, 200, 20), 0.2)],
    ids=["too thin", "unsure", "nothing"],
)
def test_what_is_no_line_has_no_box(rectangle, value):
    """Hairlines, and what the model is not sure of."""
    assert list(find_boxes(scores_with(rectangle, value=value))) == []


def test_a_line_is_cut_at_the_height_the_models_read():
    """Its width follows; its pixels are those of the page."""
    image = np.full((100, 400, 3), 255, np.uint8)
    image[20:44, 50:150] = (10, 20, 30)
    crop = crop_line(image, upright(50, 20, 100, 24))
    assert crop.shape == (LINE_HEIGHT, 200, 3)
    assert tuple(crop[LINE_HEIGHT // 2, 100]) == (10, 20, 30)


def test_a_column_is_turned_to_a_line():
    """Words set one below the other."""
    image = np.full((400, 100, 3), 255, np.uint8)
    image[50:150, 40:64] = 0
    crop = crop_line(image, upright(40, 50, 24, 200))
    assert crop.shape == (LINE_HEIGHT, 400, 3)
    assert crop[:, :190].mean() != crop[:, 210:].mean()


def test_no_line_is_too_long_for_the_models():
    """A rule across the page is pressed together."""
    image = np.full((60, 200, 3), 255, np.uint8)
    assert crop_line(image, upright(0, 0, 100_000, 48)).shape[1] == 4800


def test_a_slanting_line_is_straightened():
    """Its corners are those of the box."""
    image = np.full((300, 300, 3), 255, np.uint8)
    box = cv2.boxPoints(((150, 150), (200, 30), 20))
    cv2.fillPoly(image, [box.astype(np.int32)], (0, 0, 0))
    order = [box.sum(axis=1).argmin(), (box[:, 1] - box[:, 0]).argmin(),
             box.sum(axis=1).argmax(), (box[:, 1] - box[:, 0]).argmax()]  # fmt: skip
    crop = crop_line(image, box[order].astype(np.float32))
    assert crop[4:-4, 8:-8].max() < 60


def test_a_box_is_told_as_parts_of_the_page():
    """Never outside of it."""
    assert relative_box(upright(40, 50, 120, 100), 400, 500) == (0.1, 0.1, 0.4, 0.3)
    assert relative_box(upright(-9, -9, 900, 900), 400, 500) == (0.0, 0.0, 1.0, 1.0)


def test_a_line_of_a_grey_page_has_three_planes():
    """As the models want it."""
    page = np.full((100, 300), 200, np.uint8)
    corners = np.array([[10, 10], [110, 10], [110, 40], [10, 40]], np.float32)
    assert crop_line(page, corners).shape == (48, 160, 3)


def test_a_box_is_cut_out_by_its_parts_of_the_page():
    """As its corners in pixels say."""
    page = np.arange(60 * 80 * 3, dtype=np.uint8).reshape(60, 80, 3)
    corners = np.array([[20, 15], [60, 15], [60, 45], [20, 45]], np.float32)
    assert (crop_box(page, (0.25, 0.25, 0.75, 0.75)) == crop_line(page, corners)).all()
