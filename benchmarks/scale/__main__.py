"""All that grows, in one run: readers on many machines, eight writers at once.

`python -m benchmarks.scale [--scans 60] [--seed 3]`; the last line is one JSON object. Each part
runs alone, too (`benchmarks.scale.readers`, `.writers`).
"""

import argparse
import json

from benchmarks import machine
from benchmarks.scale import readers, writers


def main() -> None:
    """Measure every part and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=int, default=60)
    parser.add_argument("--seed", type=int, default=3)
    asked = parser.parse_args()
    print(machine())
    load = argparse.Namespace(writers=8, entries=13, paths=300)
    figures = {
        "reading": readers.measure(asked.scans, asked.seed, [1, 2, 3]),
        "writers": writers.measure(load),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
