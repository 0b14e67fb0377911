"""Square seals are found and read; other square red things are none."""

import random

import numpy as np
import pytest
from PIL import Image, ImageDraw

from archive_indexer.documents import is_name_seal
from archive_indexer.reading.page_seals import describe_seals
from minzheng.external.ocr.ocr_engine import load_engine
from minzheng.external.seals.all_seals import find_all_seals
from minzheng.external.seals.square_seals import find_square_seals
from script.samples.aged_papers import Condition, age, place_seals
from script.samples.sheet import Paper, find_fonts
from script.samples.square_stamps import draw_square, name_columns, press

DPI = 150
FONT = find_fonts()[0]
MIDDLE = (700, 1300)


def sealed(columns, mm: float = 22, *, is_white: bool = False, by_rows: bool = False, **how):
    """A scan with one square stamp."""
    paper = Paper(210, 297, DPI, FONT)
    paper.text((30, 40), "经民主评议，同意上报。", 16)
    stamp = draw_square(columns, round(mm / 25.4 * DPI), FONT, is_white=is_white, by_rows=by_rows)
    picture = press(paper.picture, stamp, MIDDLE, random.Random(4))
    return age(picture, Condition("scan", DPI, noise=6, jpeg=70, **how), 1)


@pytest.mark.parametrize(
    ("columns", "how", "words"),
    [
        (name_columns("王秀兰"), {}, "方章 王秀兰印"),
        (name_columns("张军"), {"skew": 1.2}, "方章 张军之印"),
        (name_columns("王秀兰"), {"is_white": True, "mm": 24}, "方章 王秀兰印"),
        (("旧城村民", "小组印章"), {"by_rows": True, "mm": 36}, "方章 旧城村民小组印章"),
    ],
    ids=["framed", "askew", "white on red", "an office's"],
)
def test_a_square_seal_is_found_and_read(columns, how, words):
    """Alone, with its place; a person's is told from an office's by its size."""
    page = sealed(columns, **how)
    (seal,) = find_all_seals(page)
    (told,) = describe_seals(page, [seal], load_engine())
    assert told.words == words
    middle = ((told.box[0] + told.box[2]) / 2, (told.box[1] + told.box[3]) / 2)
    assert middle == pytest.approx((MIDDLE[0] / 1240, MIDDLE[1] / 1754), abs=0.02)
    assert is_name_seal(told.box, told.words) is (how.get("mm") != 36)
    assert told.colour[1] in "bcd"


def _red_page(draw_red) -> np.ndarray:
    page = Image.new("RGB", (1240, 1754), "white")
    draw_red(ImageDraw.Draw(page))
    return np.ascontiguousarray(np.asarray(page)[:, :, ::-1])


def _grid(draw):
    for at in range(0, 700, 120):
        draw.line((200 + at, 300, 200 + at, 900), fill=(200, 30, 34), width=4)
        draw.line((200, 300 + at, 800, 300 + at), fill=(200, 30, 34), width=4)


def _box(draw):
    draw.rectangle((400, 400, 530, 530), outline=(200, 30, 34), width=6)


def _photo(draw):
    draw.rectangle((400, 400, 580, 600), fill=(196, 38, 44))
    draw.ellipse((440, 440, 540, 590), fill=(226, 188, 160))


def _fingerprint(draw):
    for ring in range(6, 60, 9):
        draw.ellipse(
            (500 - ring, 500 - ring, 500 + ring, 500 + ring), outline=(200, 30, 34), width=3
        )


def _date(draw):
    draw.rectangle((400, 400, 600, 530), outline=(200, 30, 34), width=5)
    draw.line((420, 440, 580, 440), fill=(200, 30, 34), width=6)


@pytest.mark.parametrize(
    "draw", [_grid, _box, _photo, _fingerprint, _date], ids=lambda one: one.__name__
)
def test_other_square_red_things_are_no_seals(draw):
    """A ledger's cells, a box to be ticked, a photo before red, a fingerprint, a framed date."""
    assert find_square_seals(_red_page(draw)) == []


def test_a_round_seal_is_no_square_one():
    """Found once, as it was."""
    paper = Paper(210, 297, DPI, FONT)
    stamped = place_seals(paper.picture, [(100, 200)], DPI, "镇坪县测试用印样章")
    page = np.ascontiguousarray(np.asarray(stamped)[:, :, ::-1])
    assert find_square_seals(page) == []
    assert len(find_all_seals(page)) == 1


def test_a_square_that_cannot_be_read_is_a_seal():
    """Seal script: 方章 alone is said."""
    page = sealed(name_columns("王秀兰"))
    (seal,) = find_square_seals(page)
    part = page[seal.top : seal.top + seal.height, seal.left : seal.left + seal.width]
    part[:] = part[::-1, ::-1].copy()
    (told,) = describe_seals(page, [seal], load_engine())
    assert told.words.startswith("方章")
    assert "王秀兰" not in told.words
