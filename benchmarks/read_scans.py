"""CPU seconds a page and exact-token recall: ours, plain rapidocr, and plain tesseract.

`python benchmarks/read_scans.py [--quick]`. A word of the truth counts when it stands on
the page's text exactly, white space aside.
"""

import argparse
import itertools
import json
import re
import resource
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean

import cv2
import numpy as np
from rapidocr import RapidOCR

from archive_indexer.reading.photographed import read_photographed
from archive_indexer.reading.read_page import read_page_image
from benchmarks import machine
from benchmarks.scanned_pages import ScannedPage, Token, make_pages, make_red_pages
from benchmarks.signed_pages import manner_of_forms, measure_signatures, signed_form_pages
from minzheng.external.ocr.ocr_engine import load_engine
from minzheng.external.red_seals import find_seals
from minzheng.external.run_program import run_program

_PAGES = {True: 14, False: 56}  #: quick → pages
_RED_PAGES = {True: 14, False: 84}  #: pages with red things that are no seals
_SIGNED_PAGES = {True: 6, False: 88}  #: of our own forms, to be looked at for signatures
_PEER_PAGES = {True: 3, False: 20}  #: pages that the slow peers read too
_SEED = 41  #: pages that nobody looked at while the rules of reading were made
_NEAR = 0.03  #: a seal's centre, as part of the page's longer side
_LEAST_DPI = 200  #: recall is promised from here
_KINDS = ("id", "name", "amount", "date", "seal", "split")


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=_SEED)
    options = parser.parse_args()
    quick = options.quick
    print(machine())
    pages = list(make_pages(_PAGES[quick], options.seed))
    some = pages[: _PEER_PAGES[quick]]
    load_engine()
    ours_seconds, ours = _read(pages, _read_ours)
    ours_s, ours_some_s = fmean(ours_seconds), fmean(ours_seconds[: len(some)])
    peer = RapidOCR(params={"Global.log_level": "error"})
    their_seconds, theirs = _read(some, lambda page: "\n".join(peer(page.image).txts or ()))
    theirs_s = fmean(their_seconds)
    _print_table(pages, ours)
    print(f"ours {ours_s:.2f} s CPU a page; on the {len(some)} pages of the peers:")
    print(f"  ours {ours_some_s:.2f} s, rapidocr {theirs_s:.2f} s, {_recalls(some, theirs)}")
    tesseract = _measure_tesseract(some[:1] if quick else some)
    precision, recall = _seals([*pages, *make_red_pages(_RED_PAGES[quick], options.seed)])
    signatures = measure_signatures(_SIGNED_PAGES[quick], options.seed)
    print(signatures)
    values = _recalls([page for page in pages if page.condition.dpi >= _LEAST_DPI],
                      [text for page, text in zip(pages, ours, strict=True)
                       if page.condition.dpi >= _LEAST_DPI])  # fmt: skip
    result = {
        "cpu_ratio": round(ours_some_s / theirs_s, 3),
        "cpu_s_per_page": round(ours_s, 3),
        "own_forms_cpu_ratio": _own_forms_ratio(_PEER_PAGES[quick], options.seed, peer),
        **{f"{kind}_recall": values[kind] for kind in ("id", "name", "amount", "date", "split")},
        "seal_words_recall": values["seal"],
        "two_worker_speedup": _speedup(some[:3], 1 if quick else 8),
        "peak_rss_mib": _peak_mib(),
        "seal_precision": precision,
        "seal_recall": recall,
        "signature_error_rate": signatures.error_rate,
        "signature_unclear_rate": signatures.unclear_rate,
        "signature_missed_rate": signatures.missed_rate,
        "tesseract": tesseract,
    }
    print(json.dumps(result))


def _own_forms_ratio(count: int, seed: int, peer: RapidOCR) -> float:
    """CPU of forms of ours that come back, whose print and cells are known by their code."""
    manner = manner_of_forms()
    images = [page.image for page in signed_form_pages(count, seed)]
    ours = _cpu_seconds(images, lambda image: read_page_image(image, 1, manner=manner))
    theirs = _cpu_seconds(images, peer)
    print(f"forms of ours: {ours / count:.2f} s CPU a page, rapidocr {theirs / count:.2f} s")
    return round(ours / theirs, 3)


def _cpu_seconds(images: Sequence[np.ndarray], read: Callable[[np.ndarray], object]) -> float:
    start = time.process_time()
    for image in images:
        read(image)
    return time.process_time() - start


