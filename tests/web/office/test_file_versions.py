"""A replaced file: every version kept, none overwritten unseen."""

from minzheng.web.office import file_versions
from tests.web.office.conftest import BETTER, TABLE, replace_table, upload_table


def test_two_at_once_do_not_overwrite_each_other(registry_desk, registry):
    """Whoever comes second checks again."""
    found = upload_table(registry_desk, BETTER).context
    posted = {"sha256": found["sha256_new"], "seen": found["sha256"]}
    (registry / TABLE).write_text("甲乙=丙丁\n", encoding="utf-8")
    answer = registry_desk.post(f"/registry/{TABLE}/use", posted)
    assert "刚被换过" in answer.content.decode()
    assert (registry / TABLE).read_text("utf-8") == "甲乙=丙丁\n"


def test_a_table_changed_beside_the_pages_is_pointed_out(registry_desk, registry):
    """And kept before it is replaced."""
    replace_table(registry_desk, BETTER)
    (registry / TABLE).write_text("甲乙=丙丁\n", encoding="utf-8")
    assert "在服务器上改过" in registry_desk.get(f"/registry/{TABLE}").content.decode()
    replace_table(registry_desk, BETTER)
    assert registry_desk.get(f"/registry/{TABLE}/file?version=3").content.decode() == "甲乙=丙丁\n"
    assert "在网页之外改动" in registry_desk.get(f"/registry/{TABLE}").content.decode()


def test_a_folder_that_cannot_be_written_is_said(registry_desk, registry, monkeypatch):
    """And what is in place stays."""
    write, before = file_versions.write_whole, (registry / TABLE).read_bytes()

    def refuse(file, data, **how):
        if file.parent == registry:
            raise PermissionError(13, "no")
        write(file, data, **how)

    monkeypatch.setattr(file_versions, "write_whole", refuse)
    answer = replace_table(registry_desk, BETTER)
    assert "程序文件夹不许写入" in answer.content.decode()
    assert (registry / TABLE).read_bytes() == before
