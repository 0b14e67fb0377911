"""Pages answered by several processes at one port, with their tables on a server."""

import re
import signal
import socket
import urllib.request
from contextlib import ExitStack
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import psutil
import pytest

from tests.cli.office.test_backup import Office
from tests.database.scratch_server import why_not
from tests.journeys.on_server.test_office_on_server import ServedOffice
from tests.journeys.waiting import STORY_SECONDS
from tests.running.kept.made_tables import make_tables
from tests.shipped_forms import lay_checked_templates

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(STORY_SECONDS),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a server"),
    pytest.mark.skipif(not hasattr(socket, "SO_REUSEPORT"), reason="one process only here"),
]
ID = "11010519491231002X"
_PROCESSES = 3
_CONNECTIONS = 30  #: that one process gets all of them happens once in 10^14 times


@pytest.fixture
def office(server, tmp_path, request) -> ServedOffice:
    """One with three processes for its pages."""
    name = re.sub(r"\W", "_", request.node.name)[:50]
    make_tables(server, name)
    office = ServedOffice(tmp_path / "office", server, name)
    lay_checked_templates(office.data)
    text = office.config.read_text(encoding="utf-8")
    office.config.write_text(f"{text}processes = {_PROCESSES}\n", encoding="utf-8")
    return office


def at_port(office: ServedOffice, process: psutil.Popen) -> list[psutil.Process]:
    """The processes that listen at the office's port."""
    return [
        one
        for one in (process, *process.children(recursive=True))
        if any(
            held.status == psutil.CONN_LISTEN and held.laddr.port == office.port
            for held in _connections(one)
        )
    ]


def _connections(process: psutil.Process) -> list:
    try:
        return process.net_connections("tcp")
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


class Desk:
    """A browser that begins a new connection each time."""

    def __init__(self, office: ServedOffice) -> None:
        self.address = f"http://127.0.0.1:{office.port}"
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        with self.opener.open(f"{self.address}{path}", timeout=120) as answer:
            return answer.read().decode()

    def post(self, path: str, page: str, **typed: str) -> tuple[str, str]:
        """Where it led, and what stands there."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        data = urlencode({"csrfmiddlewaretoken": token, **typed}).encode()
        with self.opener.open(f"{self.address}{path}", data, timeout=120) as answer:
            return answer.url, answer.read().decode()


def test_what_one_process_knows_all_know(office):
    """Who is signed in, a question with a number, how often somebody asked."""
    password = _add_inspector(office)
    with office.at_work("serve") as process:
        office.wait(process, lambda: len(at_port(office, process)) == _PROCESSES)
        desk = Desk(office)
        first = Desk(office).get("/sign-in")
        page = desk.get("/sign-in")
        desk.post("/sign-in", page, username="zhang", password=password[0])
        page = desk.get("/account")
        _, page = desk.post(
            "/account", page, old=password[0], new="Ganz-neu-77x", again="Ganz-neu-77x"
        )
        assert "已经改好" in page
        address, _ = desk.post("/search/ask", desk.get("/search"), q=ID)
        asked = address.removeprefix(desk.address)
        assert asked.startswith("/search?q=~")
        for _ in range(20):
            assert "重新输入要查的号码" not in desk.get(asked)
        assert "登录" in first
        assert ID not in _all_tables(office)


def test_connections_are_shared_out_and_who_dies_is_replaced(office):
    """Held at once, they lie with more than one process; with the first all end."""
    with office.at_work("serve") as process:
        office.wait(process, lambda: len(at_port(office, process)) == _PROCESSES)
        with ExitStack() as held:
            for _ in range(_CONNECTIONS):
                one = held.enter_context(socket.create_connection(("127.0.0.1", office.port)))
                one.sendall(b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                assert one.recv(9) == b"HTTP/1.1 "
            counts = [
                sum(
                    one.status == psutil.CONN_ESTABLISHED and one.laddr.port == office.port
                    for one in _connections(listener)
                )
                for listener in at_port(office, process)
            ]
        assert sum(counts) == _CONNECTIONS
        assert sum(count > 0 for count in counts) > 1
        beside = next(one for one in at_port(office, process) if one.pid != process.pid)
        beside.send_signal(signal.SIGKILL)
        office.wait(process, lambda: not beside.is_running() or beside.status() == "zombie")
        office.wait(process, lambda: len(at_port(office, process)) == _PROCESSES)
        children = process.children(recursive=True)
        process.kill()
        _, alive = psutil.wait_procs(children, 300)
        assert alive == []


def _add_inspector(office: Office) -> list[str]:
    """An account, and its first password."""
    told = office.run("account", "add", "zhang", "--role", "检查人员", "--name", "测试张")
    return re.findall(r"\b[a-z2-9]{7}-[a-z2-9]{7}\b", told)


def _all_tables(office: ServedOffice) -> str:
    """All that several processes remember together."""
    return "\n".join(office.ask("SELECT key || value FROM accounts_remembered"))
