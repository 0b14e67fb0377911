"""Printed forms of ours, some of their places signed, then scanned; what is true is known."""

import math
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from minzheng.external.libreoffice import convert_to_pdf
from script.samples.aged_papers import Condition, age, place_seals
from script.samples.papers import filled
from script.samples.pen_strokes import PENS, strike_through, write_name
from script.samples.sign_places import SignPlace, sign_places
from script.samples.single_pages import one_page, picture_of

#: Forms with every kind of place: on a rule, in a cell, in every row of a list.
FORMS = (
    "DB-01", "DB-02", "TK-02", "TK-04", "TK-05", "TK-08", "COM-01", "COM-03", "LS-06", "YL-03",
    "CB-01", "GL-03", "YF-04", "GS-07", "ET-04", "LR-03", "JZ-05", "ZF-02", "BZ-03", "ZZ-06",
    "ZH-04", "ZH-11", "DB-05",
)  # fmt: skip
_FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许冯"
_WORDS = {
    "id": re.compile(r"(?<!\d)\d{17}[\dX](?!\d)"),
    "name": re.compile(
        "测试[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许冯][\u3400-\u9fff]{1,2}(?![\u3400-\u9fff])"
    ),
    "amount": re.compile(r"(?<![\d.])\d{1,6}\.\d\d(?![\d.])"),
    "date": re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日"),
}
CONDITIONS = (
    Condition("clean", 200),
    Condition("150 dpi", 150, skew=0.5, noise=5),
    Condition("skewed", 200, skew=1.6, noise=4),
    Condition("noisy", 200, skew=-0.8, noise=20, jpeg=60),
    Condition("300 dpi", 300, skew=0.3, noise=5),
    Condition("sealed", 200, skew=-0.5, noise=5, has_seals=True),
    Condition("faint", 200, ink=0.45, noise=5, skew=0.4),
    Condition("turned", 200, turns=2, noise=6),
    Condition("jpeg", 250, skew=0.9, jpeg=30),
    Condition("sealed noisy", 200, noise=14, jpeg=60, has_seals=True),
    Condition("photo", 250, tilt=0.03, noise=4, jpeg=80),
)


@dataclass(frozen=True, slots=True)
class SignedPage:
    """A scan (BGR), its condition, and for every place its middle and whether it is signed."""

    image: NDArray[np.uint8]
    form: str
    condition: Condition
    places: tuple[tuple[str, tuple[float, float], bool], ...]  #: middles on the upright scan
    words: tuple[tuple[str, str], ...] = ()  #: kind and text of what was printed as answers


def make_signed_pages(count: int, seed: int, forms: Sequence[str] = FORMS) -> Iterator[SignedPage]:
    """Pages in turn; every place is signed with a chance of one half, by one of the pens."""
    printed = [page for page in _printed(tuple(forms)) if page[2]]
    step = next(one for one in (7, 5, 3, 11) if len(printed) % one)  # else some never come
    for number in range(count):
        source = random.Random(seed * 1000 + number)
        form, pdf, places = printed[(number * step + seed) % len(printed)]
        condition = CONDITIONS[number % len(CONDITIONS)]
        picture = picture_of(pdf, condition.dpi)
        signed = [_sign(picture, place, source) for place in places]
        if condition.has_seals:
            picture = _stamp(picture, places, condition.dpi, source)
        middles = [_middle(place, condition, picture.size) for place in places]
        truth = zip((place.label for place in places), middles, signed, strict=True)
        image = age(picture, condition, seed + number)
        yield SignedPage(image, form, condition, tuple(truth), tuple(_words_on(pdf)))


def _sign(picture: Image.Image, place: SignPlace, source: random.Random) -> bool:
    left, top, right, bottom = place.box
    box = (
        left * picture.width,
        top * picture.height,
        right * picture.width,
        bottom * picture.height,
    )
    if source.random() < 0.5:
        write_name(picture, box, source.choice(PENS), source)
        return True
    if source.random() < 0.15:
        strike_through(picture, box, source.choice(PENS))
    return False


def _stamp(
    picture: Image.Image, places: Sequence[SignPlace], dpi: int, source: random.Random
) -> Image.Image:
    """A seal over the edge of one of the places."""
    left, top, right, bottom = source.choice(places).box
    mm = (picture.width / dpi * 25.4, picture.height / dpi * 25.4)
    centre = ((left + right) / 2 * mm[0] + source.uniform(-15, 15),
              (top + bottom) / 2 * mm[1] + source.uniform(-15, 15))  # fmt: skip
    return place_seals(picture, [centre], dpi, "镇坪县测试用印样章")


def _middle(place: SignPlace, condition: Condition, size: tuple[int, int]) -> tuple[float, float]:
    """Where the middle of a place lies on the upright scan."""
    x, y = (place.box[0] + place.box[2]) / 2, (place.box[1] + place.box[3]) / 2
    if condition.tilt:
        return 0.06 + 0.88 * x, 0.06 + 0.88 * y
    angle = math.radians(condition.skew)
    across, down = (x - 0.5) * size[0], (y - 0.5) * size[1]
    return (
        0.5 + (across * math.cos(angle) + down * math.sin(angle)) / size[0],
        0.5 + (down * math.cos(angle) - across * math.sin(angle)) / size[1],
    )


@cache
def _printed(forms: tuple[str, ...]) -> list[tuple[str, bytes, list[SignPlace]]]:
    """Every page of the forms as a PDF of its own, with its places for signatures."""
    pages: list[tuple[str, bytes, list[SignPlace]]] = []
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{form}.docx" for form in forms]
        for file in files:
            file.write_bytes(filled(file.stem, ""))
        for file in convert_to_pdf(files, Path(folder)):
            with pypdfium2.PdfDocument(file.read_bytes()) as document:
                for number, page in enumerate(document):
                    places = sign_places(page, file.stem)
                    page.close()
                    pages.append((file.stem, one_page(document, number), places))
    return pages


def _words_on(pdf: bytes) -> Iterator[tuple[str, str]]:
    """ID numbers, names, amounts and dates of a page, each once."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        layer = page.get_textpage()
        text = re.sub(r"\s", "", layer.get_text_range())
        layer.close()
        page.close()
    for kind, form in _WORDS.items():
        yield from ((kind, word) for word in dict.fromkeys(form.findall(text)))
