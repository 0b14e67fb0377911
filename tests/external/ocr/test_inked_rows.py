"""Rows of print told by their ink, and what is left of a page beside them."""

import cv2
import numpy as np
import pytest

from minzheng.external.ocr.inked_rows import InkedPage, see_rows

SIDE = 1088


def sheet(paper: int = 235) -> np.ndarray:
    return np.full((1088, 768), paper, np.uint8)


def signs(page: np.ndarray, at: tuple[int, int], count: int, *, high: int = 14, ink: int = 40):
    """Empty boxes side by side."""
    left, top = at
    for number in range(count):
        x = left + number * (high + 4)
        around = page[top + 2, x + 2]
        page[top : top + high, x : x + high] = ink
        page[top + 2 : top + high - 2, x + 2 : x + high - 2] = around


def printed(paper: int = 235) -> np.ndarray:
    """A page of eight rows of ten signs."""
    page = sheet(paper)
    for number in range(8):
        signs(page, (100, 100 + 40 * number), 10)
    return page


def seen(page: np.ndarray) -> InkedPage:
    found = see_rows(page, SIDE)
    assert found is not None
    return found


def boxes(page: InkedPage) -> list[tuple[int, ...]]:
    """Left, top, right, bottom of each row's ink, from the top."""
    sides = [(row.left, row.top, row.right, row.bottom) for row in page.rows]
    found = [tuple(round(side) for side in row) for row in sides]
    return sorted(found, key=lambda box: (box[1], box[0]))


def test_a_row_of_signs_is_a_row_to_the_pixel():
    """Its first sign begins at 100, its last one ends at 276."""
    assert boxes(seen(printed()))[0] == (100, 100, 276, 114)


def test_the_place_on_the_page_has_room_around_the_ink():
    """A page of twice the size has places twice as far."""
    page = seen(cv2.resize(printed(), None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST))
    first = min(page.rows, key=lambda row: row.top)
    (left, top), (right, bottom) = page.corners(first)[0], page.corners(first)[2]
    assert (left < 198, right > 554) == (True, True)
    assert (top < 198, bottom > 230) == (True, True)


def test_a_wall_parts_what_stands_close():
    """Two cells of a table are two rows; without the rule they are one."""
    page = printed()
    signs(page, (286, 100), 5)
    assert (100, 100, 372, 114) in boxes(seen(page))
    cv2.line(page, (281, 60), (281, 460), 60, 2)
    assert (100, 100, 372, 114) not in boxes(seen(page))
    assert {box[:2] for box in boxes(seen(page))} >= {(100, 100), (286, 100)}


def test_ink_beside_a_wall_is_in_its_row_whole():
    """The first sign stands two pixels from the rule."""
    page = printed()
    cv2.line(page, (96, 60), (96, 460), 60, 2)
    assert boxes(seen(page))[0] == (100, 100, 276, 114)


def test_a_row_with_a_stroke_through_it_is_left_to_the_detector():
    """What a pen did to it must be seen."""
    page = printed()
    cv2.line(page, (90, 107), (290, 107), 60, 2)
    assert all(box[1] > 120 for box in boxes(seen(page)))


def test_other_ink_close_above_leaves_a_row_to_the_detector():
    """A word written between two rows."""
    page = printed()
    cv2.line(page, (112, 96), (140, 96), 60, 1)
    assert all(box[1] > 120 for box in boxes(seen(page)))


def test_single_signs_above_one_another_are_said_to_be_stacked():
    """They may be a column of text; one alone is not."""
    page = printed()
    for top in (500, 520, 540):
        signs(page, (400, top), 1)
    signs(page, (600, 700), 1)
    stacked = {row.is_stacked for row in seen(page).rows if row.left > 390 and row.top < 600}
    alone = [row.is_stacked for row in seen(page).rows if row.left > 590]
    assert (stacked, alone) == ({True}, [False])


def test_a_row_that_is_higher_than_most_is_not_usual():
    """A title beside print, or dirt."""
    page = printed()
    signs(page, (100, 600), 4, high=30)
    found = seen(page)
    assert {row.top > 590: found.is_usual(row) for row in found.rows} == {False: True, True: False}


