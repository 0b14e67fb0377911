"""`minzheng rebuild-index`: the index made again from what was read."""

import shutil
from argparse import Namespace

import pytest

from archive_indexer.disk.service_lock import ServiceLock
from archive_indexer.errors import AlreadyRunningError
from minzheng.cli.archive.rebuild_index import run
from tests.archive_indexer.conftest import Village, village  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_index_that_is_lost_is_made_again_without_reading(village: Village, capsys):  # noqa: F811
    """Everything is found as before; each file was read once."""
    for number in range(3):
        village.write(f"钟宝镇/旧城村/{number}.txt", f"测试甲的第{number}份申请材料")
    village.run()
    shutil.rmtree(village.config.data_folder / "index")
    assert run(Namespace(), village.config) == 0
    assert "全文索引已重建，共 3 件" in capsys.readouterr().out
    assert len(village.paths("申请材料")) == 3
    assert len(village.texts_read()) == 3


def test_it_is_refused_while_the_service_runs(village: Village):  # noqa: F811
    """Two writers would spoil the index."""
    with ServiceLock(village.config.data_folder), pytest.raises(AlreadyRunningError):
        run(Namespace(), village.config)
