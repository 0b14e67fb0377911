"""A worker reads for the service: what it reads is found, whatever happens to either."""

import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import OperationalError

from archive_indexer import worker as worker_module
from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.errors import (
    NeedsSlowLaneError,
    NotSharedError,
    NoWorkerError,
    OtherTermsError,
    ReadingFailedError,
)
from archive_indexer.extract.effort import Among, AsSent, Carefully
from archive_indexer.models import ArchivedFile, Content, ContentInHand, WaitingFile
from archive_indexer.reading.hand.name_odds import people_near
from archive_indexer.reading.manner import Manner
from archive_indexer.service import Service
from archive_indexer.stores import contents
from archive_indexer.stores.many_machines import claims, reading_terms, workers
from archive_indexer.stores.waiting_list import Lane
from archive_indexer.worker import Worker
from tests.archive_indexer.conftest import KNOWN, OpenService, Village, eventually

pytestmark = pytest.mark.django_db(transaction=True)


class SharedVillage(Village):
    """Its service reads no scans; everything in it is one."""

    def __init__(self, village: Village) -> None:
        super().__init__(replace(village.config, queue="postgresql"))
        self.said: list[str] = []

    def read_quickly(self, file: Path) -> Extraction:
        raise NeedsSlowLaneError

    def service(self) -> Service:
        return Service(self.config, lambda _: None, KNOWN, self.read_quickly)

    def worker(self, name: str = "一号", read=None, **config) -> Worker:
        return Worker(
            replace(self.config, **config), KNOWN, name, self.said.append, read or self.read
        )

    @contextmanager
    def kept(self, *at_work: Worker):
        """The service and these workers at work, each in a thread; then all at rest."""
        service = OpenService(self.config, lambda _: None, KNOWN, self.read_quickly)
        with _running(service, *at_work):
            yield service

    @contextmanager
    def joined_by(self, worker: Worker, count: int):
        """A worker that begins when so many scans wait."""
        eventually(all_wait(count))
        with _running(worker):
            yield


@contextmanager
def _running(*at_work: Service | Worker):
    """Each at work in a thread of its own; then all at rest."""
    stop = threading.Event()
    threads = [threading.Thread(target=one.run_until, args=(stop,)) for one in at_work]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.fixture
def shared(village, monkeypatch) -> SharedVillage:
    monkeypatch.setattr(worker_module, "_TERMS_SECONDS", 0.05)
    monkeypatch.setattr(worker_module, "_REST_SECONDS", 0.05)
    monkeypatch.setattr(claims, "_COPY_SECONDS", 0.05)
    return SharedVillage(village)


def indexed(count: int):
    return lambda: ArchivedFile.objects.filter(state="indexed").count() == count


def test_what_a_worker_reads_is_found(shared):
    """The service files and indexes it; the worker signs off at the end."""
    shared.write("旧城村/低保/a.txt", "测试甲的申请")
    with shared.kept(shared.worker()):
        eventually(indexed(1))
    assert shared.paths("测试甲") == ["旧城村/低保/a.txt"]
    assert shared.texts_read() == ["测试甲的申请"]
    assert not WaitingFile.objects.exists()
    assert not workers.any_known()


def test_two_workers_read_nothing_twice(shared):
    """Also where one content lies in many places."""
    for number in range(12):
        shared.write(f"{number}.txt", f"第{number % 6}份")
    with shared.kept(shared.worker("一号"), shared.worker("二号")):
        eventually(indexed(12))
    assert sorted(Counter(shared.texts_read()).values()) == [1] * 6


def test_what_was_kept_between_two_looks_is_not_read(shared, monkeypatch):
    """Its reader let it go just before this worker could hold it."""

    def hold(worker, path, sha256):
        if not Content.objects.exists():
            contents.keep_content(sha256, Extraction("txt", (ExtractedPage(1, "测试甲"),)))
        return hold_content(worker, path, sha256)

    hold_content = claims.hold_content
    monkeypatch.setattr(claims, "hold_content", hold)
    shared.write("a.txt", "测试甲")
    with shared.kept(shared.worker()):
        eventually(indexed(1))
    assert shared.texts_read() == []


def test_what_fails_is_tried_again_and_told_at_last(shared, monkeypatch):
    """The service keeps the reason, as if it had failed itself."""
    monkeypatch.setattr(claims, "BACKOFF_SECONDS", (0.0, 0.0, 0.0))
    tries = []

    def read(file: Path) -> Extraction:
        tries.append(file.name)
        raise ReadingFailedError("识别超过 60 秒，已停止。")

    shared.write("a.txt", "测试甲")
    with shared.kept(shared.worker(read=read)):
        eventually(lambda: ArchivedFile.objects.filter(state="failed").exists())
        eventually(lambda: not WaitingFile.objects.exists())
    assert ArchivedFile.objects.get().reason == "识别超过 60 秒，已停止。"
    assert len(tries) == 3


