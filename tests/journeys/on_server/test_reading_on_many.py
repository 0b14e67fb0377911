"""Scans of one archive are read by several machines, which die, differ, and lose their server."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil
import pytest
from PIL import Image, ImageDraw, ImageFont

from script.samples.sheet import find_fonts
from tests.database.scratch_server import ScratchServer, why_not
from tests.journeys.on_server.test_office_on_server import ServedOffice
from tests.journeys.waiting import STORY_SECONDS, wait_until
from tests.running.kept.made_tables import make_tables
from tests.running.service_starts import start_service
from tests.shipped_forms import lay_checked_templates

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(STORY_SECONDS),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a server"),
]
_WORKER = "archive_indexer_readingworker"
_WAITING = "archive_indexer_waitingfile"
_INDEXED = "SELECT count(*) FROM archive_indexer_archivedfile WHERE state = 'indexed'"
_AT_WORK_CPU_SECONDS = 0.3  #: of a reader; a process that only keeps account of others has less
#: Every content that is written is written down, whoever does it and whatever becomes of it.
_NOTE_READINGS = """
    CREATE TABLE readings (sha256 text);
    CREATE FUNCTION note_reading() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN INSERT INTO readings VALUES (NEW.sha256); RETURN NEW; END';
    CREATE TRIGGER note_reading AFTER INSERT ON archive_indexer_content
        FOR EACH ROW EXECUTE FUNCTION note_reading();
    SELECT 1
