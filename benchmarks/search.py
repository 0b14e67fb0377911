"""Indexing and querying, and whether the answers are exactly those of a substring search.

`python -m benchmarks.search [--quick] [--documents N] [--keep FOLDER]`; without the first
two, 5,000 and 20,000. What is kept in a folder is not made again: the documents, the index, and
what its making took. Every query class counts facets and makes the snippets of the first 20
hits; a process of its own asks each question twice. The same questions are put to tantivy and
SQLite FTS5 over the same grams, up to 100,000 documents.
"""

import argparse
import dataclasses
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from archive_indexer.documents import IndexedDocument, Visible
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.queries import Query
from archive_indexer.search import search_archive
from benchmarks import FOLDER, machine
from benchmarks.documents import make_name
from benchmarks.peers.search_peers import Fts5, Tantivy, TantivyAlike
from benchmarks.scale.exactness import Question, compare
from benchmarks.scale.kept_documents import KeptDocuments
from minzheng.county.county import read_county

_QUICK = 2000
_WHOLE = (5000, 20_000)
_BATCH = 32_000  #: as rebuild-index
_QUERIES = 40  #: of each class; the first ones find nothing cached
_MOST_FOR_PEERS = 100_000
_LIMIT = 20
WORDS = read_county()
_P95 = 0.95


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--documents", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    print(machine())
    sizes = (args.documents,) if args.documents else (_QUICK,) if args.quick else _WHOLE
    for size in sizes:
        result = _measure(size, args.keep or FOLDER)
        print(json.dumps(result))


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of every question of each class, and of the processor alone."""

    clock: dict[str, list[float]]
    processor: dict[str, list[float]]

    def p95(self, times: dict[str, list[float]]) -> float:
        """Over every question of every class."""
        return p95_of([one for values in times.values() for one in values])


def _measure(size: int, keep: Path) -> dict[str, object]:
    folder = keep / f"index-{size}"
    documents = KeptDocuments(keep / "documents", size)
    index, indexing = _made_index(folder, documents)
    print(f"{size}: {indexing / size * 1000:.2f} CPU ms a document to index", flush=True)
    kilobytes = sum(file.stat().st_size for file in folder.rglob("*")) / 1024 / size
    questions = questions_about(documents)
    told = _ask_apart(folder, questions)
    first, again = Times(**told["first"]), Times(**told["again"])
    for name, values in again.clock.items():
        print(
            f"{size} {name}: p95 {p95_of(values):.1f} ms, first {p95_of(first.clock[name]):.1f}; "
            f"of the processor {p95_of(again.processor[name]):.1f}, "
            f"{p95_of(first.processor[name]):.1f}",
            flush=True,
        )
    peak = _peak_mib()
    commit = _commit_one(index, documents[0])
    print(f"one document findable after {commit:.2f} s, memory {peak} MiB", flush=True)
    truth = compare(index, documents, questions)
    print(truth, flush=True)
    return {
        "documents": size,
        "p95_ms": round(again.p95(again.clock), 1),
        "first_p95_ms": round(first.p95(first.clock), 1),
        "p95_ms_by_class": {name: round(p95_of(one), 1) for name, one in again.clock.items()},
        "first_p95_ms_by_class": {name: round(p95_of(one), 1) for name, one in first.clock.items()},
        "p95_cpu_ms": round(again.p95(again.processor), 1),
        "first_p95_cpu_ms": round(first.p95(first.processor), 1),
        "p95_cpu_ms_by_class": {
            name: [round(p95_of(one), 1), round(p95_of(first.processor[name]), 1)]
            for name, one in again.processor.items()
        },
        "open_cpu_s": round(told["open_cpu_s"], 2),
        "rss_asking_mib": told["rss"],
        "docs_per_cpu_s": round(size / indexing, 1),
        "kb_per_document": round(kilobytes, 2),
        **truth,
        **(_beside_peers(documents, questions, again, indexing) if size <= _MOST_FOR_PEERS else {}),
        "commit_one_s": round(commit, 2),
        "peak_rss_mib": peak,
    }


def _made_index(folder: Path, documents: KeptDocuments) -> tuple[FullTextIndex, float]:
    """The index, and the CPU seconds its making takes or once took."""
    took = folder.with_name(f"{folder.name}.cpu-seconds")
    if took.exists():
        return FullTextIndex(folder), float(took.read_text(encoding="ascii"))
    index, seconds = FullTextIndex.empty(folder), 0.0
    left = iter(documents)
    while batch := list(islice(left, _BATCH)):
        start = time.process_time()
        index.update(batch)
        seconds += time.process_time() - start
    took.write_text(f"{seconds:.3f}", encoding="ascii")
    return index, seconds


def _ask_apart(folder: Path, questions: dict[str, list[Question]]) -> dict[str, Any]:
    """The questions put twice by a process of its own."""
    asked = {
        name: [(one.text, as_given(one.filters)) for one in several]
        for name, several in questions.items()
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(asked, file)
        file.flush()
        command = [sys.executable, "-m", "benchmarks.asking", str(folder), file.name]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(answer.stdout.splitlines()[-1])


def as_given(query: Query) -> dict[str, Any]:
    """What of a query is not as it is without being said."""
    plain = Query(())
    names = (field.name for field in dataclasses.fields(query))
    given = {
        one: getattr(query, one) for one in names if getattr(query, one) != getattr(plain, one)
    }
    if "visible" in given:
        seen = given["visible"]
        given["visible"] = {"town": seen.town, "hidden_dossiers": sorted(seen.hidden_dossiers)}
    return given


def _commit_one(index: FullTextIndex, document: IndexedDocument) -> float:
    """The most of five: seconds until a new document is found once its text is known."""
    longest = 0.0
    for number in range(5):
        mark = f"新来文件{number}号甲乙丙"
        added = replace(document, path=f"new/{number}", pages=(mark + document.pages[0],))
        begun = time.perf_counter()
        index.update([added])
        if search_archive(index, mark, Query(()), WORDS).result.total != 1:
            raise RuntimeError("a new document is not found")
        longest = max(longest, time.perf_counter() - begun)
    index.update([], [f"new/{number}" for number in range(5)])
    return longest


def _beside_peers(
    documents: KeptDocuments, questions: dict[str, list[Question]], again: Times, indexing: float
) -> dict[str, float]:
    """How many times a peer's p95, and tantivy's indexing (its cutting of grams counted)."""
    asked = [one for class_ in questions.values() for one in class_]
    (tantivy, tantivy_making), (alike, _), (fts5, _) = (
        _time_peer(peer, documents, asked) for peer in (Tantivy, TantivyAlike, Fts5)
    )
    return {
        "tantivy_p95_cpu_ms": round(p95_of(tantivy["cpu"]), 2),
        "tantivy_alike_p95_cpu_ms": round(p95_of(alike["cpu"]), 2),
        "tantivy_alike_p95_ratio": round(again.p95(again.clock) / p95_of(alike["clock"]), 2),
        "tantivy_alike_p95_cpu_ratio": round(again.p95(again.processor) / p95_of(alike["cpu"]), 2),
        "tantivy_p95_ratio": round(again.p95(again.clock) / p95_of(tantivy["clock"]), 2),
        "tantivy_p95_cpu_ratio": round(again.p95(again.processor) / p95_of(tantivy["cpu"]), 2),
        "fts5_p95_ratio": round(again.p95(again.clock) / p95_of(fts5["clock"]), 2),
        "tantivy_indexing_ratio": round(indexing / tantivy_making, 2),
    }


def _time_peer(
    make: type[Tantivy | Fts5], documents: KeptDocuments, asked: Sequence[Question]
) -> tuple[dict[str, list[float]], float]:
    """Milliseconds of each question, and the CPU seconds of the making of its index."""
    folder = FOLDER / make.__name__
    shutil.rmtree(folder, ignore_errors=True)
    used = time.process_time()
    peer = make(folder, documents)
    making = time.process_time() - used
    times: dict[str, list[float]] = {"clock": [], "cpu": []}
    for question in asked:
        filters = question.filters
        begun, used = time.perf_counter(), time.process_time()
        peer.ask(question.text, filters.town, filters.year, filters.offset)
        times["clock"].append((time.perf_counter() - begun) * 1000)
        times["cpu"].append((time.process_time() - used) * 1000)
    return times, making


def _peak_mib() -> int:
    """The most memory this process had, the benchmark's own documents included."""
    line = next(
        one
        for one in Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        if one.startswith("VmHWM")
    )
    return int(line.split()[1]) // 1024


