"""`minzheng inbox --read`: what the service of the inbox does, once."""

import pytest

from archive_indexer.disk.service_lock import ServiceLock
from archive_indexer.errors import AlreadyRunningError
from minzheng.cli.archive.inbox import describe
from minzheng.cli.archive.inbox_reading import read_now
from minzheng.county.county import read_county
from tests.inbox.conftest import BLANK, Desk, lay_desk

pytestmark = pytest.mark.django_db(transaction=True)

COUNTY = read_county()


@pytest.fixture
def desk(tmp_path) -> Desk:
    return lay_desk(tmp_path)


def test_it_reads_by_itself_where_no_service_runs(desk):
    """With the real readers in a child; refused while a service holds the archive."""
    desk.pdf("白.pdf", BLANK)
    read_now(desk.config, COUNTY)
    assert "空白页" in "\n".join(describe(desk.config, COUNTY.dossiers))
    with ServiceLock(desk.config.data_folder), pytest.raises(AlreadyRunningError):
        read_now(desk.config, COUNTY)
