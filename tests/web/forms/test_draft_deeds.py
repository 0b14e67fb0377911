"""What is typed is there again, for who typed it, until it was issued."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from filler.models import Draft, Issued
from minzheng.accounts.models import AuditEntry, Person
from minzheng.web.gate.office import config
from tests.web.conftest import picture
from tests.web.forms.conftest import field
from tests.web.home.conftest import PASSWORD

TOKEN = "0123456789abcdef"


def kept(browser: Client, **typed: str) -> Draft:
    """What is kept of a page while somebody types."""
    answer = browser.post("/forms/DB-01/preview", {"draft": TOKEN, "name": "测试甲"} | typed)
    assert "已存" in answer.content.decode()
    return Draft.objects.get(token=TOKEN)


def test_what_is_typed_is_there_when_the_form_is_opened_again(sign_in):
    """Under the same page's name, rows and all; nothing of it in the address or the log."""
    browser = sign_in()
    kept(browser, **{"members-0-m_name": "", "members-1-m_name": "测试乙", "phone": "123"})
    page = browser.get("/forms/DB-01").content.decode()
    assert f'name="draft" value="{TOKEN}"' in page
    assert 'value="测试甲"' in field(page, "name")
    assert 'value="测试甲"' in field(page, "members-0-m_name")
    assert 'value="测试乙"' in field(page, "members-1-m_name")
    assert "没填完的已经取来" in page
    assert "处需要更正" not in page
    assert "不是电话号码" not in page
    assert not AuditEntry.objects.filter(what__contains="测试").exists()
    address = re.search(r'data-own="([^"]+)"', page)[1]
    assert address == f"/forms/DB-01?draft={TOKEN}"


def test_a_page_nobody_typed_on_leaves_nothing(sign_in):
    """Neither the defaults nor the own place are an answer."""
    browser = sign_in(town="钟宝镇")
    page = browser.get("/forms/DB-01").content.decode()
    assert "没填完" not in page.partition("<main")[2]
    browser.post("/forms/DB-01/preview", {"draft": TOKEN, "town": "钟宝镇", "ethnicity": "汉族"})
    assert not Draft.objects.exists()


def test_problems_that_were_listed_are_listed_again(sign_in):
    """After another page, with Back."""
    browser = sign_in()
    answer = browser.post("/forms/DB-01", {"draft": TOKEN, "name": "测试甲", "action": "issue"})
    assert answer.status_code == 422
    assert f'data-own="/forms/DB-01?draft={TOKEN}"' in answer.content.decode()
    answer = browser.get(f"/forms/DB-01?draft={TOKEN}")
    assert answer.status_code == 200
    assert "处需要更正" in answer.content.decode()


def test_two_pages_of_one_form_are_two(sign_in):
    """Neither writes over the other; a new one is begun without losing the first."""
    browser = sign_in()
    kept(browser)
    browser.post("/forms/DB-01/preview", {"draft": "f" * 16, "name": "测试乙"})
    assert {one.answers["name"] for one in Draft.objects.all()} == {"测试甲", "测试乙"}
    page = browser.get("/forms/DB-01").content.decode()
    fresh = re.search(r'href="(/forms/DB-01\?draft=\w+)"', page)[1]
    page = browser.get(fresh).content.decode()
    assert 'value=""' in field(page, "name")
    assert "另有 2 份没填完的" in page


def hidden(page: str) -> dict[str, str]:
    """What a page tells of itself, hidden."""
    return dict(re.findall(r'name="(draft\w*)"\s+value="([^"]*)"', page))


def test_two_windows_on_one_draft_lose_nothing(sign_in):
    """The one that did not see what the other wrote is kept beside it, always under one name."""
    browser = sign_in()
    one = hidden(browser.get(f"/forms/DB-01?draft={TOKEN}").content.decode())
    kept(browser, **one)
    other = hidden(browser.get(f"/forms/DB-01?draft={TOKEN}").content.decode())
    assert other["draft_window"] != one["draft_window"]
    told = browser.post("/forms/DB-01/preview", {**other, "name": "测试甲", "phone": "13991500001"})
    assert "另一个窗口" not in told.content.decode()
    for address in ("一组", "二组"):
        posted = {**one, "name": "测试甲", "hukou_addr": address}
        told = browser.post("/forms/DB-01/preview", posted)
        assert "另一个窗口也填了" in told.content.decode()
    first, beside = Draft.objects.order_by("pk")
    assert (first.token, first.answers["phone"]) == (TOKEN, "13991500001")
    assert (beside.answers["hukou_addr"], beside.answers["phone"]) == ("二组", "")
    page = browser.post("/forms/DB-01", {**one, "name": "测试甲", "action": "check"})
    assert "另一个窗口也填了" in page.content.decode()
    assert hidden(page.content.decode())["draft"] == beside.token
    assert hidden(page.content.decode())["draft_window"] == one["draft_window"]