def _read_ours(page: ScannedPage) -> str:
    """As its file is read: a photo is looked at straight, a scan as it lies."""
    read = partial(read_page_image, number=1)
    straight = read_photographed(page.image, read) if page.condition.tilt else None
    return (straight or read(page.image)).text


def _read(
    pages: Sequence[ScannedPage], read: Callable[[ScannedPage], str]
) -> tuple[list[float], list[str]]:
    """CPU seconds and text of each page."""
    seconds, texts = [], []
    for page in pages:
        start = time.process_time()
        texts.append(re.sub(r"\s", "", read(page)))
        seconds.append(time.process_time() - start)
    return seconds, texts


def _kinds_of(token: Token) -> list[str]:
    extra = [("seal", token.is_under_seal), ("split", token.is_split)]
    return [token.kind, *(kind for kind, holds in extra if holds)]


def _recalls(pages: Sequence[ScannedPage], texts: Sequence[str]) -> dict[str, float | None]:
    found: dict[str, list[bool]] = defaultdict(list)
    for page, text in zip(pages, texts, strict=True):
        for token in page.tokens:
            for kind in _kinds_of(token):
                found[kind].append(token.text in text)
    return {
        kind: round(sum(found[kind]) / len(found[kind]), 4) if found[kind] else None
        for kind in _KINDS
    }


def _print_table(pages: Sequence[ScannedPage], texts: Sequence[str]) -> None:
    """Recall by condition."""
    pairs = sorted(zip(pages, texts, strict=True), key=lambda pair: pair[0].condition.name)
    print(f"{'condition':14}" + "".join(f"{kind:>9}" for kind in _KINDS))
    for name, group in itertools.groupby(pairs, key=lambda pair: pair[0].condition.name):
        some, read = zip(*group, strict=True)
        values = _recalls(some, read)
        shown = (values[kind] for kind in _KINDS)
        print(f"{name:14}" + "".join(f"{'—' if v is None else f'{v:.1%}':>9}" for v in shown))


def _seals(pages: Sequence[ScannedPage]) -> tuple[float | None, float | None]:
    """Precision and recall of seals by their centres, on pages that lie upright."""
    right = found = true = 0
    for page in pages:
        if page.condition.turns:
            continue
        height, width = page.image.shape[:2]
        seals = find_seals(page.image)
        found, true = found + len(seals), true + len(page.seals)
        reach = (_NEAR + page.condition.tilt) * max(width, height)  # a photo moves all places
        for x, y in page.seals:
            place = np.array([x * width, y * height])
            middles = ((seal.left + seal.width / 2, seal.top + seal.height / 2) for seal in seals)
            right += any(np.hypot(*(place - middle)) < reach for middle in middles)
    print(f"seals: {true} there, {found} found, {right} of them right")
    return (
        round(right / found, 4) if found else None,
        round(right / true, 4) if true else None,
    )


def _work(images: Sequence[np.ndarray]) -> float:
    """Seconds of wall time for some pages, models loaded before."""
    load_engine()
    read_page_image(images[0], 1)
    start = time.monotonic()
    for image in images:
        read_page_image(image, 1)
    return time.monotonic() - start


def _speedup(pages: Sequence[ScannedPage], rounds: int) -> float:
    """Pages a second of two workers against one."""
    images = [page.image for page in pages] * rounds
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        alone = workers.submit(_work, images).result()
        both = max(job.result() for job in [workers.submit(_work, images) for _ in range(2)])
    return round(2 * alone / both, 2)


def _peak_mib() -> int:
    """The most memory one worker has used, with this script's pages and peers."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // unit


def _measure_tesseract(pages: Sequence[ScannedPage]) -> dict[str, float | None] | None:
    """CPU and recall of tesseract as it comes, or None where it is not installed."""
    if not shutil.which("tesseract"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.png"

        def read(page: ScannedPage) -> str:
            cv2.imwrite(str(file), page.image)
            return run_program(["tesseract", str(file), "-", "-l", "chi_sim"], 120)

        start = resource.getrusage(resource.RUSAGE_CHILDREN)
        texts = [re.sub(r"\s", "", read(page)) for page in pages]
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
    return {"cpu_s_per_page": round(used / len(pages), 2), **_recalls(pages, texts)}


if __name__ == "__main__":
    main()
