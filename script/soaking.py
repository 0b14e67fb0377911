"""Kill -9 at random moments: what `script/soak` runs. The last line is one JSON object."""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import django

from archive_indexer.filing.classify import Known
from minzheng.county.county import read_county

FOLDER = Path(tempfile.mkdtemp(prefix="minzheng-soak-"))
(FOLDER / "config.toml").write_text(
    "[archive]\nsettle_seconds = 0.2\n[reading]\nworkers = 2\n", encoding="utf-8"
)
os.environ["MINZHENG_CONFIG"] = str(FOLDER / "config.toml")
os.environ["DJANGO_SETTINGS_MODULE"] = "minzheng.web.settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from archive_indexer.documents import ExtractedPage, Extraction, Query  # noqa: E402
from archive_indexer.errors import IndexBrokenError  # noqa: E402
from archive_indexer.index.full_text_index import FullTextIndex  # noqa: E402
from archive_indexer.service import Service  # noqa: E402
from minzheng.county.config import current_config  # noqa: E402

CONFIG = current_config()
LOG = FOLDER / "read.log"
DAMAGE_EVERY = 25  #: so often the index is damaged, too
VILLAGES = ("钟宝镇/旧城村", "城关镇/蔬菜村", "曾家镇/金坪村", "无名文件夹")


def read(file: Path) -> Extraction:
    """A slow reader that writes down whose content it reads before it is done."""
    text = file.read_text(encoding="utf-8")
    line = f"{hashlib.sha256(text.encode()).hexdigest()}\n".encode()
    log = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(log, line)
    os.close(log)
    time.sleep(random.uniform(0, 0.05))
    return Extraction("txt", (ExtractedPage(1, text),))


@dataclass
class Soak:
    """The archive on disk, and what must be true of it."""

    source: random.Random
    texts: dict[str, str] = field(default_factory=dict)  #: path → text
    number: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def change(self) -> None:
        """One thing that people do with files."""
        steps = (self._write, self._write, self._write, self._replace, self._move, self._delete)
        step = self.source.choice(steps) if len(self.texts) > 5 else self._write
        step()
        self.counts[step.__name__.strip("_")] += 1

    def _write(self) -> None:
        self.number += 1
        copied = self.source.random() < 0.15 and self.texts
        text = self.source.choice(list(self.texts.values())) if copied else self._text()
        self._put(f"{self.source.choice(VILLAGES)}/测试{self.number}.txt", text)

    def _replace(self) -> None:
        self.number += 1
        self._put(self.source.choice(list(self.texts)), self._text())

    def _move(self) -> None:
        old = self.source.choice(list(self.texts))
        self.number += 1
        new = f"{self.source.choice(VILLAGES)}/移{self.number}.txt"
        (CONFIG.archive_folder / new).parent.mkdir(parents=True, exist_ok=True)
        (CONFIG.archive_folder / old).rename(CONFIG.archive_folder / new)
        self.texts[new] = self.texts.pop(old)

    def _delete(self) -> None:
        path = self.source.choice(list(self.texts))
        (CONFIG.archive_folder / path).unlink()
        del self.texts[path]

    def _text(self) -> str:
        return f"测试材料编号{self.number:06d}号 申请低保"

    def _put(self, path: str, text: str) -> None:
        place = CONFIG.archive_folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        self.texts[path] = text


def start_service() -> int:
    """The service in a process of its own; gives its number."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        Service(CONFIG, lambda _: None, Known(read_county()), read).run_until(stop)
    except BaseException as error:  # noqa: BLE001  # a child must not go on as its parent
        print(f"the service died: {error!r}", file=sys.stderr)
        os._exit(1)
    os._exit(0)


def kept_contents() -> set[str]:
    """Contents whose reading is safe in the database."""
    with closing(sqlite3.connect(CONFIG.data_folder / "minzheng.sqlite3")) as database:
        if database.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise RuntimeError("the database is damaged")
        return {row[0] for row in database.execute("SELECT sha256 FROM archive_indexer_content")}


def readings(start: int) -> list[str]:
    """What was read since a place in the log."""
    return LOG.read_text(encoding="ascii").split()[start:] if LOG.exists() else []


def damage_index(source: random.Random) -> None:
    """Cut off or take away a file of the index, as a bad disk does."""
    files = sorted(one for one in (CONFIG.data_folder / "index").iterdir() if one.is_file())
    file = source.choice(files)
    if source.random() < 0.5:
        file.unlink()
    else:
        os.truncate(file, file.stat().st_size // 2)


def run(kills: int, seed: int) -> dict[str, object]:
    """Kill so often, then let it finish and look at everything."""
    begun, soak = time.monotonic(), Soak(random.Random(seed))
    CONFIG.archive_folder.mkdir()
    call_command("migrate", verbosity=0, interactive=False)
    twice = again = damaged = 0
    for kill in range(1, kills + 1):
        kept, start = kept_contents(), len(readings(0))
        child = start_service()
        until = time.monotonic() + soak.source.uniform(0.05, 1.0)
        while time.monotonic() < until:
            for _ in range(soak.source.randint(0, 4)):
                soak.change()
            time.sleep(soak.source.uniform(0.01, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        twice += len(kept & set(readings(start)))
        if kill % DAMAGE_EVERY == 0:
            damage_index(soak.source)
            damaged += 1
        if sys.stderr.isatty():
            print(f"\r{kill} kills, {len(soak.texts)} files", end="", file=sys.stderr)
    kept, start = kept_contents(), len(readings(0))
    finish(soak)
    twice += len(kept & set(readings(start)))
    again = len(readings(0)) - len(set(readings(0)))
    return {
        "kills": kills, "seed": seed, "files": len(soak.texts), "changes": dict(soak.counts),
        "contents_read": len(set(readings(0))), "read_twice_although_kept": twice,
        "reading_cut_off_by_a_kill": again, "index_damaged": damaged, **look(soak),
        "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip


def finish(soak: Soak) -> None:
    """Let the service come to rest."""
    child, end = start_service(), time.monotonic() + 300
    while time.monotonic() < end:
        time.sleep(0.5)
        missing = look(soak)
        if not missing["not_findable"] and not missing["wrongly_findable"]:
            break
    os.kill(child, signal.SIGTERM)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("the service did not end in order")


def look(soak: Soak) -> dict[str, int]:
    """How many files on disk cannot be found, and how many are found that are not there."""
    everything = Query(("测试材料编号",), limit=1_000_000)
    try:
        result = FullTextIndex(CONFIG.data_folder / "index").search(everything)
    except IndexBrokenError:  # told so, the service makes it again
        return {"not_findable": len(soak.texts), "wrongly_findable": 0, "traces": 0}
    held = {(hit.path, hit.snippet) for hit in result.hits if hit.present}
    by_path = {path: snippet for path, snippet in held}
    right = {path for path, text in soak.texts.items() if text in by_path.get(path, "")}
    return {
        "not_findable": len(soak.texts) - len(right),
        "wrongly_findable": len(set(by_path) - set(soak.texts)),
        "traces": sum(not hit.present for hit in result.hits),
    }


def main() -> int:
    """Run and print; 1 when anything was lost or read twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    args = parser.parse_args()
    try:
        result = run(args.kills, args.seed)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    print(json.dumps(result, ensure_ascii=False))
    bad = ("not_findable", "wrongly_findable", "read_twice_although_kept")
    return int(any(result[name] for name in bad))


if __name__ == "__main__":
    sys.exit(main())