def test_one_window_goes_on_with_its_own_draft(sign_in):
    """However its messages follow one another, also after it was opened anew."""
    browser = sign_in()
    one = hidden(browser.get(f"/forms/DB-01?draft={TOKEN}").content.decode())
    for name in ("测试甲", "测试乙", "测试丙"):
        kept(browser, **one, name=name)
    again = hidden(browser.get(f"/forms/DB-01?draft={TOKEN}").content.decode())
    kept(browser, **again, name="测试丁")
    assert Draft.objects.get().answers["name"] == "测试丁"


def test_a_draft_is_its_writers_alone(sign_in):
    """Another account sees nothing of it, by whatever address, and cannot write into it."""
    kept(sign_in())
    other = sign_in()
    for address in ("/forms/DB-01", f"/forms/DB-01?draft={TOKEN}", "/"):
        page = other.get(address).content.decode()
        assert "测试甲" not in page
        assert f'value="{TOKEN}"' not in page
    other.post("/forms/DB-01/preview", {"draft": TOKEN, "name": "测试乙"})
    assert Draft.objects.get(token=TOKEN).answers["name"] == "测试甲"
    assert Draft.objects.exclude(token=TOKEN).get().answers["name"] == "测试乙"


def test_what_was_issued_is_erased(sign_in, posted):
    """The document has it now."""
    browser = sign_in()
    kept(browser)
    browser.post("/forms/DB-01", posted("DB-01") | {"draft": TOKEN})
    assert Issued.objects.count() == 1
    assert Draft.objects.get().answers == {}
    assert "没填完的" not in browser.get("/").content.decode()


def test_back_after_it_was_issued_shows_the_paper_to_be_corrected(sign_in, posted):
    """The newest edition, with what was typed; to its writer alone."""
    browser, sent = sign_in(), posted("DB-01") | {"draft": TOKEN}
    browser.post("/forms/DB-01", sent)
    first = Issued.objects.get()
    answer = browser.get(f"/forms/DB-01?draft={TOKEN}", follow=True)
    assert answer.redirect_chain == [(f"/forms/DB-01?corrects={first.pk}", 302)]
    page = answer.content.decode()
    assert f'已经出具的 <a href="/documents/{first.pk}">' in page
    assert f'value="{sent["name"]}"' in field(page, "name")
    assert "没填完的" not in browser.get("/").content.decode()
    browser.post(
        f"/forms/DB-01?corrects={first.pk}", sent | {"draft": "b" * 16, "phone": "13991500002"}
    )
    second = Issued.objects.get(corrects=first)
    for token in (TOKEN, "b" * 16):
        answer = browser.get(f"/forms/DB-01?draft={token}")
        assert answer["Location"] == f"/forms/DB-01?corrects={second.pk}"
    assert sign_in().get(f"/forms/DB-01?draft={TOKEN}").status_code == 200


def test_a_paper_issued_just_now_is_named_on_a_fresh_page(sign_in, posted):
    """Without scripts Back shows one; a quarter of an hour later it is no news."""
    browser = sign_in()
    browser.post("/forms/DB-01", posted("DB-01") | {"draft": TOKEN})
    told = f'您已经出具一份：<a href="/documents/{Issued.objects.get().pk}">'
    assert told in " ".join(browser.get("/forms/DB-01").content.decode().split())
    assert "您已经出具一份" not in sign_in().get("/forms/DB-01").content.decode()
    Issued.objects.update(issued_at=timezone.now() - dt.timedelta(minutes=16))
    assert "您已经出具一份" not in browser.get("/forms/DB-01").content.decode()


def test_a_form_begun_from_a_case_is_found_there(sign_in, posted):
    """A correction and a next form are each a page of their own."""
    browser = sign_in()
    browser.post("/forms/DB-01", posted("DB-01"))
    issued = Issued.objects.get()
    query = f"corrects={issued.pk}"
    typed = posted("DB-01") | {"draft": TOKEN, "phone": "13991509999"}
    browser.post(f"/forms/DB-01/preview?{query}", typed)
    assert 'value=""' in field(browser.get("/forms/DB-01").content.decode(), "phone")
    page = browser.get(f"/forms/DB-01?{query}").content.decode()
    assert 'value="13991509999"' in field(page, "phone")
    assert f"/forms/DB-01?{query}&amp;draft={TOKEN}" in browser.get("/").content.decode()


