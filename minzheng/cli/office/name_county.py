"""`minzheng name-county 平利县 DIR`: an office of one county becomes one of several.

Every row names its town under the county from then on. Documents that were issued, scans and
their folders stay as they are; whose those folders are is written down beside the tables.
"""

import csv
import io
import re
import shutil
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from archive_indexer.disk.service_lock import PagesLock, ServiceLock
from archive_indexer.errors import AlreadyRunningError
from archive_indexer.index.index_place import index_place
from archive_indexer.index.index_writer import rebuild_index
from archive_indexer.models import ArchivedFile
from archive_indexer.stores.corrections import put_places_under
from minzheng.accounts.areas import put_accounts_under
from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.cli.office.renamed_doubts import keep_verdicts
from minzheng.cli.office.way_back import Saved, heard_workers, save
from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.county import read_county
from minzheng.county.errors import MinzhengError, RegistryError
from minzheng.county.registry.places import folders_file
from minzheng.county.registry.registry_files import find_registry_problems
from minzheng.county.settings.all_settings import Config
from minzheng.county.town_names import APART, own_name, shown
from minzheng.database.server import confirm_usable
from minzheng.database.town_rows import put_towns_under
from minzheng.external.files.whole_file import write_whole
from minzheng.inbox.models import Original
from minzheng.web.oversight.doubts_deeds import sweep_now

_TABLE = "towns_and_villages.csv"
_RUNNING = "服务还在运行，没有改动。请先停止 minzheng serve、watch 和 worker{names}，再运行一次。"
_DONE = """\
本系统现在是几个县合用，{county}是其中之一：{rows} 处镇名前加上了县名，全文索引已重做 {papers} 件。
已出具的文书、扫描件和文件夹都没有动；没有写县名的文件夹 {folders} 个，记在 {file}。
下一步：在 {table} 里添上别的县的镇村（县 county、短代码各不相同），再启动服务、建各县的账号。
退回的办法：停止服务，运行
  minzheng restore {folder} --snapshot {snapshot} --force{table_too}
（以后新办的文书、账号不在那份备份里。）"""
_TABLE_TOO = """
再把 {kept} 拷回 {table}，删去 {file}"""
_OTHER_BUREAU = "注意：设置里的单位是“{bureau}”，以后文书上印“{name}民政局”。"


class NotNamedError(MinzhengError):
    """没有改成几个县合用，数据没有动。"""


def run(args: Namespace, config: Config) -> int:
    """Do it while no service runs.

    Raises:
        NotNamedError: a service runs, the name will not do, or there are several already.
    """
    confirm_usable()
    try:
        with PagesLock(config.data_folder), ServiceLock(config.data_folder):
            bring_up_to_date()
            _refuse(args.county, config)
            _name(args, config, f"{args.county}{APART}")
    except AlreadyRunningError as error:
        raise NotNamedError(_RUNNING.format(names="")) from error
    return 0


def _refuse(name: str, config: Config) -> None:
    if names := heard_workers(config):
        raise NotNamedError(_RUNNING.format(names=f"（{'、'.join(names)}）"))
    if read_county().places.counties:
        raise NotNamedError("镇村名册里已经分县，不用再改；添一个县，在名册里添它的镇村。")
    if not all(re.fullmatch(r"[\w（）]+", part) for part in name.split(APART)):
        raise NotNamedError(f"县名“{name}”写法不对：写全称，如 平利县；跨市的写 安康市·平利县。")


def _name(args: Namespace, config: Config, county: str) -> None:
    saved, folders = save(args, config, "改成几个县合用前"), _top_folders()
    table_too = _keep_table(config, saved, county)
    with _tables_kept(county), transaction.atomic():
        rows = put_towns_under(county)
        put_places_under(county)
        put_accounts_under(county)
        _write_tables(county, folders)
    keep_verdicts(county, sweep_now)
    write_down(config, Action.ADMINISTER, f"改成几个县合用，本县为 {shown(county)}，{rows} 处")
    papers = rebuild_index(index_place(config).emptied(), lambda number: None)
    _tell(config, county, saved, table_too, rows=rows, papers=papers, folders=len(folders))


def _keep_table(config: Config, saved: Saved, county: str) -> str:
    """Tables that lie outside the data are in no backup: how the one is laid back, in words."""
    table = REGISTRY_FOLDER / _TABLE
    if REGISTRY_FOLDER.is_relative_to(config.data_folder):
        return ""
    kept = saved.folder / f"{saved.backup.snapshot.name}-{_TABLE}"
    write_whole(kept, table.read_bytes(), is_forced=True)
    return _TABLE_TOO.format(kept=kept, table=table, file=folders_file(REGISTRY_FOLDER, county))


def _top_folders() -> list[str]:
    """The folders, or single files, that lie at the top of archive and inbox."""
    paths = [ArchivedFile.objects.values_list("path"), Original.objects.values_list("path")]
    return sorted({path.partition("/")[0] for some in paths for (path,) in some.iterator()})


@contextmanager
def _tables_kept(county: str) -> Iterator[None]:
    """The two tables as they were, when anything fails."""
    file = folders_file(REGISTRY_FOLDER, county)
    table, had_folder = (REGISTRY_FOLDER / _TABLE).read_bytes(), file.parent.exists()
    try:
        yield
    except BaseException:
        write_whole(REGISTRY_FOLDER / _TABLE, table, is_forced=True)
        file.unlink(missing_ok=True)
        if not had_folder:
            shutil.rmtree(file.parent, ignore_errors=True)
        raise


def _write_tables(county: str, folders: list[str]) -> None:
    """The county before every town, and the folders that are its own.

    Raises:
        RegistryError: the tables are no longer right.
    """
    file, table = folders_file(REGISTRY_FOLDER, county), REGISTRY_FOLDER / _TABLE
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, "".join(f"{one}\n" for one in folders).encode(), is_forced=True)
    write_whole(table, _with_county(table, shown(county)), is_forced=True)
    if problems := find_registry_problems(REGISTRY_FOLDER):
        raise RegistryError(problems)


def _with_county(table: Path, county: str) -> bytes:
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        names = [one for one in rows.fieldnames or () if one != "county"]
        told = io.StringIO()
        writer = csv.DictWriter(told, ["county", *names], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "county": county} for row in rows)
    return told.getvalue().encode()


def _tell(config: Config, county: str, saved: Saved, table_too: str, **counts: int) -> None:
    name = own_name(county)
    print(_DONE.format(
        county=name, file=folders_file(REGISTRY_FOLDER, county), table=REGISTRY_FOLDER / _TABLE,
        folder=saved.folder, snapshot=saved.backup.snapshot.name,
        table_too=table_too, **counts,
    ))  # fmt: skip
    if config.bureau != f"{name}民政局":
        print(_OTHER_BUREAU.format(bureau=config.bureau, name=name))
