"""What waits for a second person, and what an auditor is told."""

import re

import pytest

from minzheng.accounts.grants import ask_for_account, ask_for_reset
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
    assert "不同意<br>p1" in page
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


def test_a_whole_office_is_agreed_to_at_once(sign_in):
    """Just what was listed; each half is shown with its account, those of the others are not."""
    people = [Person.objects.create_user(f"cun{n}", role=Role.INSPECTOR) for n in range(3)]
    for one in people:
        ask_for_account(one, "村级专管员", "guanli", is_dual=True)
    auditor = sign_in(Role.AUDITOR)
    page = auditor.get("/grants").content.decode()
    assert "全部同意（3 项）" in page
    listed = re.findall(r'name="listed" value="(\d+)"', page)
    late = Person.objects.create_user("late", role=Role.INSPECTOR)
    ask_for_account(late, "检查人员", "guanli", is_dual=True)
    form = {"listed": listed, "decision": "agree-all"}
    page = auditor.post("/grants/settle", form, follow=True).content.decode()
    assert len(re.findall(r'class="secret">\w{7}<', page)) == 3
    usable = [one.username for one in Person.objects.order_by("pk") if one.has_usable_password()]
    assert usable == ["cun0", "cun1", "cun2"]


def test_nothing_chosen_or_decided_is_told(sign_in):
    """And settles nothing, whatever numbers are sent."""
    auditor = sign_in(Role.AUDITOR)
    for form in ({}, {"grant": ["1"]}, {"decision": "agree", "grant": ["x", "٣", "9" * 30]}):
        answer = auditor.post("/grants/settle", form)
        assert answer.status_code == 422
        assert "没有选中" in answer.content.decode()
