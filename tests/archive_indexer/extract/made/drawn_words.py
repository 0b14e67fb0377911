"""Words as an OFD draws them that holds no text: by the outlines of a font."""

from functools import cache
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTCollection
from PIL import ImageFont

_CHINESE = 2  #: of the fonts of the collection


class _Outline(BasePen):
    """Writes down an outline by the letters of GB/T 33190."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.steps: list[str] = []

    def _moveTo(self, pt):  # called so by fontTools
        self.steps.append(f"M {pt[0]} {pt[1]}")

    def _lineTo(self, pt):
        self.steps.append(f"L {pt[0]} {pt[1]}")

    def _curveToOne(self, pt1, pt2, pt3):
        self.steps.append(f"B {pt1[0]} {pt1[1]} {pt2[0]} {pt2[1]} {pt3[0]} {pt3[1]}")

    def _closePath(self):
        self.steps.append("C")


@cache
def _font() -> Any:
    path = ImageFont.truetype("NotoSansCJK-Regular.ttc").path
    return TTCollection(path).fonts[_CHINESE]


def drawn_words(text: str, left: float, top: float, height: float) -> str:
    """The path objects of some words, a sign each; mm."""
    font = _font()
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    scale = height / font["head"].unitsPerEm
    drawn = []
    for at, sign in enumerate(text):
        pen = _Outline(glyphs)
        glyphs[names[ord(sign)]].draw(pen)
        drawn.append(
            f'<PathObject Boundary="{left + at * height} {top} {height} {height}"'
            f' CTM="{scale} 0 0 {-scale} 0 {height * 0.88}" Stroke="false" Fill="true">'
            f"<AbbreviatedData>{' '.join(pen.steps)}</AbbreviatedData></PathObject>"
        )
    return "".join(drawn)
