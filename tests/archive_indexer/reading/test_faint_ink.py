"""Faint ink is read, or said to be there; what shows through and dirt are no ink."""

from contextlib import suppress

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.documents import is_doubtful
from archive_indexer.reading.faint_ink import (
    PERHAPS_BLANK,
    FaintLines,
    FaintPage,
    _forget_far,
    _inked_beside,
    _of_words,
    draw_out,
    read_faint_lines,
)
from archive_indexer.reading.manner import Manner
from archive_indexer.reading.page_ink import has_ink, make_work_size
from archive_indexer.reading.paper.page_dirt import without_rules
from archive_indexer.reading.read_page import read_page_image
from minzheng.external.ocr.ocr_engine import load_engine
from script.samples.sheet import find_fonts

WORDS = ("最低生活保障申请书", "申请人测试甲家庭人口三人", "旧城村村民委员会同意上报")


def written(lines=WORDS, ink: int = 0) -> np.ndarray:
    """A page of 150 dpi with some lines of 14 points on white paper."""
    picture = Image.new("L", (1240, 1000), 255)
    path, index = find_fonts()[0]
    font = ImageFont.truetype(path, 29, index=index)
    for number, text in enumerate(lines):
        ImageDraw.Draw(picture).text((220, 200 + 90 * number), text, font=font, fill=ink)
    return np.asarray(picture).astype(np.float32)


def scanned(page: np.ndarray, noise: float = 2.0) -> np.ndarray:
    """As a scanner sees it."""
    page = page + np.random.default_rng(1).normal(0, noise, page.shape)
    return cv2.cvtColor(np.clip(page, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR)


def pale(page: np.ndarray, contrast: float) -> np.ndarray:
    """Ink so many grey levels below the paper."""
    return 235 - (255 - page) * (contrast / 255)


def test_ink_of_ten_grey_levels_is_read():
    """It is not seen pixel by pixel; drawn out it is read like any other."""
    image = scanned(pale(written(), 10))
    assert not has_ink(image)
    page = read_page_image(image, 1)
    assert page.origin == "ocr"
    assert [line.text for line in page.lines] == list(WORDS)
    assert page.confidence > 0.95
    assert page.unread == ()


def test_light_ink_on_dark_paper_is_drawn_out_too():
    """A faint negative."""
    faint = draw_out(255 - scanned(pale(written(), 10)), load_engine)
    assert faint is not None
    assert faint.has_words(load_engine())


def test_what_shows_through_is_no_ink():
    """The other side's print: mirrored, soft, as strong as faint ink."""
    other = cv2.GaussianBlur(written(WORDS * 2)[:, ::-1], (0, 0), 2.1)
    page = read_page_image(scanned(pale(other, 25)), 1)
    assert (page.origin, page.unread) == ("blank", ())


def test_a_sharp_mirror_image_is_told_from_words():
    """Its lines are read better from behind."""
    drawn = written()
    engine = load_engine()
    lines = engine.find_lines(scanned(drawn[:, ::-1], 0))
    ink = np.ones((50, 62), bool)
    assert FaintPage(scanned(drawn[:, ::-1], 0), ink, lines).shows_through(engine)
    assert not FaintPage(
        scanned(drawn, 0), ink, engine.find_lines(scanned(drawn, 0))
    ).shows_through(engine)


def test_lines_in_the_noise_are_none():
    """A detector sees some beside the ink: a page is written when lines lie upon ink."""
    lines = [np.array([[9, y], [90, y], [90, y + 9], [9, y + 9]], np.float32) for y in (5, 25, 45)]
    ink = np.zeros((100, 200), bool)
    ink[60:] = True
    image = np.zeros((100, 200, 3), np.uint8)
    assert not FaintPage(image, ink, lines).is_written
    assert FaintPage(image, ~ink, lines).is_written
    assert not FaintPage(image, ~ink, lines[:2]).is_written


def test_crisp_print_that_shows_through_is_no_ink():
    """Thin paper: hardly blurred, its blots of JPEG are sharp here and there."""
    other = cv2.GaussianBlur(written(WORDS * 2)[:, ::-1], (0, 0), 2.0)
    image = scanned(pale(other, 28), 0.5)
    packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 45])[1]
    page = read_page_image(np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)), 1)
    assert (page.origin, page.unread) == ("blank", ())


