"""From a file closed to a file findable, and how fast an unchanged archive is walked.

`python benchmarks/watch.py [--quick | --alone]`. The service runs as it does in the office,
with its own readers, while 10 and then 10,000 scans wait. The time a file settles is part of
every figure. The peer of the walk is `os.walk` with one `stat` a file and no comparison; the
peers of reading are plain pipelines without settling, with ten scans (`--quick`: one) waiting.

`--alone` drops files with none waiting, and tells of each time what the service and its readers
computed and what was waited for by design (a file settles, and a commit keeps its distance from
the one before); the rest was waited for other programs. Run it on a quiet machine:
`nice -n -5 python -m benchmarks.watch --alone`.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import docx
import psutil
from PIL import Image, ImageDraw, ImageFont

from benchmarks import FOLDER, machine
from benchmarks.peers.watch_peers import plain_pipelines

# isort: split
from archive_indexer.errors import IndexBrokenError
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.models import ArchivedFile
from archive_indexer.noticing.folder_walk import compare, walk
from archive_indexer.queries import Query
from archive_indexer.stores import waiting_list
from archive_indexer.stores.archived_files import known_files
from minzheng.county.config import current_config

CONFIG = current_config()
_FONTS = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",)
_DROPS = 7
_FEW = 100
_PATIENCE_SECONDS = 120.0
_BY_DESIGN_MS = 150  #: noticing.settling: a file whose writer closed it


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds from closed to findable."""

    born_digital: list[float]
    scanned: list[float]


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--alone", action="store_true")
    options = parser.parse_args()
    quick = options.quick
    print(machine())
    if options.alone:
        _measure_alone()
        return
    sizes = (0, 10, 100) if quick else (0, 10, 10_000)
    with _service():
        _warm_up()
        times = {size: _closed_to_findable(size, 2 if quick else _DROPS) for size in sizes}
    for size, one in times.items():
        for name in ("born_digital", "scanned"):
            values = getattr(one, name)
            print(
                f"{size} waiting, {name}: median {median(values):.0f} ms, worst {max(values):.0f}"
            )
    before = 1 if quick else 10
    plain = plain_pipelines(_scan, before)
    print(f"plain pipelines, {before} waiting: {plain}")
    walked = _walk_unchanged(20_000 if quick else 100_000)
    most = times[sizes[-1]]
    print(json.dumps({
        "closed_to_findable_ms": {
            "born_digital": round(median(most.born_digital)),
            "scanned": round(median(most.scanned)),
        },
        "worst_ms": {
            "born_digital": round(max(most.born_digital)), "scanned": round(max(most.scanned)),
        },
        "with_10_waiting_ms": {
            "born_digital": round(median(times[10].born_digital)),
            "scanned": round(median(times[10].scanned)),
        },
        "with_none_waiting_ms": {
            "born_digital": round(median(times[0].born_digital)),
            "scanned": round(median(times[0].scanned)),
        },
        "load": round(os.getloadavg()[0], 1),
        "plain_pipeline_ms": {**plain, "waiting": before},
        "waiting": sizes[-1], "settle_ms": round(CONFIG.settle_seconds * 1000), **walked,
    }))  # fmt: skip


def _measure_alone() -> None:
    """Files dropped one by one, none waiting: how long each took, and of what."""
    told: dict[str, object] = {"load": round(os.getloadavg()[0], 1), "by_design_ms": _BY_DESIGN_MS}
    with _service() as process:
        _warm_up()
        for kind, word, ending, make in (  # no word of the one is found in the other
            ("born_digital", "文独", "docx", _document), ("scanned", "扫独", "jpg", _scan),
        ):  # fmt: skip
            walls, computed = [], []
            for number in range(_DROPS):
                time.sleep(1.0)
                before = _cpu_seconds(process.pid)
                walls.append(_drop(f"{word}{number}份.{ending}", make))
                computed.append(1000 * (_cpu_seconds(process.pid) - before))
            told[kind] = {
                "wall_ms": round(median(walls)),
                "cpu_ms": round(median(computed)),
                "least_quiet_ms": round(median(computed) + _BY_DESIGN_MS),
            }
    print(json.dumps(told))


