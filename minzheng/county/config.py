"""The settings of config.toml, checked as a whole: every mistake is named at once."""

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minzheng.county.errors import ConfigError, Problem
from minzheng.county.toml_files import explain

PROJECT_FOLDER = Path(__file__).resolve().parents[2]
#: The county's tables and forms lie beside the program, unless these variables name others.
REGISTRY_FOLDER = Path(os.environ.get("MINZHENG_REGISTRY") or PROJECT_FOLDER / "registry")
TEMPLATES_FOLDER = Path(os.environ.get("MINZHENG_TEMPLATES") or PROJECT_FOLDER / "templates")
CONFIG_VARIABLE = "MINZHENG_CONFIG"


@dataclass(frozen=True, slots=True)
class Setting:
    """What one key may hold."""

    default: str | int | float
    least: float | None = None
    most: float | None = None
    allowed: tuple[str, ...] = ()

    def describe(self) -> str:
        """What is allowed, in Chinese."""
        if self.allowed:
            return "、".join(f'"{value}"' for value in self.allowed)
        if isinstance(self.default, str):
            return "非空文字"
        number = "数字" if isinstance(self.default, float) else "整数"
        return f"{self.least:g}–{self.most:g} 的{number}"

    def accepts(self, value: object) -> bool:
        """Whether a value read from the file is allowed."""
        if isinstance(self.default, str):
            known = not self.allowed or value in self.allowed
            return isinstance(value, str) and bool(value.strip()) and known
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if isinstance(self.default, int) and not isinstance(value, int):
            return False
        return (self.least or 0) <= value <= (self.most or float("inf"))


SETTINGS: dict[str, dict[str, Setting]] = {
    "archive": {
        "folder": Setting("archive"),
        "data_folder": Setting("data"),
        "inbox": Setting("收件箱"),
        "walk_minutes": Setting(10, 1, 1440),
        "settle_seconds": Setting(2.0, 0.2, 600),
        "watching": Setting("auto", allowed=("auto", "events", "polling")),
        "max_file_mb": Setting(300, 1, 4096),
        "verify_mb_a_day": Setting(2048, 0, 1_000_000),
    },
    "reading": {
        "workers": Setting(0, 0, 64),
        "seconds_per_page": Setting(60, 5, 600),
        "max_pages": Setting(1000, 1, 20000),
    },
    "web": {
        "host": Setting("127.0.0.1"),
        "port": Setting(8000, 1, 65535),
        "session_minutes": Setting(15, 5, 480),
        "https": Setting("no", allowed=("no", "yes")),
        "requests_per_minute": Setting(120, 10, 6000),
        "list_most": Setting(5000, 10, 20_000),
    },
    "accounts": {
        "password_days": Setting(90, 1, 3650),
        "change_first_password": Setting("no", allowed=("no", "yes")),
        "audit_months": Setting(12, 6, 120),
    },
    "batches": {
        "keep_days": Setting(30, 1, 3650),
    },
    "publicity": {
        "days": Setting(7, 1, 30),
        "counting": Setting("natural", allowed=("natural", "working")),
    },
    "office": {
        "county": Setting("镇坪县"),
        "bureau": Setting("镇坪县民政局"),
    },
}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in use, with every path absolute."""

    file: Path
    archive_folder: Path
    data_folder: Path
    inbox: str = "收件箱"
    walk_minutes: int = 10
    settle_seconds: float = 2.0
    watching: str = "auto"
    max_file_mb: int = 300
    verify_mb_a_day: int = 2048
    workers: int = 0
    seconds_per_page: int = 60
    max_pages: int = 1000
    host: str = "127.0.0.1"
    port: int = 8000
    session_minutes: int = 15
    https: str = "no"
    requests_per_minute: int = 120
    list_most: int = 5000
    password_days: int = 90
    change_first_password: str = "no"
    audit_months: int = 12
    batch_days: int = 30
    publicity_days: int = 7
    publicity_counting: str = "natural"
    county: str = "镇坪县"
    bureau: str = "镇坪县民政局"

    @property
    def inbox_folder(self) -> Path:
        """Where unsorted scans are dropped."""
        return self.file.parent / self.inbox

    @property
    def worker_count(self) -> int:
        """How many files are read at once."""
        return self.workers or os.cpu_count() or 1

    @property
    def is_overheard(self) -> bool:
        """Whether pages go over the network without encryption."""
        return self.https == "no" and not _is_this_machine(self.host)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def load_config(file: Path) -> Config:
    """Read and check a config file.

    Raises:
        ConfigError: with every wrong key and value named.
    """
    values = _read_toml(file)
    problems = [*_unknown_keys(values), *_wrong_values(values)]
    if problems:
        raise ConfigError(problems)
    read = {
        (table, key): values.get(table, {}).get(key, setting.default)
        for table, keys in SETTINGS.items()
        for key, setting in keys.items()
    }
    base = file.resolve().parent
    config = Config(
        file=file.resolve(),
        archive_folder=base / read["archive", "folder"],
        data_folder=base / read["archive", "data_folder"],
        inbox=read["archive", "inbox"],
        walk_minutes=read["archive", "walk_minutes"],
        settle_seconds=float(read["archive", "settle_seconds"]),
        watching=read["archive", "watching"],
        max_file_mb=read["archive", "max_file_mb"],
        verify_mb_a_day=read["archive", "verify_mb_a_day"],
        workers=read["reading", "workers"],
        seconds_per_page=read["reading", "seconds_per_page"],
        max_pages=read["reading", "max_pages"],
        host=read["web", "host"],
        port=read["web", "port"],
        session_minutes=read["web", "session_minutes"],
        https=read["web", "https"],
        requests_per_minute=read["web", "requests_per_minute"],
        list_most=read["web", "list_most"],
        password_days=read["accounts", "password_days"],
        change_first_password=read["accounts", "change_first_password"],
        audit_months=read["accounts", "audit_months"],
        batch_days=read["batches", "keep_days"],
        publicity_days=read["publicity", "days"],
        publicity_counting=read["publicity", "counting"],
        county=read["office", "county"],
        bureau=read["office", "bureau"],
    )
    if problem := _misplaced_inbox(config):
        raise ConfigError([problem])
    return config


def current_config() -> Config:
    """The config named by the environment variable MINZHENG_CONFIG, else the project's own."""
    return load_config(Path(os.environ.get(CONFIG_VARIABLE) or PROJECT_FOLDER / "config.toml"))


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        problem = Problem(str(file), "找不到设置文件", "用 --config 指明 config.toml 的位置")
        raise ConfigError([problem]) from error
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(str(file), "设置文件读不出来", "检查文件权限，并以 UTF-8 编码保存")
        raise ConfigError([problem]) from error
    except tomllib.TOMLDecodeError as error:
        problem = Problem(str(file), f"设置文件{explain(error)}", "改正该行后重试")
        raise ConfigError([problem]) from error


