"""An archive with a reader that needs no OCR and writes down what it reads."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive_indexer.documents import ExtractedPage, Extraction, Hit, Query
from archive_indexer.filing.classify import Known
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.service import Service
from archive_indexer.stores.report import Report
from minzheng.county.config import Config
from minzheng.county.county import read_county

_PATIENCE_SECONDS = 20.0


@dataclass
class Village:
    """A small archive, and what may be asked of it."""

    config: Config

    @property
    def archive(self) -> Path:
        return self.config.archive_folder

    def write(self, name: str, text: str) -> Path:
        file = self.archive / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def read(self, file: Path) -> Extraction:
        text = file.read_text(encoding="utf-8", errors="replace")
        with (self.archive.parent / "read.log").open("a", encoding="utf-8") as log:
            log.write(f"{text}\n")
        if text == "坏":
            return Extraction("txt", reason="文件已损坏")
        return Extraction("txt", (ExtractedPage(1, text),))

    def service(self) -> Service:
        return Service(self.config, lambda _: None, Known(read_county()), self.read)

    def run(self, **options: bool) -> Report:
        return self.service().run_once(**options)

    def hits(self, *words: str) -> list[Hit]:
        index = FullTextIndex(self.config.data_folder / "index")
        return list(index.search(Query(words, limit=1000)).hits)

    def paths(self, *words: str) -> list[str]:
        """Files that are there now and hold the words."""
        return [hit.path for hit in self.hits(*words) if hit.present]

    def traces(self, *words: str) -> list[str]:
        """Files that were there and held the words."""
        return [hit.path for hit in self.hits(*words) if not hit.present]

    def texts_read(self) -> list[str]:
        log = self.archive.parent / "read.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    def watched(self) -> AbstractContextManager[Service]:
        """The service at work in a thread, come to rest once."""
        return self.watched_until(lambda report: report.doing == "quiet")

    @contextmanager
    def watched_until(self, is_so: Callable[[Report], bool]) -> Iterator[Service]:
        """The service at work in a thread, its report having come to say something."""
        stop, service = threading.Event(), self.service()
        thread = threading.Thread(target=service.run_until, args=(stop,))
        thread.start()
        try:
            eventually(lambda: is_so(service.report))
            yield service
        finally:
            stop.set()
            thread.join(_PATIENCE_SECONDS)


def eventually(is_true: Callable[[], bool]) -> None:
    """Wait until something is true; never being true is a failure."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < end, "it never became true"
        time.sleep(0.05)


@pytest.fixture
def village(tmp_path: Path) -> Village:
    (tmp_path / "archive").mkdir()
    (tmp_path / "data").mkdir()
    return Village(
        Config(
            tmp_path / "config.toml", tmp_path / "archive", tmp_path / "data",
            settle_seconds=0.05, workers=1,
        )
    )  # fmt: skip
