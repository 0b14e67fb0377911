"""The models, and how lines are packed for them."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from minzheng.external.ocr import ocr_models
from minzheng.external.ocr.line_boxes import LINE_HEIGHT
from minzheng.external.ocr.ocr_models import Chances, Character, ModelsMissingError, Recogniser


class Session:
    """Answers with scores that say each crop's first pixel, blank, then that again."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []
        self.gave_back: list[bool] = []

    def run(self, _, given, options=None):
        packed = given["x"]
        self.gave_back.append(options is not None)
        self.shapes.append(packed.shape)
        steps = packed.shape[3] // 8
        scores = np.zeros((len(packed), steps, 4), np.float32)
        scores[:, :, 0] = 0.9
        for row, crop in enumerate(packed):
            known = round(float(crop[0, 0, 0] + 1) * 127.5)
            for step in (0, 1, 3):
                scores[row, step, 0] = 0.0
                scores[row, step, known] = 0.8
        return [scores]


@pytest.fixture
def recogniser(tmp_path, monkeypatch):
    """A recogniser of two characters, whose model answers what it is shown."""
    session = Session()
    monkeypatch.setattr(ocr_models, "_session", lambda model: session)
    (tmp_path / "dict.txt").write_text("甲\n乙\n", encoding="utf-8")
    made = Recogniser(tmp_path / "model.onnx", tmp_path / "dict.txt")
    return made, session


def crop(character: int, width: int = 64) -> np.ndarray:
    return np.full((LINE_HEIGHT, width, 3), character, np.uint8)


def test_repeats_are_folded_and_blanks_dropped(recogniser):
    """The same character twice with a blank between is two; where each stands is told."""
    read, _ = recogniser
    (reading,) = read.read([crop(1)])
    assert [one.text for one in reading] == ["甲", "甲"]
    assert [one.at for one in reading] == [4.0, 28.0]
    assert reading[0] == Character("甲", pytest.approx(0.8), 4.0)


def test_readings_come_in_the_order_of_the_crops(recogniser):
    """Whatever their widths."""
    read, _ = recogniser
    crops = [crop(1, 320), crop(2, 64), crop(1, 128), crop(2, 33)]
    assert [one[0].text for one in read.read(crops)] == ["甲", "乙", "甲", "乙"]
    assert read.read([]) == []


def test_short_crops_of_one_breadth_are_read_together(recogniser):
    """Never so many that they are broader than a long line; a long line is read alone."""
    read, session = recogniser
    crops = [crop(1, 200), crop(2, 220), crop(1, 64), crop(2, 64), crop(1, 210), crop(2, 900)]
    assert [one[0].text for one in read.read(crops)] == ["甲", "乙", "甲", "乙", "甲", "乙"]
    assert [shape[0::3] for shape in session.shapes] == [(2, 224), (1, 224), (2, 64), (1, 928)]


def test_lines_are_packed_in_whole_strides(recogniser):
    """Nothing is filled up to the longest."""
    read, session = recogniser
    read.read([crop(1, 33), crop(1, 65), crop(1, 2400)])
    assert session.shapes == [(1, 3, LINE_HEIGHT, width) for width in (64, 96, 2400)]


def test_memory_for_a_very_long_line_is_not_kept(recogniser):
    """Usual lines leave the pool as it is, for the next page needs it again."""
    read, session = recogniser
    read.read([crop(1), crop(2, 480), crop(1, 2080)])
    assert session.gave_back == [False, False, True]


def test_what_a_crop_is_packed_to_is_grey_behind_it(recogniser):
    """Its shades are as the models were taught: 0 is -1, 255 is 1."""
    packed = ocr_models._pack([crop(255, 40)])
    assert packed.shape == (1, 3, LINE_HEIGHT, 64)
    assert (packed[..., :40] == 1).all() and (packed[..., 40:] == 0).all()


def test_a_sign_is_as_sure_as_its_surest_step(recogniser):
    """The first step of a sign often sees its edge only."""
    read, _ = recogniser
    scores = np.zeros((4, 4), np.float32)
    scores[:, 0] = 0.1
    scores[1], scores[2] = (0.1, 0.6, 0.3, 0.0), (0.0, 0.99, 0.01, 0.0)
    (reading,) = read._decode(scores[None], 8.0)
    assert reading[-1] == Character("甲", pytest.approx(0.99), 12.0)