@pytest.mark.parametrize("noise", [0.5, 2.0, 7.0])
def test_paper_alone_has_no_ink(noise: float):
    """However noisy the scanner; no model is loaded for it."""
    image = scanned(np.full((1000, 1240), 235, np.float32), noise)

    def refuse() -> None:
        raise AssertionError

    assert draw_out(image, refuse) is None
    assert draw_out(np.full((2, 3000, 3), 235, np.uint8), refuse) is None


def test_faint_lines_beside_black_ones_are_read():
    """A printed head, and a carbon copy below it that is seen only when it is drawn out."""
    page = np.minimum(pale(written(("", "", *WORDS)), 12), pale(written(WORDS[:1]), 230))
    read = read_page_image(scanned(page), 1)
    assert [line.text for line in read.lines] == [WORDS[0], *WORDS]


def test_nothing_is_looked_for_where_all_was_read():
    """Its lines cover the ink of a page."""
    image = scanned(pale(written(), 12))
    engine = load_engine()
    faint = draw_out(image, load_engine)
    assert faint is not None
    lines = engine.read(faint.image)
    assert len(lines) == 3
    assert read_faint_lines(image, lines, (), engine).lines == ()
    assert len(read_faint_lines(image, (), (), engine).lines) == 3
    assert read_faint_lines(image, (), [(0, 0, 1, 1)], engine).lines == ()


def ruled(page: np.ndarray, lean: int = 0, wide: int = 70) -> np.ndarray:
    """A page with a table of such cells, which leans by so many pixels from side to side."""
    for at in range(60, 1000, 45):
        cv2.line(page, (60, at), (1180, at + lean), 0, 2)
    for at in range(60, 1200, wide):
        cv2.line(page, (at + lean, 60), (at, 960), 0, 2)
    return page


@pytest.mark.parametrize("lean", [0, 12])
def test_rules_that_cross_are_no_faint_ink(lean: int):
    """They have steps in both directions, as words have; nothing is looked for."""
    image = scanned(pale(ruled(written(()), lean), 45))
    assert read_faint_lines(image, (), (), None) == FaintLines()


def test_rules_around_faint_words_leave_them_their_ink():
    """What stands between rules is looked for as on plain paper."""
    plain, ruled_too = (
        np.count_nonzero(_inked_beside(make_work_size(scanned(pale(page, 12))), ()))
        for page in (written(), ruled(written(), wide=560))
    )
    words = without_rules(make_work_size(scanned(pale(ruled(written(), wide=560), 12))))
    assert ruled_too > 2 * plain
    assert np.count_nonzero(_inked_beside(words, ())) == pytest.approx(plain, rel=0.1)


def inked(*pieces: tuple[int, int, int, int]) -> np.ndarray:
    """Faint ink at half the working size of a page: left, top, width, height."""
    ink = np.zeros((700, 500), bool)
    for left, top, width, height in pieces:
        ink[top : top + height, left : left + width] = True
    return ink


def test_lone_digits_are_no_faint_words():
    """A column of numbers that no line was seen in; two signs side by side are words."""
    column = [(440, 100 + 25 * row, 14, 11) for row in range(20)]
    assert not _of_words(inked(*column)).any()
    assert np.count_nonzero(_of_words(inked(*column, (100, 100, 30, 11)))) == 30 * 11


def test_faint_lines_are_looked_for_around_faint_ink_only():
    """Noise far from it is paper; what its line may reach is left."""
    drawn = np.full((1400, 1000), 200, np.uint8)
    _forget_far(drawn, inked((200, 300, 40, 11)))
    seen = np.argwhere(drawn == 200)
    assert seen.min(axis=0).tolist() == [548, 236]
    assert seen.max(axis=0).tolist() == [673, 643]


class SeesAndCannotRead:
    """An engine that finds lines and reads no words in them; in a mirror it sees less."""

    def __init__(self, sure: float = 0.6) -> None:
        self._sure = sure
        self._seen: set[bytes] = set()

    def find_lines(self, image: np.ndarray) -> list[np.ndarray]:
        return load_engine().find_lines(image)

    def glance(self, crops: list[np.ndarray]) -> list[tuple[str, float]]:
        read = [("戈弋", 0.2 if self._is_mirrored(crop) else self._sure) for crop in crops]
        self._seen |= {crop.tobytes() for crop in crops}
        return read

    def _is_mirrored(self, crop: np.ndarray) -> bool:
        return not self._seen.isdisjoint((crop[:, ::-1].tobytes(), crop[::-1].tobytes()))