"""
_IN_HAND = f"SELECT count(*) FROM {_WAITING} WHERE taken_by_id IS NOT NULL"
_READINGS = "SELECT count(*) || ' ' || count(DISTINCT sha256) FROM readings"


def _stopped_in_the_middle(worker: psutil.Popen) -> list[psutil.Process]:
    """Its readers, stopped once one is at work; none, before that."""
    readers = worker.children(recursive=True)
    if max((one.cpu_times().user for one in readers), default=0.0) < _AT_WORK_CPU_SECONDS:
        return []
    for one in readers:
        one.suspend()
    return readers


class SharedOffice(ServedOffice):
    """One whose scans are read by workers."""

    def __init__(self, folder, server: ScratchServer, name: str) -> None:
        super().__init__(folder, server, name)
        self.stopped: list[psutil.Process] = []
        self.config.write_text(
            self.config.read_text(encoding="utf-8")
            + '[reading]\nqueue = "postgresql"\nworkers = 1\n',
            encoding="utf-8",
        )

    def lay_scan(self, name: str, words: str, pages: int = 1) -> None:
        """A scan of some pages with a few words on each."""
        font = ImageFont.truetype(*find_fonts()[0][:1], 60)
        drawn = []
        for number in range(pages):
            page = Image.new("L", (1000, 700), 255)
            ImageDraw.Draw(page).text((80, 200), f"{words}第{number + 1}页", font=font, fill=0)
            drawn.append(page)
        unfinished = self.folder / name
        drawn[0].save(unfinished, "TIFF", save_all=True, append_images=drawn[1:])
        unfinished.rename(self.folder / "archive" / name)

    @contextmanager
    def workers(self, *names: str, config=None) -> Iterator[list[psutil.Popen]]:
        """Programs that read for it; whatever of them still lives is ended."""
        begun = []
        for name in names:
            with (self.folder / f"{name}.out").open("wb") as told:
                begun.append(
                    start_service(
                        ["--config", config or self.config, "worker", "--name", name],
                        stdin=subprocess.DEVNULL, stdout=told, stderr=told,
                        env=os.environ | {"PYTHONUTF8": "1"},
                    )
                )  # fmt: skip
        try:
            yield begun
        finally:
            for process in begun:
                with suppress(psutil.NoSuchProcess):
                    process.terminate()
            for process in begun:
                process.wait(300)

    def stop_in_the_middle(self, worker: psutil.Popen) -> list[psutil.Process]:
        """The readers of a worker, stopped while they are at a scan."""
        readers: list[psutil.Process] = []

        def are_stopped() -> bool:
            if self.ask(_IN_HAND) == ["1"]:  # before it, models are loaded
                readers[:] = _stopped_in_the_middle(worker)
            return bool(readers)

        self.wait(worker, are_stopped)
        self.stopped += readers
        assert self.ask(_IN_HAND) == ["1"]
        return readers

    def wait_for(self, sql: str, said: str, *at_work: psutil.Popen) -> None:
        """Until the tables say so, as long as anybody works."""

        def signs() -> tuple[object, ...]:
            rows = f"SELECT (SELECT count(*) FROM readings), ({_INDEXED})"
            return (*(process.poll() for process in at_work), self.ask(rows))

        wait_until(lambda: self.ask(sql) == [said], signs)


@pytest.fixture
def office(server, tmp_path, request) -> Iterator[SharedOffice]:
    """Its tables made, with a note of every content that is kept."""
    name = request.node.name[:50]
    make_tables(server, name)
    office = SharedOffice(tmp_path / "office", server, name)
    lay_checked_templates(office.data)
    office.run("coverage")
    office.ask(_NOTE_READINGS)
    yield office
    for one in office.stopped:  # a failed test leaves nothing behind that stands still
        with suppress(psutil.NoSuchProcess):
            one.kill()


def test_a_worker_killed_in_the_middle_loses_nothing_and_nothing_is_read_twice(office):
    """Two read; one is killed while it reads; the other reads what that one had in hand."""
    office.lay_scan("长.tif", "测试甲的长卷", pages=12)
    with office.at_work("watch") as watch, office.workers("一号") as (killed,):
        children = office.stop_in_the_middle(killed)
        assert "正在识别 长.tif" in office.run("coverage")
        assert "一号" in office.run("doctor")
        killed.kill()
        killed.wait()
        for child in children:
            child.resume()
        for number in range(6):
            office.lay_scan(f"{number}.tif", f"测试乙的材料{number % 3}")
        with office.workers("二号", "三号") as others:
            office.wait_for(_INDEXED, "7", watch, *others)
            office.wait_for(f"SELECT count(*) FROM {_WAITING}", "0", watch, *others)
        psutil.wait_procs(children, timeout=120)
        assert not [one for one in children if one.is_running()]
    assert office.ask(_READINGS) == ["4 4"]
    assert office.ask(f"SELECT count(*) FROM {_WORKER}") == ["0"]
    assert "长.tif" in office.run("search", "长卷第12页")
    told = office.told("二号") + office.told("三号") + office.told("watch")
    assert "Traceback" not in told


def test_workers_go_on_when_the_server_is_back(office, server):
    """What was read meanwhile is kept, who was in the middle stays known, no upgrade begins."""
    office.lay_scan("长.tif", "测试甲的长卷", pages=12)
    with office.workers("一号") as (worker,):
        with office.at_work("watch") as watch:
            readers = office.stop_in_the_middle(worker)
            server.stop()
            office.lay_scan("后.tif", "测试乙的后来件")
            office.wait(worker, lambda: "数据库服务器连不上" in office.told("一号"))
            server.start()
            for reader in readers:
                reader.resume()
            office.wait_for(_INDEXED, "2", watch, worker)
            office.wait(worker, lambda: "恢复正常" in office.told("一号"))
        told = office.run("upgrade", office.folder / "backup", status=1)
        assert "还有机器在识别（minzheng worker：一号）" in told
        assert worker.poll() is None
    assert office.ask(_READINGS) == ["2 2"]
    assert "已停止" in office.told("一号")


def test_a_worker_with_other_settings_is_refused(office):
    """It says what to make the same, and reads nothing."""
    other = office.folder / "other.toml"
    text = office.config.read_text(encoding="utf-8")
    other.write_text(f"{text}max_pages = 7\n", encoding="utf-8")
    office.lay_scan("一.tif", "测试甲的材料")
    with office.at_work("watch") as watch:
        office.wait_for(f"SELECT count(*) FROM {_WAITING} WHERE lane = 1", "1", watch)
        with office.workers("别样", config=other) as (refused,):
            assert refused.wait(600) == 1
        assert "max_pages 是 300、7，看守服务那台是 300、1000" in office.told("别样")
    assert office.ask(_READINGS) == ["0 0"]
