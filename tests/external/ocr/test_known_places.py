"""Print of a page that was read before is known by its place, and nothing that was written is."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from minzheng.county.form_print import as_form_print
from minzheng.external.ocr import known_places
from minzheng.external.ocr.known_places import KnownPlaces, SeenPage
from minzheng.external.ocr.line_boxes import Corners
from minzheng.external.ocr.ocr_engine import OcrEngine, load_engine, text_of
from minzheng.external.ocr.ocr_models import Character, Reading
from minzheng.external.qr_codes import draw_qr
from script.samples.sheet import Paper, find_fonts

LABELS = (
    "申请人姓名", "公民身份号码", "家庭住址", "共同生活的家庭成员", "申请低保的理由",
    "家庭人均收入", "开户银行账号", "受理人签字", "村民委员会意见", "乡镇人民政府审核",
    "县民政部门审批", "联系电话",
)  # fmt: skip
PRINT = as_form_print(LABELS)
_LEFT, _STEP, _TOP = 25.0, 18.0, 30.0  #: mm


def drawn(values: tuple[str, ...] = (), labels: tuple[str, ...] = LABELS) -> np.ndarray:
    """A form of a dozen labels, each with room for an answer, and its code."""
    paper = Paper(210, 297, 300, find_fonts()[0])
    for number, label in enumerate(labels):
        paper.text((_LEFT, _TOP + _STEP * number), label, 13)
    for number, value in enumerate(values):
        paper.text((_LEFT + 60, _TOP + _STEP * number), value, 13)
    large = cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2BGR)
    page = cv2.resize(large, (1240, 1754), interpolation=cv2.INTER_AREA)
    png = np.frombuffer(draw_qr("MZ:DB-01:V1:DB-103200-2018-0001"), np.uint8)
    code = cv2.resize(cv2.imdecode(png, cv2.IMREAD_COLOR), (100, 100), interpolation=cv2.INTER_AREA)
    page[1580:1680, 1000:1100] = code
    return page


def scanned(page: np.ndarray, degrees: float, scale: float, noise: float = 4.0) -> np.ndarray:
    """Turned about its middle, at another resolution, grainy."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    size = round(width * scale), round(height * scale)
    matrix[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    turned = cv2.warpAffine(page, matrix, size, borderValue=(250, 250, 250), flags=cv2.INTER_AREA)
    grain = np.random.default_rng(7).normal(0, noise, turned.shape)
    return np.clip(turned + grain, 0, 255).astype(np.uint8)


def grey(page: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)


def place(number: int, text: str) -> Corners:
    """Where a label stands on a page as drawn, with paper around it."""
    left, top = _LEFT * 150 / 25.4 - 8, (_TOP + _STEP * number) * 150 / 25.4 - 4
    right, bottom = left + 27 * len(text) + 16, top + 42
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def reading(text: str) -> Reading:
    return tuple(Character(one, 0.99, 12 + (at + 0.5) * 31) for at, one in enumerate(text))


@pytest.fixture
def known() -> KnownPlaces:
    """One copy was read."""
    known, page = KnownPlaces(), grey(drawn())
    lines = [(place(at, one), reading(one), 24 + 31 * len(one)) for at, one in enumerate(LABELS)]
    code = known.find_code(PRINT, page)
    assert code is not None
    known.remember(PRINT, page, code, lines)
    return known


def seen(known: KnownPlaces, page: np.ndarray) -> SeenPage | None:
    code = known.find_code(PRINT, grey(page))
    return None if code is None else known.look_at(PRINT, grey(page), code)


def texts(page: SeenPage | None) -> list[str]:
    return [] if page is None else [text_of(one.reading) for one in page.lines]


@pytest.mark.parametrize(
    "copy",
    [drawn(), drawn(("张三", "610927194803060113")), scanned(drawn(), 1.4, 1.0),
     scanned(drawn(), -0.8, 4 / 3), scanned(drawn(), 0.3, 2.0), scanned(drawn(), 0.6, 4 / 3, 12)],
    ids=["the same", "filled in", "turned", "200 dpi", "300 dpi", "noisy"],
)  # fmt: skip
def test_a_page_that_was_met_is_known_however_it_was_scanned(known, copy):
    """Most labels, at their places."""
    page = seen(known, copy)
    assert len(texts(page)) >= len(LABELS) * 2 // 3
    assert page is not None
    assert all(0 < x < copy.shape[1] for one in page.lines for x in one.corners[:, 0])


def ink(page: np.ndarray, points: list[tuple[float, float]], shade: int, thick: int) -> np.ndarray:
    """A stroke over the second label: places in parts of its length and height."""
    box = place(1, LABELS[1])
    across, down = box[1] - box[0], box[3] - box[0]
    stroke = np.array([box[0] + x * across + y * down for x, y in points])
    fixed = np.round(stroke * 16).astype(np.int32)
    return cv2.polylines(page, [fixed], False, (shade,) * 3, thick, cv2.LINE_AA, 4)


WRITTEN: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "a stroke through it": lambda page: ink(page, [(0.05, 0.5), (0.95, 0.45)], 30, 2),
    "a thin stroke": lambda page: ink(page, [(0.02, 0.52), (0.98, 0.46)], 90, 1),
    "a pale stroke": lambda page: ink(page, [(0.02, 0.55), (0.98, 0.4)], 170, 2),
    "a tick upon it": lambda page: ink(page, [(0.85, 0.5), (0.9, 0.85), (1.0, 0.1)], 60, 1),
    "a pale tick before it": lambda page: ink(page, [(-0.02, 0.4), (0.02, 0.9), (0.08, 0)], 150, 2),
    "a stroke down": lambda page: ink(page, [(0.5, 0.0), (0.48, 1.0)], 110, 1),
    "a level stroke above": lambda page: ink(page, [(0.4, 0.04), (0.6, 0.04)], 60, 1),
    "a point": lambda page: ink(page, [(0.99, 0.7), (0.99, 0.72)], 40, 4),
}


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN.keys())
@pytest.mark.parametrize("noise", [0.0, 5.0])
def test_a_label_with_a_pen_upon_it_is_read(known, write, noise):
    """In a thin pen and a pale one; the labels around it are known."""
    told = texts(seen(known, scanned(write(drawn()), 0.5, 4 / 3, noise)))
    assert LABELS[1] not in told
    assert len(told) >= len(LABELS) // 2