@pytest.mark.parametrize(
    ("chances", "text", "sure"),
    [((0.1, 0.4, 0.5), "强", 0.9), ((0.1, 0.6, 0.3), "强", 0.9), ((0.02, 0.08, 0.9), "強", 0.9)],
    ids=["undecided, the older form first", "undecided", "the older form, surely"],
)
def test_a_sign_stands_rather_than_its_older_form(tmp_path, monkeypatch, chances, text, sure):
    """Of 喻强武 in small print the models cannot say which; the name is found as it is written."""
    monkeypatch.setattr(ocr_models, "_session", lambda model: None)
    (tmp_path / "dict.txt").write_text("强\n強", encoding="utf-8")
    read = Recogniser(tmp_path / "model.onnx", tmp_path / "dict.txt")
    steps = np.array([[*chances, 0.0], [*chances, 0.0]], np.float32)
    ((character,),) = read._decode(steps[None], 8.0)
    assert (character.text, character.sure) == (text, pytest.approx(sure))


@pytest.mark.parametrize(("signs", "sure"), [("：:", 0.9), ("甲乙", 0.5)])
def test_signs_that_look_alike_share_their_chances(tmp_path, monkeypatch, signs, sure):
    """A colon is a colon, however broad it is; it is not read again to tell them apart."""
    monkeypatch.setattr(ocr_models, "_session", lambda model: None)
    (tmp_path / "dict.txt").write_text("\n".join(signs), encoding="utf-8")
    read = Recogniser(tmp_path / "model.onnx", tmp_path / "dict.txt")
    ((character,),) = read._decode(np.array([[[0.1, 0.5, 0.4, 0.0]]], np.float32), 8.0)
    assert (character.text, character.sure) == (signs[0], pytest.approx(sure))


@pytest.mark.parametrize("is_grey", [True, False])
def test_a_page_is_given_to_the_models_in_three_planes(is_grey):
    """A grey one thrice; each as the models were taught."""
    page = np.full((32, 64) if is_grey else (32, 64, 3), 200, np.uint8)
    planes = ocr_models._normalise(page)
    assert planes.shape == (1, 3, 32, 64)
    wanted = [(200 / 255 - mean) / part for mean, part in ((0.485, 0.229), (0.406, 0.225))]
    assert planes[0, [0, 2], 5, 5].tolist() == pytest.approx(wanted, abs=1e-5)


def test_models_that_are_not_installed_are_told(tmp_path, monkeypatch):
    """In Chinese, with what to do."""
    with pytest.raises(ModelsMissingError, match="识别模型不全"):
        ocr_models._session(tmp_path / "none.onnx")
    monkeypatch.setattr(ocr_models, "find_spec", lambda name: None)
    with pytest.raises(ModelsMissingError):
        ocr_models.Models()


SEEN = Chances(np.array([[0.1, 0.6, 0.3, 0.0], [0.7, 0.0, 0.1, 0.2]]), ("甲", "乙", "ab"))


def test_chances_are_told_for_the_signs_that_are_asked_for():
    """None first; a sign that no model knows has no chance."""
    assert SEEN.of("乙丙").tolist() == [[0.1, 0.3, 0.0], [0.7, 0.1, 0.0]]
    assert SEEN.of("").tolist() == [[0.1], [0.7]]


def test_the_likeliest_signs_of_every_step_are_named_once():
    """What the models take for several signs is left out."""
    assert SEEN.likeliest_signs(1) == "甲"
    assert SEEN.likeliest_signs(2) == "甲乙"


def test_all_that_is_seen_in_a_crop_ends_with_the_crop(recogniser):
    """What was added to fill the batch is none of it."""
    read, _ = recogniser
    seen = read.chances(crop(2, 40))
    assert len(seen.scores) == 5
    assert seen.signs == ("甲", "乙", " ")


def test_the_engine_tells_nobody_of_itself(tmp_path: Path):
    """It would keep a number of this machine and events for its maker in the user's home."""
    load = "from minzheng.external.ocr.ocr_models import Models; Models()"
    subprocess.run(
        [sys.executable, "-c", load],
        env=os.environ | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        check=True,
    )
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
