"""Coming in by key: whose it is, what it opens, what is written down."""

import pytest
from django.test import Client

from minzheng.accounts.models import AuditEntry, Role


@pytest.mark.parametrize("header", [None, "Bearer mz_wrong", "Basic eDp5"])
def test_without_a_key_nothing_is_told(db, header):
    """Neither with a wrong one; whom to ask is said."""
    answer = Client().get("/api/forms", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert "请向管理员申请" in answer.json()["detail"]


def test_a_wrong_key_is_written_down(db):
    """As a sign-in that failed; the key itself is not kept."""
    Client().get("/api/forms", headers={"Authorization": "Bearer mz_wrong"})
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.what, entry.result) == ("登录失败", "接口密钥无效", "未成")


def test_a_key_opens_what_its_account_may(as_):
    """And no more; the refusal names the role."""
    inspector = as_(Role.INSPECTOR)
    assert inspector.get("/api/search", {"q": "测试"}).status_code == 200
    refused = inspector.get("/api/forms")
    assert refused.status_code == 403
    assert "检查人员" in refused.json()["detail"]


def test_what_is_done_by_key_is_written_down(as_, paper):
    """In the name of its account."""
    as_(Role.INSPECTOR).get(f"/api/files/{paper.pk}")
    entry = AuditEntry.objects.get()
    assert (entry.person, entry.action) == ("api0", "查看")
