"""What an OFD draws by paths."""

import math

import numpy as np
import pytest
from lxml import etree

from archive_indexer.extract.rare.drawn_paths import (
    DrawnPath,
    draw,
    may_be_letters,
    paths_of,
    scale_path,
)

FRAME = "M 0 0 L 50 0 L 50 20 L 0 20 C"


def layer(*paths: str) -> list[etree._Element]:
    return [etree.fromstring(f"<Page xmlns='http://www.ofdspec.org/2016'>{''.join(paths)}</Page>")]


def path(steps: str, how: str = "", within: str = "") -> str:
    return f"<PathObject {how}>{within}<AbbreviatedData>{steps}</AbbreviatedData></PathObject>"


def one(steps: str, how: str = "", within: str = "") -> DrawnPath:
    (found,) = paths_of(layer(path(steps, how, within))) or ()
    return found


def ends(drawn: DrawnPath) -> list[tuple[float, float]]:
    return [(round(x, 3), round(y, 3)) for _, points in drawn.steps for x, y in points[-1:]]


def test_points_lie_where_matrix_and_boundary_put_them():
    """First the object's matrix, then where it stands on the page."""
    drawn = one("M 1 2 L 3 2", 'Boundary="10 20 5 5" CTM="2 0 0 -2 0 5"')
    assert ends(drawn) == [(12.0, 21.0), (16.0, 21.0)]


def test_a_path_of_a_drawing_grows_with_it():
    """Its points, beside where it stands."""
    (page,) = layer(path("M 1 2 L 3 2", 'Boundary="10 20 5 5" CTM="2 0 0 -2 0 5"'))
    scale_path(page[0], 2.0, 10.0)
    (drawn,) = paths_of([page]) or ()
    assert ends(drawn) == [(14.0, 30.0), (22.0, 30.0)]


def test_a_line_is_as_broad_as_its_matrix_makes_it():
    """Of which nothing is said it is 0.353 mm."""
    assert one("M 0 0 L 9 0", 'LineWidth="0.5" CTM="2 0 0 2 0 0"').width == pytest.approx(1.0)
    assert one("M 0 0 L 9 0").width == pytest.approx(0.353)


def test_a_quadratic_curve_becomes_a_cubic_one():
    """With handles at two thirds of the way."""
    (_, curve) = one("M 0 0 Q 3 6 6 0").steps
    assert curve == ("B", ((2.0, 4.0), (4.0, 4.0), (6.0, 0.0)))


@pytest.mark.parametrize("clockwise", [0, 1])
def test_an_arc_goes_round_its_centre(clockwise):
    """Half a circle over or under, by its last flag."""
    points = ends(one(f"M 0 0 A 5 5 0 0 {clockwise} 10 0"))
    assert all(math.dist(point, (5, 0)) == pytest.approx(5, abs=0.002) for point in points)
    assert points[-1] == (10.0, 0.0)
    assert (min(y for _, y in points) < -4) == bool(clockwise)


def test_an_arc_too_small_to_reach_is_made_larger():
    """As SVG has it."""
    points = ends(one("M 0 0 A 1 1 0 0 1 10 0"))
    assert min(y for _, y in points) == pytest.approx(-5, abs=0.01)


@pytest.mark.parametrize("steps", ["", "M 1", "M a b", "M 1 nan", "X 1 2"])
def test_what_is_no_path_draws_nothing(steps):
    """Nor does it stop others."""
    assert [drawn.steps for drawn in paths_of(layer(path(steps), path(FRAME))) or ()] == [
        one(FRAME).steps
    ]


def test_what_is_not_shown_is_not_drawn():
    """An object may be kept and hidden."""
    assert paths_of(layer(path(FRAME, 'Visible="false"'))) == []


def test_a_page_of_endless_lines_is_given_up(monkeypatch):
    """Maps have millions."""
    monkeypatch.setattr("archive_indexer.extract.rare.drawn_paths._MOST_STEPS", 9)
    assert paths_of(layer(path(FRAME), path(FRAME))) is None


@pytest.mark.parametrize(
    ("colour", "painted"),
    [
        ('<FillColor Value="255 0 0"/>', (0, 0, 255)),
        ('<FillColor Value="128"/>', (128, 128, 128)),
        ('<FillColor Value="0 255 255 0"/>', (0, 0, 255)),
        ("<FillColor/>", (0, 0, 0)),
        ("", (0, 0, 0)),
        ('<FillColor Value="0 0 0" Alpha="0"/>', (255, 255, 255)),
    ],
)
def test_a_surface_has_its_colour(colour, painted):
    """By one number grey, by three red, green and blue, by four as printers have it."""
    image = draw([one(FRAME, 'Fill="true" Stroke="false"', colour)], (60, 30), 100)
    assert tuple(image[40, 100]) == painted
    assert tuple(image[110, 100]) == (255, 255, 255)


def test_a_line_alone_leaves_the_paper_white_within():
    """A path is drawn, not filled, unless it says so."""
    image = draw([one(FRAME, 'LineWidth="1"')], (60, 30), 100)
    assert image.shape == (119, 237, 3)
    assert image[40, 100].min() == 255
    assert image[np.s_[75:83], 100].min() == 0


def test_a_hole_is_left_by_the_rule_of_odd_and_even():
    """Else what goes round twice the same way is full."""
    twice = f"{FRAME} M 10 5 L 40 5 L 40 15 L 10 15 C"
    odd = draw([one(twice, 'Fill="true" Stroke="false" Rule="Even-Odd"')], (60, 30), 100)
    full = draw([one(twice, 'Fill="true" Stroke="false"')], (60, 30), 100)
    assert (odd[40, 100].min(), full[40, 100].min()) == (255, 0)


def test_rules_frames_and_a_circled_cross_are_no_letters():
    """Every form has them: nothing is read for them."""
    tables = [one(FRAME)] * 40 + [one("M 0 0 L 90 0")] * 80 + [one("M 0 0 L 90 60")]
    assert not may_be_letters(tables)
    circled = one("M 0 2 A 2 2 0 0 1 4 2 A 2 2 0 0 1 0 2 C")
    assert not may_be_letters([circled, one("M 1 1 L 3 3 M 1 3 L 3 1"), *tables])


@pytest.mark.parametrize(
    "paths",
    [
        [one("M 0 0 B 1 1 2 1 3 0 L 3 1 L 0 1 C")] * 4,
        [one("M 0 0 L 1 2 L 2 0 L 1 1 C")] * 4,
        [one("M 0 0 L 1 0 L 1 1 L 0 1 C", 'Fill="true"')] * 50,
        [one("M 0 0 L 1 0 L 1 1 L 0 1 C " * 20)],
    ],
)
def test_curves_slants_and_many_small_bars_may_be_letters(paths):
    """Codes are drawn of bars, strokes of a pen of short lines."""
    assert may_be_letters(paths)
