"""Square seals on drawn papers: names cut in columns from the right, offices in rows."""

import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFont

Font = tuple[str, int]

_RED = (198, 30, 34)
_FRAME, _MARGIN = 0.045, 0.11  #: of the side


def name_columns(name: str) -> tuple[str, ...]:
    """The columns of a name seal, the right one first: 张三 → 张三, 之印."""
    signs = f"{name}{'之印' if len(name) == 2 else '印'}"
    return signs[:2], signs[2:]


def draw_square(
    columns: Sequence[str], side: int, font: Font, *, is_white: bool, by_rows: bool = False
) -> Image.Image:
    """A square stamp, red on white; its signs are red in a frame, or white in red."""
    ink, paper = ((255, 255, 255), _RED) if is_white else (_RED, (255, 255, 255))
    seal = Image.new("RGB", (side, side), paper)
    draw = ImageDraw.Draw(seal)
    if not is_white:
        draw.rectangle((0, 0, side - 1, side - 1), outline=_RED, width=max(2, round(_FRAME * side)))
    room = side * (1 - 2 * _MARGIN)
    for at, signs in enumerate(columns):
        for below, sign in enumerate(signs):
            wide, high = room / len(columns), room / len(signs)
            x, y = (len(columns) - 1 - at) * wide, below * high
            if by_rows:
                wide, high = room / len(signs), room / len(columns)
                x, y = below * wide, at * high
            _lay(seal, sign, (_MARGIN * side + x, _MARGIN * side + y, wide, high), font, ink)
    return seal


def press(
    page: Image.Image, seal: Image.Image, centre: tuple[float, float], source: random.Random,
    lean: float = 6.0,
) -> Image.Image:  # fmt: skip
    """A page with a stamp pressed on it, a little aslant; ink is a glaze.

    Args:
        page: in colour or grey.
        seal: as `draw_square` gives it.
        centre: in pixels.
        source: of chance.
        lean: degrees at most.
    """
    strength = source.uniform(0.75, 1.0)
    pale = Image.eval(seal, lambda value: round(255 - (255 - value) * strength))
    turned = pale.rotate(
        source.uniform(-lean, lean), Image.Resampling.BICUBIC, expand=True, fillcolor="white"
    )
    layer = Image.new("RGB", page.size, "white")
    at = round(centre[0] - turned.width / 2), round(centre[1] - turned.height / 2)
    layer.paste(turned, at)
    return ImageChops.multiply(page.convert("RGB"), layer)


def _lay(
    seal: Image.Image, sign: str, room: tuple[float, float, float, float], font: Font,
    ink: tuple[int, int, int],
) -> None:  # fmt: skip
    """One sign stretched to its room, as they are cut."""
    x, y, wide, high = room
    drawn = ImageFont.truetype(font[0], round(max(wide, high)), index=font[1])
    left, top, right, bottom = drawn.getbbox(sign)
    glyph = Image.new("L", (max(1, round(right - left)), max(1, round(bottom - top))))
    ImageDraw.Draw(glyph).text((-left, -top), sign, font=drawn, fill=255)
    size = max(1, round(wide * 0.9)), max(1, round(high * 0.9))
    place = round(x + wide * 0.05), round(y + high * 0.05)
    mask = glyph.resize(size, Image.Resampling.LANCZOS)
    seal.paste(Image.new("RGB", size, ink), place, mask)