def test_a_photo_sent_while_typing_comes_back_too(sign_in):
    """It is sent once; later messages carry its name."""
    browser = sign_in()
    answer = browser.post(
        "/forms/DB-01/preview", {"draft": TOKEN, "name": "测试甲", "photo-file": picture()}
    )
    name = re.search(r'name="photo" value="(photo:[^"]+)"', answer.content.decode())[1]
    kept(browser, photo=name)
    assert name in browser.get("/forms/DB-01").content.decode()


@pytest.mark.parametrize("address", ["/forms/DB-01", "/forms/DB-01?case_no=DB-103200-2018-0001"])
def test_what_is_posted_after_the_session_ran_out_is_there_after_the_sign_in(db, address):
    """The sign-in comes at once, with it; a wrong password loses nothing either."""
    Person.objects.create_user("li", password=PASSWORD, role="县级经办")
    browser = Client()
    typed = {"draft": TOKEN, "name": "测试甲", "cause": ["因病", "因残"], "action": "issue"}
    answer = browser.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "没有丢" in page
    sent = {name: answer.context[name] for name in ("next", "kept")} | {"username": "li"}
    answer = browser.post("/sign-in", sent | {"password": "wrong"})
    sent["kept"] = answer.context["kept"]
    answer = browser.post("/sign-in", sent | {"password": PASSWORD})
    assert answer["Location"].startswith(address)
    assert "测试" not in answer["Location"]
    page = browser.get(answer["Location"]).content.decode()
    assert 'value="测试甲"' in field(page, "name")
    assert page.count("checked") >= 2
    assert not Issued.objects.exists()


@pytest.mark.parametrize(
    ("following", "carried"),
    [("/forms/XX-99", "[]"), ("/forms/DB-01", "{"), ("/forms/DB-01", "[1]"), ("/coverage", "[]"),
     ("/nowhere", "[]"), ("/forms/DB-01", "[[1, 2]]")],
)  # fmt: skip
def test_whatever_else_comes_along_over_a_sign_in_is_no_failure(db, following, carried):
    """Forms that are not there, and texts that are no fields."""
    Person.objects.create_user("li", password=PASSWORD, role="县级经办")
    sent = {"next": following, "kept": carried, "username": "li", "password": PASSWORD}
    assert Client().post("/sign-in", sent).status_code == 302
    assert not Draft.objects.exists()


def test_a_page_older_than_the_last_sign_in_goes_on(sign_in):
    """Its token holds no more: what was typed is posted again with a good one."""
    person = Person.objects.create_user("li", role="县级经办")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    answer = browser.post("/forms/DB-01", {"draft": TOKEN, "name": "测试甲", "action": "issue"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert '<input type="hidden" name="name" value="测试甲">' in page
    token = re.search(r'<form method="post" action="/forms/DB-01">\s*<[^>]*value="(\w+)"', page)[1]
    again = {"csrfmiddlewaretoken": token, "draft": TOKEN, "name": "测试甲", "action": "keep"}
    page = browser.post("/forms/DB-01", again).content.decode()
    assert 'value="测试甲"' in field(page, "name")
    assert Draft.objects.get().answers["name"] == "测试甲"
    assert not Issued.objects.exists()


def test_what_is_older_than_the_settings_say_is_not_shown(sign_in):
    """Before the hour in which it is deleted, too."""
    browser = sign_in()
    kept(browser)
    days = dt.timedelta(days=config().draft_days + 1)
    Draft.objects.update(saved_at=timezone.now() - days)
    assert 'value=""' in field(browser.get("/forms/DB-01").content.decode(), "name")
    assert "没填完的" not in browser.get("/").content.decode()


def test_the_sixth_and_older_ones_are_folded_on_the_start_page(sign_in):
    """None is left out."""
    browser = sign_in()
    for number in range(7):
        asked = {"draft": f"{number:016x}", "name": f"测试{number}号"}
        browser.post("/forms/DB-01/preview", asked)
    shown = browser.get("/").content.decode().partition('id="unfinished"')[2]
    first, _, older = shown.partition("</section>")[0].partition("<summary>再看 2 份</summary>")
    assert (first.count("接着填</a>"), older.count("接着填</a>")) == (5, 2)