def _cpu_seconds(number: int) -> float:
    """What a process and all that it started have computed, in seconds."""
    parent = psutil.Process(number)
    seconds = 0.0
    for one in (parent, *parent.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            seconds += times.user + times.system
    return seconds


def _closed_to_findable(waiting: int, drops: int) -> Times:
    """Drop files one by one while so many scans wait."""
    backlog = _Backlog(waiting)
    backlog.fill()
    while waiting > _FEW and waiting_list.count() < waiting * 0.9:
        time.sleep(0.2)
    born, scanned = [], []
    for number in range(drops):
        backlog.fill()
        born.append(_drop(f"现{waiting}第{number}份.docx", _document))
        backlog.fill()
        scanned.append(_drop(f"扫{waiting}第{number}份.jpg", _scan))
    return Times(born, scanned)


def _warm_up() -> None:
    """Let every reader load its models: an office's service has been running since morning."""
    _drop("热身.docx", _document)
    readers = CONFIG.worker_count
    for number in range(readers):
        name = f"热身{number}.jpg"
        (CONFIG.archive_folder / name).write_bytes(_scan(name))
    _drop("热身.jpg", _scan)
    while waiting_list.count():
        time.sleep(0.1)


class _Backlog:
    """Old scans that wait; what was read meanwhile is made up for before every drop."""

    def __init__(self, waiting: int) -> None:
        self._waiting = waiting
        self._number = 0
        self._picture = _scan("积压的旧件")
        self._folder = CONFIG.archive_folder / f"积压{waiting}"
        self._folder.mkdir(parents=True)

    def fill(self) -> None:
        for _ in range(self._waiting - waiting_list.count()):
            self._number += 1
            name = f"{self._number:06}"
            content = self._picture + f"{self._waiting} {name}".encode()
            (self._folder / f"{name}.jpg").write_bytes(content)


def _drop(name: str, make: Callable[[str], bytes]) -> float:
    word = "测试人" + name.split(".", maxsplit=1)[0]
    content = make(word)
    index = FullTextIndex(CONFIG.data_folder / "index")
    file = CONFIG.archive_folder / name
    file.write_bytes(content)
    closed = time.perf_counter()
    while time.perf_counter() - closed < _PATIENCE_SECONDS:
        try:
            if index.search(Query((word,))).total:
                return (time.perf_counter() - closed) * 1000
        except IndexBrokenError:
            index = FullTextIndex(CONFIG.data_folder / "index")
        time.sleep(0.02)
    raise RuntimeError(f"{name} was not findable after {_PATIENCE_SECONDS} s")


def _document(word: str) -> bytes:
    file = FOLDER / "one.docx"
    document = docx.Document()
    document.add_paragraph(f"{word} 申请最低生活保障，家庭人口三人，年收入一万二千元。")
    document.save(str(file))
    return file.read_bytes()


def _scan(word: str) -> bytes:
    """An A5 page at 150 dpi with a few lines: text is what is read, not size."""
    picture = Image.new("L", (874, 1240), 255)
    font = ImageFont.truetype(next(one for one in _FONTS if Path(one).exists()), 36)
    draw = ImageDraw.Draw(picture)
    for line, text in enumerate((word, "申请最低生活保障", "家庭人口三人", "年收入一万二千元")):
        draw.text((90, 120 + 90 * line), text, font=font, fill=20)
    file = FOLDER / "one.jpg"
    picture.save(file, quality=80)
    return file.read_bytes()


@contextmanager
def _service() -> Iterator["subprocess.Popen[bytes]"]:
    """`minzheng watch` in a process of its own, as in the office."""
    CONFIG.archive_folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "minzheng.cli.main", "--config", str(CONFIG.file), "watch"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _walk_unchanged(number: int) -> dict[str, object]:
    root = FOLDER / "large"
    rows = []
    for start in range(0, number, 100):
        folder = root / f"镇{start // 10_000}" / f"村{start // 100}"
        folder.mkdir(parents=True)
        for one in range(start, start + 100):
            file = folder / f"{one}.jpg"
            file.touch()
            path = file.relative_to(root).as_posix()
            rows.append(ArchivedFile(
                path=path, mtime_ns=file.stat().st_mtime_ns, state="indexed", sha256="0" * 64
            ))  # fmt: skip
    ArchivedFile.objects.all().delete()
    ArchivedFile.objects.bulk_create(rows, batch_size=1000)
    begun = time.perf_counter()
    changes = compare(walk(root), known_files())
    took = time.perf_counter() - begun
    if changes.changed or changes.gone:
        raise RuntimeError("an unchanged archive changed")
    begun = time.perf_counter()
    for folder, _, names in os.walk(root):
        for name in names:
            (Path(folder) / name).stat()
    plain = time.perf_counter() - begun
    print(f"walk of {number} unchanged files: {took:.2f} s, os.walk with stat {plain:.2f} s")
    return {
        "walk_unchanged_files_per_s": round(number / took),
        "os_walk_files_per_s": round(number / plain), "walked_files": number,
    }  # fmt: skip


if __name__ == "__main__":
    main()
