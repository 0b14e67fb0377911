"""One service at a time, and none that is dead holds the lock."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from archive_indexer.disk import service_lock
from archive_indexer.disk.service_lock import (
    JoinedPagesLock,
    MainPagesLock,
    PagesLock,
    ServiceLock,
)
from archive_indexer.errors import AlreadyRunningError, BeingUpgradedError, OthersServeError
from minzheng.county.config import PROJECT_FOLDER, current_config
from tests.database.on_server import needs_server

pytestmark = pytest.mark.django_db

_HOLD = """
import sys, time
from pathlib import Path
from archive_indexer.disk.service_lock import ServiceLock
with ServiceLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_the_second_is_refused_until_the_first_is_done(tmp_path: Path):
    """In the same process, too."""
    with ServiceLock(tmp_path), pytest.raises(AlreadyRunningError), ServiceLock(tmp_path):
        pass
    with ServiceLock(tmp_path):
        pass


def test_a_killed_service_leaves_the_lock_free(tmp_path: Path):
    """The system takes it away from the dead."""
    command = [sys.executable, "-c", _HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=PROJECT_FOLDER) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunningError), ServiceLock(tmp_path):
            pass
        holder.kill()
        holder.wait()
    with ServiceLock(tmp_path):
        pass


@needs_server
def test_with_data_folders_of_their_own_two_do_not_work_on_one_database(tmp_path: Path):
    """The second hears on which machine the first is."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with ServiceLock(tmp_path / "one"):
        with (
            pytest.raises(
                AlreadyRunningError, match=r"已有同样的服务在用（minzheng .*，127.0.0.1）"
            ),
            ServiceLock(tmp_path / "two"),
        ):
            pass
        with PagesLock(tmp_path / "two"):
            pass  # the pages are something else
    with ServiceLock(tmp_path / "two"):
        pass


@needs_server
def test_a_lock_lost_with_the_server_is_taken_again_or_given_up(tmp_path: Path):
    """Whoever asks hears whether somebody else came between."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with ServiceLock(tmp_path / "one") as lock:
        send_all_away()
        lock.doubt()
        lock.confirm()
        with pytest.raises(AlreadyRunningError), ServiceLock(tmp_path / "two"):
            pass
        send_all_away()
        with ServiceLock(tmp_path / "two"):
            lock.doubt()
            with pytest.raises(AlreadyRunningError):
                lock.confirm()


def send_all_away() -> None:
    """Every holder of a lock loses its connection, as when a server is started again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
            " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def many(monkeypatch) -> None:
    """This is one of several machines with one data folder."""
    changed = replace(current_config(), machine="main")
    monkeypatch.setattr(service_lock, "current_config", lambda: changed)


def test_a_share_of_many_machines_needs_no_lock_of_a_file(tmp_path: Path, many):
    """The server's is the only one."""
    with MainPagesLock(tmp_path):
        assert not list(tmp_path.iterdir())


@needs_server
def test_nobody_changes_tables_while_another_machine_shows_pages(tmp_path: Path, many):
    """Several show them side by side."""
    with MainPagesLock(tmp_path), JoinedPagesLock(tmp_path), JoinedPagesLock(tmp_path):
        pass
    with (
        JoinedPagesLock(tmp_path),
        pytest.raises(OthersServeError, match="别的机器上还有网页服务在用这些数据（minzheng"),
        PagesLock(tmp_path),
    ):
        pass


@needs_server
def test_no_machine_shows_pages_while_another_changes_tables(tmp_path: Path, many):
    """It hears where, and what to wait for."""
    with (
        PagesLock(tmp_path),
        pytest.raises(BeingUpgradedError, match="等它完成"),
        JoinedPagesLock(tmp_path),
    ):
        pass
