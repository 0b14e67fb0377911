"""Our own forms filled in by hand: the printed answers wiped out and written at their places."""

import datetime as dt
import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from filler.spec.marks_of_forms import read_form_marks
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.writing.id_card import checked_number, is_sound
from script.samples.aged_papers import Condition, age
from script.samples.handwriting import Hand, add_stains, some_writer, write_word
from script.samples.papers import ANSWERS, as_pdf, fill
from script.samples.single_pages import one_page, picture_of

Box = tuple[float, float, float, float]

#: Forms with a table of people and one with single fields, notices and rosters.
FORMS = ("DB-01", "COM-03", "COM-04", "TK-02", "LS-06", "CB-01")
CONDITIONS = (
    Condition("clean", 200),
    Condition("300 dpi", 300, skew=0.3, noise=5),
    Condition("skewed", 200, skew=1.2, noise=4),
    Condition("noisy", 200, skew=-0.6, noise=14, jpeg=65),
    Condition("jpeg", 200, skew=-0.4, noise=4, jpeg=40),
    Condition("photo", 250, tilt=0.03, noise=4, jpeg=80),
)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁余叶蒋"
_GIVEN = (
    "秀英桂兰玉珍建国志强明华德才有财翠花先贵发香长福小雨国安文斌光荣春梅晓东海燕"
    "金凤永红立新庆云大山素芳忠义家宝世平成林清泉远志学军祥瑞月娥正林兴旺开华喜顺"
)
_VILLAGERS = 400
_TEST_MARK = "测试"
_KINDS = {
    "id": re.compile(r"\d{17}[\dX]"),
    "phone": re.compile(r"1\d{10}"),
    "amount": re.compile(r"\d{1,6}\.\d\d"),
    "name": re.compile(f"{_TEST_MARK}[㐀-鿿]{{2,3}}"),
}
_OTHER = re.compile(r"[㐀-鿿]{1,12}")
_REGIONS = ("610927", "610902", "610921", "610926", "420325", "500237")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written by hand: its kind, and its place on the page before it was scanned."""

    text: str
    kind: str  #: id, phone, amount, name, other
    box: Box  #: parts of the page


@dataclass(frozen=True, slots=True)
class HandPage:
    """A scan (BGR) of a form that somebody filled in, and all that was written."""

    image: NDArray[np.uint8]
    form: str
    page: int
    hand: str
    condition: Condition
    words: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class _Printed:
    form: str
    page: int
    pdf: bytes
    answers: tuple[Written, ...]


def make_hand_pages(
    count: int, seed: int, hands: Sequence[Hand], forms: Sequence[str] = FORMS
) -> Iterator[HandPage]:
    """Pages in turn: every hand on every form, each with people and amounts of its own."""
    printed = _printed_pages(tuple(forms))
    for number in range(count):
        source = random.Random(seed * 1000 + number)
        page = printed[number % len(printed)]
        hand = hands[(number + number // len(printed)) % len(hands)]
        condition = CONDITIONS[number // 2 % len(CONDITIONS)]
        picture = picture_of(page.pdf, condition.dpi)
        writer, invent = some_writer(hand, source), _Invented(source)
        words = []
        for one in page.answers:
            said = replace(one, text=invent.in_place_of(one))
            _wipe(picture, one.box)
            if write_word(picture, _in_pixels(one.box, picture), said.text, writer, source):
                words.append(said)
        add_stains(picture, source)
        image = age(picture, condition, seed + number)
        yield HandPage(image, page.form, page.page, hand.name, condition, tuple(words))


class _Invented:
    """Other people and amounts in place of the sample's; the same one stays the same."""

    def __init__(self, source: random.Random) -> None:
        self._source = source
        self._known: dict[str, str] = {}

    def in_place_of(self, one: Written) -> str:
        """What is written where this was printed."""
        if one.text not in self._known:
            self._known[one.text] = self._make(one)
        return self._known[one.text]

    def _make(self, one: Written) -> str:
        source = self._source
        if one.kind == "name":
            return _some_name(source)
        if one.kind == "id":
            return some_id(source)
        if one.kind == "phone":
            return _some_phone(source)
        if one.kind == "amount":
            return f"{source.randint(0, 9999)}.{source.choice(('00', '00', '50', '62', '08'))}"
        return one.text


