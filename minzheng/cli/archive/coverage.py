"""`minzheng coverage`: what the archive holds, town by town, and what could not be read."""

from argparse import Namespace

from archive_indexer.stores.coverage import Coverage, take_coverage
from minzheng.cli.database import bring_up_to_date
from minzheng.county.config import Config
from minzheng.county.county import read_county
from minzheng.county.registry.places import Places


def run(args: Namespace, config: Config) -> int:
    """Print counts and failures."""
    bring_up_to_date()
    county = read_county()
    coverage = take_coverage(county.places, county.dossiers)
    print("\n".join(describe(coverage, county.places)))
    return 0


def describe(coverage: Coverage, places: Places) -> list[str]:
    """The report, line by line."""
    lines = [
        f"已入库 {coverage.indexed} 件，等待 {coverage.waiting} 件，"
        f"未能识别 {len(coverage.failures)} 件。"
    ]
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
    if coverage.failures:
        lines.append("\n未能识别的文件：")
        lines += [f"  {entry.path}\n    {entry.reason}" for entry in coverage.failures]
    return lines
