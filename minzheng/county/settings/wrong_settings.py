"""What is wrong with config.toml: unknown names, impossible values, settings that contradict."""

import difflib
import re
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from minzheng.county.errors import Problem
from minzheng.county.settings.all_settings import SETTINGS, Config
from minzheng.county.settings.database_address import WrongAddressError, read_address
from minzheng.county.settings.setting import NOTHING, Setting
from minzheng.county.settings.sign_in_servers import check_issuer, read_ldap_address


def find_wrong_values(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Tables and keys of a file that are not ours, and values that a setting does not take."""
    yield from _unknown_keys(values)
    for one in SETTINGS.values():
        table = values.get(one.table)
        if isinstance(table, dict) and one.key in table and not one.accepts(table[one.key]):
            yield _problem(one, f"读到的是 {table[one.key]!r}", f"应为{one.describe()}")


def find_contradictions(config: Config) -> Iterator[Problem]:
    """What of a config's settings cannot stand beside one another, or leads nowhere."""
    for check in (
        _misplaced_inbox,
        _unusable_plan,
        _unusable_database,
        _unusable_search,
        _unusable_sign_in,
        _unusable_processes,
        _unusable_machine,
    ):
        yield from check(config)


def _misplaced_inbox(config: Config) -> Iterator[Problem]:
    """Unsorted scans must not be taken for the archive, nor for the program's own data."""
    inbox = config.inbox_folder.resolve()
    for folder, name in ((config.archive_folder, "档案文件夹"), (config.data_folder, "数据文件夹")):
        other = folder.resolve()
        if inbox.is_relative_to(other) or other.is_relative_to(inbox):
            yield _problem_of(
                "inbox",
                f"收件箱 {inbox} 与{name} {other} 重叠，未核对的扫描件会混进去",
                "改为两者之外的另一个文件夹",
            )
            return


def _unusable_plan(config: Config) -> Iterator[Problem]:
    """A backup beside what it saves is none; an hour that is none would never come."""
    folder = config.backup_folder
    if folder is not None and folder.resolve().is_relative_to(config.data_folder.resolve()):
        yield _problem_of(
            "backup_place",
            f"备份文件夹 {folder} 在数据文件夹里面，磁盘坏了就一起没了",
            "改到另一块磁盘或另一台机器",
        )
    if config.backup_time != NOTHING and config.backup_clock is None:
        read = f"读到的是“{config.backup_time}”"
        yield _problem_of("backup_time", read, "写成 02:30 这样的时间")


def _unusable_database(config: Config) -> Iterator[Problem]:
    """What of the address is wrong, or of the file that holds its password."""
    name = "database_url"
    try:
        if config.database_url.strip():
            read_address(config.database_url.strip())
        name = "database_password_file"
        _ = config.database
    except WrongAddressError as error:
        yield _problem_of(name, error.what, error.do)
    if not config.database_url.strip():
        yield from _without_server(config)


def _unusable_search(config: Config) -> Iterator[Problem]:
    """What of the search server is wrong, where one is asked for."""
    try:
        _ = config.search_address
    except WrongAddressError as error:
        yield _problem_of("search_server", error.what, error.do)


def _without_server(config: Config) -> Iterator[Problem]:
    """What is to lie on a server, where none is named."""
    do = '在 [database] 写好 url，或改回 {} = "embedded"'
    if config.shares_reading:
        yield _problem_of(
            "queue",
            "读到的是 postgresql，但没有写数据库服务器，别的机器读不到排队的文件",
            do.format("queue"),
        )
    if config.search_engine == "postgresql":
        yield _problem_of(
            "search_engine",
            "读到的是 postgresql，但没有写数据库服务器，全文索引没有地方放",
            do.format("engine"),
        )


def _unusable_sign_in(config: Config) -> Iterator[Problem]:
    """What of the servers that say who signs in is wrong, or of the files with their secrets."""
    asked: dict[str, tuple[str, Callable[[], object]]] = {
        "ldap_url": ("ldap_password_file", lambda: config.ldap),
        "oidc_issuer": ("oidc_secret_file", lambda: config.identity_provider),
    }
    checked = {"ldap_url": read_ldap_address, "oidc_issuer": check_issuer}
    for name, (secret, read) in asked.items():
        field, text = name, str(getattr(config, name)).strip()
        try:
            if text:
                checked[name](text)
                field = secret
                read()
        except WrongAddressError as error:
            yield _problem_of(field, error.what, error.do)
    if config.ldap_url.strip() and config.oidc_issuer.strip():
        yield _problem_of("oidc_issuer", "LDAP 和 OIDC 都写了", "只留一个，另一个改成空着")
    if config.ldap_url.strip() and not config.ldap_base.strip():
        yield _problem_of(
            "ldap_base",
            "没有写人员在 LDAP 里的位置",
            "写成 ou=people,dc=example,dc=cn 这样",
        )
    if config.ldap_url.strip() and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", config.ldap_name):
        yield _problem_of(
            "ldap_name", f"读到的是“{config.ldap_name}”", "写 LDAP 属性的名字，如 uid"
        )
    named = config.authorities_file
    if named != NOTHING and not (config.file.parent / named).is_file():
        yield _problem_of("authorities_file", f"根证书文件 {named} 不存在", "建好它，或改写位置")


def _unusable_processes(config: Config) -> Iterator[Problem]:
    """Several processes count and remember together in the tables of a server."""
    if config.processes > 1 and not config.database_url.strip():
        yield _problem_of(
            "processes",
            f"读到的是 {config.processes}，但没有写数据库服务器，几个进程会各记各的",
            "在 [database] 写好 url，或改回 processes = 1",
        )
    elif config.processes > 1 and not hasattr(socket, "SO_REUSEPORT"):
        yield _problem_of(
            "processes",
            f"读到的是 {config.processes}，这种系统不能几个进程用一个端口",
            "改回 1",
        )


def _unusable_machine(config: Config) -> Iterator[Problem]:
    """Several machines have a server in common, and no file that one changes under another."""
    if not config.is_one_of_many:
        return
    read = f"读到的是 {config.machine}，但"
    if not config.database_url.strip():
        do = '在 [database] 写好 url，或改回 machine = "only"'
        yield _problem_of("machine", f"{read}没有写数据库服务器，几台机器会各记各的", do)
    if config.search_engine == "embedded":
        do = '在 [search] 设 engine = "postgresql"，或改回 machine = "only"'
        yield _problem_of("machine", f"{read}全文索引在数据文件夹里，几台机器不能一起用", do)


def _problem_of(field: str, what: str, do: str) -> Problem:
    return _problem(SETTINGS[field], what, do)


def _problem(one: Setting, what: str, do: str) -> Problem:
    return Problem(f"[{one.table}] {one.key}", what, do, one.name)


def _unknown_keys(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Tables and keys that are not ours, each with the nearest that is."""
    tables = list(dict.fromkeys(one.table for one in SETTINGS.values()))
    for table, keys in values.items():
        if table not in tables or not isinstance(keys, dict):
            known = "、".join(f"[{name}]" for name in tables)
            do = f"{_nearest(table, tables)}可用的节：{known}"
            yield Problem(f"[{table}]", "没有这一节", do, table)
            continue
        of_table = [one.key for one in SETTINGS.values() if one.table == table]
        for key in keys:
            if key not in of_table:
                do = f"{_nearest(key, of_table)}可用的项：{'、'.join(of_table)}"
                yield Problem(f"[{table}] {key}", "没有这一项", do, f"{table}.{key}")


def _nearest(name: str, known: Iterable[str]) -> str:
    alike = difflib.get_close_matches(name, [one for one in known if one != name], n=1)
    return f"是不是 {alike[0]}？" if alike else ""
