"""The log tells who saw which page."""

import io

import pytest
from PIL import Image

from minzheng.accounts.models import AuditEntry, Role
from minzheng.web.archive import files


@pytest.fixture
def pictured(paper, monkeypatch):
    """A paper whose pages have pictures."""
    stream = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(stream, "JPEG")
    monkeypatch.setattr(files, "is_drawn", lambda file: False)  # as if it were a scan
    monkeypatch.setattr(files, "render_page", lambda *asked, **more: stream.getvalue())
    return paper


def seen() -> list[str]:
    entries = AuditEntry.objects.filter(action="查看").order_by("number")
    return [entry.what for entry in entries]


def test_a_picture_is_written_down_once_a_session_and_page(sign_in, pictured):
    """However often it is zoomed; another page and another person are written down again."""
    browser = sign_in(Role.INSPECTOR)
    for page, width in ((1, 1200), (1, 2000), (2, 1200)):
        assert browser.get(f"/files/{pictured.pk}/pages/{page}.jpg", {"width": width}).content
    sign_in(Role.INSPECTOR).get(f"/files/{pictured.pk}/pages/1.jpg")
    number = pictured.pk
    first, second, other = seen()
    assert first.startswith(f"页面图 {number} 第 1 页 钟宝镇/旧城村/")
    assert second.startswith(f"页面图 {number} 第 2 页")
    assert other == first


def test_the_page_of_the_file_is_one_entry_with_its_picture(sign_in, pictured):
    """Not two."""
    browser = sign_in(Role.INSPECTOR)
    browser.get(f"/files/{pictured.pk}?page=1")
    browser.get(f"/files/{pictured.pk}/pages/1.jpg")
    assert len(seen()) == 1


def test_a_thumbnail_belongs_to_its_search(sign_in, pictured):
    """Nothing can be read on it."""
    sign_in(Role.INSPECTOR).get(f"/files/{pictured.pk}/pages/1.jpg?width=300")
    assert seen() == []


def test_a_file_without_pictures_is_not_found(sign_in, paper, monkeypatch):
    """A sound has none; the log of faults has nothing to say."""
    monkeypatch.setattr(files, "is_drawn", lambda file: False)
    assert sign_in().get(f"/files/{paper.pk}/pages/1.jpg").status_code == 404


def test_a_fault_of_the_program_is_an_error_with_its_traceback(
    sign_in, pictured, monkeypatch, caplog
):
    """It is not told as if the file were missing."""

    def fail(*asked, **more):
        raise RuntimeError("ours")

    monkeypatch.setattr(files, "render_page", fail)
    browser = sign_in()
    browser.raise_request_exception = False
    answer = browser.get(f"/files/{pictured.pk}/pages/1.jpg")
    assert answer.status_code == 500
    assert "系统出现故障" in answer.content.decode()
    logged = next(one for one in caplog.records if one.name == "django.request")
    assert "ours" in str(logged.exc_info[1])
