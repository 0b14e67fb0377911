"""All that grows, in one run: readers on many machines, eight writers at once, search.

`python -m benchmarks.scale [--scans 60] [--seed 3] [--documents 20000]`; the last line is one JSON
object. Each part runs alone, too (`benchmarks.scale.readers`, `.writers`, `.searching`).
"""

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks import machine
from benchmarks.scale import readers, searching, writers


def main() -> None:
    """Measure every part and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=int, default=60)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--documents", type=int, default=20_000)
    asked = parser.parse_args()
    print(machine())
    load = argparse.Namespace(writers=8, entries=13, paths=300)
    figures = {
        "reading": readers.measure(asked.scans, asked.seed, [1, 2, 3]),
        "writers": writers.measure(load),
    }
    with tempfile.TemporaryDirectory(prefix="minzheng-searching-") as folder:
        figures["searching"] = searching.measure(Path(folder), asked.documents)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
