"""Red seals are found, other red things are none."""

import cv2
import numpy as np
import pytest

from minzheng.external.red_seals import find_seals, may_hold_seals

RED = (32, 28, 196)  # BGR
PAGE = (1000, 760)


def page(shade: int = 250) -> np.ndarray:
    return np.full((*PAGE, 3), shade, np.uint8)


def stamp(image: np.ndarray, middle: tuple[int, int], radius: int = 90, colour=RED) -> np.ndarray:
    """A ring with a star, as offices stamp."""
    cv2.circle(image, middle, radius, colour, 7)
    points = [
        (
            round(middle[0] + size * np.sin(turn * np.pi / 5)),
            round(middle[1] - size * np.cos(turn * np.pi / 5)),
        )
        for turn, size in ((turn, radius * (0.35 if turn % 2 == 0 else 0.15)) for turn in range(10))
    ]
    cv2.fillPoly(image, [np.array(points)], colour)
    return image


def test_a_bare_page_has_none():
    """Nor one with black print."""
    image = page()
    cv2.putText(image, "TEST", (100, 300), cv2.FONT_HERSHEY_SIMPLEX, 4, (0, 0, 0), 8)
    assert find_seals(image) == []


def test_a_seal_is_told_with_its_place_and_ink():
    """Within a few pixels; the colour is that of the ink."""
    (seal,) = find_seals(stamp(page(), (400, 500)))
    assert abs(seal.left - 306) < 8
    assert abs(seal.top - 406) < 8
    assert abs(seal.width - 188) < 14
    assert abs(seal.height - 188) < 14
    assert seal.colour.startswith("#c")


@pytest.mark.parametrize("side", [250, 760, 2600])
def test_a_page_of_black_and_white_is_told_at_a_glance(side: int):
    """And one with a faint seal is not, however large the picture."""
    black = page()
    cv2.putText(black, "TEST", (100, 300), cv2.FONT_HERSHEY_SIMPLEX, 4, (0, 0, 0), 8)
    sealed = stamp(black.copy(), (400, 500), radius=60, colour=(205, 205, 235))
    sizes = (side, round(side * PAGE[0] / PAGE[1]))
    seen = [cv2.resize(one, sizes, interpolation=cv2.INTER_AREA) for one in (black, sealed)]
    assert [may_hold_seals(one) for one in seen] == [False, True]


def test_two_seals_are_two():
    """Each once, though the page is looked at for fresh and for faint ink."""
    image = stamp(stamp(page(), (200, 250)), (520, 700), colour=(150, 150, 235))
    found = sorted(find_seals(image), key=lambda one: one.top)
    assert [(round(one.left, -2), round(one.top, -2)) for one in found] == [(100, 200), (400, 600)]


def letterhead(image: np.ndarray) -> None:
    cv2.rectangle(image, (100, 60), (660, 110), RED, -1)


def pen_ring(image: np.ndarray) -> None:
    cv2.circle(image, (400, 500), 90, RED, 5)


def fingerprint(image: np.ndarray) -> None:
    cv2.ellipse(image, (400, 500), (60, 80), 0, 0, 360, RED, -1)


def backdrop(image: np.ndarray) -> None:
    cv2.rectangle(image, (300, 400), (500, 600), RED, -1)
    cv2.circle(image, (400, 480), 50, (180, 200, 230), -1)


def dot(image: np.ndarray) -> None:
    stamp(image, (400, 500), radius=20)


@pytest.mark.parametrize("draw", [letterhead, pen_ring, fingerprint, backdrop, dot])
def test_other_red_things_are_no_seals(draw):
    """No ring, nothing inside, full, with corners, too small."""
    image = page()
    draw(image)
    assert find_seals(image) == []


def test_what_is_darker_than_ink_is_no_seal():
    """Ink is a glaze: its red is nearly as light as the paper around."""
    assert find_seals(stamp(page(), (400, 500), colour=(10, 10, 110))) == []
    assert find_seals(stamp(page(170), (400, 500), colour=(10, 10, 110))) != []


@pytest.mark.parametrize("tint", [(1.0, 0.92, 0.8), (0.7, 0.9, 1.0), (0.85, 1.0, 0.9)])
def test_a_seal_is_found_under_any_lamp(tint: tuple[float, float, float]):
    """On a bluish photo the red of a pale seal is hardly red."""
    image = stamp(page(), (400, 500), colour=(165, 160, 225))
    lit = np.clip(image * np.array(tint), 0, 255).astype(np.uint8)
    assert len(find_seals(lit)) == 1


@pytest.mark.parametrize("colour", ["c2875e", "99816e", "ff9842", "bca48e"])
def test_brown_and_orange_are_no_seals(colour: str):
    """Stamp ink holds as much green as blue."""
    red, green, blue = bytes.fromhex(colour)
    assert find_seals(stamp(page(), (400, 500), colour=(blue, green, red))) == []


@pytest.mark.parametrize("colour", ["ab8b88", "a0756f", "d65b5a"])
def test_pale_and_dull_stamp_ink_is_a_seal(colour: str):
    """As it was seen on real papers."""
    red, green, blue = bytes.fromhex(colour)
    assert len(find_seals(stamp(page(), (400, 500), colour=(blue, green, red)))) == 1


def ledger(image: np.ndarray) -> None:
    """A table of red rules: a chance circle meets them in most directions."""
    for at in range(9):
        cv2.line(image, (60, 200 + 70 * at), (700, 200 + 70 * at), RED, 4)
        cv2.line(image, (60 + 80 * at, 200), (60 + 80 * at, 760), RED, 4)


def test_a_seal_on_the_red_rules_of_a_table_is_found_and_they_are_none():
    """An invoice has both: the oval hangs together with the frame around the table."""
    image = page()
    ledger(image)
    assert find_seals(image) == []
    cv2.ellipse(image, (480, 760), (120, 80), 0, 0, 360, RED, 7)
    cv2.putText(image, "TEST 01", (410, 775), cv2.FONT_HERSHEY_SIMPLEX, 1.1, RED, 4)
    (seal,) = find_seals(image)
    assert abs(seal.left + seal.width / 2 - 480) < 12
    assert abs(seal.width - 247) < 25


def test_a_seal_on_a_strip_cut_out_of_a_page_may_be_nearly_as_high():
    """Two stamps beside each other, of different sizes."""
    image = stamp(stamp(page()[:400], (200, 200), 100), (520, 210), 60)
    assert sorted(round(seal.width, -1) for seal in find_seals(image)) == [130, 210]


def fine_lines(seed: int) -> np.ndarray:
    """A card with a net of pale red waves, as papers of value have."""
    shades = np.random.default_rng(seed)
    image = page()
    across = np.arange(PAGE[1])
    for at in range(60):
        height = shades.uniform(25, 60) * np.sin(across / shades.uniform(40, 90) + at / 3)
        points = np.stack([across, 60 + 15 * at + height], axis=1).astype(np.int32)
        cv2.polylines(image, [points], False, (205, 205, 240), 2, cv2.LINE_AA)
    return image


@pytest.mark.parametrize("seed", [5, 8])
def test_a_chance_circle_in_the_fine_lines_of_a_card_is_no_seal(seed: int):
    """They lie in every direction, on no one line."""
    assert find_seals(fine_lines(seed)) == []
