"""Edges of a picture."""

import subprocess
import sys

import cv2
import numpy as np
import pytest

from minzheng.external.sheets.edges import find_edges


def pictures(seed: int) -> list[np.ndarray]:
    """Noise, soft noise, and things with edges in all directions."""
    source = np.random.default_rng(seed)
    noise = source.integers(0, 256, (90, 130), dtype=np.uint8)
    shapes = np.full((120, 90), 250, np.uint8)
    cv2.ellipse(shapes, (45, 60), (30, 45), float(source.integers(0, 90)), 0, 360, 20, 3)
    cv2.line(shapes, (0, 10), (89, int(source.integers(20, 119))), 90, 2)
    return [noise, cv2.GaussianBlur(noise, (9, 9), 0), shapes, cv2.GaussianBlur(shapes, (5, 5), 0)]


@pytest.mark.parametrize("seed", range(8))
def test_they_are_those_of_the_library(seed):
    """To the pixel; on two threads it keeps to its memory."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(2)
    try:
        for one in pictures(seed):
            assert np.array_equal(find_edges(one, 40, 120), cv2.Canny(one, 40, 120))
    finally:
        cv2.setNumThreads(threads)


def test_a_plain_picture_has_none():
    """Nor has one of a single pixel."""
    assert not find_edges(np.full((50, 40), 9, np.uint8), 40, 120).any()
    assert not find_edges(np.zeros((1, 1), np.uint8), 40, 120).any()


def test_a_fine_grid_ends_no_process():
    """The library's own way spoilt the memory of a reader, which then died."""
    look = (
        "import cv2, numpy as np; from minzheng.external.sheets.page_edges import find_sheet\n"
        "cv2.setNumThreads(1)\n"
        "grid = np.full((26, 100, 3), 255, np.uint8); grid[::4] = 0; grid[:, 3::4] = 0\n"
        "for _ in range(60): find_sheet(np.tile(grid, (1 + _ % 9, 1 + _ % 4, 1)))\n"
        "print('looked')"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "looked\n"), done.stderr
