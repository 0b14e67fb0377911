"""`minzheng verify`: hash files again, longest unchecked first, and report."""

from argparse import Namespace
from collections import Counter

from django.utils import timezone
from tqdm import tqdm

from archive_indexer.disk.file_names import as_shown
from archive_indexer.noticing.presence import Presence
from archive_indexer.stores import service_state
from archive_indexer.upkeep.fixity import KINDS, Checked, check_oldest, count_due
from minzheng.cli.database import bring_up_to_date
from minzheng.county.settings.all_settings import Config

_EVERYTHING = 1 << 62


def run(args: Namespace, config: Config) -> int:
    """Check within the day's budget; 1 when something must be looked at."""
    bring_up_to_date()
    megabytes = config.verify_mb_a_day if args.mb is None else args.mb
    budget = _EVERYTHING if args.all else megabytes << 20
    presence = Presence(config.archive_folder, service_state.remembered_mounts())
    bad: list[Checked] = []
    counts: Counter[str] = Counter()
    size = 0
    with tqdm(total=count_due(timezone.now()), unit="件", disable=None, leave=False) as bar:
        for checked in check_oldest(config.archive_folder, presence, budget):
            counts[checked.kind] += 1
            size += checked.size
            if checked.kind in KINDS:
                bad.append(checked)
            bar.update()
    print(f"核对 {counts.total()} 个文件，{size / 1e6:.0f} MB：完好 {counts['same']}，"
          f"已修改 {counts['edited']}（会重新入库），异常 {len(bad)}。")  # fmt: skip
    for checked in bad:
        print(f"  {as_shown(checked.path)}\n    {KINDS[checked.kind]}")
    return 1 if bad else 0
