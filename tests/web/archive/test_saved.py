"""Saved searches, and questions that hold personal numbers."""

import datetime as dt

import pytest
from django.utils import timezone

from archive_indexer.models import ArchivedFile
from minzheng.accounts.models import AuditEntry, Role, SavedSearch
from tests.web.conftest import put_paper

ID = "11010519491231002X"


@pytest.fixture
def paper(db) -> ArchivedFile:
    """A paper whose words stand in no other test's."""
    return put_paper("钟宝镇", "旧城村", "低保 试存词", name="试存")


def save(browser, name: str = "旧城低保", q: str = "试存词", **more: str):
    return browser.post("/saved/new", {"name": name, "q": q, **more}, follow=True)


def test_a_search_is_saved_listed_and_run(sign_in, paper):
    """With its filters, and with how many files answer now."""
    browser = sign_in(Role.INSPECTOR)
    page = save(browser, village="旧城村", order="date").content.decode()
    assert "已存为“旧城低保”" in page
    listed = browser.get("/saved").content.decode()
    assert "共 1 件" in listed
    assert "村：旧城村" in listed
    number = SavedSearch.objects.get().pk
    answer = browser.get(f"/saved/{number}")
    assert "village=%E6%97%A7" in answer["Location"]
    assert "order=date" in answer["Location"]
    assert paper.path in browser.get(answer["Location"]).content.decode()


def test_what_came_since_the_last_look_is_new(sign_in, paper, second_paper):
    """It is counted, can be listed alone, and is new no longer after a look."""
    browser = sign_in(Role.INSPECTOR)
    save(browser)
    SavedSearch.objects.update(looked_at=timezone.now() + dt.timedelta(minutes=1))
    late = second_paper("试存词 补来的", "2" * 64)
    later = timezone.now() + dt.timedelta(minutes=2)
    ArchivedFile.objects.filter(pk=late.pk).update(content_since=later)
    for address in ("/saved", "/saved/block"):
        page = browser.get(address).content.decode()
        assert "新增 1 件" in page
        assert "共 2 件" in page
    number = SavedSearch.objects.get().pk
    found = browser.get(f"/saved/{number}", {"only": "new"}, follow=True).content.decode()
    assert late.path in found
    assert paper.path not in found
    assert "以后入库的" in found
    SavedSearch.objects.update(looked_at=timezone.now() + dt.timedelta(minutes=3))
    assert "新增" not in browser.get("/saved/block").content.decode()


def test_a_moved_file_is_not_new(sign_in, paper, second_paper):
    """The same content under another path was seen before."""
    browser = sign_in()
    save(browser)
    ArchivedFile.objects.update(content_since=timezone.now() - dt.timedelta(days=1))
    second_paper("试存词 搬来的", paper.sha256)
    assert "新增 1" not in browser.get("/saved").content.decode()


def test_only_the_owner_sees_a_saved_search(sign_in, paper):
    """Not listed, not run, not renamed, not thrown away by others."""
    save(sign_in())
    number, other = SavedSearch.objects.get().pk, sign_in(Role.INSPECTOR)
    assert "旧城低保" not in other.get("/saved").content.decode()
    assert other.get(f"/saved/{number}").status_code == 404
    for deed in ("rename", "remove"):
        assert other.post(f"/saved/{number}/{deed}", {"name": "我的"}).status_code == 404
    assert SavedSearch.objects.get().name == "旧城低保"


def test_saved_searches_go_with_the_account(sign_in, paper):
    """They hold personal data of others."""
    save(sign_in())
    SavedSearch.objects.get().person.delete()
    assert not SavedSearch.objects.exists()


def test_a_saved_search_is_renamed_and_thrown_away(sign_in, paper):
    """Each is written down; the number in the question is not."""
    browser = sign_in()
    save(browser, q=f"试存词 {ID}")
    number = SavedSearch.objects.get().pk
    browser.post(f"/saved/{number}/rename", {"name": "  第二  个 "})
    assert SavedSearch.objects.get().name == "第二 个"
    browser.post(f"/saved/{number}/remove")
    assert not SavedSearch.objects.exists()
    said = [one.what for one in AuditEntry.objects.order_by("number") if one.action == "更改"]
    assert said == [
        "保存查询“旧城低保”：试存词 110105********002X",
        "查询“旧城低保”改名为“第二 个”",
        "删去查询“第二 个”",
    ]


@pytest.mark.parametrize(
    ("name", "q", "said"),
    [
        ("", "试存词", "没有填写"),
        ("长" * 41, "试存词", "太长"),
        ("旧城低保", "测试乙", "已有叫"),
        ("空", "", "没有要保存的查询"),
    ],
)
def test_what_cannot_be_saved_is_explained(sign_in, paper, name, q, said):
    """And nothing is lost of what was saved before."""
    browser = sign_in()
    save(browser)
    assert said in save(browser, name, q).content.decode()
    assert SavedSearch.objects.count() == 1


def shared(browser, whom: str = "全部账号", **more: str) -> int:
    """A search that was saved and shared."""
    save(browser, **more)
    number = SavedSearch.objects.latest("pk").pk
    browser.post(f"/saved/{number}/share", {"whom": whom})
    return number


def test_a_shared_search_finds_what_its_reader_may_see(sign_in, paper):
    """The question is shared, not the answer; what is new to its owner stays the owner's."""
    number = shared(sign_in(Role.COUNTY_CLERK))
    for town, village, found in (("钟宝镇", "旧城村", True), ("城关镇", "文彩村", False)):
        reader = sign_in(Role.VILLAGE_KEEPER, town, village)
        listed = reader.get("/saved").content.decode().partition("同事分享的")[2]
        assert "旧城低保" in listed
        assert ("共 1 件" in listed) is found
        looked = SavedSearch.objects.get().looked_at
        page = reader.get(f"/saved/{number}", follow=True).content.decode()
        assert (paper.path in page) is found
        assert SavedSearch.objects.get().looked_at == looked
        assert "旧城低保" in reader.get("/saved/block").content.decode()


def test_only_its_owner_changes_a_shared_search(sign_in, paper):
    """And may stop to share it; both are written down."""
    owner, reader = sign_in(Role.COUNTY_CLERK), sign_in(Role.INSPECTOR)
    number = shared(owner, "检查人员")
    for deed in ("share", "rename", "remove"):
        assert reader.post(f"/saved/{number}/{deed}", {"name": "我的"}).status_code == 404
    assert reader.get(f"/saved/{number}").status_code == 302
    owner.post(f"/saved/{number}/share", {"whom": ""})
    assert reader.get(f"/saved/{number}").status_code == 404
    entries = AuditEntry.objects.filter(what__contains="分享").order_by("number")
    assert list(entries.values_list("what", flat=True)) == [
        "查询“旧城低保”已分享给全县的检查人员",
        "查询“旧城低保”不再分享",
    ]


def test_a_question_with_a_personal_number_is_not_shared(sign_in, paper):
    """It is said why."""
    browser = sign_in()
    save(browser, q=ID)
    number = SavedSearch.objects.get().pk
    page = browser.post(f"/saved/{number}/share", {"whom": "全部账号"}, follow=True)
    assert "没有分享" in page.content.decode()
    assert SavedSearch.objects.get().shared_with == ""
