"""A plain table around a sheet is told from one on which something lies."""

import cv2
import numpy as np
import pytest

from archive_indexer.reading.paper.around_sheet import is_plain_around, without_rim
from minzheng.external.sheets.page_edges import find_sheet, straighten_sheet
from tests.external.photos.photographed import photograph


def plain() -> np.ndarray:
    """A sheet on a desk under a lamp, with a camera's grain."""
    grain = np.random.default_rng(5).normal(0, 4, (1200, 900, 1))
    return np.clip(photograph() + grain, 0, 255).astype(np.uint8)


def test_an_evenly_coloured_table_is_plain():
    """However the lamp's light falls off, and whatever stands on the sheet."""
    photo = plain()
    assert is_plain_around(photo, find_sheet(photo))


@pytest.mark.parametrize("step", [25, 60, -30])
def test_a_word_on_the_table_is_seen(step):
    """Lighter or darker than the table, also a pale one."""
    photo = plain().astype(int)
    word = np.zeros(photo.shape, np.uint8)
    cv2.putText(word, "13800", (10, 60), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (1, 1, 1), 2)
    photo = np.clip(photo + step * word.astype(int), 0, 255).astype(np.uint8)
    assert not is_plain_around(photo, find_sheet(plain()))


def test_a_table_of_wood_is_not_plain():
    """Its grain may be writing: what cannot be told is read."""
    photo = plain().astype(int)
    photo[:60] += (np.sin(np.arange(60) * 1.3) * 25).astype(int)[:, None, None]
    assert not is_plain_around(np.clip(photo, 0, 255).astype(np.uint8), find_sheet(plain()))


def test_the_rim_becomes_paper_and_the_page_stays():
    """No table is left at the edges, and what stands further in is as it was."""
    photo = plain()
    straight = straighten_sheet(photo, find_sheet(photo)).image
    painted = without_rim(straight.copy())
    edges = np.concatenate([np.rot90(painted, turns)[:4].reshape(-1, 3) for turns in range(4)])
    assert np.percentile(edges.max(axis=1), 1) > 120
    assert np.array_equal(painted[20:-20, 20:-20], straight[20:-20, 20:-20])
