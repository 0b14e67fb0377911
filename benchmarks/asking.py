"""Questions put to a kept index by a process of its own: how long each takes, what it holds.

`python -m benchmarks.asking INDEX QUESTIONS` with questions as JSON `{class: [[text, filters]]}`;
prints one JSON object. Every question is put twice: first with nothing of it cached, then again.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from archive_indexer.documents import Visible
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.queries import Query
from archive_indexer.search import search_archive
from minzheng.county.county import read_county

Asked = dict[str, list[tuple[str, dict[str, Any]]]]
Times = dict[str, list[float]]


def main() -> None:
    """Open, ask twice, print."""
    folder, questions = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    county, begun = read_county(), time.process_time()
    index = FullTextIndex(folder)
    search_archive(index, "无人有此词", Query((), limit=20), county)
    opened = time.process_time() - begun
    first, again = (_ask(index, questions, county) for _ in range(2))
    print(json.dumps({"open_cpu_s": opened, "first": first, "again": again, "rss": _anonymous()}))


def _ask(index: FullTextIndex, questions: Asked, county: Any) -> dict[str, Times]:
    """Milliseconds by the clock and of the processor, by class."""
    clock: Times = {name: [] for name in questions}
    processor: Times = {name: [] for name in questions}
    for name, asked in questions.items():
        for text, filters in asked:
            seen = filters.get("visible", {})
            seen = seen | {"hidden_dossiers": frozenset(seen.get("hidden_dossiers", ()))}
            query = Query((), **filters | {"visible": Visible(**seen)})
            begun, used = time.perf_counter(), time.process_time()
            search_archive(index, text, query, county)
            clock[name].append((time.perf_counter() - begun) * 1000)
            processor[name].append((time.process_time() - used) * 1000)
    return {"clock": clock, "processor": processor}


def _anonymous() -> int:
    """MiB this process holds beside the pages of mapped files."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(one.split()[1]) for one in lines if one.startswith("RssAnon")) // 1024


if __name__ == "__main__":
    main()
