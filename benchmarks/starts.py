"""What a start costs: commands of the command line, and the service until it answers.

`python -m benchmarks.starts [--rounds 5]`: CPU seconds, one after the other in each round, so that
a busy machine weighs on all alike; the peer is Django itself, set up with its accounts and
nothing else. Python keeps what it compiled, as everywhere but where it may not write.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks import machine
from benchmarks.load import free_port

PROJECT = Path(__file__).resolve().parents[1]
_PEER = (
    "import django; from django.conf import settings; settings.configure("
    "INSTALLED_APPS=['django.contrib.auth', 'django.contrib.contenttypes']); django.setup()"
)
_WAIT_SECONDS = 300.0
_ENVIRONMENT = {key: one for key, one in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        commands = _commands(_lay_office(Path(name)), Path(name))
        told: dict[str, list[float]] = {one: [] for one in commands}
        for _ in range(options.rounds + 1):
            for one, command in commands.items():
                told[one].append(_cpu_of(command))
        seconds = {one: statistics.median(times[1:]) for one, times in told.items()}
        seconds["serve"] = _cpu_until_it_answers(Path(name))
    for one, median in seconds.items():
        print(f"{one:10} {median:.3f} CPU s  {median / seconds['django']:.2f} times Django's start")
    ratios = {f"{one}_ratio": round(of / seconds["django"], 2) for one, of in seconds.items()}
    print(json.dumps(ratios | {f"{one}_cpu_s": round(of, 3) for one, of in seconds.items()}))


def _lay_office(folder: Path) -> Path:
    """A county with three papers in its index; its config."""
    archive = folder / "archive" / "钟宝镇" / "旧城村"
    archive.mkdir(parents=True)
    for number in range(3):
        text = f"测试甲的第{number}份低保申请材料"
        (archive / f"{number}.txt").write_text(text, encoding="utf-8")
    sample = (PROJECT / "tests/samples/answers/DB-01.toml").read_text(encoding="utf-8")
    (folder / "answers.toml").write_text(f'case_no = "新案件"\n{sample}', encoding="utf-8")
    config = folder / "config.toml"
    config.write_text(f"[web]\nport = {free_port()}\n", encoding="utf-8")
    command = [*_command(config), "index", str(folder / "archive")]
    subprocess.run(command, cwd=PROJECT, env=_ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    return config


def _command(config: Path) -> list[str]:
    return [sys.executable, "-m", "minzheng.cli.main", "--config", str(config)]


def _commands(config: Path, folder: Path) -> dict[str, list[str]]:
    command, answers = _command(config), str(folder / "answers.toml")
    out = str(folder / "out.docx")
    return {
        "python": [sys.executable, "-c", "pass"],
        "django": [sys.executable, "-c", _PEER],
        "help": [*command, "--help"],
        "search": [*command, "search", "低保"],
        "fill": [*command, "fill", "DB-01", "--answers", answers, "--out", out],
    }


def _cpu_of(command: list[str]) -> float:
    """Of the process and what it started."""
    before = os.times()
    subprocess.run(command, cwd=PROJECT, env=_ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )


def _cpu_until_it_answers(folder: Path) -> float:
    """The service alone, at its second start; the watcher beside it reads for itself."""
    config = folder / "config.toml"
    address = f"http://127.0.0.1:{config.read_text(encoding='utf-8').split()[-1]}/sign-in"
    used = 0.0
    for _ in range(2):
        process = psutil.Popen(
            [*_command(config), "serve"], cwd=PROJECT, env=_ENVIRONMENT, stdout=subprocess.DEVNULL
        )
        end = time.monotonic() + _WAIT_SECONDS
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the service did not begin to answer")
            time.sleep(0.05)
        times = process.cpu_times()
        used = times.user + times.system
        process.terminate()
        process.wait()
    return used


def _answers(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(address, timeout=20) as answer:
        return bool(answer.status == 200)
    return False


if __name__ == "__main__":
    main()
