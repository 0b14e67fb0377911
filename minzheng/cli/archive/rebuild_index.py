"""`minzheng rebuild-index`: make the full-text index again without reading a scan."""

from argparse import Namespace
from typing import Never

from tqdm import tqdm

from archive_indexer.disk.service_lock import ServiceLock
from archive_indexer.index.index_place import index_place
from archive_indexer.index.index_writer import rebuild_index
from minzheng.cli.database import bring_up_to_date
from minzheng.county.settings.all_settings import Config


def run(args: Namespace, config: Config) -> int:
    """Throw the index away and fill it from what was read."""
    bring_up_to_date()
    with ServiceLock(config.data_folder), tqdm(unit="件", disable=None, leave=False) as bar:
        index = index_place(config).emptied()
        done = rebuild_index(index, lambda number: _show(bar, number))
    print(f"全文索引已重建，共 {done} 件，没有重新识别扫描件。")
    return 0


def _show(bar: "tqdm[Never]", number: int) -> None:
    bar.n = number
    bar.refresh()
