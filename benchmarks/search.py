"""Indexing and querying, and whether the answers are exactly those of a substring search.

`python benchmarks/search.py [--quick] [--documents N]`; without either, 5,000 and 20,000.
Every query class counts facets and makes the snippets of the first 20 hits.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive_indexer.documents import IndexedDocument, Query
from archive_indexer.full_text_index import FullTextIndex
from archive_indexer.search import search_archive
from benchmarks import FOLDER, machine
from benchmarks.documents import make_documents, make_name
from county.chinese_text import fold_for_search

_QUICK = 2000
_WHOLE = (5000, 20_000)
_BATCH = 500
_QUERIES = 40
_CHECKED = 10  #: questions of a class whose every hit is compared with brute force
_LIMIT = 20
_P95 = 0.95


@dataclass(frozen=True, slots=True)
class Question:
    """Words with filters, and what a brute-force search says."""

    text: str
    filters: Query


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--documents", type=int, default=0)
    args = parser.parse_args()
    print(machine())
    sizes = (args.documents,) if args.documents else (_QUICK,) if args.quick else _WHOLE
    for size in sizes:
        result = _measure(size)
        print(json.dumps(result))


def _measure(size: int) -> dict[str, object]:
    folder = FOLDER / f"index-{size}"
    documents = list(make_documents(size))
    index = FullTextIndex.empty(folder)
    start = time.process_time()
    for first in range(0, size, _BATCH):
        index.update(documents[first : first + _BATCH])
    indexing = time.process_time() - start
    kilobytes = sum(file.stat().st_size for file in folder.rglob("*")) / 1024 / size
    folded = [fold_for_search(document.pages[0]) for document in documents]
    times, brute = {}, {}
    wanted = found = common = 0
    for name, questions in _questions(documents).items():
        times[name], brute[name] = [], []
        for number, question in enumerate(questions):
            begun = time.perf_counter()
            answer = search_archive(index, question.text, question.filters)
            times[name].append((time.perf_counter() - begun) * 1000)
            if number >= _CHECKED:
                continue
            begun = time.perf_counter()
            truth = _by_brute_force(question, documents, folded)
            brute[name].append((time.perf_counter() - begun) * 1000)
            paths = _all_paths(index, question)
            wanted, found = wanted + len(truth), found + len(paths)
            common += len(truth & paths)
            if answer.result.total != len(paths):
                raise RuntimeError(f"{question.text}: the total is not the number of hits")
    for name, values in times.items():
        print(f"{size} {name}: p95 {_p95(values):.1f} ms, brute force {_p95(brute[name]):.1f}")
    everything = [one for values in times.values() for one in values]
    return {
        "documents": size,
        "p95_ms": round(_p95(everything), 1),
        "p95_ms_by_class": {name: round(_p95(values), 1) for name, values in times.items()},
        "docs_per_cpu_s": round(size / indexing, 1),
        "kb_per_document": round(kilobytes, 2),
        "recall": round(common / wanted, 6),
        "precision": round(common / found, 6),
    }


def _questions(documents: Sequence[IndexedDocument]) -> dict[str, list[Question]]:
    source = random.Random(7)
    picked = [source.choice(documents) for _ in range(_QUERIES)]
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
        "page_ten": ask(lambda _: ("公示期满", Query((), limit=_LIMIT, offset=180))),
    }


def _word(document: IndexedDocument, number: int) -> str:
    """The name (1) or the ID number (3) that stands at the head."""
    return document.pages[0].split(" ")[1 + number]


def _by_brute_force(
    question: Question, documents: Sequence[IndexedDocument], folded: Sequence[str]
) -> set[str]:
    words = [fold_for_search(word) for word in question.text.split()]
    town, year = question.filters.town, question.filters.year
    return {
        document.path
        for document, text in zip(documents, folded, strict=True)
        if all(word in text for word in words)
        and town in ("", document.town)
        and year in ("", document.year)
    }


def _all_paths(index: FullTextIndex, question: Question) -> set[str]:
    filters = question.filters
    every = Query((), town=filters.town, year=filters.year, limit=1_000_000)
    return {hit.path for hit in search_archive(index, question.text, every).result.hits}


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * _P95)]


if __name__ == "__main__":
    main()
