"""What an OFD draws by paths, as a picture: letters made of curves are read like a scan.

Paths are given in mm by GB/T 33190-2016, 9.1: `M` and `L` with a point, `Q` with two, `B` with
three, `A` (an arc of an ellipse) with radii, angle, two flags and a point, `C` to close.
"""

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree
from numpy.typing import NDArray

Point = tuple[float, float]
Step = tuple[str, tuple[Point, ...]]  #: M, L or B with its points, or C with none
Matrix = tuple[float, float, float, float, float, float]

_POINTS_A_MM = 72 / 25.4
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_AS_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_LEAST_ASLANT = 3  #: lines of one path, neither level nor upright, that may be a letter
_LEVEL = 0.01  #: mm, by which a line that is level may rise
_MOST_OF_FRAME = 60  #: steps of what is but a frame or a few bars
_LEAST_STEPS = 12  #: of all letters on a page; a circled cross has fewer
_SMALL, _LEAST_BARS = 8.0, 50  #: mm
_USUAL_WIDTH = 0.353  #: mm, of a line of which nothing is said
_MOST_STEPS = 2_000_000
_FILLS = {"nonzero": pdfium.FPDF_FILLMODE_WINDING, "even-odd": pdfium.FPDF_FILLMODE_ALTERNATE}


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """One path in mm from the page's corner, and how it is painted."""

    steps: tuple[Step, ...]
    stroke: tuple[int, ...] | None  #: red, green, blue, alpha; None: no line is drawn
    fill: tuple[int, ...] | None
    rule: int  #: what of it is within, as PDFium numbers it
    width: float  #: of its line, in mm

    @property
    def letter_steps(self) -> int:
        """How many steps it has, if it is more than rules, frames and bars; else none."""
        if len(self.steps) > _MOST_OF_FRAME:
            return len(self.steps)
        aslant, last = 0, (0.0, 0.0)
        for sign, points in self.steps:
            if sign == "B":
                return len(self.steps)
            if sign == "L":
                aslant += min(abs(points[0][0] - last[0]), abs(points[0][1] - last[1])) > _LEVEL
            last = points[-1] if points else last
        return len(self.steps) if aslant >= _LEAST_ASLANT else 0

    @property
    def is_small_bar(self) -> bool:
        """Whether it is painted and small: codes are drawn of such."""
        points = [point for _, points in self.steps for point in points]
        if self.fill is None or not points:
            return False
        sides = (max(side) - min(side) for side in zip(*points, strict=True))
        return all(side < _SMALL for side in sides)


def may_be_letters(paths: Sequence[DrawnPath]) -> bool:
    """Whether a person may read something that they draw."""
    steps = sum(path.letter_steps for path in paths)
    return steps >= _LEAST_STEPS or sum(path.is_small_bar for path in paths) >= _LEAST_BARS


def paths_of(layers: Sequence[etree._Element]) -> list[DrawnPath] | None:
    """All paths of some layers in the order of painting; None where there are too many."""
    found, steps = list[DrawnPath](), 0
    for node in (one for layer in layers for one in layer.iter("{*}PathObject")):
        if (node.get("Visible") or "true").lower() == "false":
            continue
        path = _path_of(node)
        steps += len(path.steps)
        if steps > _MOST_STEPS:
            return None
        if path.steps:
            found.append(path)
    return found


def scale_path(node: etree._Element, across: float, down: float) -> None:
    """Make a thing larger by what its matrix says: where it stands is told by its boundary."""
    given = _numbers(node.get("CTM"))
    matrix = given if len(given) == len(_AS_IS) else _AS_IS
    parts = zip(matrix, (across, down) * 3, strict=True)
    node.set("CTM", " ".join(str(one * by) for one, by in parts))


def draw(paths: Sequence[DrawnPath], size: Point, dpi: int) -> NDArray[np.uint8]:
    """Paths on white paper of a size in mm, as a BGR image."""
    with pypdfium2.PdfDocument.new() as document:
        page = document.new_page(size[0] * _POINTS_A_MM, size[1] * _POINTS_A_MM)
        for path in paths:
            _put(page, path, size[1])
        array = page.render(scale=dpi / 72, rev_byteorder=False).to_numpy()
        image = np.ascontiguousarray(array[:, :, :3])
        page.close()
    return image


def _put(page: pypdfium2.PdfPage, path: DrawnPath, height: float) -> None:
    drawn = pdfium.FPDFPageObj_CreateNewPath(0.0, 0.0)
    for sign, points in path.steps:
        turned = [
            ctypes.c_float(number) for x, y in points
            for number in (x * _POINTS_A_MM, (height - y) * _POINTS_A_MM)
        ]  # fmt: skip
        _STEPS[sign](drawn, *turned)
    if path.stroke is not None:
        pdfium.FPDFPageObj_SetStrokeColor(drawn, *path.stroke)
        pdfium.FPDFPageObj_SetStrokeWidth(drawn, path.width * _POINTS_A_MM)
    if path.fill is not None:
        pdfium.FPDFPageObj_SetFillColor(drawn, *path.fill)
    rule = path.rule if path.fill is not None else pdfium.FPDF_FILLMODE_NONE
    pdfium.FPDFPath_SetDrawMode(drawn, rule, path.stroke is not None)
    pdfium.FPDFPage_InsertObject(page.raw, drawn)


_STEPS = {
    "M": pdfium.FPDFPath_MoveTo,
    "L": pdfium.FPDFPath_LineTo,
    "B": pdfium.FPDFPath_BezierTo,
    "C": pdfium.FPDFPath_Close,
}


