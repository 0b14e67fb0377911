"""How often the places for signatures of our own forms are seen wrongly."""

import importlib
import math
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django

from archive_indexer.documents import SignaturePlace
from archive_indexer.reading.manner import Manner
from archive_indexer.reading.read_page import read_page_image
from filler.spec.layout_of_forms import read_form_layouts
from filler.spec.print_of_forms import read_form_prints
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.registry.paper_words import load_families
from minzheng.county.registry.places import load_places
from minzheng.county.sign_fields import load_sign_fields
from minzheng.county.sign_rows import load_sign_rows

_NEAR = 0.03  #: of the page's longer side, between the middles of a place as true and as found
_NEAR_ON_PHOTO = 0.05


@dataclass(frozen=True, slots=True)
class SignatureFigures:
    """Parts of all places for signatures."""

    places: int
    error_rate: float  #: 有 where nobody signed, or 无 where somebody did
    unclear_rate: float  #: 看不清
    missed_rate: float  #: not found on the page
    false_places: int  #: found where there is none


def manner_of_forms() -> Manner:
    """As the service reads forms of ours: by their signing places, layouts and print."""
    return Manner(
        load_sign_fields(),
        read_form_layouts(TEMPLATES_FOLDER),
        read_form_prints(TEMPLATES_FOLDER),
        load_families(),
        places=load_places(),
        sign_rows=load_sign_rows(),
    )


def signed_form_pages(count: int, seed: int) -> Iterator[Any]:
    """Pages of our forms that come back, each form once, signed here and there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    # The forms need Django, and Django its settings, before they are imported.
    papers = importlib.import_module("script.samples.signed_papers")
    yield from papers.make_signed_pages(count, seed, papers.FORMS[:count])


def measure_signatures(count: int, seed: int) -> SignatureFigures:
    """Read pages of our forms of which it is known who signed."""
    seen, manner = Counter[str](), manner_of_forms()
    for page in signed_form_pages(count, seed):
        seen += _compare(page, manner)
    places = sum(seen.values()) - seen["false"]
    return SignatureFigures(
        places,
        *(round(seen[kind] / places, 4) for kind in ("error", "看不清", "missed")),
        seen["false"],
    )


def _compare(page: Any, manner: Manner) -> Counter[str]:
    found = list(read_page_image(page.image, 1, manner=manner).signatures)
    height, width = page.image.shape[:2]
    size = (width / max(height, width), height / max(height, width))
    near = _NEAR_ON_PHOTO if page.condition.tilt else _NEAR
    seen: Counter[str] = Counter()
    for _, middle, is_signed in page.places:
        one = min(found, key=lambda one: _distance(one, middle, size), default=None)
        if one is None or not (_holds(one, middle) or _distance(one, middle, size) < near):
            seen["missed"] += 1
            continue
        found.remove(one)
        right = "有" if is_signed else "无"
        seen["right" if one.state == right else "看不清" if one.state == "看不清" else "error"] += 1
    seen["false"] += len(found)
    return seen


def _distance(one: SignaturePlace, middle: tuple[float, float], size: tuple[float, float]) -> float:
    left, top, right, bottom = one.box
    x, y = (left + right) / 2 - middle[0], (top + bottom) / 2 - middle[1]
    return math.hypot(x * size[0], y * size[1])


def _holds(one: SignaturePlace, middle: tuple[float, float]) -> bool:
    left, top, right, bottom = one.box
    return left <= middle[0] <= right and top <= middle[1] <= bottom
