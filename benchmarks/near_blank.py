"""Backs and nearly empty pages: is a written one taken for blank, is a blank one read?

`python -m benchmarks.near_blank [--pages 200] [--seed 41]`.
"""

import argparse
import json
import time

from archive_indexer.reading.page_ink import has_ink
from benchmarks import machine
from script.samples.near_blank import make_near_blank

_SEED = 41  #: pages that nobody looked at while the rules were made


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=_SEED)
    options = parser.parse_args()
    print(machine())
    written = blank = lost = read = 0
    seconds = 0.0
    for page in make_near_blank(options.pages, options.seed):
        start = time.process_time()
        has = has_ink(page.image)
        seconds += time.process_time() - start
        written, blank = written + bool(page.text), blank + (not page.text)
        if page.text and not has:
            lost += 1
            print(f"taken for blank: {page.text} {page.traits}")
        if has and not page.text:
            read += 1
            print(f"blank and read: {page.traits}")
    print(
        json.dumps(
            {
                "written": written,
                "taken_for_blank": lost,
                "blank": blank,
                "blank_and_read": read,
                "ms_a_page": round(1000 * seconds / options.pages, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
