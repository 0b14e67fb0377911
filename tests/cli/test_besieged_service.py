"""The served office under siege: connections held open, bodies nobody asked for, a full disk."""

import os
import re
import resource
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests

from tests.cli.test_full_disk import mount
from tests.cli.test_killed_service import PATIENCE_SECONDS, Service, wait_for
from tests.running.kept.made_tables import lay_tables
from tests.shipped_forms import lay_checked_templates

_SECONDS = 20  #: in which a person is answered, on the busiest machine
_MEGABYTES = 64
_DISK = "24m"


class Siege:
    """A served office on a small disk, and an administrator of it."""

    def __init__(self, service: Service, password: str, is_small: bool) -> None:
        self.service, self.is_small = service, is_small
        self.address = f"http://127.0.0.1:{service.port}"
        self._password = password

    def sign_in_page(self) -> requests.Response:
        return requests.get(f"{self.address}/sign-in", timeout=_SECONDS)

    def half_open(self, count: int) -> list[socket.socket]:
        opened = []
        for _ in range(count):
            one = socket.create_connection(("127.0.0.1", self.service.port), timeout=_SECONDS)
            one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-a: ")
            opened.append(one)
        return opened

    def post(self, browser: requests.Session, path: str, page: str, **data: str):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(page).text)
        assert token is not None, page
        return browser.post(
            f"{self.address}{path}",
            data | {"csrfmiddlewaretoken": token[1]},
            timeout=PATIENCE_SECONDS,
        )

    def signed_in(self) -> requests.Session:
        browser = requests.Session()
        given = {"username": "guanli", "password": self._password}
        answer = self.post(browser, "/sign-in", f"{self.address}/sign-in", **given)
        assert answer.ok, answer.text
        return browser


@pytest.fixture(scope="module")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    """An office that closes a slow header after five seconds."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    service = Service(tmp_path_factory.mktemp("besieged") / "office")
    with service.config.open("a", encoding="utf-8") as stream:
        stream.write("header_seconds = 5\n")
    data = service.folder / "data"
    data.mkdir(exist_ok=True)
    is_small = shutil.which("mount") is not None and mount(
        "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", data
    )
    lay_tables(data)  # the disk hides what was laid there before
    lay_checked_templates(data)
    made = service.run("account", "add", "guanli", "--role", "管理员", "--name", "测试管理")
    with closing(sqlite3.connect(data / "minzheng.sqlite3")) as database:
        database.execute("UPDATE accounts_person SET must_change_password = 0")
        database.commit()
    service.start()
    one = Siege(service, made.stdout.strip().rpartition("：")[2], is_small)
    wait_for(lambda: is_answered(one))
    yield one
    service.process.terminate()
    service.process.wait(PATIENCE_SECONDS)
    if is_small:
        subprocess.run(["umount", "-l", str(data)], check=True)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def is_answered(siege: Siege) -> bool:
    try:
        return siege.sign_in_page().status_code == 200
    except (requests.ConnectionError, requests.Timeout):  # a machine may be busy
        return False


@pytest.mark.parametrize("count", [110, 1000])
def test_half_open_requests_do_not_shut_the_sign_in(siege, count):
    """Though they come from the address of the person who wants in."""
    opened = siege.half_open(count)
    assert siege.sign_in_page().status_code == 200
    for one in opened:
        one.close()


def test_a_slow_header_ends(siege):
    """After the seconds the settings give it."""
    with siege.half_open(1)[0] as slow:
        slow.settimeout(60)
        began = time.monotonic()
        assert slow.recv(1) == b""
        assert time.monotonic() - began > 3


@pytest.mark.parametrize("address", ["/api/photos", "/forms/DB-01"])
def test_a_large_body_without_sign_in_is_not_read(siege, address):
    """The answer is there before the body is on its way, and in Chinese."""
    head = (
        f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {_MEGABYTES << 20}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", siege.service.port), timeout=_SECONDS) as sender:
        sender.sendall(head.encode())
        with sender.makefile("rb") as answer:
            told = answer.read().decode()
    assert told.startswith("HTTP/1.1 401")
    assert "请登录后重新提交" in told


def test_a_whole_large_body_without_sign_in_is_answered(siege):
    """Who sends it all the same reads why it was refused."""
    answer = requests.post(f"{siege.address}/api/photos", data=bytes(_MEGABYTES << 20), timeout=60)
    assert answer.status_code == 401
    assert "请登录后重新提交" in answer.json()["detail"]


def test_a_full_disk_is_named_until_there_is_room(siege):
    """By every deed and sign-in; then all works again, and the log of deeds is whole."""
    if not siege.is_small:
        pytest.skip("this machine does not allow to mount a small disk")
    browser, filling = siege.signed_in(), siege.service.folder / "data" / "filling"
    account = f"{siege.address}/account"
    sign_in = browser.get(account).text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', sign_in)[1]
    fill(filling)
    for path in ("/", "/people", "/jobs"):
        answer = browser.get(
            f"{siege.address}{path}", timeout=PATIENCE_SECONDS
        )  # it may have to write nothing
        assert (answer.status_code, "磁盘已满" in answer.text) in ((503, True), (200, False)), path
    for path in ("/people/1/unlock", "/people/1/password", "/account/keys"):
        data = {"csrfmiddlewaretoken": token, "purpose": "满盘", "days": "1"}
        answer = browser.post(f"{siege.address}{path}", data, timeout=PATIENCE_SECONDS)
        assert (answer.status_code, "磁盘已满" in answer.text) == (503, True), path
    stranger = requests.Session()
    given = {"username": "guanli", "password": "wrong"}
    answer = siege.post(stranger, "/sign-in", f"{siege.address}/sign-in", **given)
    assert (answer.status_code, "磁盘已满" in answer.text) == (503, True)
    filling.unlink()
    assert browser.get(f"{siege.address}/people").status_code == 200
    assert siege.post(browser, "/people/1/unlock", account).status_code == 200
    assert "完整" in siege.service.run("audit-verify").stdout


def fill(file: Path) -> None:
    """Take all the room there is."""
    with file.open("wb", buffering=0) as stream:
        while free := shutil.disk_usage(file.parent).free:
            try:
                stream.write(os.urandom(min(free, 4096)))
            except OSError:
                return