def questions_about(documents: Sequence[IndexedDocument]) -> dict[str, list[Question]]:
    """Of each class some, about documents picked by chance, the same in every run."""
    source = random.Random(7)
    picked = [documents[at] for at in sorted(source.choices(range(len(documents)), k=_QUERIES))]
    plain = Query((), limit=_LIMIT)

    def ask(make: Callable[[IndexedDocument], tuple[str, Query]]) -> list[Question]:
        return [Question(*make(document)) for document in picked]

    return {
        "name": ask(lambda one: (_word(one, 1), plain)),
        "absent_name": ask(lambda _: (make_name(source) + "某某", plain)),
        "id": ask(lambda one: (_word(one, 3)[:18], plain)),
        "last_four": ask(lambda one: (_word(one, 3)[14:18], plain)),
        "rare_word": ask(lambda one: (one.pages[0][600:604].replace("，", ""), plain)),
        "common_word": ask(lambda _: (source.choice(("家庭成员", "入户调查", "因病")), plain)),
        "two_words": ask(lambda one: (f"{_word(one, 1)} 民主评议", plain)),
        "filtered": ask(lambda one: ("救助标准", Query((), town=one.town, year=one.year))),
        "sorted_by_date": ask(
            lambda one: ("公示期满", Query((), village=one.village, limit=_LIMIT, order="date"))
        ),
        "folded_copies": ask(lambda one: (_word(one, 1), replace(plain, folds_copies=True))),
        "common_folded": ask(
            lambda _: (source.choice(("致困原因", "公示期满")), replace(plain, folds_copies=True))
        ),
        "page_ten": ask(lambda _: ("公示期满", Query((), limit=_LIMIT, offset=180))),
        "seen_in_part": ask(
            lambda one: (source.choice(("因残", "申请理由")), replace(plain, visible=_seen_by(one)))
        ),
        "file_name": ask(lambda one: (f"文件名:{one.path[-10:-4]}", plain)),
    }


def _seen_by(one: IndexedDocument) -> Visible:
    """Who sees a town, and of it all but one dossier."""
    return Visible(town=one.town, hidden_dossiers=frozenset({one.dossier}))


def _word(document: IndexedDocument, number: int) -> str:
    """The name (1) or the ID number (3) that stands at the head."""
    return document.pages[0].split(" ")[1 + number]


def p95_of(values: Sequence[float]) -> float:
    """Of some times."""
    return sorted(values)[int(len(values) * _P95)]


if __name__ == "__main__":
    main()
