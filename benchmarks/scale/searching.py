"""The same index in both engines: what it takes, how long a question takes, the same answers.

`python -m benchmarks.scale.searching [--documents 20000]`: each engine is filled and asked by a
process of its own, the fourteen classes of `benchmarks.search` twice, forty questions each. The
server is a scratch one with its ordinary settings. Milliseconds by the clock compare within one
run only; those of processors are of the asking process and, apart, of the server. A run whose
engines answer differently fails.
"""

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from archive_indexer.documents import IndexedDocument
from benchmarks import machine
from benchmarks.documents import make_documents
from benchmarks.search import as_given, p95_of, questions_about
from tests.database.scratch_server import SAFE, scratch_server, why_not

_ENGINE = Path(__file__).with_name("one_engine.py")


def main() -> None:
    """Measure both and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="minzheng-searching-") as folder:
        print(json.dumps(measure(Path(folder), asked.documents)))


def measure(folder: Path, count: int) -> dict[str, Any]:
    """Both engines over so many documents."""
    documents = list(make_documents(count))
    _write(folder, documents)
    del documents
    figures = {"embedded": _run(folder / "embedded", folder, "", None)}
    if why_not():
        print(why_not())
        return figures
    with scratch_server(SAFE) as server:
        url = server.make_database("searching")
        settings = f'[database]\nurl = "{url}"\n[search]\nengine = "postgresql"\n'
        figures["postgresql"] = _run(folder / "server", folder, settings, server.process_id())
    _compare(figures)
    return {name: _shown(told) for name, told in figures.items()}


def _write(folder: Path, documents: Sequence[IndexedDocument]) -> None:
    with (folder / "documents").open("wb") as file:
        for document in documents:
            pickle.dump(document, file)
    questions = {
        name: [(one.text, as_given(one.filters)) for one in several]
        for name, several in questions_about(documents).items()
    }
    (folder / "questions").write_text(json.dumps(questions), encoding="utf-8")


def _run(data: Path, folder: Path, settings: str, server: int | None) -> dict[str, Any]:
    data.mkdir()
    (data / "config.toml").write_text(settings, encoding="utf-8")
    # By its file: as a module it would bring the settings of the package `benchmarks`.
    command = [sys.executable, str(_ENGINE), str(folder / "documents"), str(folder / "questions")]
    done = subprocess.run(
        command + ([str(server)] if server else []), check=True, text=True, stdout=subprocess.PIPE,
        env={
            **os.environ, "MINZHENG_CONFIG": str(data / "config.toml"), "PYTHONUTF8": "1",
            "PYTHONPATH": str(_ENGINE.parents[2]),
        },
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    for name, one in told["rounds"][1].items():
        first = told["rounds"][0][name]
        print(
            f"{data.name:9} {name:15} p95 {p95_of(one['clock']):7.1f} ms, first "
            f"{p95_of(first['clock']):7.1f}; CPU {one['cpu_ms']:6.1f} ms a question, "
            f"of the server {one['server_cpu_ms']:6.1f}",
            flush=True,
        )
    return told


def _compare(figures: dict[str, Any]) -> None:
    for name, one in figures["embedded"]["rounds"][0].items():
        other = figures["postgresql"]["rounds"][0][name]
        if one["answers"] != other["answers"]:
            raise RuntimeError(f"the engines answer differently: {name}")


def _shown(told: dict[str, Any]) -> dict[str, Any]:
    first, again = told["rounds"]
    return {
        "documents": told["documents"],
        "kb_a_document": round(told["bytes"] / 1024 / told["documents"], 2),
        "making_cpu_ms_a_document": round(told["made_cpu"]["ms"], 2),
        "making_server_cpu_ms_a_document": round(told["made_cpu"]["server_ms"], 2),
        "rss_mib": told["rss_mib"],
        "first_p95_ms": {name: round(p95_of(one["clock"]), 1) for name, one in first.items()},
        "p95_ms": {name: round(p95_of(one["clock"]), 1) for name, one in again.items()},
        "cpu_ms": {name: round(one["cpu_ms"], 1) for name, one in again.items()},
        "server_cpu_ms": {name: round(one["server_cpu_ms"], 1) for name, one in again.items()},
    }


if __name__ == "__main__":
    main()
