"""An archive with a reader that needs no OCR and writes down what it reads."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.filing.classify import Known
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.queries import Hit, Query
from archive_indexer.service import Parts, Service
from archive_indexer.stores.service_state import Report
from minzheng.county.county import read_county
from minzheng.county.settings.all_settings import Config

_PATIENCE_SECONDS = 240.0  #: a state comes soon, but not on a machine with much else to do
KNOWN = Known(read_county())


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
        return Service(self.config, lambda _: None, KNOWN, self.read)

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

    def watched(self) -> AbstractContextManager["OpenService"]:
        """The service at work in a thread, come to rest once."""
        return self.watched_until(lambda report: report.doing == "quiet")

    @contextmanager
    def watched_until(self, is_so: Callable[[Report], bool]) -> Iterator["OpenService"]:
        """The service at work in a thread, its report having come to say something."""
        stop, service = threading.Event(), OpenService(self.config, _silent, KNOWN, self.read)
        thread = threading.Thread(target=service.run_until, args=(stop,))
        thread.start()
        try:
            eventually(lambda: is_so(service.report))
            yield service
        finally:
            stop.set()
            thread.join(_PATIENCE_SECONDS)


@dataclass(frozen=True)
class OpenService(Service):
    """The service, for a test to touch while it works."""

    parts: list[Parts] = field(default_factory=list)

    @contextmanager
    def at_work(self) -> Iterator[Parts]:
        with super().at_work() as parts:
            self.parts.append(parts)
            yield parts

    def walk_soon(self) -> None:
        """Have the service walk at its next turn."""
        self.parts[0].noticing.walk_soon()


def _silent(_: Report) -> None:
    """Nobody looks at the progress."""


def eventually(is_true: Callable[[], bool], ask_again: Callable[[], None] = lambda: None) -> None:
    """Wait until something is true; never being true is a failure."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not is_true():
        ask_again()
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
