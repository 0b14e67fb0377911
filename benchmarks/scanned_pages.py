"""Scanned pages with known contents: our forms filled for invented households, then aged."""

import datetime as dt
import random
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from benchmarks.documents import make_name
from county.id_card import to_eighteen
from external.libreoffice import convert_to_pdf
from filler.case_store import MemoryCaseStore
from filler.fill_form import fill_form
from filler.form_catalogue import load_catalogue
from filler.form_data import Refused
from script.samples.aging import as_photo, as_scan, stamp

ANSWERS = Path(__file__).resolve().parents[1] / "tests" / "samples" / "answers"
DPI = 200
TODAY = dt.date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page image (BGR, uint8) and the words that stand on it."""

    image: NDArray[np.uint8]
    names: tuple[str, ...]
    ids: tuple[str, ...]


def make_pages(count: int, seed: int = 3) -> list[ScannedPage]:
    """First pages of application forms: skewed, noised, some stamped, some photographed."""
    source = random.Random(seed)
    households = [_household(source) for _ in range(count)]
    pages = []
    for number, (picture, answers) in enumerate(zip(_print(households), households, strict=True)):
        aged = _age(picture, number)
        people = [*answers["members"], *answers["supporters"]]
        pages.append(
            ScannedPage(
                np.ascontiguousarray(np.asarray(aged)[:, :, ::-1]),
                tuple(one.get("m_name") or one["s_name"] for one in people),
                tuple(one.get("m_id") or one["s_id"] for one in people),
            )
        )
    return pages


def _age(picture: Image.Image, number: int) -> Image.Image:
    kind = number % 4
    if kind == 0:
        return as_scan(picture, number, 0.5, 4)
    if kind == 1:
        return as_scan(stamp(picture, (0.3, 0.62)), number, -0.8, 6)
    if kind == 2:
        return as_photo(picture, number)
    return as_scan(picture, number, 0.3, 11)


def _household(source: random.Random) -> dict[str, Any]:
    answers = tomllib.loads((ANSWERS / "DB-01.toml").read_text(encoding="utf-8"))
    for member in answers["members"]:
        member |= {"m_name": make_name(source), "m_id": _make_id(source)}
    for supporter in answers["supporters"]:
        supporter |= {"s_name": make_name(source), "s_id": _make_id(source)}
    first = answers["members"][0]
    holder = {"name": first["m_name"], "id_no": first["m_id"], "bank_holder": first["m_name"]}
    return answers | holder


def _make_id(source: random.Random) -> str:
    day = dt.date(1935, 1, 1) + dt.timedelta(days=source.randrange(26_000))
    return to_eighteen(f"610927{day:%y%m%d}{source.randrange(1000):03d}")


def _print(households: list[dict[str, Any]]) -> Iterator[Image.Image]:
    """The first page of each form; one call of LibreOffice for all."""
    catalogue = load_catalogue()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = []
        for number, answers in enumerate(households):
            document = fill_form(
                "DB-01",
                answers,
                issued_by="x",
                today=TODAY,
                catalogue=catalogue,
                store=MemoryCaseStore(),
            )
            if isinstance(document, Refused):
                raise ValueError("\n".join(map(str, document.problems)))
            files.append(folder / f"{number}.docx")
            files[-1].write_bytes(document.docx)
        for file in convert_to_pdf(files, folder):
            pdf = pypdfium2.PdfDocument(file)
            yield pdf[0].render(scale=DPI / 72).to_pil().convert("RGB")
            pdf.close()
