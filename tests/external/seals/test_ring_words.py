"""The words of seals become lines that models read."""

import cv2
import numpy as np
import pytest

from minzheng.external.ocr.line_boxes import LINE_HEIGHT
from minzheng.external.red_seals import RedSeal, find_seals
from minzheng.external.seals.ring_words import SealInk
from tests.external.test_red_seals import RED, page, stamp

OVAL = RedSeal(100, 100, 320, 200, "#c41c20")


def oval() -> np.ndarray:
    """The edge of an oval, a bar in its middle and a stroke of black print."""
    image = page()
    cv2.ellipse(image, (260, 200), (155, 95), 0, 0, 360, RED, 10)
    cv2.rectangle(image, (160, 190), (360, 210), RED, -1)
    cv2.rectangle(image, (250, 230), (270, 250), (20, 20, 20), -1)
    return image


def test_the_words_around_the_ring_become_lines():
    """For some guesses of their height, at the height the models read."""
    image = stamp(page(), (400, 500))
    (seal,) = find_seals(image)
    lines = SealInk.by_colour(image, seal).around()
    assert len(lines) == 3
    for line in lines:
        assert line.shape[0] == LINE_HEIGHT
        assert line.shape[1] > 4 * LINE_HEIGHT
        assert line.shape[2] == 3


def test_the_ink_within_a_ring_is_black_on_white():
    """The ring itself and what stands along it are left out."""
    image = stamp(page(), (400, 500))
    cv2.rectangle(image, (360, 525), (440, 540), RED, -1)
    (seal,) = find_seals(image)
    inside = SealInk.by_colour(image, seal).within()
    assert inside.shape == (seal.height, seal.width, 3)
    x, y = 400 - seal.left, 532 - seal.top
    assert inside[y, x].max() < 80
    assert inside[2, seal.width // 2].min() == 255


def test_the_edge_of_an_oval_becomes_straight():
    """All around at the top of the line; below it is paper."""
    for line in SealInk.by_colour(oval(), OVAL).around():
        assert line.shape[0] == LINE_HEIGHT
        assert line[-8:].min() > 200
        assert line.shape[1] > 8 * LINE_HEIGHT
    dark = SealInk.by_colour(oval(), OVAL).around()[2][:, :, 0] < 128
    assert dark[0].all() and dark.sum(axis=0).std() < 1


@pytest.mark.parametrize(("x", "is_kept"), [(265, True), (360 - 12, True), (110, False)])
def test_an_oval_holds_broader_words(x, is_kept):
    """Its purpose and a number of fifteen digits."""
    inside = SealInk.by_colour(oval(), OVAL).within()
    assert (inside[100, x - OVAL.left].max() < 80) == is_kept


def test_in_green_light_print_is_no_ink():
    """Black is dark in red light, too; red ink is not."""
    ink = SealInk.in_green_light(oval(), OVAL).grey
    assert ink[100, 160] < 60
    assert ink[140, 160] == 255
