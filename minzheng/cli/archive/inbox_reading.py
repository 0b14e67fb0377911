"""What the inbox's service does, done once: scans read and sorted, what was decided laid down."""

from functools import partial

from archive_indexer.disk.service_lock import ServiceLock
from archive_indexer.extract.effort import extract_scan
from archive_indexer.extract.limits import Limits
from archive_indexer.reading.pool import ReadingPool
from minzheng.county.county import County
from minzheng.county.settings.all_settings import Config
from minzheng.inbox.service import InboxService, cutting_apart
from minzheng.inbox.suggest import gather_knowledge


def read_now(config: Config, county: County) -> None:
    """What the service does, once; refused while it runs."""
    knowledge = gather_knowledge(county)
    limits = Limits.from_config(config, knowledge.known.manner)
    pool = ReadingPool(partial(extract_scan, limits=limits), 1, limits.seconds_a_file)
    try:
        service = InboxService(config, pool.read, knowledge)
        with ServiceLock(config.data_folder), cutting_apart(service):
            service.run_once()
    finally:
        pool.stop()