def _path_of(node: etree._Element) -> DrawnPath:
    left, top = (_numbers(node.get("Boundary")) or [0.0, 0.0])[:2]
    given = _numbers(node.get("CTM"))
    a, b, c, d, e, f = given if len(given) == len(_AS_IS) else _AS_IS
    matrix = (a, b, c, d, e + left, f + top)
    text = " ".join(one.text or "" for one in node.iter("{*}AbbreviatedData"))
    return DrawnPath(
        tuple(
            (sign, tuple(_moved(point, matrix) for point in points))
            for sign, points in _steps(text.split())
        ),
        _colour(node, "StrokeColor") if _is(node, "Stroke", usual=True) else None,
        _colour(node, "FillColor") if _is(node, "Fill", usual=False) else None,
        _FILLS.get((node.get("Rule") or "").lower(), pdfium.FPDF_FILLMODE_WINDING),
        (_numbers(node.get("LineWidth")) or [_USUAL_WIDTH])[0] * math.sqrt(abs(a * d - b * c)),
    )


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _steps(words: Sequence[str]) -> Iterator[Step]:
    """The steps of a path up to what is no step; quadratic curves and arcs as PDF draws them."""
    at, here = 0, (0.0, 0.0)
    while at < len(words) and words[at] in _ARGUMENTS:
        sign, count = words[at], _ARGUMENTS[words[at]]
        numbers = _numbers(" ".join(words[at + 1 : at + 1 + count]))
        if len(numbers) < count:
            return
        at += 1 + count
        yield from _step(sign, numbers, here)
        here = (numbers[-2], numbers[-1]) if count else here


def _step(sign: str, numbers: Sequence[float], here: Point) -> Iterator[Step]:
    points = tuple(zip(numbers[::2], numbers[1::2], strict=False))
    if sign == "Q":
        middle, end = points
        yield "B", (_toward(here, middle), _toward(end, middle), end)
    elif sign == "A":
        yield from _arc(here, numbers)
    else:
        yield ("M" if sign == "S" else sign), points


def _toward(start: Point, middle: Point) -> Point:
    """Where the cubic curve has its handle that draws the quadratic one."""
    return start[0] + (middle[0] - start[0]) * 2 / 3, start[1] + (middle[1] - start[1]) * 2 / 3


def _arc(start: Point, numbers: Sequence[float]) -> Iterator[Step]:
    """An arc from where the pen is, a cubic curve a quarter (SVG 1.1, F.6.5, gives the centre)."""
    rx, ry, degrees, is_large, is_clockwise, *end = numbers
    end_point = (end[0], end[1])
    if not rx or not ry or start == end_point:
        yield "L", (end_point,)
        return
    rx, ry = abs(rx), abs(ry)
    turn = math.radians(degrees)
    cos, sin = math.cos(turn), math.sin(turn)
    half = (start[0] - end_point[0]) / 2, (start[1] - end_point[1]) / 2
    x, y = cos * half[0] + sin * half[1], -sin * half[0] + cos * half[1]
    over = max(math.hypot(x / rx, y / ry), 1.0)
    rx, ry = rx * over, ry * over
    below = (rx * y) ** 2 + (ry * x) ** 2
    part = math.sqrt(max((rx * ry) ** 2 - below, 0.0) / below)
    part = -part if bool(is_large) == bool(is_clockwise) else part
    cx, cy = part * rx * y / ry, -part * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    whole = math.atan2((-y - cy) / ry, (-x - cx) / rx) - first
    whole %= math.tau
    whole = whole if is_clockwise else whole - math.tau
    middle = (start[0] + end_point[0]) / 2, (start[1] + end_point[1]) / 2
    count = max(math.ceil(abs(whole) / (math.pi / 2) - 1e-9), 1)
    handle = 4 / 3 * math.tan(whole / count / 4)

    def placed(u: float, v: float) -> Point:
        u, v = cx + rx * u, cy + ry * v
        return middle[0] + cos * u - sin * v, middle[1] + sin * u + cos * v

    for piece in range(count):
        one, other = (first + whole * (piece + at) / count for at in (0, 1))
        yield (
            "B",
            (
                placed(
                    math.cos(one) - handle * math.sin(one), math.sin(one) + handle * math.cos(one)
                ),
                placed(
                    math.cos(other) + handle * math.sin(other),
                    math.sin(other) - handle * math.cos(other),
                ),
                placed(math.cos(other), math.sin(other)),
            ),
        )


def _is(node: etree._Element, name: str, *, usual: bool) -> bool:
    said = (node.get(name) or "").lower()
    return said == "true" if said in {"true", "false"} else usual


def _colour(node: etree._Element, name: str) -> tuple[int, ...]:
    """Red, green, blue, alpha; black where it is not told by numbers."""
    told = next(node.iterchildren(f"{{*}}{name}"), None)
    if told is None:
        return 0, 0, 0, 255
    parts = [_as_byte(one) for one in _numbers(told.get("Value"))]
    alpha = next((_as_byte(one) for one in _numbers(told.get("Alpha"))), 255)
    if len(parts) == 1:
        parts *= 3
    if len(parts) == 4:  # cyan, magenta, yellow, black
        parts = [(255 - one) * (255 - parts[3]) // 255 for one in parts[:3]]
    return (*(parts if len(parts) == 3 else (0, 0, 0)), alpha)


def _as_byte(number: float) -> int:
    return min(max(int(number), 0), 255)


def _numbers(text: str | None) -> list[float]:
    """Finite numbers of a text; none where one of them is no number."""
    try:
        numbers = [float(part) for part in (text or "").split()]
    except ValueError:
        return []
    return numbers if all(map(math.isfinite, numbers)) else []
