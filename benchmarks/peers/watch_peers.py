"""A plain pipeline: every scan is read in the order it came, and its text put into FTS5.

No settling, no lanes, nothing skipped, one process; read by tesseract or rapidocr as they
come. So it is quick with an empty queue, and a new scan waits for all before it.
"""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rapidocr import RapidOCR

from minzheng.external.run_program import run_program

Read = Callable[[Path], str]


def plain_pipelines(make_scan: Callable[[str], bytes], waiting: int) -> dict[str, int | None]:
    """Milliseconds from a scan closed to findable with so many before it.

    Args:
        make_scan: a scan with a word on it.
        waiting: how many scans came before; each is another content.
    """
    engine = RapidOCR(params={"Global.log_level": "error"})
    return {
        "tesseract": _run(_read_by_tesseract, make_scan, waiting)
        if shutil.which("tesseract")
        else None,
        "rapidocr": _run(lambda file: "".join(engine(file).txts or ()), make_scan, waiting),
    }


def _read_by_tesseract(file: Path) -> str:
    return run_program(["tesseract", str(file), "-", "-l", "chi_sim"], 120)


def _run(read: Read, make_scan: Callable[[str], bytes], waiting: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        queue = []
        for number in range(waiting + 1):
            file = Path(folder) / f"{number}.jpg"
            file.write_bytes(make_scan(f"第{number}件"))
            queue.append(file)
        index = sqlite3.connect(Path(folder) / "index.sqlite3")
        index.execute("CREATE VIRTUAL TABLE page USING fts5(path, text)")
        begun = time.perf_counter()
        for file in queue:
            text = " ".join("".join(read(file).split()))
            index.execute("INSERT INTO page VALUES (?, ?)", (file.name, text))
            index.commit()
        took = time.perf_counter() - begun
        index.close()
    return round(took * 1000)
