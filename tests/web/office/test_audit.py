"""The auditor's pages."""

from django.test import Client

from minzheng.accounts.models import AuditEntry, Grant, Person, Role


def test_what_is_done_is_read_by_the_auditor(sign_in, paper):
    """Search, view and download, with filters; and the reading itself."""
    browser = sign_in(Role.INSPECTOR)
    browser.get("/search", {"q": "测试甲 11010519491231002X"}, follow=True)
    browser.get(f"/files/{paper.pk}")
    assert browser.get(f"/files/{paper.pk}/original").getvalue()
    auditor = sign_in(Role.AUDITOR)
    page = auditor.get("/audit", {"action": "查档"}).content.decode()
    assert "查“测试甲 110105********002X”" in page
    assert "下载原件" not in page
    assert "下载原件" in auditor.get("/audit", {"what": paper.path}).content.decode()
    assert "没有这样的记录" in auditor.get("/audit", {"person": "nobody"}).content.decode()
    assert AuditEntry.objects.filter(action="查看审计").count() == 3


def test_refusals_are_written_down(sign_in, paper):
    """Who asked for what is not theirs."""
    sign_in(Role.TOWN_CLERK, "城关镇").get(f"/files/{paper.pk}")
    assert AuditEntry.objects.get().result == "未成"


def test_an_auditor_of_a_county_reads_its_own_part(counties, sign_in):
    """It says that it is a part; of others, of the whole and of nobody it tells nothing."""
    for town in ("镇坪县·", "平利县·钟宝镇", "·"):
        sign_in(Role.INSPECTOR, town).get("/search", {"q": f"查{town}"})
    Person.objects.create_user("pingli", town="平利县·", role=Role.COUNTY_CLERK)
    for name in ("pingli", "nobody"):
        Client().post("/sign-in", {"username": name, "password": "x"})
    page = sign_in(Role.AUDITOR, "平利县·").get("/audit").content.decode()
    assert "这里只列平利县的账号做的事" in page
    assert "查平利县·钟宝镇" in page
    assert "账号 pingli" in page
    for foreign in ("镇坪县", "查“查·”", "不存在的账号"):
        assert foreign not in page
    whole = sign_in(Role.AUDITOR, "·").get("/audit").content.decode()
    assert all(one in whole for one in ("查镇坪县·", "查·", "不存在的账号", "账号 pingli"))
    assert "这里只列" not in whole


def test_it_is_told_whether_the_whole_log_is_whole(counties, sign_in):
    """With its own count and its own line; how many others there are is not said."""
    for town in ("镇坪县·",) * 6 + ("平利县·",):
        sign_in(Role.INSPECTOR, town).get("/search", {"q": "查"})
    auditor = sign_in(Role.AUDITOR, "平利县·")
    page = auditor.get("/audit/verify").content.decode()
    assert "其中平利县的部分是 1 条" in page
    assert "逐条核对了 7 条" not in page
    own = AuditEntry.objects.get(county="平利县·", action="查档")
    assert f"<code>{own.number} " in page
    entry = AuditEntry.objects.get(what__startswith="核对审计记录")
    assert (entry.what, entry.county) == ("核对审计记录 1 条，0 处异常", "平利县·")
    assert "<b>2</b> 条，最近一条" in auditor.get("/").content.decode()


def test_it_sees_what_was_given_to_accounts_of_its_county(counties, sign_in):
    """What was done by one alone, and no more of others by their numbers."""
    grants = [
        Grant.objects.create(
            person=Person.objects.create_user(f"new{number}", town=town), kind="新建账号",
            told="检查人员", is_waiting=False, asked_by="root",
        )
        for number, town in enumerate(("平利县·钟宝镇", "镇坪县·", "·"))
    ]  # fmt: skip
    auditor = sign_in(Role.AUDITOR, "平利县·")
    for address in ("/", "/grants"):
        page = auditor.get(address).content.decode()
        assert [f"new{number}" in page for number in range(3)] == [True, False, False], address
    auditor.post("/grants/seen", {"grant": [one.pk for one in grants]})
    assert [bool(Grant.objects.get(pk=one.pk).seen_at) for one in grants] == [True, False, False]


def test_an_office_of_one_county_is_told_nothing_of_parts(sign_in):
    """No new word on either page."""
    auditor = sign_in(Role.AUDITOR)
    for address in ("/audit", "/audit/verify"):
        assert "部分" not in auditor.get(address).content.decode()
    assert set(AuditEntry.objects.values_list("county", flat=True)) == {""}
