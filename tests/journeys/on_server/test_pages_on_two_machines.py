"""Pages answered on two machines: one database, one data folder on a share that both have."""

import json
import re
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from minzheng.county.config import PROJECT_FOLDER
from tests.database.scratch_server import ScratchServer, why_not
from tests.journeys.on_server.test_many_page_processes import Desk
from tests.journeys.on_server.test_office_on_server import ServedOffice
from tests.journeys.waiting import STORY_SECONDS
from tests.running.kept.made_tables import make_tables
from tests.shipped_forms import lay_checked_templates

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(STORY_SECONDS),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a server"),
]
ID = "11010519491231002X"
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 8


class Machine(ServedOffice):
    """One that answers pages; its settings are its own, its folders may be another's."""

    def __init__(self, folder: Path, server: ScratchServer, name: str, kind: str) -> None:
        super().__init__(folder, server, name)
        self._set("[web]", f'[search]\nengine = "postgresql"\n[web]\nmachine = "{kind}"')

    def mount(self, share: Path) -> None:
        """Reach the folders of another machine under a path of this one."""
        self.share = self.folder / "mounted"
        self.share.symlink_to(share, target_is_directory=True)
        self._set(
            "[archive]",
            '[archive]\nfolder = "mounted/archive"\ndata_folder = "mounted/data"\n'
            'inbox = "mounted/inbox"',
        )

    def _set(self, words: str, others: str) -> None:
        text = self.config.read_text(encoding="utf-8")
        self.config.write_text(text.replace(words, others), encoding="utf-8")

    def is_answered(self) -> bool:
        return self.answer()[0] == 401


@pytest.fixture
def main(server, tmp_path, request) -> Machine:
    """The machine that does everything."""
    name = re.sub(r"\W", "_", request.node.name)[:50]
    make_tables(server, name)
    machine = Machine(tmp_path / "main", server, name, "main")
    (machine.folder / "inbox").mkdir()
    lay_checked_templates(machine.data)
    return machine


@pytest.fixture
def second(server, tmp_path, main) -> Machine:
    """One that only answers pages."""
    machine = Machine(tmp_path / "second", server, main.name, "pages")
    machine.mount(main.folder)
    return machine


@pytest.fixture
def served(main) -> Iterator[psutil.Popen]:
    with main.at_work("serve") as process:
        main.wait(process, main.is_answered)
        yield process


def sign_in(main: Machine, at: Machine) -> Desk:
    """A clerk of the county who signed in at a machine."""
    told = main.run("account", "add", "zhang", "--role", "县级经办", "--name", "测试张")
    password = re.findall(r"\b[a-z2-9]{7}-[a-z2-9]{7}\b", told)[0]
    desk = Desk(at)
    desk.post("/sign-in", desk.get("/sign-in"), username="zhang", password=password)
    new = {"old": password, "new": "Ganz-neu-77x", "again": "Ganz-neu-77x"}
    desk.post("/account", desk.get("/account"), **new)
    return desk


def moved(desk: Desk, machine: Machine) -> Desk:
    """The same browser at another machine."""
    other = Desk(machine)
    other.cookies, other.opener = desk.cookies, desk.opener
    return other


