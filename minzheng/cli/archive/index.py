"""`minzheng index`: walk the archive once and take in what changed."""

from argparse import Namespace
from pathlib import Path

from archive_indexer.errors import ArchiveFolderError
from archive_indexer.stores.service_state import Report
from minzheng.cli.archive.progress import ProgressBar, make_service
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.log_files import start_logging
from minzheng.county.county import read_county
from minzheng.county.settings.all_settings import Config


def run(args: Namespace, config: Config) -> int:
    """Index the archive folder, or a folder in it."""
    below = _below(args.folder, config.archive_folder)
    bring_up_to_date()
    start_logging(config.data_folder, "index")
    bar = ProgressBar()
    try:
        report = make_service(config, read_county(), bar.show).run_once(below, args.accept_missing)
    finally:
        bar.close()
    print(describe(report))
    return 0


def describe(report: Report) -> str:
    """What a walk did, in one line."""
    line = (
        f"共 {report.found} 个文件；新增或变化 {report.changed}，已入库 {report.indexed}，"
        f"未能识别 {report.failed}，已不在 {report.gone}。"
    )
    if report.indexed_inside or report.failed_inside:
        line += (
            f"压缩包、邮件里另有 {report.indexed_inside} 件已入库，"
            f"{report.failed_inside} 件未能识别。"
        )
    if report.trouble:
        line += f"\n注意：{report.trouble}。"
    if report.failed or report.failed_inside:
        line += "\n用 minzheng coverage 看未能识别的文件和原因。"
    return line


def _below(folder: Path, archive: Path) -> str:
    """The folder as a prefix of the archive's paths."""
    inside, root = folder.resolve(), archive.resolve()
    if inside == root:
        return ""
    if not inside.is_relative_to(root):
        raise ArchiveFolderError(
            f"{folder} 不在档案文件夹 {archive} 之内。"
            "请改写 config.toml 中 [archive] folder，或用 --config 指明另一份设置。"
        )
    if not inside.is_dir():
        raise ArchiveFolderError(f"{folder} 不是文件夹，或者不存在。")
    return inside.relative_to(root).as_posix() + "/"
