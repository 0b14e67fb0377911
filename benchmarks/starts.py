"""What a start costs: commands of the command line, and the service until it answers.

`python -m benchmarks.starts [--rounds 5]`: CPU seconds, one after the other in each round, so that
a busy machine weighs on all alike; the peer is Django itself, set up with its accounts and
nothing else. Python keeps what it compiled, as everywhere but where it may not write.

`--documents N [--keep FOLDER]`: the service alone, in turn with three papers and with N of them in
tables and folders. In the folder the office stays for the next time; where `benchmarks.search
--documents N --keep FOLDER` left its index, that is the office's.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import FOLDER, machine
from benchmarks.load import free_port
from benchmarks.scale.full_office import fill_office
from benchmarks.scale.kept_documents import KeptDocuments

PROJECT = Path(__file__).resolve().parents[1]
_TEMPLATE = PROJECT / "templates" / "06_gaoling" / "GL-01.docx"
_PERSON = {
    "镇": "钟宝镇", "村": "旧城村", "组": "3", "申请日期": "2018-05-07", "受理日期": "2018-05-08",
    "姓名": "测试赵明义", "身份证号": "610927194803060113", "民族": "汉族", "电话": "13991500001",
    "户籍地址": "镇坪县钟宝镇旧城村三组", "家庭住址": "镇坪县钟宝镇旧城村三组",
    "联系人": "测试张家全", "与老人关系": "侄子", "联系人电话": "13991500002",
    "户名": "测试赵明义", "开户行": "镇坪县农商银行钟宝支行", "账号": "6217000000000000012",
    "镇审核日期": "2018-05-25", "县民政局日期": "2018-05-30",
}  # fmt: skip
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
    parser.add_argument("--documents", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    print(machine())
    if options.documents:
        print(json.dumps(_served(options.documents, options.rounds, options.keep or FOLDER)))
        return
    with tempfile.TemporaryDirectory() as name:
        commands = _commands(_lay_office(Path(name)), Path(name))
        told: dict[str, list[float]] = {one: [] for one in commands}
        for _ in range(options.rounds + 1):
            for one, command in commands.items():
                told[one].append(_cpu_of(command))
        seconds = {one: statistics.median(times[1:]) for one, times in told.items()}
        least = {one: min(times[1:]) for one, times in told.items()}
        _until_it_answers(Path(name))
        seconds["serve"] = _until_it_answers(Path(name)).cpu
    for one, median in seconds.items():
        best = least.get(one, median)
        times = f"{median / seconds['django']:.2f} times Django's start"
        print(f"{one:10} {median:.3f} CPU s, at best {best:.3f}  {times}")
    ratios = {f"{one}_ratio": round(of / seconds["django"], 2) for one, of in seconds.items()}
    print(
        json.dumps(
            ratios
            | {f"{one}_cpu_s": round(of, 3) for one, of in seconds.items()}
            | {f"{one}_least_cpu_s": round(of, 3) for one, of in least.items()}
        )
    )


@dataclass(frozen=True, slots=True)
class _Start:
    """Seconds until the sign-in answered: of the service's processor, and by the clock."""

    cpu: float
    clock: float


def _served(documents: int, rounds: int, keep: Path) -> dict[str, object]:
    """Starts with three papers and with many, in turn; each office's first one is not counted."""
    offices = {3: keep / "office-3", documents: keep / f"office-{documents}"}
    for count, folder in offices.items():
        if not (folder / "laid").exists():
            _lay_full_office(folder, count if count == documents else 0, keep)
    told: dict[int, list[_Start]] = {count: [] for count in offices}
    for _ in range(rounds + 1):
        for count, folder in offices.items():
            told[count].append(_until_it_answers(folder))
    result: dict[str, object] = {}
    for count, (_, *starts) in told.items():
        cpu = sorted(one.cpu for one in starts)
        clock = sorted(one.clock for one in starts)
        middle = len(cpu) // 2
        print(f"{count} documents: {cpu[middle]:.2f} CPU s, at best {cpu[0]:.2f}; "
              f"by the clock {clock[middle]:.2f}, at best {clock[0]:.2f}")  # fmt: skip
        result[f"serve_{count}_cpu_s"] = round(cpu[middle], 3)
        result[f"serve_{count}_least_cpu_s"] = round(cpu[0], 3)
        result[f"serve_{count}_s"] = round(clock[middle], 3)
        result[f"serve_{count}_least_s"] = round(clock[0], 3)
    return result


