"""The log and the waiting list under eight writers, embedded and on PostgreSQL.

`python -m benchmarks.scale.writers [--writers 8] [--entries 13] [--paths 300]`: each writer is
a process of its own, all begin at once. The server is a scratch one with its ordinary settings
for safety (it waits for the disk, as the embedded database does). Seconds are of the whole, so
they compare within one run only; CPU seconds are of the writers and, apart, of the server.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from benchmarks import machine
from tests.database.scratch_server import SAFE, scratch_server, why_not

_WRITER = Path(__file__).with_name("one_writer.py")


def main() -> None:
    """Measure both and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--entries", type=int, default=13)
    parser.add_argument("--paths", type=int, default=300)
    asked = parser.parse_args()
    print(machine())
    print(json.dumps(measure(asked)))


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """What so many writers did, embedded and on a server: `writers`, `entries`, `paths`."""
    with tempfile.TemporaryDirectory() as folder:
        figures = {"embedded": _measure(Path(folder) / "embedded", "", asked, None)}
    if why_not():
        print(why_not())
        return figures
    with scratch_server(SAFE) as server, tempfile.TemporaryDirectory() as folder:
        settings = f'[database]\nurl = "{server.make_database("scale")}"\n'
        figures["postgresql"] = _measure(Path(folder), settings, asked, server.process_id())
    return figures


def _measure(folder: Path, settings: str, asked: Any, server: int | None) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    _run(folder, "migrate")
    done = {}
    _run(folder, "fill", asked.paths)
    for name, count in (("audit", asked.entries), ("take", 0)):
        before = cpu_of(server)
        done[name] = _at_once(folder, name, count, asked.writers)
        done[name]["server_cpu"] = round(cpu_of(server) - before, 2)
        print(f"{folder.name:12} {name:6} {done[name]}")
    told = json.loads(_run(folder, "look"))
    assert told["entries"] == asked.writers * asked.entries
    assert told["problems"] == []
    assert done["take"]["done"] == done["take"]["different"] == asked.paths
    return done


def _at_once(folder: Path, name: str, count: int, writers: int) -> dict[str, Any]:
    """What so many processes did from one moment on: seconds, CPU seconds, how much."""
    begin = folder / f"begin-{name}"
    started = [
        subprocess.Popen(
            _command(name, count, begin),
            env=_environment(folder),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(writers)
    ]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    begin.touch()
    since = time.monotonic()
    told = [json.loads(one.communicate()[0]) for one in started]
    assert [one.returncode for one in started] == [0] * writers
    paths = [path for one in told for path in one["paths"]]
    return {
        "seconds": round(time.monotonic() - since, 2),
        "cpu": round(sum(one["cpu"] for one in told), 2),
        "slowest_ms": round(max(one["slowest"] for one in told) * 1000),
        "refused": sum(one["refused"] for one in told),
        "done": len(paths) or sum(one["done"] for one in told),
        "different": len(set(paths)),
    }


def _run(folder: Path, name: str, count: int = 0) -> str:
    return subprocess.run(
        _command(name, count, folder), env=_environment(folder), check=True, text=True,
        stdout=subprocess.PIPE,
    ).stdout  # fmt: skip


def _command(name: str, count: int, begin: Path) -> list[str]:
    # By its file: as a module it would bring the settings of the package `benchmarks`.
    return [sys.executable, str(_WRITER), name, str(count), str(begin)]


def _environment(folder: Path) -> dict[str, str]:
    config = str(folder / "config.toml")
    return {
        **os.environ,
        "MINZHENG_CONFIG": config,
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(_WRITER.parents[2]),
    }


def cpu_of(server: int | None) -> float:
    """Of a server and all its processes, ended ones among them."""
    if server is None:
        return 0.0
    process = psutil.Process(server)
    used = [process.cpu_times(), *(one.cpu_times() for one in process.children(recursive=True))]
    ended = used[0].children_user + used[0].children_system
    return ended + sum(one.user + one.system for one in used)


if __name__ == "__main__":
    main()
