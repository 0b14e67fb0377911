"""One engine of the index, filled and asked by a process of its own.

`benchmarks.scale.searching` starts it: `one_engine.py DOCUMENTS QUESTIONS [SERVER]` with documents
as a stream of pickles, questions as JSON by class, and the number of the server's process. What
it prints is one JSON object.
"""

import hashlib
import json
import os
import pickle
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import django
import psutil

os.environ["DJANGO_SETTINGS_MODULE"] = "minzheng.web.settings"
django.setup()

from archive_indexer.documents import IndexedDocument, Visible  # noqa: E402  # only after the set-up
from archive_indexer.index.index_place import index_place  # noqa: E402
from archive_indexer.queries import Query  # noqa: E402
from archive_indexer.search import search_archive  # noqa: E402
from minzheng.county.config import current_config  # noqa: E402
from minzheng.county.county import read_county  # noqa: E402

_BATCH = 32_000  #: as rebuild-index


def main(documents: Path, questions: Path, server: int | None) -> None:
    """Fill, ask twice, print."""
    place, asked = index_place(current_config()), json.loads(questions.read_text("utf-8"))
    used, server_used = time.process_time(), _cpu_of(server)
    count = 0
    index = place.emptied()
    stream = _read(documents)
    while batch := list(islice(stream, _BATCH)):
        index.update(batch)
        count += len(batch)
    made = {
        "ms": (time.process_time() - used) * 1000 / count,
        "server_ms": (_cpu_of(server) - server_used) * 1000 / count,
    }
    index = place.opened()
    rounds = [_ask(index, asked, server) for _ in range(2)]
    print(json.dumps({
        "documents": count, "made_cpu": made, "bytes": _bytes(place), "rounds": rounds,
        "rss_mib": psutil.Process().memory_info().rss >> 20,
    }))  # fmt: skip


def _cpu_of(server: int | None) -> float:
    """Of a server and all its processes; `benchmarks` would bring settings of its own."""
    if server is None:
        return 0.0
    process = psutil.Process(server)
    used = [process.cpu_times(), *(one.cpu_times() for one in process.children(recursive=True))]
    ended = used[0].children_user + used[0].children_system
    return ended + sum(one.user + one.system for one in used)


def _read(documents: Path) -> Iterator[IndexedDocument]:
    with documents.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def _ask(index: Any, asked: Any, server: int | None) -> dict[str, Any]:
    """By class: milliseconds of each question, CPU ms here and of the server, what was answered."""
    county = read_county()
    told = {}
    for name, questions in asked.items():
        clock, answers = [], []
        used, server_used = time.process_time(), _cpu_of(server)
        for text, filters in questions:
            begun = time.perf_counter()
            result = search_archive(index, text, _query(filters), county).result
            clock.append((time.perf_counter() - begun) * 1000)
            counts = {name: sorted(values.items()) for name, values in result.facets.items()}
            answers.append(repr((result.total, result.hits, counts, result.copies)))
        told[name] = {
            "clock": clock,
            "cpu_ms": (time.process_time() - used) * 1000 / len(questions),
            "server_cpu_ms": (_cpu_of(server) - server_used) * 1000 / len(questions),
            "answers": hashlib.sha256("".join(answers).encode()).hexdigest(),
        }
    return told


def _query(filters: dict[str, Any]) -> Query:
    """What `benchmarks.search.as_given` told of a query."""
    seen = filters.get("visible", {})
    hidden = frozenset(seen.get("hidden_dossiers", ()))
    visible = Visible(**seen | {"hidden_dossiers": hidden})
    return Query((), **filters | {"visible": visible})


def _bytes(place: Any) -> int:
    if not place.is_on_server:
        return sum(file.stat().st_size for file in place.folder.rglob("*"))
    from archive_indexer.index.on_server.schema import SCHEMA  # noqa: PLC0415
    from minzheng.database.statements import ask  # noqa: PLC0415

    sizes = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND"
    return int(ask(f"{sizes} relnamespace = '{SCHEMA}'::regnamespace")[0][0])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else None)
