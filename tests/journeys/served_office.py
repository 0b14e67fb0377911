"""A demo county served by the real command, and people at its desks in a real Chromium."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.journeys.waiting import (
    COMMAND_SECONDS,
    PAGE_MS,
    figures,
    looking_seldom,
    report_of,
    signs_of,
    wait_until,
)
from tests.running.kept.made_tables import NAME, lay_tables
from tests.shipped_forms import lay_checked_templates

expect.set_options(timeout=PAGE_MS)

#: The same engine without windows costs two fifths; the whole browser where it is not packaged.
_CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")

PROJECT = Path(__file__).resolve().parents[2]
_open = threading.local()  #: the Chromium of each thread


def as_new_case(form: str, folder: Path) -> Path:
    """The sample answers as a case of its own: all samples are of one person."""
    file = folder / f"{form}_answers.toml"
    sample = (PROJECT / "tests/samples/answers" / f"{form}.toml").read_text(encoding="utf-8")
    file.write_text(f'case_no = "新案件"\n{sample}', encoding="utf-8")
    return file


def command_environment() -> dict[str, str]:
    """The environment without settings of the test run itself."""
    hidden = {"MINZHENG_CONFIG", "DJANGO_SETTINGS_MODULE"}
    return {key: value for key, value in os.environ.items() if key not in hidden}


@dataclass
class Office:
    """A demo county, and the service that runs for it."""

    folder: Path
    port: int
    process: subprocess.Popen[str] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def command(self) -> list[str]:
        config = str(self.folder / "config.toml")
        return [
            sys.executable,
            "-m",
            "minzheng.cli.main",
            "--config",
            config,
            "serve",
            "--first-time-demo",
        ]

    @property
    def own_tables(self) -> dict[str, str]:
        """Copies of the county's tables and forms, where the administrator may replace them."""
        names = {"MINZHENG_REGISTRY": "registry", "MINZHENG_TEMPLATES": "templates"}
        for name in names.values():
            if not (self.folder / name).exists():
                shutil.copytree(PROJECT / name, self.folder / name)
        return {variable: str(self.folder / name) for variable, name in names.items()}

    def password(self, username: str) -> str:
        lines = (self.folder / "data" / "初始账号.txt").read_text(encoding="utf-8").splitlines()
        return next(line.split("\t")[1] for line in lines if line.startswith(f"{username}\t"))

    def start(self) -> None:
        """Start the service, and wait until the sign-in answers; one that ended says why."""
        self.process = subprocess.Popen(
            self.command,
            cwd=PROJECT,
            env=command_environment() | self.own_tables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.wait_until(lambda: not self._runs or _answers(self.address))
        assert self._runs, self.process.communicate()[0]

    def stop(self, number: signal.Signals) -> str:
        """End the service by a signal; what it printed."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.communicate(timeout=COMMAND_SECONDS)[0]

    def wait_until(self, is_true: Callable[[], bool]) -> None:
        """As long as the service works."""
        wait_until(is_true, self._signs)

    def wait_until_shown(self, is_shown: Callable[[], bool]) -> None:
        """Until a page shows it, which is looked at again when the service has done something."""
        self.wait_until(looking_seldom(is_shown, self.data))

    def wait_until_read(self) -> None:
        """Until all that lies in archive and inbox has been read, and the service only watches."""
        self.wait_until(self._is_read)

    @property
    def _runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def _signs(self) -> object:
        return signs_of(self.process.pid, self.data) if self.process and self._runs else "ended"

    def _is_read(self) -> bool:
        told = figures(self.data)
        is_unread = any(state == "待识别" for state, _ in (told[2] if told else ()))
        return report_of(self.data).get("doing") == "quiet" and not is_unread


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/sign-in", timeout=PAGE_MS / 1000) as answer:
            return answer.status == 200
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def serve_office(folder: Path, reader: Path) -> Iterator[Office]:
    """Serve a demo in a folder until the block ends.

    What the office of the data folder `reader` read of its archive is known to this one, which
    finds, files and indexes it, and reads what else it is given.
    """
    served = Office(folder, free_port())
    text = f"[web]\nport = {served.port}\nrequests_per_minute = 6000\n"
    (folder / "config.toml").write_text(text, encoding="utf-8")
    lay_tables(served.data)  # a real first start: test_a_second_start_keeps_…
    lay_checked_templates(served.data)
    _lay_readings(served.data, reader)
    try:
        served.start()
        yield served
    finally:
        served.stop(signal.SIGINT)


def _lay_readings(data: Path, reader: Path) -> None:
    """Contents are kept by their SHA-256, whose ever they are."""
    with closing(sqlite3.connect(data / NAME)) as tables, tables:
        tables.execute("ATTACH ? AS reader", (str(reader / NAME),))
        for name in ("content", "packedmember", "page"):
            table = f"archive_indexer_{name}"
            tables.execute(f"INSERT INTO main.{table} SELECT * FROM reader.{table}")


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """A Chromium until the block ends; within a block of the same thread, the one it has.

    Playwright refuses a second start in a thread, and fixtures of several folders open one.
    """
    here: Browser | None = getattr(_open, "browser", None)
    if here is not None:
        yield here
        return
    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path=_CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        _open.browser = opened
        try:
            yield opened
        finally:
            _open.browser = None
            opened.close()


def new_page(browser: Browser, office: Office, **options: Any) -> Page:
    """A page in a window of its own; close it with `page.context.close()`."""
    context = browser.new_context(base_url=office.address, **options)
    context.set_default_timeout(PAGE_MS)
    return context.new_page()


def sign_in(page: Page, office: Office, username: str) -> None:
    page.goto(office.address)
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(office.password(username))
    page.get_by_role("button", name="登录").click()
    page.get_by_role("button", name="退出").wait_for()
    page.wait_for_load_state()


def issue(page: Page) -> None:
    """Issue the form on the page; as a case of its own when the person has a running one."""
    page.get_by_role("button", name="生成 Word 文件").click()
    done = page.get_by_role("heading", name="已生成")
    another = page.get_by_role("button", name="确实另开一个案件")
    done.or_(another).first.wait_for()
    if another.is_visible():
        another.click()
    done.wait_for()


def enter(page: Page, slug: str, answer: Any) -> None:
    for value in answer if isinstance(answer, list) else [answer]:
        box = page.locator(f'[name="{slug}"]').first
        kind = box.get_attribute("type")
        if kind in ("radio", "checkbox"):
            page.locator(f'[name="{slug}"][value="{value}"]').check()
        elif box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(str(value))
        else:
            box.fill(str(value))


def enter_answers(page: Page, answers: dict[str, Any]) -> None:
    for slug, answer in answers.items():
        if isinstance(answer, list) and isinstance(answer[0], dict):
            for number, row in enumerate(answer):
                for column, value in row.items():
                    enter(page, f"{slug}-{number}-{column}", value)
        else:
            enter(page, slug, answer)