def village_of(page: HandPage, seed: int, *, are_known: bool) -> list[tuple[str, str]]:
    """Name and ID number of the people of a village; those of the page among them or not.

    Of everybody on the page two of the same family live there whose names differ in one sign,
    and of every number there is one that was given out in the same place on the same day.
    """
    source = random.Random(f"{seed} {page.form} {page.page} {page.hand}")
    numbers = random.Random(f"numbers {seed} {page.form} {page.page} {page.hand}")
    names = [one for one in page.words if one.kind == "name"]
    others = {_some_name(source) for _ in range(_VILLAGERS)}
    for one in names * 2:
        at = source.randrange(1, len(one.text))
        others.add(one.text[:at] + source.choice(_GIVEN) + one.text[at + 1 :])
    people = [(name, some_id(numbers)) for name in sorted(others - {one.text for one in names})]
    alike = sorted({one.text[:14] for one in page.words if one.kind == "id"})
    people += [(_some_name(numbers), checked_number(one + _digits(3, numbers))) for one in alike]
    if are_known:
        people += [(one.text, _number_beside(one, page.words)) for one in names]
    return people


def phones_of(page: HandPage, seed: int, *, are_known: bool) -> list[str]:
    """Telephones of a village; those of the page among them or not, and of each a neighbour's.

    A neighbour's number differs in one digit.
    """
    source = random.Random(f"phones {seed} {page.form} {page.page} {page.hand}")
    written = {one.text for one in page.words if one.kind == "phone"}
    phones = {_some_phone(source) for _ in range(_VILLAGERS)}
    for one in sorted(written):
        at = source.randrange(3, len(one))
        phones.add(one[:at] + source.choice("0123456789".replace(one[at], "")) + one[at + 1 :])
    return sorted(phones | written if are_known else phones - written)


def _number_beside(name: Written, words: Sequence[Written]) -> str:
    """The ID number behind a name in its row, with no other name between."""
    row = sorted((one for one in words if _is_level(one, name)), key=lambda one: one.box[0])
    behind = row[row.index(name) + 1 :]
    first = next((one for one in behind if one.kind in ("id", "name")), None)
    return first.text if first and first.kind == "id" else ""


def _is_level(one: Written, other: Written) -> bool:
    return one.box[1] < (other.box[1] + other.box[3]) / 2 < one.box[3]


def _some_name(source: random.Random) -> str:
    given = "".join(source.sample(_GIVEN, source.choice((1, 2, 2, 2))))
    return source.choice(_SURNAMES) + given


def _some_phone(source: random.Random) -> str:
    return source.choice(("139", "138", "152", "187", "177", "191")) + _digits(8, source)


def some_id(source: random.Random) -> str:
    """An ID number with a right check digit."""
    day = dt.date(1938, 1, 1) + dt.timedelta(days=source.randrange(28000))
    body = source.choice(_REGIONS) + f"{day:%Y%m%d}" + _digits(3, source)
    return next(number for last in "0123456789X" if is_sound(number := body + last))


def _digits(count: int, source: random.Random) -> str:
    return "".join(str(source.randrange(10)) for _ in range(count))


@cache
def _printed_pages(forms: tuple[str, ...]) -> list[_Printed]:
    """Every page of the forms that holds answers, as a PDF of its own."""
    pages: list[_Printed] = []
    marks = read_form_marks(TEMPLATES_FOLDER)
    for form in forms:
        answers = tomllib.loads((ANSWERS / f"{form}.toml").read_text(encoding="utf-8"))
        said = {*_flat(answers)} - marks[form].labels
        with pypdfium2.PdfDocument(as_pdf(fill(form, answers))) as document:
            for number, page in enumerate(document):
                found = tuple(_answers_on(page, said))
                page.close()
                if sum(one.kind != "other" for one in found) > 1:
                    pages.append(_Printed(form, number + 1, one_page(document, number), found))
    return pages


def _answers_on(page: pypdfium2.PdfPage, said: set[str]) -> Iterator[Written]:
    """The pieces of a page that are answers and nothing else."""
    width, height = page.get_size()
    layer = page.get_textpage()
    for number in range(layer.count_rects()):
        left, bottom, right, top = layer.get_rect(number)
        text = layer.get_text_bounded(left, bottom, right, top).strip()
        kind = next((kind for kind, form in _KINDS.items() if form.fullmatch(text)), "")
        if not kind and text in said and _OTHER.fullmatch(text):
            kind = "other"
        if kind:
            box = (left / width, 1 - top / height, right / width, 1 - bottom / height)
            yield Written(text, kind, box)
    layer.close()


def _flat(answers: Any) -> Iterator[str]:
    if isinstance(answers, dict):
        answers = answers.values()
    if isinstance(answers, str):
        yield answers
    elif not isinstance(answers, int | float | dt.date | dt.time | bool):
        for one in answers:
            yield from _flat(one)


def _in_pixels(box: Box, picture: Image.Image) -> Box:
    return (
        box[0] * picture.width,
        box[1] * picture.height,
        box[2] * picture.width,
        box[3] * picture.height,
    )


def _wipe(picture: Image.Image, box: Box) -> None:
    left, top, right, bottom = _in_pixels(box, picture)
    ImageDraw.Draw(picture).rectangle((left - 1, top - 1, right + 1, bottom + 1), fill="white")
