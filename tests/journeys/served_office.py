"""A demo county served by the real command, and people at its desks in a real Chromium."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[2]


def command_environment() -> dict[str, str]:
    """The environment without settings of the test run itself."""
    hidden = {"MINZHENG_CONFIG", "DJANGO_SETTINGS_MODULE"}
    return {key: value for key, value in os.environ.items() if key not in hidden}


@dataclass(frozen=True)
class Office:
    """A served demo county."""

    folder: Path
    port: int

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

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command,
            cwd=PROJECT,
            env=command_environment() | self.own_tables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait(self) -> None:
        wait_until(lambda: _answers(self.address), 150)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/sign-in", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def wait_until(is_true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, "not true in time"
        time.sleep(0.3)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def serve_office(folder: Path) -> Iterator[Office]:
    """Serve a demo in a folder until the block ends."""
    served = Office(folder, free_port())
    text = f"[web]\nport = {served.port}\nrequests_per_minute = 6000\n"
    (folder / "config.toml").write_text(text, encoding="utf-8")
    process = served.start()
    try:
        served.wait()
        yield served
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)


@contextmanager
def open_chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


def sign_in(page: Page, office: Office, username: str) -> None:
    page.goto(office.address)
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(office.password(username))
    page.get_by_role("button", name="登录").click()
    page.get_by_role("button", name="退出").wait_for()


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