@pytest.mark.parametrize(("lines", "unread"), [(3, "有淡墨迹，未读出"), (2, PERHAPS_BLANK)])
def test_faint_ink_that_gives_no_words_is_told(
    lines: int, unread: str, monkeypatch: pytest.MonkeyPatch
):
    """It is never called blank, however few its lines are."""
    monkeypatch.setattr(f"{read_page_image.__module__}.load_engine", SeesAndCannotRead)
    page = read_page_image(scanned(pale(written(WORDS[:lines]), 12)), 1)
    assert (page.origin, page.unread) == ("ocr", (unread,))
    assert is_doubtful(page)


def hardly_seen() -> np.ndarray:
    """A page whose ink is weaker than its noise over each word, and not over its lines."""
    return scanned(pale(written(WORDS * 3), 10), 6)


@pytest.mark.parametrize("is_careful", [False, True])
def test_a_process_has_one_engine_for_each_kind(is_careful: bool, monkeypatch: pytest.MonkeyPatch):
    """What remembers engines tells them by how they are asked for, and keeps two."""

    def load(*kind: bool) -> SeesAndCannotRead:
        asked.append(kind)
        return SeesAndCannotRead()

    asked: list[tuple[bool, ...]] = []
    monkeypatch.setattr(f"{read_page_image.__module__}.load_engine", load)
    with suppress(AttributeError):  # it stops where this engine ought to read
        read_page_image(scanned(written()), 1, manner=Manner(is_careful=is_careful))
    assert asked == [(True,) if is_careful else ()]


@pytest.mark.parametrize("sure", [0.6, 0.3])
def test_a_page_that_is_perhaps_blank_says_so(sure: float, monkeypatch: pytest.MonkeyPatch):
    """Nobody is told of a page that counts as blank: what stands in lines is told, read or not."""
    monkeypatch.setattr(
        f"{read_page_image.__module__}.load_engine", lambda: SeesAndCannotRead(sure)
    )
    page = read_page_image(hardly_seen(), 1)
    assert (page.origin, page.unread, is_doubtful(page)) == ("ocr", (PERHAPS_BLANK,), True)


def test_what_is_nearly_read_in_a_mirror_is_the_other_side():
    """Nor are lines of noise words, which are read as nothing."""
    faint = draw_out(hardly_seen(), load_engine)
    assert faint is not None and not faint.is_written
    hinted = FaintPage(faint.image, np.zeros((1, 1), bool), faint.lines)
    assert hinted.may_have_words(SeesAndCannotRead(0.6))
    assert not hinted.may_have_words(SeesAndCannotRead(0.3))
    mirrored = draw_out(hardly_seen()[:, ::-1], load_engine)
    assert mirrored is not None
    mirrored = FaintPage(mirrored.image, np.zeros((1, 1), bool), mirrored.lines)
    assert not mirrored.may_have_words(load_engine())


def test_what_stands_in_lines_is_told_though_garbage_reads_better_in_a_mirror():
    """A picture in which no line was found, too; but not what is read as words in a mirror."""
    image = hardly_seen()
    nowhere = np.zeros((1, 1), bool)
    assert FaintPage(image, nowhere, (), stands=True).may_have_words(load_engine())
    mirrored = scanned(written()[:, ::-1], 0)
    lines = load_engine().find_lines(mirrored)
    assert not FaintPage(mirrored, nowhere, lines, stands=True).may_have_words(load_engine())


def test_a_person_may_have_a_page_read_that_is_perhaps_blank():
    """By the larger model, whatever comes of it."""
    page = read_page_image(hardly_seen(), 1, manner=Manner(is_careful=True))
    assert page.origin == "ocr" and page.unread == ()


def test_the_larger_model_reads_what_gave_no_words():
    """A person asked for it: whatever it reads is shown, however unsure."""
    page = read_page_image(scanned(pale(written(), 7)), 1, manner=Manner(is_careful=True))
    assert [line.text for line in page.lines] == list(WORDS)
