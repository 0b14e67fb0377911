"""A sheet on a desk is found and made straight; what is no photo of a sheet is left alone."""

import cv2
import numpy as np
import pytest

from minzheng.external.sheets.page_edges import (
    Sheet,
    crop_straight,
    even_light,
    find_sheet,
    is_in_shadow,
    straighten_sheet,
    straighten_whole,
)
from tests.external.photos.photographed import CORNERS, DESK, photograph, sheet


def farthest(found: Sheet | None, corners=CORNERS) -> float:
    """How far a corner lies from where it is, as part of the picture's sides."""
    assert found is not None
    return float(np.abs(np.array(found.corners) - np.array(corners)).max())


@pytest.mark.parametrize("desk", [DESK, (40, 40, 42), (110, 60, 40), (150, 160, 170)])
def test_the_corners_of_a_sheet_are_found_on_any_desk(desk):
    """Wood, black, blue cloth, a light table; half in the shadow."""
    assert farthest(find_sheet(photograph(desk=desk))) < 0.01


def test_a_sheet_that_leaves_the_picture_on_one_side_is_found():
    """Three edges are enough."""
    corners = ((0.14, 0.10), (0.84, 0.16), (0.90, 1.0), (0.08, 1.0))
    assert farthest(find_sheet(photograph(corners=corners)), corners) < 0.02


@pytest.mark.parametrize(
    "picture",
    [
        sheet(),  # a scan: its frame is as light outside as inside
        np.full((900, 700, 3), 250, np.uint8),
        np.full((900, 700, 3), 20, np.uint8),
        photograph(corners=((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))),  # straight already
        photograph(corners=((0.4, 0.4), (0.6, 0.42), (0.62, 0.6), (0.38, 0.58))),  # a small thing
        photograph(desk=(244, 244, 244), shadow=0.0),  # white on white: no edges are seen
        photograph(corners=((-0.2, -0.1), (1.3, 0.0), (1.2, 1.2), (-0.1, 1.1))),  # all is paper
    ],
)
def test_what_shows_no_slanted_sheet_stays(picture):
    """Nothing is guessed."""
    assert find_sheet(picture) is None


@pytest.mark.parametrize("size", [(1, 900), (900, 2), (1, 1), (9000, 700), (60, 1300)])
def test_what_is_too_thin_for_a_sheet_is_left_alone(size):
    """Of a picture one pixel wide nothing can be made smaller; a screenshot is no photo."""
    assert find_sheet(np.full((*size, 3), 250, np.uint8)) is None


def test_a_large_photo_is_looked_at_like_a_small_one():
    """It is halved before it is made as small as it is looked at."""
    large = cv2.resize(photograph(), None, fx=3.1, fy=3.1, interpolation=cv2.INTER_LINEAR)
    assert farthest(find_sheet(large)) < 0.01


def test_a_tilted_frame_on_a_page_is_no_sheet():
    """A scan laid in at a slant has a slanted table, as light inside as outside."""
    turn = cv2.getRotationMatrix2D((315, 445), 4, 0.9)
    tilted = cv2.warpAffine(sheet(), turn, (630, 891), borderValue=(250, 250, 250))
    assert find_sheet(tilted) is None


def test_the_sheet_alone_has_the_shape_of_its_paper():
    """A4; the seal is round again, and stands where it stood."""
    photo = photograph()
    straight = crop_straight(photo, find_sheet(photo))
    high, wide = straight.shape[:2]
    assert high / wide == pytest.approx(297 / 210, rel=0.01)
    small = cv2.resize(straight, (630, 891))
    red = small[:, :, 2].astype(int) - small[:, :, 0] > 60
    down, across = np.nonzero(red)
    assert (across.min(), across.max()) == pytest.approx((387, 513), abs=9)
    assert (down.min(), down.max()) == pytest.approx((637, 763), abs=9)


def test_of_the_whole_picture_nothing_is_cut_off():
    """What lies beside the sheet is still there, and every place goes back to where it was."""
    photo = photograph()
    photo[40:70, 20:120] = 255  # a slip beside the sheet
    straight = straighten_whole(photo, find_sheet(photo))
    ends = np.array([[[20, 40], [120, 70], [0, 0], [899, 1199]]], np.float64)
    there = cv2.perspectiveTransform(ends, np.linalg.inv(straight.back))
    high, wide = straight.image.shape[:2]
    assert (there > -1).all()
    assert (there < [wide + 1, high + 1]).all()
    assert cv2.perspectiveTransform(there, straight.back) == pytest.approx(ends, abs=0.01)
    x, y = cv2.perspectiveTransform(np.array([[[70.0, 55.0]]]), np.linalg.inv(straight.back))[0, 0]
    assert straight.image[round(y), round(x)].min() > 230


def test_the_sheet_alone_has_a_rim_around_it():
    """Its corners may lie a little further out; every place goes back to where it was."""
    photo = photograph()
    found = find_sheet(photo)
    straight = straighten_sheet(photo, found)
    high, wide = straight.image.shape[:2]
    there = cv2.perspectiveTransform(found.on(photo)[None], np.linalg.inv(straight.back))[0]
    rim = 0.006 * high
    goal = np.array([[rim, rim], [wide - rim, rim], [wide - rim, high - rim], [rim, high - rim]])
    assert there == pytest.approx(goal, abs=1.5)


def test_a_sheet_seen_from_its_edge_is_not_made_endless():
    """The desk behind it would fill the memory."""
    flat = Sheet(((0.45, 0.40), (0.55, 0.40), (0.95, 0.60), (0.05, 0.60)))
    assert straighten_whole(photograph(), flat) is None


def test_even_light_takes_the_shadow_and_leaves_ink_and_seal():
    """Paper is as light on the right as on the left; red stays red."""
    photo = photograph(shadow=0.5)
    straight = crop_straight(photo, find_sheet(photo))
    even = cv2.resize(even_light(straight), (630, 891)).astype(int)
    left, right = even[60:100, 40:80].mean(), even[60:100, 550:590].mean()
    assert abs(left - right) < 12
    assert left > 220
    assert even[146, 200].max() < 110
    seal = even[700, 388:394].mean(axis=0)
    assert seal[2] - seal[0] > 60


@pytest.mark.parametrize(("shadow", "is_dark"), [(0.0, False), (0.3, False), (0.6, True)])
def test_only_a_deep_shadow_needs_another_light(shadow, is_dark):
    """Black ink and a red seal are no shadow."""
    photo = photograph(shadow=shadow)
    assert is_in_shadow(photo, find_sheet(photo)) is is_dark