def _misplaced_inbox(config: Config) -> Problem | None:
    """Unsorted scans must not be taken for the archive, nor for the program's own data."""
    inbox = config.inbox_folder.resolve()
    for folder, name in ((config.archive_folder, "档案文件夹"), (config.data_folder, "数据文件夹")):
        other = folder.resolve()
        if inbox.is_relative_to(other) or other.is_relative_to(inbox):
            return Problem(
                "[archive] inbox",
                f"收件箱 {inbox} 与{name} {other} 重叠，未核对的扫描件会混进去",
                "改为两者之外的另一个文件夹",
                "archive.inbox",
            )
    return None


def _unknown_keys(values: Mapping[str, Any]) -> list[Problem]:
    problems = []
    for table, keys in values.items():
        if table not in SETTINGS or not isinstance(keys, dict):
            known = "、".join(f"[{name}]" for name in SETTINGS)
            problems.append(Problem(f"[{table}]", "没有这一节", f"可用的节：{known}", table))
            continue
        known = "、".join(SETTINGS[table])
        problems += [
            Problem(f"[{table}] {key}", "没有这一项", f"可用的项：{known}", f"{table}.{key}")
            for key in keys
            if key not in SETTINGS[table]
        ]
    return problems


def _wrong_values(values: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem(
            f"[{table}] {key}",
            f"读到的是 {values[table][key]!r}",
            f"应为{setting.describe()}",
            f"{table}.{key}",
        )
        for table, keys in SETTINGS.items()
        for key, setting in keys.items()
        if isinstance(values.get(table), dict)
        and key in values[table]
        and not setting.accepts(values[table][key])
    ]