def photographed(page: np.ndarray, slant: float) -> np.ndarray:
    """On a dark table, seen aslant under a lamp at one side."""
    height, width = page.shape[:2]
    ends = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    away = np.array([[2, 1], [-0.4, 1.6], [-1, -0.5], [0.6, -1.5]], np.float32) * slant * width
    way = cv2.getPerspectiveTransform(ends, ends + away)
    seen = cv2.warpPerspective(page, way, (width, height), borderValue=(66, 92, 116))
    lit = seen * np.linspace(1.0, 0.7, width)[None, :, None]
    return np.clip(lit + np.random.default_rng(3).normal(0, 3, seen.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("slant", [0.02, 0.04])
def test_a_photographed_page_is_known_and_what_was_written_on_it_is_read(known, slant):
    """Half of the labels at least, not the one that a pen went through."""
    clean = seen(known, photographed(scanned(drawn(), 0, 4 / 3), slant))
    assert len(texts(clean)) >= len(LABELS) // 2
    for name in ("a stroke through it", "a tick upon it", "a stroke down", "a point"):
        copy = photographed(scanned(WRITTEN[name](drawn()), 0, 4 / 3), slant)
        assert LABELS[1] not in texts(seen(known, copy)), name


@pytest.mark.parametrize("other", ["公民身份号玛", "公民身价号码", "公民身份号", "公民身分号码"])
def test_a_label_that_differs_in_a_sign_is_read(known, other):
    """However like it is."""
    changed = (LABELS[0], other, *LABELS[2:])
    told = texts(seen(known, drawn(labels=changed)))
    assert LABELS[1] not in told
    assert len(told) >= len(LABELS) - 2


def test_another_page_and_another_form_are_not_known(known):
    """Even with a code at the same place."""
    other = drawn(labels=LABELS[6:] + LABELS[:6])
    assert seen(known, other) is None
    code = known.find_code("another", grey(drawn()))
    assert code is not None
    assert known.look_at("another", grey(drawn()), code) is None


def test_what_looked_different_is_known_by_its_second_look(known):
    """A label that was read again is kept as it looked then."""
    bold = (LABELS[0], "", *LABELS[2:])
    page = drawn(labels=bold)
    paper = Paper(210, 297, 150, find_fonts()[1])
    paper.text((_LEFT, _TOP + _STEP), LABELS[1], 13)
    page = np.minimum(page, cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2BGR))
    met = seen(known, page)
    assert met is not None and LABELS[1] not in texts(met)
    line = place(1, LABELS[1]), reading(LABELS[1]), 24 + 31 * len(LABELS[1])
    known.remember(PRINT, grey(page), met, [line])
    assert LABELS[1] in texts(seen(known, page))
    assert LABELS[1] in texts(seen(known, drawn()))


def test_a_signature_behind_a_label_is_no_part_of_it(known):
    """A box may reach over what could not be read; only the place of its signs is kept."""
    page = drawn()
    cv2.line(page, (420, 390), (640, 360), (40, 40, 40), 3)
    wide = place(2, LABELS[2] * 4)
    known = KnownPlaces()
    lines = [(place(at, one), reading(one), 24 + 31 * len(one)) for at, one in enumerate(LABELS)]
    lines[2] = wide, lines[2][1], round(24 + 31 * 4 * len(LABELS[2]))
    code = known.find_code(PRINT, grey(page))
    assert code is not None
    known.remember(PRINT, grey(page), code, lines)
    assert LABELS[2] in texts(seen(known, drawn()))


def test_the_memory_of_a_reader_is_bounded(monkeypatch, known):
    """The form asked for last is kept, and so many pages of it."""
    page = grey(drawn())
    code = known.find_code("other", page)
    assert code is not None
    monkeypatch.setattr(known_places, "_MOST_BYTES", round(1.5 * known.size))
    lines = [(place(at, one), reading(one), 24 + 31 * len(one)) for at, one in enumerate(LABELS)]
    known.remember("other", page, code, lines)
    assert known.look_at("other", page, code) is not None
    assert known.look_at(PRINT, page, code) is None


@pytest.fixture(scope="module")
def engine() -> OcrEngine:
    """A reader that met one copy of the form."""
    engine = OcrEngine()
    engine._models = load_engine()._models
    engine.read_all(drawn(("张三",)), PRINT)
    return engine


@pytest.mark.parametrize(
    ("at", "said"),
    [((_LEFT + 38, _TOP + _STEP), "壹"), ((_LEFT - 14, _TOP + _STEP), "贰佰"),
     ((_LEFT + 4, _TOP + _STEP - 7), "叁佰"), ((_LEFT + 4, _TOP + _STEP + 7), "2018年"),
     ((_LEFT + 60, _TOP + 2 * _STEP), "旧城村三组")],
    ids=["right after", "before", "above", "below", "in a cell"],
)  # fmt: skip
@pytest.mark.parametrize("shade", [30, 140])
def test_what_is_added_beside_print_is_read(engine, at, said, shade):
    """And the print is said as on the copy before."""
    paper = Paper(210, 297, 150, find_fonts()[0])
    paper.text(at, said, 13)
    written = cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2BGR)
    written = np.uint8(255 - (255 - written.astype(float)) * (255 - shade) / 230)
    lines = engine.read(scanned(np.minimum(drawn(), written), 0.4, 4 / 3, 3), PRINT)
    words = "".join(line.text for line in lines).replace(" ", "")
    assert said in words
    assert all(label in words for label in LABELS)


def test_the_boxes_of_known_print_lie_where_they_lay(engine):
    """As they were found on the copy, cut to their signs, in parts of the page."""
    first = {line.text: line for line in OcrEngine().read(drawn(), PRINT)}
    again = {line.text: line for line in engine.read(drawn(), PRINT)}
    assert set(LABELS) <= set(first) & set(again)
    for text in LABELS:
        line = first[text]
        assert line.box == pytest.approx(again[text].box, abs=0.01)
        assert line.places == pytest.approx(again[text].places, abs=0.06)
        assert again[text].confidence > 0.9


def test_a_copy_costs_the_detector_less(engine, monkeypatch):
    """It looks at what is left when the print is painted over."""
    seen: list[int] = []
    find = engine._models.text_map

    def look(image: np.ndarray, *careful: bool) -> np.ndarray:
        seen.append(image.size)
        return find(image, *careful)

    monkeypatch.setattr(engine._models, "text_map", look)
    engine.read(drawn(("测试甲",)), PRINT)
    assert sum(seen) < 0.1 * 768 * 1088