def test_a_file_that_went_away_is_concluded_by_the_service(shared):
    """The worker found nothing under its path, and says nothing of it."""
    shared.write("a.txt", "测试甲").rename(shared.archive / "b.txt")
    shared.write("a.txt", "测试乙")
    waiting = threading.Event()

    def read(file: Path) -> Extraction:
        (shared.archive / "a.txt").unlink(missing_ok=True)
        waiting.set()
        return shared.read(shared.archive / "b.txt")

    with shared.kept(shared.worker(read=read)) as service:
        assert waiting.wait(240)
        eventually(lambda: indexed(1)() and not WaitingFile.objects.exists(), service.walk_soon)
    assert shared.paths("测试甲") == ["b.txt"]
    assert shared.paths("测试乙") == []


def test_a_worker_that_looks_in_another_folder_reads_nothing(shared, tmp_path):
    """It says which folder, and every file is read by the one that looks in the right one."""
    shared.write("a.txt", "测试甲")
    with shared.kept(shared.worker()):
        eventually(indexed(1))
    (tmp_path / "else").mkdir()
    shared.write("b.txt", "测试乙")
    lost = shared.worker("别处", archive_folder=tmp_path / "else")
    with shared.kept(lost):
        eventually(lambda: any("找不到已登记的文件" in said for said in shared.said))
        eventually(lambda: WaitingFile.objects.filter(lane=Lane.SCAN, claimed=False).exists())
    assert WaitingFile.objects.get().trouble == ""
    with shared.kept(shared.worker()):
        eventually(indexed(2))


def test_a_worker_waits_for_the_service_and_ends_when_it_no_longer_shares(shared, village):
    """Both are said."""
    shared.write("a.txt", "测试甲")
    told: list[BaseException] = []

    def work() -> None:
        try:
            shared.worker().run_until(threading.Event())
        except NotSharedError as error:
            told.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    eventually(lambda: any("看守服务还没有启动过" in said for said in shared.said))
    with shared.kept():
        eventually(indexed(1))
    alone = Service(village.config, lambda _: None, KNOWN, shared.read)
    alone.run_once()
    thread.join(240)
    assert "[reading] queue" in str(told[0])
    assert not workers.any_known()


def test_a_worker_of_another_program_reads_nothing(shared):
    """It ends with a sentence that says what to make the same."""
    shared.write("a.txt", "测试甲")
    limits = worker_module.Limits.from_config(shared.config, Manner())
    reading_terms.set_terms(reading_terms.terms_of(limits) | {"program": "99"})
    with pytest.raises(OtherTermsError, match="看守服务那台是 99 版"):
        shared.worker().run_until(threading.Event())
    assert shared.texts_read() == []


def test_what_is_being_read_when_the_rules_change_is_not_kept(shared):
    """It would be kept as read by the new ones."""
    begun, told = threading.Event(), []

    def read(file: Path) -> Extraction:
        begun.set()
        eventually(lambda: not workers.any_known())
        return shared.read(file)

    def work() -> None:
        try:
            shared.worker(read=read).run_until(threading.Event())
        except OtherTermsError as error:
            told.append(error)

    shared.write("a.txt", "测试甲")
    with shared.kept():
        thread = threading.Thread(target=work)
        thread.start()
        assert begun.wait(240)
        terms = reading_terms.terms_of(worker_module.Limits.from_config(shared.config, Manner()))
        reading_terms.set_terms(terms | {"rules": "other"})
        thread.join(240)
    assert told
    assert not Content.objects.exists()
    assert not WaitingFile.objects.get().claimed


def test_what_was_read_while_the_server_was_away_is_kept_and_not_read_again(shared, monkeypatch):
    """It waits in the worker until the server is back."""
    tries = []

    def keep(*given):
        tries.append(given)
        if len(tries) < 3:
            raise OperationalError("server closed the connection unexpectedly")
        return keep_reading(*given)

    keep_reading = claims.keep_reading
    monkeypatch.setattr(claims, "keep_reading", keep)
    shared.write("a.txt", "测试甲")
    with shared.kept(shared.worker()):
        eventually(indexed(1))
    assert len(tries) == 3
    assert shared.texts_read() == ["测试甲"]


def test_a_stop_lets_what_is_being_read_come_to_its_end(shared):
    """It is kept; what waits behind it stays for others."""
    begun, stop = threading.Event(), threading.Event()

    def read(file: Path) -> Extraction:
        begun.set()
        assert stop.wait(240)
        return shared.read(file)

    for name in ("a", "b"):
        shared.write(f"{name}.txt", f"测试{name}")
    with shared.kept():
        thread = threading.Thread(target=shared.worker(read=read).run_until, args=(stop,))
        thread.start()
        assert begun.wait(240)
        stop.set()
        thread.join(240)
        eventually(indexed(1))
    assert len(shared.texts_read()) == 1
    assert WaitingFile.objects.get().attempts == 0


