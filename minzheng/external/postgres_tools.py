"""pg_dump and pg_restore: a database of a server as one file, and back."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from minzheng.county.errors import MinzhengError
from minzheng.external.run_program import ProgramFailedError, find_program, run_program

_SECONDS = 24 * 3600.0  #: a province's database takes hours
_SECONDS_TO_ASK = 30.0
_INSTALL = "Debian/Ubuntu 请装 postgresql-client-{0}；Windows 请装 PostgreSQL {0} 的命令行工具"


class PostgresToolError(MinzhengError):
    """pg_dump 或 pg_restore 没有完成工作。"""


def require_tools(server: int) -> None:
    """Whether both are here and know a server of this version (its first number).

    Raises:
        PostgresToolError: one is missing, or older than the server.
    """
    for name in ("pg_dump", "pg_restore"):
        found = _version(name)
        if found is None:
            raise PostgresToolError(f"没有找到 {name}。{_INSTALL.format(server)}，再试一次。")
        if found < server:
            raise PostgresToolError(
                f"{name} 是 {found} 版，比数据库服务器（{server} 版）旧，备出来的不可靠。"
                f"{_INSTALL.format(server)}，再试一次。"
            )


def dump(target: Path, place: Mapping[str, str], snapshot: str, left_out: str = "") -> None:
    """Write a database as of a moment into a file.

    Args:
        target: of pg_dump's own format, compressed.
        place: where the database is, in the variables of libpq.
        snapshot: the moment, as the server calls it.
        left_out: a pattern of schemas that are not dumped.
    """
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    options += [f"--exclude-schema={left_out}"] if left_out else []
    _run(["pg_dump", *options, f"--file={target}"], place)


def restore(source: Path, place: Mapping[str, str]) -> None:
    """Lay a dump into an empty database, all or nothing."""
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run(["pg_restore", *options, f"--dbname={place['PGDATABASE']}", str(source)], place)


def _run(command: Sequence[str], place: Mapping[str, str]) -> None:
    program = find_program(command[0])
    if program is None:
        raise PostgresToolError(f"没有找到 {command[0]}。")
    try:
        run_program([program, *command[1:]], _SECONDS, {**place, "LC_ALL": "C"})
    except ProgramFailedError as error:
        raise PostgresToolError(f"{command[0]} 没有完成：{error}") from error


def _version(name: str) -> int | None:
    program = find_program(name)
    if program is None:
        return None
    match = re.search(
        r"(\d+)(?:\.|devel|beta|rc|\b)", run_program([program, "--version"], _SECONDS_TO_ASK)
    )
    return int(match[1]) if match else None
