"""第一天做什么 on the administrator's home, and as a page of its own."""

from minzheng.accounts.models import Role
from minzheng.web.home import desks
from minzheng.web.office import first_day
from minzheng.web.office.first_day_shown import Step

DONE = Step("档案文件夹", True, "巡查过", "写上文件夹", "/coverage")
OPEN = Step("备份", False, "从来没有备份过", "备一份", "/jobs")


def test_the_home_tells_what_is_left_and_where(sign_in, monkeypatch):
    """Nothing at all once everything is done."""
    browser = sign_in(Role.ADMINISTRATOR)
    assert "第一天做什么：还有" in browser.get("/").content.decode()
    monkeypatch.setattr(desks, "steps_to_do", lambda: [OPEN])
    page = browser.get("/").content.decode()
    assert "还有 1 件" in page
    assert '<a href="/jobs">备份</a>' in page
    monkeypatch.setattr(desks, "steps_to_do", list)
    assert "第一天做什么" not in browser.get("/").content.decode()


def test_the_page_shows_every_step(sign_in, monkeypatch):
    """Ticked or with what to do, also when all is done."""
    browser = sign_in(Role.ADMINISTRATOR)
    monkeypatch.setattr(first_day, "first_steps", lambda: [DONE, OPEN])
    page = browser.get("/first-day").content.decode()
    assert "<b>1</b> / 2" in page
    assert "写上文件夹" not in page
    assert "备一份" in page
    monkeypatch.setattr(first_day, "first_steps", lambda: [DONE])
    assert "都做好了" in browser.get("/first-day").content.decode()