class HeldReader:
    """Reads as the village does, but each file only when it is let."""

    def __init__(self, shared: SharedVillage) -> None:
        self._shared, self._let = shared, threading.Semaphore(0)
        self.begun: list[str] = []

    def __call__(self, file: Path) -> Extraction:
        self.begun.append(file.name)
        assert self._let.acquire(timeout=240)
        return self._shared.read(file)

    def let(self, count: int = 1) -> None:
        """So many files are read to their end."""
        self._let.release(count)


@pytest.fixture
def held(shared) -> HeldReader:
    for number in range(4):
        shared.write(f"{number}.txt", f"第{number}份")
    return HeldReader(shared)


def claimed(count: int):
    return lambda: WaitingFile.objects.exclude(taken_by=None).count() == count


def all_wait(count: int):
    return lambda: WaitingFile.objects.filter(lane=Lane.SCAN).count() == count


def test_the_next_file_is_ready_while_one_is_read_and_begun_before_that_is_kept(
    shared, held, monkeypatch
):
    """No reader waits for the server."""
    may_keep = threading.Event()

    def keep(*given):
        assert may_keep.wait(240)
        keep_reading(*given)

    keep_reading = claims.keep_reading
    monkeypatch.setattr(claims, "keep_reading", keep)
    monkeypatch.setattr(worker_module, "_AHEAD_SECONDS", 240.0)
    with shared.kept(), shared.joined_by(shared.worker(read=held), 4):
        eventually(lambda: ContentInHand.objects.count() == 2)
        assert len(held.begun) == 1
        held.let()
        eventually(lambda: len(held.begun) == 2)
        assert not Content.objects.exists()
        may_keep.set()
        held.let(9)
        eventually(indexed(4))
    assert Counter(shared.texts_read()) == Counter(f"第{number}份" for number in range(4))


def test_what_is_ready_does_not_wait_behind_a_long_scan(shared, held, monkeypatch):
    """Others may have it; none is made ready until that scan is done."""
    monkeypatch.setattr(worker_module, "_AHEAD_SECONDS", 0.01)
    given_back = []
    give_back = claims.give_back
    monkeypatch.setattr(
        claims, "give_back", lambda *given: (give_back(*given), given_back.append(given))
    )
    with shared.kept(), shared.joined_by(shared.worker(read=held), 4):
        eventually(lambda: given_back)
        eventually(claimed(1))
        held.let(9)
        eventually(indexed(4))
    assert len(shared.texts_read()) == 4


def test_nothing_is_made_ready_that_another_could_read_at_once(shared, held, monkeypatch):
    """What is left is for the readers that have nothing."""
    made_ready = []
    monkeypatch.setattr(worker_module.workers, "count_known", lambda: 4)
    wait = worker_module.FreeReader.wait
    monkeypatch.setattr(
        worker_module.FreeReader,
        "wait",
        lambda reader, seconds: (made_ready.append(reader._free), wait(reader, seconds))[1],
    )
    with shared.kept(), shared.joined_by(shared.worker(read=held), 4):
        held.let(9)
        eventually(indexed(4))
    assert made_ready == [1] * 4  # each found a reader free


def test_a_stop_gives_back_what_is_ready(shared, held, monkeypatch):
    """It counts no try, and nobody waits for it."""
    monkeypatch.setattr(worker_module, "_AHEAD_SECONDS", 240.0)
    stop = threading.Event()
    with shared.kept():
        eventually(all_wait(4))
        thread = threading.Thread(target=shared.worker(read=held).run_until, args=(stop,))
        thread.start()
        eventually(lambda: ContentInHand.objects.count() == 2)
        stop.set()
        eventually(claimed(1))
        held.let(9)
        thread.join(240)
        eventually(indexed(1))
    assert len(shared.texts_read()) == 1
    assert {row.attempts for row in WaitingFile.objects.all()} == {0}


def test_a_walk_that_finds_no_worker_says_so(shared):
    """What waits stays on the list; nobody waits for ever."""
    shared.write("a.txt", "测试甲")
    with pytest.raises(NoWorkerError, match="minzheng worker"):
        shared.service().run_once()
    assert WaitingFile.objects.get().claimed is False


def test_a_worker_reads_a_file_as_a_person_wants_it(shared, monkeypatch):
    """Carefully, as it was sent, and among the people of its village: as the service would."""
    asked = []

    def read(pool, one) -> Extraction:
        asked.append(one)
        return Extraction("jpg", (ExtractedPage(1, "测试甲"),))

    monkeypatch.setattr(worker_module.ReadingPool, "read", read)
    monkeypatch.setattr(contents, "is_wanted_as_sent", lambda sha256: True)
    monkeypatch.setattr(contents, "is_wanted_carefully", lambda sha256: True)
    people = people_near([("测试甲", "")])
    known = replace(KNOWN, people_near=lambda path: people)
    place = shared.write("旧城村/a.jpg", "测试甲")
    with shared.kept(Worker(shared.config, known, "一号", shared.said.append)):
        eventually(indexed(1))
    assert asked == [Carefully(Among(AsSent(place), people))]
