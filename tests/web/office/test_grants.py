"""What waits for a second person, and what an auditor is told."""

import pytest

from minzheng.accounts.grants import ask_for_reset
from minzheng.accounts.models import AuditEntry, Grant, Person, Role


@pytest.fixture
def person(db) -> Person:
    return Person.objects.create_user("liulan", password="Old-pass-77", role=Role.INSPECTOR)


def test_a_refusal_shows_no_half_and_is_written_down(sign_in, person):
    """The old password holds."""
    ask_for_reset(person, "检查人员", "guanli", is_dual=True)
    form = {"grant": [Grant.objects.get().pk], "decision": "refuse"}
    page = sign_in(Role.AUDITOR).post("/grants/settle", form, follow=True).content.decode()
    assert 'class="secret"' not in page
    assert "不同意（p1）" in page
    person.refresh_from_db()
    assert person.check_password("Old-pass-77")
    assert AuditEntry.objects.filter(what="不同意 重设密码 liulan（guanli 提出）").exists()


def test_what_another_must_agree_to_is_shown_without_a_button(sign_in, person):
    """Who asked sees that it waits."""
    admin = sign_in(Role.ADMINISTRATOR)
    ask_for_reset(person, "检查人员", Person.objects.last().username, is_dual=True)
    page = admin.get("/grants").content.decode()
    assert "等别人确认" in page
    assert 'type="checkbox"' not in page
    assert "项等您确认" not in admin.get("/").content.decode()
    other = sign_in(Role.ADMINISTRATOR)
    assert "<b>1</b> 项等您确认" in other.get("/").content.decode()


def test_nothing_chosen_or_decided_is_told(sign_in):
    """And settles nothing, whatever numbers are sent."""
    auditor = sign_in(Role.AUDITOR)
    for form in ({}, {"grant": ["1"]}, {"decision": "agree", "grant": ["x", "٣", "9" * 30]}):
        answer = auditor.post("/grants/settle", form)
        assert answer.status_code == 422
        assert "没有选中" in answer.content.decode()
