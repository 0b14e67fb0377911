"""`minzheng upgrade DIR`: after a new version was installed: back up, migrate, check, way back.

Whatever goes wrong after the backup, the data are laid back as they were.
"""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from django.db import Error as DatabaseFailure
from django.db import connections

from archive_indexer.disk.service_lock import PagesLock, ServiceLock
from archive_indexer.errors import AlreadyRunningError
from filler.spec.form_catalogue import catalogue_of
from filler.word.faults.checked_templates import CHECKED, check_templates
from minzheng.accounts.audit_log import Action
from minzheng.cli.county_files import lay_county_files
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.cli.office.way_back import heard_workers, save
from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.county import read_county
from minzheng.county.errors import MinzhengError
from minzheng.county.registry.registry_files import find_registry_problems
from minzheng.county.settings.all_settings import Config
from minzheng.county.shipped import program_version
from minzheng.database.server import confirm_usable
from minzheng.database.tables import tables_of
from minzheng.external.files.whole_file import write_whole

_VERSION_FILE = "program_version.txt"  #: of the program that brought the data up to date last
_RUNNING = "服务还在运行，没有升级。请先停止 minzheng serve 和 minzheng watch，再运行一次。"
_WORKERS = "还有机器在识别（minzheng worker：{names}），没有升级。请先停下它们，再运行一次。"
_WAY_BACK = """\
万一新版本用着不对，退回的办法：停止服务，装回 {before}，再运行
  minzheng restore {folder} --snapshot {snapshot} --force
（升级以后新办的文书、账号不在那份备份里。）"""
_TAKEN_BACK = """\
没有升级成功，数据已照升级前的备份放回，原样可用；改到一半的数据在 {aside}。
请装回 {before} 再启动，并把上面的原因告诉技术支持。"""


class UpgradeFailedError(MinzhengError):
    """没有升级成功。"""


def run(args: Namespace, config: Config) -> int:
    """Do it while no service runs.

    Raises:
        UpgradeFailedError: a service runs, or the data were laid back.
    """
    data = config.data_folder
    confirm_usable()
    try:
        with PagesLock(data), ServiceLock(data):
            return _upgrade(args, config, _version_before(data))
    except AlreadyRunningError as error:
        raise UpgradeFailedError(_RUNNING) from error


def _upgrade(args: Namespace, config: Config, before: str) -> int:
    data = config.data_folder
    if not tables_of(data).exist():
        print("还没有数据，不用备份。")
        _bring_up_to_date(config)
        return 0
    _refuse_workers(config)
    saved = save(args, config, "升级前")
    try:
        _bring_up_to_date(config)
    except (MinzhengError, DatabaseFailure, OSError) as error:
        print(f"升级中出错：{error}", file=sys.stderr)
        aside = saved.lay_back(config)
        raise UpgradeFailedError(_TAKEN_BACK.format(aside=aside, before=before)) from error
    name = saved.backup.snapshot.name
    write_down(config, Action.ADMINISTER, f"升级到 {program_version()}，升级前的备份 {name}")
    print(f"已升级到 {program_version()}，检查过，可以启动服务了。")
    print(_WAY_BACK.format(before=before, folder=saved.folder, snapshot=name))
    return 0


def _refuse_workers(config: Config) -> None:
    """Those of the old version would go on writing into tables of the new one.

    Raises:
        UpgradeFailedError: some are still heard of.
    """
    if names := heard_workers(config):
        raise UpgradeFailedError(_WORKERS.format(names="、".join(names)))


def _bring_up_to_date(config: Config) -> None:
    """Tables and forms, database, and whether all is as it should be.

    Raises:
        UpgradeFailedError: something is not.
    """
    lay_county_files(config)
    connections.close_all()
    bring_up_to_date()
    problems = list(_problems(config))
    if problems:
        raise UpgradeFailedError("\n".join(problems))
    version = f"{program_version()}\n"
    write_whole(config.data_folder / _VERSION_FILE, version.encode(), is_forced=True)


def _problems(config: Config) -> Iterator[str]:
    wrong = find_registry_problems(REGISTRY_FOLDER)
    yield from map(str, wrong)
    if not wrong:
        yield from _problems_of_forms(config)
    if damage := tables_of(config.data_folder).find_damage():
        yield f"数据库：{damage}"


def _problems_of_forms(config: Config) -> Iterator[str]:
    try:
        forms = catalogue_of(config, read_county()).forms
        check_templates(forms, config.data_folder / CHECKED)
    except MinzhengError as error:
        yield str(error)


def _version_before(data: Path) -> str:
    try:
        return f"原来的 minzheng {(data / _VERSION_FILE).read_text(encoding='ascii').strip()}"
    except FileNotFoundError:
        return "原来的版本"
