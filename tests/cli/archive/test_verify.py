"""`minzheng verify`: files hashed again, and what came of it."""

import os
from argparse import Namespace

import pytest

from minzheng.cli.archive.verify import run
from tests.archive_indexer.conftest import Village, village  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(village: Village) -> Village:  # noqa: F811
    for number in range(3):
        village.write(f"{number}.txt", f"测试甲的第{number}份申请材料")
    village.run()
    return village


def call(village: Village, mb: int | None = None, *, everything: bool = False) -> int:  # noqa: F811
    return run(Namespace(mb=mb, all=everything), village.config)


def test_a_sound_archive_is_said_to_be_sound(filled: Village, capsys):
    """Each file is counted."""
    assert call(filled, everything=True) == 0
    assert (
        "核对 3 个文件，0 MB：完好 3，已修改 0（会重新入库），异常 0。" in capsys.readouterr().out
    )


def test_a_file_replaced_behind_its_name_is_named(filled: Village, capsys):
    """Size and time as before, the content another: status 1."""
    file = filled.archive / "1.txt"
    before, text = file.stat(), file.read_text(encoding="utf-8")
    file.write_text(text.replace("第1份", "第9份"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert call(filled) == 1
    told = capsys.readouterr().out
    assert "完好 2" in told
    assert "1.txt\n    内容变了，大小和时间却没变" in told


def test_a_file_people_changed_openly_is_no_alarm(filled: Village, capsys):
    """It is read again by the service."""
    filled.write("1.txt", "测试甲改过的申请材料，比原来长")
    assert call(filled, mb=1) == 0
    assert "已修改 1" in capsys.readouterr().out
