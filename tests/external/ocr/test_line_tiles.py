"""Lines are found on pictures of any shape, each once."""

import numpy as np
import pytest

from minzheng.external.ocr.line_tiles import find_in_tiles, with_room


def bars(image: np.ndarray):
    """A detector that finds dark rows or columns as they stand in what it is shown."""
    rows = np.flatnonzero((image[:, :, 0] < 128).any(axis=1))
    for group in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else ():
        columns = np.flatnonzero((image[group[0] : group[-1] + 1, :, 0] < 128).any(axis=0))
        left, right, top, bottom = columns[0], columns[-1] + 1, group[0], group[-1] + 1
        yield np.array(
            [[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32
        )


def strip(height: int, width: int, *boxes: tuple[int, int, int, int]) -> np.ndarray:
    image = np.full((height, width, 3), 255, np.uint8)
    for left, top, right, bottom in boxes:
        image[top:bottom, left:right] = 0
    return image


@pytest.mark.parametrize("height", [2000, 3680, 17920])
def test_every_line_of_a_long_screenshot_is_found_once(height: int):
    """Wherever the tiles are cut."""
    lines = [(60, top, 900, top + 40) for top in range(30, height - 60, 90)]
    found = find_in_tiles(strip(height, 1080, *lines), bars)
    boxes = [(*map(int, c.min(axis=0)), *map(int, c.max(axis=0))) for c in found]
    assert sorted(boxes) == sorted(lines)


def test_a_line_that_runs_through_tiles_is_one_line():
    """A banner of one row, read from its beginning to its end."""
    image = strip(120, 6000, (50, 40, 5900, 80))
    (corners,) = find_in_tiles(image, bars)
    assert (corners.min(axis=0).tolist(), corners.max(axis=0).tolist()) == ([50, 40], [5900, 80])


def test_several_lines_that_run_through_tiles_stay_apart():
    """A wide strip of a few sentences: each is put together with its own rest."""
    boxes = [(50, 40, 5900, 80), (50, 100, 5900, 140), (50, 160, 5900, 200)]
    found = find_in_tiles(strip(240, 6000, *boxes), bars)
    assert sorted((*map(int, c.min(axis=0)), *map(int, c.max(axis=0))) for c in found) == boxes


def test_a_line_that_ends_before_the_sign_cut_by_a_tile_is_found_once():
    """Pieces that lie over each other are one; lines close under each other stay two."""

    def whole_signs(image: np.ndarray):
        """A detector that leaves out what is cut."""
        for place in bars(image):
            place[:, 0] = np.clip(place[:, 0], 24, image.shape[1] - 24)
            yield place

    boxes = [(50, 40, 2500, 80), (50, 84, 2500, 124)]
    found = find_in_tiles(strip(240, 2560, *boxes), whole_signs)
    assert sorted((*map(int, c.min(axis=0)), *map(int, c.max(axis=0))) for c in found) == boxes


def test_a_page_of_the_usual_shape_is_looked_at_as_a_whole():
    """So are small strips, which no detector shrinks."""
    seen = []
    for size in ((1414, 1000), (2400, 1000), (47, 1270)):
        find_in_tiles(np.zeros((*size, 3), np.uint8), lambda image: seen.append(image.shape) or ())
    assert seen == [(1414, 1000, 3), (2400, 1000, 3), (47, 1270, 3)]


def test_a_thin_strip_gets_paper_around_it():
    """Of its own colour, as much above as below."""
    image = np.full((47, 1300, 3), 200, np.uint8)
    roomy, moved = with_room(image, 96)
    assert (roomy.shape, moved) == ((97, 1300, 3), (0, 25))
    assert (roomy == 200).all()
    assert with_room(roomy, 96)[1] == (0, 0)


def test_a_thin_picture_of_one_plane_gets_room_like_any_other():
    """The paper around it is its own."""
    roomy, moved = with_room(np.full((20, 300), 210, np.uint8), 96)
    assert roomy.ndim == 2 and min(roomy.shape) >= 96 and moved[1] > 0 and (roomy == 210).all()