@pytest.mark.parametrize("lean", [-2.0, 1.5], ids=["to the left", "to the right"])
def test_rows_of_a_page_that_leans_lean_with_it(lean):
    """Their outlines cover the ink of their row and nothing of the next."""
    turn = cv2.getRotationMatrix2D((384.0, 544.0), lean, 1.0)
    page = cv2.warpAffine(printed(), turn, (768, 1088), borderValue=235)
    found = seen(page)
    assert len(found.rows) == 8
    assert not found.left_marks(found.rows).any()


def test_a_page_of_few_rows_of_noise_or_of_bent_paper_is_not_looked_at_so():
    """The detector sees it as it lies."""
    few = sheet()
    signs(few, (100, 100), 10)
    noise = np.random.default_rng(3).integers(0, 255, (1088, 768)).astype(np.uint8)
    bent = sheet()
    for number in range(10):
        part = sheet()
        signs(part, (200, 500), 14)
        lean = cv2.getRotationMatrix2D((384.0, 507.0), 4 - 0.8 * number, 1.0)
        lean[1, 2] += 80 * number - 400
        bent = np.minimum(bent, cv2.warpAffine(part, lean, (768, 1088), borderValue=235))
    assert [see_rows(page, SIDE) for page in (few, noise, bent)] == [None] * 3


def test_text_that_runs_down_is_not_looked_at_so():
    """Signs of neighbouring columns stand side by side, and are no words."""
    page = sheet()
    for column in range(6):
        for number in range(12):
            signs(page, (150 + 60 * column, 100 + 22 * number), 1)
    assert see_rows(page, SIDE) is None


def test_small_print_is_not_looked_at_so():
    """Its lines are found on a larger picture."""
    page = sheet()
    for number in range(12):
        signs(page, (100, 100 + 20 * number), 12, high=7)
    assert see_rows(page, SIDE) is None


def test_what_is_left_is_all_that_no_row_holds():
    """Faint ink, and light signs on a dark ground, too; rules are nothing that is left."""
    page = printed()
    cv2.line(page, (60, 800), (700, 800), 60, 2)
    signs(page, (100, 900), 3, ink=225)
    page[960:1020, 80:500] = 60
    signs(page, (100, 980), 3, ink=200)
    found = seen(page)
    marks = found.left_marks([row for row in found.rows if row.top < 420])
    assert not marks[:890].any()
    assert marks[900:914, 100:148].any()
    assert marks[980:994, 100:148].any()


@pytest.mark.parametrize(
    ("at", "goes_on"),
    [((101, 402), True), ((262, 402), True), ((180, 402), False), ((101, 700), False)],
    ids=["below its beginning", "below its end", "below its middle", "far below"],
)
def test_a_sign_below_the_end_or_beginning_of_a_row_goes_on_with_it(at, goes_on):
    """The last digit of a number in a narrow cell; a speck anywhere else does not."""
    page = printed()
    signs(page, at, 1)
    found = seen(page)
    (lone,) = (row for row in found.rows if row.is_single)
    assert found.goes_on(lone, [row for row in found.rows if row is not lone]) is goes_on


def test_rows_that_reach_into_a_place_are_left_out():
    """Under a seal what is read surely may be wrong."""
    found = seen(cv2.resize(printed(), None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST))
    left = found.without_places([(500, 250, 700, 330)])
    assert {round(row.top) for row in found.rows} - {round(row.top) for row in left.rows} == {140}
    assert found.without_places([(900, 250, 1000, 330)]).rows == found.rows


def test_light_signs_in_a_dark_band_as_high_as_a_line_are_left():
    """Its edges are long and dark, and no rules."""
    page = printed()
    page[900:930, 60:700] = 60
    signs(page, (100, 908), 5, ink=240)
    found = seen(page)
    marks = found.left_marks([row for row in found.rows if row.top < 420])
    assert marks[908:922, 100:186].any()


def test_a_row_beside_which_something_is_not_taken_is_not_taken_either():
    """The rest of a number that a hand wrote apart."""
    page = printed()
    signs(page, (100, 700), 6)
    cv2.line(page, (220, 710), (224, 730), 60, 2)
    found = seen(page)
    taken = [row for row in found.rows if row.right - row.left > 30]
    kept = found.without_doubt_beside(taken)
    assert {row.top for row in taken} - {row.top for row in kept} <= {
        row.top for row in taken if row.top > 690
    }
    assert all(row.top < 690 for row in kept)
