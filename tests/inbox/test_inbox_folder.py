"""What lies in the inbox folder, and where it is put away."""

import os
from pathlib import Path

import pytest

from minzheng.inbox.errors import InboxFolderError
from minzheng.inbox.inbox_folder import (
    FILED,
    REFUSED,
    folder_of,
    free_place,
    look,
    looks_of,
    put_away,
    reason_to_ignore,
)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    for name in ("a.pdf", "钟宝镇/旧城村/b.pdf", f"{FILED}/2018-05-07/c.pdf", f"{REFUSED}/d.pdf",
                 ".hidden", "~$x.docx", "钟宝镇/e.pdf.part"):  # fmt: skip
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    return tmp_path


def test_what_waits_is_seen_with_size_and_time(inbox):
    """In every folder, without what is done with and what is still being copied."""
    found = look(inbox)
    assert sorted(found) == ["a.pdf", "钟宝镇/旧城村/b.pdf"]
    assert found["a.pdf"] == looks_of(inbox, "a.pdf")
    assert found["a.pdf"][0] == len("a.pdf")


def test_a_link_out_of_the_inbox_is_not_followed(inbox, tmp_path_factory):
    """Neither to a file nor to a folder."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "secret.pdf").touch()
    (inbox / "link.pdf").symlink_to(elsewhere / "secret.pdf")
    (inbox / "links").symlink_to(elsewhere)
    assert sorted(look(inbox)) == ["a.pdf", "钟宝镇/旧城村/b.pdf"]


def test_an_inbox_that_is_away_is_told(inbox):
    """With its place and what to do."""
    with pytest.raises(InboxFolderError, match=r"收件箱文件夹 .* 读不到"):
        look(inbox / "none")


def test_what_is_gone_has_no_looks(inbox):
    """It may be taken away while it is looked at."""
    assert looks_of(inbox, "none.pdf") is None


@pytest.mark.parametrize(
    ("path", "folder"), [("a.pdf", ""), ("镇/村/a.pdf", "镇/村"), ("镇/a.pdf", "镇")]
)
def test_a_folder_of_the_inbox_is_empty_at_its_top(path, folder):
    """A scan laid at the top hints at no village."""
    assert folder_of(path) == folder


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"%PDF-1.7\n", ""),
        (b"\xff\xd8\xff\xe0" + bytes(20), ""),
        (b"PK\x05\x06" + bytes(18), "不拆压缩包"),
        ("名单".encode(), "里面却不是"),
        (b"", "空文件"),
    ],
)
def test_only_scans_are_taken(tmp_path, head, said):
    """By what the file is, not by its name."""
    file = tmp_path / "a.pdf"
    file.write_bytes(head)
    reason = reason_to_ignore(file)
    assert said in reason
    assert bool(reason) is bool(said)


@pytest.mark.parametrize(
    ("name", "said"), [("IMG_1.JPG", "请重新拍照、扫描"), ("名单.txt", "请直接放进档案文件夹")]
)
def test_a_photo_that_is_none_is_taken_again(tmp_path, name, said):
    """Nobody is told to lay it into the archive as what it is not."""
    file = tmp_path / name
    file.write_bytes("名单".encode())
    assert said in reason_to_ignore(file)


def test_a_scan_is_put_away_under_its_day_and_path(inbox):
    """A name that is taken gets a number; nothing is overwritten."""
    place = free_place(inbox, FILED, "2018-05-07", "镇/c.pdf")
    assert place == f"{FILED}/2018-05-07/镇/c.pdf"
    assert free_place(inbox, FILED, "2018-05-07", "c.pdf") == f"{FILED}/2018-05-07/c(2).pdf"
    (inbox / FILED / "2018-05-07" / "c(2).pdf").symlink_to("nowhere")
    third = free_place(inbox, FILED, "2018-05-07", "c.pdf")
    assert third == f"{FILED}/2018-05-07/c(3).pdf"
    put_away(inbox, "a.pdf", third)
    assert (inbox / third).read_text() == "a.pdf"
    assert not os.path.lexists(inbox / "a.pdf")