def call(machine: Machine, key: str, path: str, body: object = None) -> bytes:
    """What the interface of a machine answers to another program."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    data = json.dumps(body, default=str).encode() if body else None
    asked = urllib.request.Request(f"http://127.0.0.1:{machine.port}{path}", data, headers)
    try:
        with urllib.request.urlopen(asked, timeout=300) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read().decode()) from error


def send(desk: Desk, name: str, data: bytes) -> dict:
    """Send a scan as the page does."""
    page = desk.get("/inbox/upload")
    village = "钟宝镇|旧城村"
    offer = {"name": name, "size": str(len(data)), "stamp": "17", "village": village}
    told = json.loads(desk.post("/inbox/upload/begin", page, **offer)[1])
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    asked = urllib.request.Request(
        f"{desk.address}/inbox/upload/{told['token']}?offset=0",
        data,
        {"X-CSRFToken": token, "Content-Type": "application/octet-stream"},
    )
    with desk.opener.open(asked, timeout=120) as answer:
        return json.loads(answer.read())


def test_what_is_done_at_one_machine_is_there_at_the_other(main, second, served):
    """Sign-in, a question with a number, a document, a scan; a machine that dies is missed by
    nobody, and what the main one does waits for it."""
    with second.at_work("serve") as process:
        second.wait(process, second.is_answered)
        desk = sign_in(main, main)
        there = moved(desk, second)
        address, _ = desk.post("/search/ask", desk.get("/search"), q=ID)
        asked = address.removeprefix(desk.address)
        assert asked.startswith("/search?q=~")
        assert "重新输入要查的号码" not in there.get(asked)

        _, page = there.post("/account/keys", there.get("/account"), purpose="试", days="30")
        key = re.search(r"mz_[\w-]{20,}", page)[0]
        sample = PROJECT_FOLDER / "tests/samples/answers/DB-01.toml"
        answers = tomllib.loads(sample.read_text(encoding="utf-8"))
        asked_for = {"form_id": "DB-01", "answers": answers}
        number = json.loads(call(second, key, "/api/documents", asked_for))["number"]
        word = call(main, key, f"/api/documents/{number}/word")
        assert word.startswith(b"PK")
        assert word == call(second, key, f"/api/documents/{number}/word")

        assert send(there, "测试甲.pdf", PDF)["done"]
        sent = list((main.folder / "inbox").rglob("*.pdf"))
        assert [one.read_bytes() for one in sent] == [PDF]
        main.lay("1.txt")
        main.wait(served, lambda: "测试甲" in there.get(f"/search?q={quote('申请材料')}"))

        served.kill()
        assert word == call(second, key, f"/api/documents/{number}/word")
        second.wait(process, lambda: "看守服务没有运行" in there.get("/coverage"))
        assert process.poll() is None
        with main.at_work("serve") as again:
            main.wait(again, main.is_answered)
            assert "重新输入要查的号码" in there.get(asked)  # asked in the run before
            address, _ = there.post("/search/ask", there.get("/search"), q=ID)
            assert "重新输入要查的号码" not in desk.get(address.removeprefix(there.address))
            main.wait(again, lambda: "看守服务没有运行" not in there.get("/coverage"))
            process.kill()
            assert "测试张" in desk.get("/account")


def test_a_machine_that_has_not_the_share_joins_nothing(main, second):
    """Nor one whose main machine never started, nor one with an old copy; each is told why."""
    assert "主机的运行记录" in second.run("serve", status=1)
    assert not (main.data / "minzheng.sqlite3").exists()
    with main.at_work("serve") as process:
        main.wait(process, main.is_answered)
        kept = (main.data / "run.json").read_bytes()
    second.share.unlink()
    assert "有没有连上" in second.run("serve", status=1)
    assert not second.share.exists()
    second.share.symlink_to(main.folder, target_is_directory=True)
    with main.at_work("serve") as process:
        main.wait(process, main.is_answered)
        (main.data / "run.json").write_bytes(kept)
        assert "是不是一份拷贝" in second.run("serve", status=1)
        other = Machine(second.folder.parent / "third", main.server, main.name, "only")
        assert 'machine = "main"' in other.run("serve", status=1)


def test_a_share_that_goes_away_is_told_and_nothing_is_written_beside_it(main, second, served):
    """While a machine answers, nobody changes the tables under it either."""
    with second.at_work("serve") as process:
        second.wait(process, second.is_answered)
        second.share.unlink()
        second.wait(process, lambda: second.answer()[0] == 503)
        assert "共享文件夹" in second.answer()[1]
        assert not second.share.exists()
        second.share.symlink_to(main.folder, target_is_directory=True)
        second.wait(process, second.is_answered)
        served.terminate()
        second.wait(process, lambda: served.status() == psutil.STATUS_ZOMBIE)
        told = main.run("repair", status=1)
        assert "别的机器上还有网页服务" in told
    main.run("repair")