def _lay_full_office(folder: Path, documents: int, keep: Path) -> None:
    """Three papers and one issued, and of that so many."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command, index = _commands(_lay_office(folder), folder)["fill"], keep / f"index-{documents}"
    subprocess.run(command, cwd=PROJECT, env=_ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    paths: Iterable[str] = ()
    if index.exists():
        shutil.rmtree(folder / "data" / "index")
        shutil.copytree(index, folder / "data" / "index", copy_function=os.link)
        paths = (one.path for one in KeptDocuments(keep / "documents", documents))
    if documents:
        fill_office(folder / "data", documents, paths)
    (folder / "laid").touch()


def _lay_office(folder: Path) -> Path:
    """A county with three papers in its index; its config."""
    archive = folder / "archive" / "钟宝镇" / "旧城村"
    archive.mkdir(parents=True)
    for number in range(3):
        text = f"测试甲的第{number}份低保申请材料"
        (archive / f"{number}.txt").write_text(text, encoding="utf-8")
    sample = (PROJECT / "tests/samples/answers/DB-01.toml").read_text(encoding="utf-8")
    (folder / "answers.toml").write_text(f'case_no = "新案件"\n{sample}', encoding="utf-8")
    heads, row = zip(*_PERSON.items(), strict=True)
    (folder / "people.csv").write_text(f"{','.join(heads)}\n{','.join(row)}\n", "utf-8")
    (folder / "收件箱").mkdir()
    config = folder / "config.toml"
    config.write_text(f"[web]\nport = {free_port()}\n", encoding="utf-8")
    command = [*_command(config), "index", str(folder / "archive")]
    subprocess.run(command, cwd=PROJECT, env=_ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    return config


def _command(config: Path) -> list[str]:
    return [sys.executable, "-m", "minzheng.cli.main", "--config", str(config)]


def _commands(config: Path, folder: Path) -> dict[str, list[str]]:
    command, answers = _command(config), str(folder / "answers.toml")
    out, roster = str(folder / "out.docx"), str(folder / "people.csv")
    return {
        "python": [sys.executable, "-c", "pass"],
        "django": [sys.executable, "-c", _PEER],
        "help": [*command, "--help"],
        "search": [*command, "search", "低保"],
        "fill": [*command, "fill", "DB-01", "--answers", answers, "--out", out],
        "forms": [*command, "forms", "低保"],
        "roster": [*command, "roster", "GL-01", "--out", str(folder / "roster.xlsx")],
        "batch": [*command, "batch", "GL-01", roster, "--out", str(folder / "out"), "--check"],
        "template": [*command, "check-template", str(_TEMPLATE), "--form", "GL-01"],
        "inbox": [*command, "inbox"],
        "coverage": [*command, "coverage"],
    }


def _cpu_of(command: list[str]) -> float:
    """Of the process and what it started."""
    before = os.times()
    subprocess.run(command, cwd=PROJECT, env=_ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )


def _until_it_answers(folder: Path) -> _Start:
    """The service alone; the watcher beside it reads for itself."""
    config = folder / "config.toml"
    address = f"http://127.0.0.1:{config.read_text(encoding='utf-8').split()[-1]}/sign-in"
    begun = time.monotonic()
    process = psutil.Popen(
        [*_command(config), "serve"], cwd=PROJECT, env=_ENVIRONMENT, stdout=subprocess.DEVNULL
    )
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > begun + _WAIT_SECONDS:
            raise RuntimeError("the service did not begin to answer")
        time.sleep(0.05)
    clock, times = time.monotonic() - begun, process.cpu_times()
    process.terminate()
    process.wait()
    return _Start(times.user + times.system, clock)


def _answers(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(address, timeout=20) as answer:
        return bool(answer.status == 200)
    return False


if __name__ == "__main__":
    main()
