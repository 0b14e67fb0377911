"""A picture that is one seal from edge to edge is that seal."""

import random

import cv2
import numpy as np
import pytest
from PIL import Image

from archive_indexer.documents import is_name_seal
from archive_indexer.reading.page_seals import describe_seals
from archive_indexer.reading.read_page import read_page_image
from minzheng.external.ocr.ocr_engine import load_engine
from minzheng.external.seals.all_seals import find_all_seals
from script.samples.aged_papers import place_seals
from script.samples.sheet import Paper, find_fonts
from script.samples.square_stamps import draw_square, name_columns, press

DPI = 200
FONT = find_fonts()[0]
WORDS = "镇坪县测试用印样章"


def cut_out(room: int, *, shade: tuple[float, float, float] = (1, 1, 1)) -> np.ndarray:
    """A round seal with so much paper around it, as people cut one out of a scan."""
    paper = Paper(210, 297, DPI, FONT)
    picture = place_seals(paper.picture, [(100, 150)], DPI, WORDS)
    pixels = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    red = np.argwhere(pixels[:, :, 1] < 200)
    (top, left), (bottom, right) = red.min(axis=0) - room, red.max(axis=0) + room + 1
    return (pixels[top:bottom, left:right] * np.array(shade)).astype(np.uint8)


@pytest.mark.parametrize("room", [0, 4, 30])
@pytest.mark.parametrize("shade", [(1, 1, 1), (0.95, 0.85, 0.82)], ids=["white", "bluish"])
def test_a_picture_of_a_round_seal_alone_is_that_seal(room: int, shade):
    """Its star is no seal of its own; paper may be left around it or not."""
    image = cut_out(room, shade=shade)
    (seal,) = find_all_seals(image)
    assert seal.width > 0.9 * (image.shape[1] - 2 * room)
    assert seal.left >= 0 and seal.left + seal.width <= image.shape[1]


def test_it_is_read_as_it_lies():
    """A ring looks alike from all sides: nothing turns the picture."""
    page = read_page_image(cut_out(6), 1)
    assert page.turns == 0
    assert [seal.words[:9] for seal in page.seals] == [WORDS]


def test_a_picture_of_a_square_seal_alone_is_that_seal():
    """To its frame; no sign within it is one. How large it was nobody can tell."""
    stamp = draw_square(name_columns("王秀兰"), 300, FONT, is_white=False)
    sheet = press(Image.new("RGB", (320, 320), "white"), stamp, (160, 160), random.Random(4))
    image = np.ascontiguousarray(np.asarray(sheet)[:, :, ::-1])
    (seal,) = find_all_seals(image)
    (told,) = describe_seals(image, [seal], load_engine())
    assert told.words == "方章 王秀兰印"
    assert not is_name_seal(told.box, told.words)


@pytest.mark.parametrize("kind", ["sign", "frame", "ball"])
def test_other_large_red_things_are_no_seal(kind: str):
    """A sign that forbids, a red frame, a red ball."""
    image = np.full((400, 400, 3), 250, np.uint8)
    if kind == "sign":
        cv2.circle(image, (200, 200), 180, (30, 30, 200), 30)
        cv2.line(image, (80, 80), (320, 320), (30, 30, 200), 30)
    elif kind == "frame":
        cv2.rectangle(image, (20, 20), (380, 380), (30, 30, 200), 8)
    else:
        cv2.circle(image, (200, 200), 180, (30, 30, 200), -1)
    assert find_all_seals(image) == []


def test_a_page_with_print_is_a_page():
    """A letter with its seal is looked at as before, however small its picture is."""
    image = cut_out(60)
    cv2.putText(image, "2026 No. 12", (20, 40), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (20, 20, 20), 6)
    (seal,) = find_all_seals(image) or [None]
    assert seal is None or seal.width < image.shape[1]
