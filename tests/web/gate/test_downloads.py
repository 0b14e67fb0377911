"""The original: under its own name, whole or in part."""

import os

import pytest

from archive_indexer.disk.file_names import as_key
from archive_indexer.documents import ArchiveFile, ExtractedPage, Extraction, Filing
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import file_store, filing_store, page_store
from minzheng.accounts.models import Role
from minzheng.web.gate.office import config

CONTENT = bytes(range(200))


def put_file(name: str) -> ArchivedFile:
    """A file with 200 different bytes, under a name as the disk has it."""
    config().archive_folder.mkdir(parents=True, exist_ok=True)
    (config().archive_folder / name).write_bytes(CONTENT)
    key = as_key(name)
    page_store.keep_content("d" * 64, Extraction("txt", (ExtractedPage(1, "原件"),)))
    filing_store.keep_filing(ArchiveFile(key, 200, 1, "d" * 64), Filing())
    file_store.mark_indexed([key])
    return ArchivedFile.objects.get(path=key)


@pytest.fixture
def file(db) -> ArchivedFile:
    return put_file("测试 申请（副本）&.pdf")


def body(answer) -> bytes:
    """What was sent; a file that is read to its end is closed."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_original_comes_whole_under_its_own_name(sign_in, file):
    """Chinese letters, spaces and brackets too; never shown as a page of ours."""
    answer = sign_in(Role.INSPECTOR).get(f"/files/{file.pk}/original")
    assert answer.status_code == 200
    name = "%E6%B5%8B%E8%AF%95%20%E7%94%B3%E8%AF%B7%EF%BC%88%E5%89%AF%E6%9C%AC%EF%BC%89%26.pdf"
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == "200"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert body(answer) == CONTENT


def test_a_name_from_an_old_windows_is_no_error(sign_in, db):
    """It is taken for GBK."""
    file = put_file(os.fsdecode("申请.txt".encode("gbk")))
    answer = sign_in().get(f"/files/{file.pk}/original")
    assert "filename*=utf-8''%E7%94%B3%E8%AF%B7.txt" in answer["Content-Disposition"]
    assert body(answer) == CONTENT


@pytest.mark.parametrize(
    ("asked", "status", "said", "data"),
    [
        ("bytes=150-", 206, "bytes 150-199/200", CONTENT[150:]),
        ("bytes=0-9", 206, "bytes 0-9/200", CONTENT[:10]),
        ("bytes=190-999", 206, "bytes 190-199/200", CONTENT[190:]),
        ("bytes=-5", 206, "bytes 195-199/200", CONTENT[195:]),
        ("bytes=200-", 416, "bytes */200", b""),
        ("bytes=-0", 416, "bytes */200", b""),
        ("bytes=9-3", 200, None, CONTENT),
        ("bytes=0-1,5-6", 200, None, CONTENT),
        ("lines=1-2", 200, None, CONTENT),
        ("bytes=-", 200, None, CONTENT),
        ("bytes=" + "9" * 30 + "-", 200, None, CONTENT),
    ],
)
def test_a_broken_download_goes_on(  # noqa: PLR0917 # one column a word
    sign_in, file, asked, status, said, data
):
    """A part that cannot be understood is answered with the whole file."""
    answer = sign_in().get(f"/files/{file.pk}/original", headers={"Range": asked})
    assert answer.status_code == status
    assert answer.headers.get("Content-Range") == said
    assert body(answer) == data
    if status == 206:
        assert answer["Content-Length"] == str(len(data))


def test_a_file_that_has_changed_is_sent_anew(sign_in, file):
    """Two halves of different files make no file."""
    address = f"/files/{file.pk}/original"
    browser = sign_in()
    whole = browser.get(address)
    etag = whole["ETag"]
    assert body(whole) == CONTENT
    asked = {"Range": "bytes=150-", "If-Range": etag}
    part = browser.get(address, headers=asked)
    assert (part.status_code, body(part)) == (206, CONTENT[150:])
    asked["If-Range"] = '"another"'
    assert body(browser.get(address, headers=asked)) == CONTENT
