"""What is found on pictures of anybody's: ours and, with `--peer`, plain rapidocr in one run.

`python -m benchmarks.pictures.read_pictures [FOLDER] [--peer]`. FOLDER holds pictures and
`truth.tsv`: one word a line, `file name <tab> kind <tab> word`; the kind is any word by which
figures are told apart. A word counts when it stands on the page's text or seals exactly, white
space aside. Without FOLDER the kept set is read, six drawn papers as telephones see them.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rapidocr import RapidOCR

from archive_indexer.documents import is_doubtful, searchable_text
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.picture import read_picture
from benchmarks import machine
from benchmarks.pictures.photographed import KEPT
from minzheng.external.ocr.ocr_engine import load_engine

Truth = dict[str, list[tuple[str, str]]]  #: file name → kind and word


@dataclass
class Figures:
    """Of one reader."""

    words: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    doubtful: list[str] = field(default_factory=list)


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=KEPT)
    parser.add_argument("--peer", action="store_true")
    options = parser.parse_args()
    print(machine())
    truth = _read_truth(options.folder / "truth.tsv")
    load_engine()
    figures = {"ours": _look(options.folder, truth, _read_ours)}
    if options.peer:
        peer = RapidOCR(params={"Global.log_level": "error"})
        figures["rapidocr"] = _look(
            options.folder,
            truth,
            lambda file: ("".join(getattr(peer(file), "txts", None) or ()), False),
        )
    for name, one in figures.items():
        _print(name, one, len(truth))
    print(json.dumps({
        name: {
            "recall": round(one.found.total() / max(1, one.words.total()), 4),
            "cpu_s_per_picture": round(one.seconds / max(1, len(truth)), 3),
            "doubtful": one.doubtful,
        }
        for name, one in figures.items()
    }, ensure_ascii=False))  # fmt: skip


def _read_truth(file: Path) -> Truth:
    truth: Truth = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            name, kind, word = line.split("\t")
            truth.setdefault(name, []).append((kind, word))
    return truth


def _read_ours(file: Path) -> tuple[str, bool]:
    pages = read_picture(file, Limits()).pages
    return "\n".join(map(searchable_text, pages)), any(map(is_doubtful, pages))


def _look(folder: Path, truth: Truth, read: Callable[[Path], tuple[str, bool]]) -> Figures:
    figures = Figures()
    for name, words in truth.items():
        begun = time.process_time()
        text, doubtful = read(folder / name)
        figures.seconds += time.process_time() - begun
        figures.doubtful += [name] * doubtful
        solid = re.sub(r"\s", "", text)
        for kind, word in words:
            figures.words[kind] += 1
            figures.found[kind] += re.sub(r"\s", "", word) in solid
    return figures


def _print(name: str, figures: Figures, count: int) -> None:
    kinds = ", ".join(
        f"{kind} {figures.found[kind]} of {number}" for kind, number in figures.words.items()
    )
    print(f"{name}: {figures.seconds / max(1, count):.2f} s CPU a picture; {kinds}")
    print(f"  doubtful: {', '.join(figures.doubtful) or 'none'}")


if __name__ == "__main__":
    main()
