"""Forms of ours that come back: CPU beside plain rapidocr in one run, and what is found.

`python -m benchmarks.pictures.own_forms [--count 22] [--peer 4] [--seed N] [--first F]`. Pages
of the forms from number F on, every one in several conditions, photographed ones as the file of a
photo is read; rapidocr reads some of them, on one thread as ours and as it comes. A form that
comes back was seen before: the pages by which the reader first meets a page of a form are told
apart.
"""

import argparse
import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from statistics import fmean
from typing import Any

import django
from rapidocr import RapidOCR

from archive_indexer.reading.manner import Manner
from archive_indexer.reading.photographed import read_photographed
from archive_indexer.reading.read_page import read_page_image
from benchmarks import machine
from benchmarks.signed_pages import manner_of_forms
from minzheng.external.ocr.ocr_engine import load_engine

_KINDS = ("id", "name", "amount", "date")
_AS_IT_COMES = {"Global.log_level": "error"}
_ONE_THREAD = _AS_IT_COMES | {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


@dataclass
class Read:
    """Pages of one sort: CPU seconds of each, words there and words found by kind."""

    seconds: list[float] = field(default_factory=list)
    there: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def shown(self) -> str:
        """One line."""
        words = ", ".join(f"{kind} {self.found[kind]}/{self.there[kind]}" for kind in _KINDS)
        return f"{len(self.seconds)} pages, {fmean(self.seconds or [0.0]):.3f} s CPU, {words}"


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=22)
    parser.add_argument("--peer", type=int, default=4, help="later copies that rapidocr reads, too")
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--forms", type=int, default=5)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    # The forms need Django, and Django its settings, before they are imported.
    from script.samples.signed_papers import FORMS, make_signed_pages  # noqa: PLC0415

    print(machine())
    chosen = FORMS[options.first : options.first + options.forms]
    pages = list(make_signed_pages(options.count, options.seed, chosen))
    print(json.dumps(measure(pages, options.peer)))


def measure(pages: list[Any], peers: int) -> dict[str, Any]:
    """Read pages in turn, and some later copies by rapidocr, too."""
    manner = manner_of_forms()
    load_engine()
    first, later, beside = Read(), Read(), Read()
    engines = {
        name: (RapidOCR(params=params), Read())
        for name, params in (("one thread", _ONE_THREAD), ("as it comes", _AS_IT_COMES))
        if peers
    }
    met: set[tuple[str, frozenset[str]]] = set()
    for page in pages:
        key = page.form, frozenset(label for label, _, _ in page.places)
        into = [later if key in met else first]
        is_beside = key in met and len(beside.seconds) < peers
        met.add(key)
        seconds = _look(page, [*into, beside] if is_beside else into, partial(_read, manner))
        told = f"{page.form} {page.condition.name} {seconds:.3f}"
        for name, (engine, theirs) in engines.items() if is_beside else ():
            their = _look(page, [theirs], partial(_read_by_peer, engine))
            told += f", rapidocr {name} {their:.2f}, ratio {seconds / their:.3f}"
        print(told, flush=True)
    print("first met:", first.shown())
    print("later:    ", later.shown())
    for name, (_, theirs) in engines.items():
        print(f"of them, as rapidocr reads them, {name}:", theirs.shown())
    ratios = {
        name: round(sum(beside.seconds) / sum(theirs.seconds), 3)
        for name, (_, theirs) in engines.items()
        if theirs.seconds
    }
    return {
        "own_forms_cpu_ratio": ratios.get("one thread", 0),
        "own_forms_cpu_ratio_as_it_comes": ratios.get("as it comes", 0),
        "cpu_s_later": round(fmean(later.seconds or [0.0]), 3),
        **{f"{kind}_missed": first.there[kind] + later.there[kind] - first.found[kind]
           - later.found[kind] for kind in _KINDS},
    }  # fmt: skip


def _read(manner: Manner, page: Any) -> str:
    read = partial(read_page_image, number=1, manner=manner)
    straight = read_photographed(page.image, read) if page.condition.tilt else None
    return (straight or read(page.image)).text


def _read_by_peer(engine: Any, page: Any) -> str:
    return "\n".join(getattr(engine(page.image), "txts", ()) or ())


def _look(page: Any, into: list[Read], read: Callable[[Any], str]) -> float:
    begun = time.process_time()
    text = read(page)
    seconds = time.process_time() - begun
    plain = re.sub(r"\s", "", text)
    for one in into:
        one.seconds.append(seconds)
        for kind, word in page.words:
            one.there[kind] += 1
            one.found[kind] += word in plain
    return seconds


if __name__ == "__main__":
    main()
