"""`minzheng inbox`: what waits, told without names of people."""

from argparse import Namespace

import pytest

from minzheng.cli.archive.inbox import describe, run
from minzheng.county.county import read_county
from minzheng.inbox.errors import InboxFolderError
from tests.inbox.conftest import Desk, coded, confirm_all, lay_desk, plain

pytestmark = pytest.mark.django_db(transaction=True)

COUNTY = read_county()


@pytest.fixture
def desk(tmp_path) -> Desk:
    return lay_desk(tmp_path)


def test_what_waits_is_told_by_numbers_and_places(desk):
    """Papers with what is doubtful, files left alone with the reason, nobody's name."""
    desk.pdf("批量.pdf", coded("DB-01", text="申请人 测试甲"), coded("DB-02", page=1, of=2))
    desk.pdf("收据.pdf", plain("收据 测试乙"))
    (desk.inbox / "a.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    desk.run()
    told = "\n".join(describe(desk.config, COUNTY.dossiers))
    assert "待确认 3 件（其中有把握的 1 件）" in told
    assert "批量.pdf 共 1 页 → 钟宝镇旧城村 / 低保 / 2018  有把握" in told
    assert "缺第 2 页" in told
    assert "收据.pdf 共 1 页 → 村不明 / 专档不明 / 年度不明  请核对" in told
    assert "不拆压缩包" in told
    assert "测试" not in told
    confirm_all()
    assert "正在放入档案 3 件" in "\n".join(describe(desk.config, COUNTY.dossiers))


def test_a_missing_folder_is_told(desk):
    """With what to do."""
    desk.inbox.rmdir()
    with pytest.raises(InboxFolderError, match="请建好这个文件夹"):
        run(Namespace(read=False), desk.config)
