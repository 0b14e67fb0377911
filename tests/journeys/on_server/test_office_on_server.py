"""An office whose tables lie on a PostgreSQL server, which comes, goes and comes back."""

import os
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from minzheng.database.writing import READING
from tests.cli.office.test_backup import Office
from tests.database.scratch_server import ScratchServer, why_not
from tests.journeys.waiting import STORY_SECONDS, signs_of, wait_until
from tests.running.kept.made_tables import make_tables
from tests.running.service_starts import start_service
from tests.shipped_forms import lay_checked_templates

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(STORY_SECONDS),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a server"),
]
_INDEXED = "SELECT path FROM archive_indexer_archivedfile WHERE state = 'indexed' ORDER BY path"


class ServedOffice(Office):
    """Its tables lie in a database of their own."""

    def __init__(self, folder: Path, server: ScratchServer, name: str) -> None:
        super().__init__(folder)
        self.server, self.name = server, name
        (folder / "password").write_text("test-密码@1\n", encoding="utf-8")
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = trial.getsockname()[1]
        self.config.write_text(
            f'[database]\nurl = "{server.url(name, "")}"\npassword_file = "password"\n'
            f"[archive]\nsettle_seconds = 0.2\n[web]\nport = {self.port}\n",
            encoding="utf-8",
        )

    def lay(self, name: str, text: str = "测试甲的申请材料") -> None:
        (self.folder / "archive" / name).write_text(text, encoding="utf-8")

    def ask(self, sql: str) -> list[str]:
        return self.server.ask(sql, self.name).splitlines()

    def answer(self) -> tuple[int, str]:
        """What the interface says to a key it has to look for in the database."""
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/search?q=x",
            headers={"Authorization": "Bearer mz-none"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    @contextmanager
    def at_work(self, *words: str) -> Iterator[psutil.Popen]:
        """A service of it, whose words go into a file."""
        with (self.folder / f"{words[0]}.out").open("wb") as told:
            process = start_service(
                ["--config", self.config, *words], stdin=subprocess.DEVNULL, stdout=told,
                stderr=told, env=os.environ | {"PYTHONUTF8": "1"},
            )  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            process.wait(120)

    def told(self, words: str) -> str:
        return (self.folder / f"{words}.out").read_text(encoding="utf-8")

    def wait(self, process: psutil.Popen, is_true) -> None:
        wait_until(is_true, lambda: (process.poll(), *signs_of(process.pid, self.data)))


def test_pages_and_watcher_go_on_when_the_server_is_back(server, tmp_path):
    """It is away at the start and in the middle; what was laid down meanwhile is found."""
    office = ServedOffice(tmp_path / "office", server, "pages")
    lay_checked_templates(office.data)
    server.make_database("pages")
    server.stop()
    refused = office.run("audit-verify", status=1)
    assert "数据库服务器 minzheng@127.0.0.1" in refused
    assert "test-密码" not in refused
    office.lay("1.txt")
    with office.at_work("serve") as process:
        office.wait(process, lambda: "正在等它恢复" in office.told("serve"))
        assert office.answer() == (0, "")
        server.start()
        office.wait(process, lambda: office.answer()[0] == 401)
        office.wait(process, lambda: office.ask(_INDEXED) == ["1.txt"])
        server.stop()
        office.wait(process, lambda: office.answer()[0] == 503)
        assert "服务器暂时连不上" in office.answer()[1]
        office.lay("2.txt")
        server.start()
        office.wait(process, lambda: office.answer()[0] == 401)
        office.wait(process, lambda: office.ask(_INDEXED) == ["1.txt", "2.txt"])
        assert process.poll() is None


def test_a_second_watcher_on_the_same_tables_is_refused(server, tmp_path):
    """Although its data folder is another; it hears where the first is."""
    make_tables(server, "watched")
    first, second = (ServedOffice(tmp_path / one, server, "watched") for one in ("one", "two"))
    with first.at_work("watch") as process:
        held = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = {READING}"
        first.wait(process, lambda: first.ask(held) == ["1"])
        told = second.run("watch", status=1)
    assert "数据库已有同样的服务在用" in told
    assert socket.gethostname() in told


def test_what_was_backed_up_is_laid_back(server, tmp_path):
    """Encrypted, with the log and its head; what was there stays under another name."""
    make_tables(server, "kept")
    office = ServedOffice(tmp_path / "office", server, "kept")
    office.lay("1.txt")
    office.run("index", office.folder / "archive")
    assert "没有加密" not in office.run("backup", tmp_path / "backup")
    (snapshot,) = (tmp_path / "backup" / "snapshots").iterdir()
    assert {one.name for one in snapshot.iterdir()} == {"minzheng.dump.age", "manifest.age"}
    assert "完好" in office.run("backup", tmp_path / "backup", "--check")
    office.lay("2.txt")
    office.run("index", office.folder / "archive")
    assert "已有数据，没有恢复" in office.run("restore", tmp_path / "backup", status=1)
    assert office.ask(_INDEXED) == ["1.txt", "2.txt"]
    told = office.run("restore", tmp_path / "backup", "--force")
    assert "原来的数据库改名为 kept_before_" in told
    assert office.ask(_INDEXED) == ["1.txt"]
    assert "审计记录完整" in office.run("audit-verify")
    assert "1.txt" in office.run("search", "申请材料")
    assert "数据库：完好" in office.run("doctor", status=0)
    assert "数据库完好" in office.run("repair")
    aside = server.ask("SELECT datname FROM pg_database WHERE datname LIKE 'kept_before%'")
    assert server.ask(_INDEXED, aside).splitlines() == ["1.txt", "2.txt"]


def test_an_upgrade_that_fails_leaves_the_tables_as_they_were(server, tmp_path):
    """They are laid back from the backup made before."""
    make_tables(server, "old")
    office = ServedOffice(tmp_path / "office", server, "old")
    lay_checked_templates(office.data)
    office.lay("1.txt")
    office.run("index", office.folder / "archive")
    # Made once more, a table that is there is in the way.
    made = "DELETE FROM django_migrations WHERE app = 'sessions' RETURNING name"
    (name,) = office.ask(made)
    told = office.run("upgrade", tmp_path / "backup", status=1)
    assert "升级中出错" in told
    assert "数据已照升级前的备份放回" in told
    assert office.ask(_INDEXED) == ["1.txt"]
    known = f"('sessions', '{name}', now())"
    office.ask(f"INSERT INTO django_migrations (app, name, applied) VALUES {known} RETURNING id")
    assert "已升级到" in office.run("upgrade", tmp_path / "backup")
    assert office.ask(_INDEXED) == ["1.txt"]
