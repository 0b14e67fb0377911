"""CPU seconds a page and exact-token recall: our reading against rapidocr as it comes.

`python benchmarks/read_scans.py [--quick]`. A token counts when it stands on the page's
text exactly, white space aside.
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Sequence

from rapidocr import RapidOCR

from archive_indexer.extract.scan import read_page_image
from benchmarks import machine
from benchmarks.scanned_pages import ScannedPage, make_pages
from external.ocr_engine import load_engine

_PAGES = {True: 4, False: 20}  #: quick → pages


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    count = _PAGES[parser.parse_args().quick]
    print(machine())
    pages = make_pages(count)
    load_engine()
    peer = RapidOCR(params={"Global.log_level": "error"})
    ours_s, ours = _read(pages, lambda page: read_page_image(page.image, 1).text)
    theirs_s, theirs = _read(pages, lambda page: "\n".join(peer(page.image).txts or ()))
    result = {
        "cpu_ratio": round(theirs_s / ours_s, 2),
        "cpu_s_per_page": round(ours_s, 3),
        "id_recall": _recall(pages, ours, "ids"),
        "name_recall": _recall(pages, ours, "names"),
    }
    print(
        f"{count} pages: ours {ours_s:.2f} s CPU a page; rapidocr {theirs_s:.2f} s, "
        f"IDs {_recall(pages, theirs, 'ids')}, names {_recall(pages, theirs, 'names')}"
    )
    print(json.dumps(result))


def _read(
    pages: Sequence[ScannedPage], read: Callable[[ScannedPage], str]
) -> tuple[float, list[str]]:
    start = time.process_time()
    texts = [re.sub(r"\s", "", read(page)) for page in pages]
    return (time.process_time() - start) / len(pages), texts


def _recall(pages: Sequence[ScannedPage], texts: Sequence[str], kind: str) -> float:
    tokens = [
        (token, text)
        for page, text in zip(pages, texts, strict=True)
        for token in getattr(page, kind)
    ]
    return round(sum(token in text for token, text in tokens) / len(tokens), 4)


if __name__ == "__main__":
    main()
