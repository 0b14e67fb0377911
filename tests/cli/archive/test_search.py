"""`minzheng search`: masked unless somebody says why, and always written down."""

import json
from pathlib import Path

import pytest

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.full_text_index import FullTextIndex
from minzheng.accounts.models import AuditEntry
from minzheng.cli.main import main

ID, PHONE = "110105194912310021", "13800000000"
PATH = f"钟宝镇/旧城村/{ID} 申请.txt"


@pytest.fixture
def search(tmp_path: Path, db, capsys):
    """Runs the command on an archive of one paper that is full of numbers."""
    file = tmp_path / "config.toml"
    file.touch()
    text = f"测试甲 身份证号 {ID} 电话 {PHONE} 低保申请"
    document = IndexedDocument(PATH, "a" * 64, (text,), title=f"申请 {ID}")
    FullTextIndex(tmp_path / "data" / "index").update([document], [])

    def run(*words: str) -> str:
        assert main(["--config", str(file), "search", *words]) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("more", [(), ("--json",)])
@pytest.mark.parametrize("word", ["测试甲", ID])
def test_numbers_are_masked_in_what_is_printed(search, word, more):
    """In snippet, title and path, for people and as JSON, also when the number was asked."""
    shown = search(word, *more)
    assert "1101051949" not in shown
    assert PHONE not in shown
    assert "110105********0021" in shown.replace("【", "").replace("】", "")


def test_a_reason_shows_them_in_full(search):
    """With the path as it is on disk."""
    hit = json.loads(search("测试甲", "--json", "--unmask", "核对发放花名册"))["hits"][0]
    assert hit["path"] == PATH
    assert ID in hit["snippet"]


def test_every_search_stands_in_the_audit_log(search):
    """As 命令行, masked; the unmasking with its reason."""
    search(ID)
    search("测试甲", "--unmask", "核对发放花名册")
    first, second = AuditEntry.objects.order_by("number")
    assert first.person.startswith("命令行 ")
    assert first.action == "查档"
    assert ID not in first.what
    assert second.action == "解除遮盖"
    assert "事由：核对发放花名册" in second.what


def test_what_may_be_meant_is_printed_apart_from_hits(search):
    """Each named as what it is, numbers masked; as JSON in a list of its own."""
    shown = search("低保测试")
    assert shown.startswith("共 0 件。")
    assert "不算在结果里" in shown
    assert "词拆开，同一件里都有：低保 测试  1 件" in shown
    told = json.loads(search("低保测试", ID, "--json"))
    assert told["hits"] == []
    assert told["nearest"][0]["count"] == 1
    assert ID not in json.dumps(told)
    assert json.loads(search("低保", "--json"))["nearest"] == []
