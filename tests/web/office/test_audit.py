"""The auditor's pages."""

from minzheng.accounts.models import AuditEntry, Role


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
