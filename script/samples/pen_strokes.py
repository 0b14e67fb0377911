"""Handwriting-like strokes: names written by several pens, and lines drawn through rows."""

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pen:
    """A pen: its colour on white paper and the width of its line in millimetres."""

    colour: tuple[int, int, int]
    width_mm: float


PENS = (
    Pen((28, 28, 32), 0.5),  # black gel
    Pen((36, 44, 92), 0.6),  # blue-black fountain pen
    Pen((52, 76, 168), 0.4),  # blue ball pen
    Pen((40, 40, 44), 0.9),  # felt pen
    Pen((118, 118, 122), 0.4),  # pencil
    Pen((120, 132, 186), 0.35),  # ball pen that runs dry
)


def write_name(
    picture: Image.Image, box: tuple[float, float, float, float], pen: Pen, source: random.Random
) -> None:
    """Two or three characters of many strokes in a box in pixels; they may leave it a little."""
    px = picture.height / (297 if picture.height > picture.width else 210)
    height = min((box[3] - box[1]) * source.uniform(0.6, 1.05), source.uniform(6, 10) * px)
    count = min(source.choice((2, 3, 3)), max(1, int((box[2] - box[0]) / (height * 0.8))))
    spare = max(0.0, box[2] - box[0] - count * height * 0.9)
    x = box[0] + source.uniform(0.1, 0.6) * spare
    y = (box[1] + box[3] - height) / 2 + source.uniform(-0.1, 0.1) * height
    draw = ImageDraw.Draw(picture)
    width = max(1, round(pen.width_mm * px))
    for number in range(count):
        left = x + number * height * 0.9
        for points in _character(source):
            places = [(left + u * height * 0.85, y + v * height) for u, v in points]
            draw.line(places, fill=pen.colour, width=width, joint="curve")


def strike_through(picture: Image.Image, box: tuple[float, float, float, float], pen: Pen) -> None:
    """A straight line across a box: nobody is to sign here."""
    px = picture.height / (297 if picture.height > picture.width else 210)
    inset = 0.12 * (box[2] - box[0])
    ends = [(box[0] + inset, box[3] - 2 * px), (box[2] - inset, box[1] + 2 * px)]
    ImageDraw.Draw(picture).line(ends, fill=pen.colour, width=max(1, round(pen.width_mm * px)))


def _character(source: random.Random) -> list[list[Place]]:
    """Strokes of one character in a square of side 1; some run into one another."""
    strokes, last = [], (source.random() * 0.3, source.random() * 0.3)
    for _ in range(source.randint(4, 9)):
        kind = source.choice(("across", "down", "left", "right", "hook"))
        start = (source.uniform(0, 0.7), source.uniform(0, 0.8))
        length = source.uniform(0.25, 0.7)
        step = {"across": (1, -0.1), "down": (0.05, 1), "left": (-0.6, 0.8),
                "right": (0.7, 0.7), "hook": (0.2, 0.9)}[kind]  # fmt: skip
        end = (start[0] + step[0] * length, start[1] + step[1] * length)
        bend = ((start[0] + end[0]) / 2 + source.uniform(-0.1, 0.1),
                (start[1] + end[1]) / 2 + source.uniform(-0.1, 0.1))  # fmt: skip
        points = [_curve(start, bend, end, part / 8) for part in range(9)]
        if kind == "hook":
            points.append((end[0] - 0.15, end[1] - 0.12))
        strokes.append([last, *points] if source.random() < 0.25 else points)
        last = points[-1]
    return [[(min(max(u, -0.1), 1.1), min(max(v, -0.1), 1.1)) for u, v in one] for one in strokes]


def _curve(start: Place, bend: Place, end: Place, part: float) -> Place:
    rest = 1 - part
    weights = (rest * rest, 2 * rest * part, part * part)
    return (
        weights[0] * start[0] + weights[1] * bend[0] + weights[2] * end[0],
        weights[0] * start[1] + weights[1] * bend[1] + weights[2] * end[1],
    )
