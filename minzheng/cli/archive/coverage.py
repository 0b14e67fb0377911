"""`minzheng coverage`: what the archive holds, town by town, and what could not be read."""

from argparse import Namespace

from archive_indexer.stores.coverage import Coverage, take_coverage
from archive_indexer.stores.many_machines.workers import seen_workers
from minzheng.cli.database import bring_up_to_date
from minzheng.county.county import read_county
from minzheng.county.registry.places import Places
from minzheng.county.settings.all_settings import Config
from minzheng.web.oversight.workers_shown import NOBODY_READS, START_ONE, say_worker


def run(args: Namespace, config: Config) -> int:
    """Print counts and failures."""
    bring_up_to_date()
    county = read_county()
    coverage = take_coverage(county.places, county.dossiers)
    print("\n".join(describe(coverage, county.places)))
    if config.shares_reading:
        print("\n识别用的机器：")
        machines = [say_worker(one, with_paths=True) for one in seen_workers()]
        print("\n".join(f"  {one}" for one in machines or [f"{NOBODY_READS}：{START_ONE}"]))
    return 0


def describe(coverage: Coverage, places: Places) -> list[str]:
    """The report, line by line."""
    lines = [
        f"已入库 {coverage.indexed} 件，等待 {coverage.waiting} 件，"
        f"未能识别 {len(coverage.failures)} 件。"
    ]
    if coverage.inside:
        lines.append(f"已入库的件数里，{coverage.inside} 件在压缩包或邮件里。")
    if coverage.trouble:
        lines.append(f"注意：{coverage.trouble}")
    for town in places.towns:
        villages = coverage.of_town(town.name)
        with_files = sum(bool(village.files) for village in villages)
        total = sum(village.files for village in villages)
        lines.append(f"\n{town.name}：{total} 件，{len(villages)} 个村中 {with_files} 个有档案")
        for village in villages:
            counts = " ".join(f"{code}:{n}" for code, n in village.by_dossier.items() if n)
            lines.append(f"  {village.village}  {village.files} 件  {counts}".rstrip())
    if coverage.elsewhere:
        lines.append(f"\n认不出村的：{coverage.elsewhere} 件")
    return [*lines, *_not_read(coverage)]


def _not_read(coverage: Coverage) -> list[str]:
    """What could not be read, wholly or in part, and what was not followed."""
    lines: list[str] = []
    if coverage.failures:
        lines.append("\n未能识别的文件：")
        lines += [f"  {entry.path}\n    {entry.reason}" for entry in coverage.failures]
    if coverage.partly:
        lines.append(f"\n读得不全的文件 {len(coverage.partly)} 件（已入库，以下部分查不到）：")
        lines += [f"  {entry.path}\n    {entry.reason}" for entry in coverage.partly]
    if coverage.doubtful:
        lines.append(f"\n读得没有把握的文件 {len(coverage.doubtful)} 件（已入库，可能有错漏）：")
        lines += [f"  {entry.path}\n    {entry.reason}" for entry in coverage.doubtful]
    if coverage.without_words:
        lines.append("\n没有文字的文件，只计数：")
        lines += [f"  {what}：{files} 件" for what, files in coverage.without_words.items()]
    if coverage.passed_over:
        lines.append(f"\n快捷方式和回收站，未跟随：{len(coverage.passed_over)} 处")
        lines += [f"  {path}" for path in coverage.passed_over]
    return lines
