"""A row of a roster on the page of its form: typed in, mended, issued once."""

import re

import pytest
from django.test import Client

from filler.models import Batch, BatchRow, Draft, Issued
from minzheng.accounts.models import Person, Role
from minzheng.web.batches import rows as module
from minzheng.web.batches.batch_worker import run_next
from minzheng.web.gate.office import config
from tests.filler.rosters import PEOPLE, as_bytes, column_of
from tests.web.batches.conftest import book, page, upload
from tests.web.forms.conftest import field
from tests.web.home.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(sign_in):
    """A clerk's browser and a checked batch; the second of its three rows has no phone."""
    browser = sign_in(Role.COUNTY_CLERK)
    upload(browser, as_bytes(book()))
    run_next(config())
    return browser, Batch.objects.get()


def posted(browser, address):
    """What a browser would post of a page as it stands."""
    shown = browser.get(address).content.decode()
    form = shown[re.search(r'<form[^>]*class="form"', shown).start() :]
    data = {"action": "issue", "seen": ""}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'\b{one}="([^"]*)"', tag) for one in ("name", "value"))
        is_box = 'type="radio"' in tag or 'type="checkbox"' in tag
        if name and (not is_box or " checked" in tag):
            data[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)<', form):
        data[name] = text
    for name, options in re.findall(r'<select[^>]*?name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r"<option[^>]*selected[^>]*>\s*([^<]*?)\s*<", options)
        data[name] = chosen[1] if chosen else ""
    return data


def figures(shown):
    """The numbers at the head of a batch's page."""
    found = re.findall(r'<div class="figure[^"]*">(.*?)</div>', shown, re.S)
    return [" ".join(re.sub(r"<[^>]*>", " ", one).split()) for one in found]


def test_a_row_stands_on_the_page_with_what_is_wrong(checked):
    """Its values typed in, its problems at their fields, nothing of a person in the address."""
    browser, batch = checked
    assert f'href="/batches/{batch.pk}/rows/2"' in page(browser, batch)
    answer = browser.get(f"/batches/{batch.pk}/rows/2")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="测试甲"' in field(shown, "name")
    assert f'value="{PEOPLE[1]}"' in field(shown, "id_no")
    assert 'value="低保"' in field(shown, "policies-0-p_name") or "低保" in shown
    assert re.search(r'value="入户"\s+checked', shown)
    assert 'aria-invalid="true"' in field(shown, "phone")
    assert "1 处需要更正" in shown
    assert "第 3 行的内容已填好" in shown


def test_a_mended_row_is_issued_as_the_document_of_its_batch(checked):
    """The batch issues the others, and this one no second time, mended there too or not."""
    browser, batch = checked
    address = f"/batches/{batch.pk}/rows/2"
    data = posted(browser, address)
    refused = browser.post(address, data)
    assert refused.status_code == 422
    assert "联系电话" in refused.content.decode()
    assert not BatchRow.objects.exists()
    answer = browser.post(address, data | {"phone": "13991500001"})
    issued = Issued.objects.get()
    assert answer["Location"] == f"/documents/{issued.pk}"
    row = BatchRow.objects.get()
    assert (row.batch, row.position, row.issued) == (batch, 2, issued)
    assert browser.get(address)["Location"] == f"/documents/{issued.pk}"
    assert browser.post(address, data)["Location"] == f"/documents/{issued.pk}"
    shown = page(browser, batch)
    assert "还有 2 户可以出具" in shown
    assert figures(shown) == ["3 户", "3 可以出具（其中 1 户已出具）", "0 要更正"]
    browser.post(f"/batches/{batch.pk}/start", {"merge": "on"})
    run_next(config())
    assert Issued.objects.count() == 3
    mended = book()
    sheet = mended.worksheets[0]
    sheet.cell(3, column_of(sheet, "联系电话")).value = "13991500002"
    upload(browser, as_bytes(mended), f"/batches/{batch.pk}/roster")
    run_next(config())
    assert figures(page(browser, batch))[1] == "3 可以出具（其中 3 户已出具）"
    assert browser.get(address)["Location"] == f"/documents/{issued.pk}"
    browser.post(f"/batches/{batch.pk}/start", {"merge": "on"})
    run_next(config())
    assert Issued.objects.count() == 3
    assert "本批次已为此人出具" in page(browser, batch)


def test_a_good_row_can_be_filled_in_on_the_page_too(checked):
    """And the list of rows says of each what became of it."""
    browser, batch = checked
    shown = browser.get(f"/batches/{batch.pk}/rows").content.decode()
    assert shown.count("在网页上填</a>") == 3
    assert "要更正 1 处" in shown
    address = f"/batches/{batch.pk}/rows/1"
    browser.post(address, posted(browser, address))
    issued = Issued.objects.get()
    shown = browser.get(f"/batches/{batch.pk}/rows").content.decode()
    assert f'href="/documents/{issued.pk}"' in shown
    assert shown.count("在网页上填</a>") == 2
    browser.post(f"/batches/{batch.pk}/start")
    run_next(config())
    assert Issued.objects.count() == 2


def test_what_is_typed_on_the_page_of_a_row_is_kept(checked):
    """As on the form's own page: the start page leads back to the row, and there it is."""
    browser, batch = checked
    address = f"/batches/{batch.pk}/rows/2"
    shown = browser.get(address).content.decode()
    assert not Draft.objects.exists()
    typed = posted(browser, address) | {"phone": "13991500001", "interviewee": "测试邻居"}
    asked = re.search(r'hx-post="(/forms/ZF-01/preview[^"]*)"', shown)[1].replace("&amp;", "&")
    browser.post(asked, typed)
    (link,) = re.findall(rf'class="next" href="({address}[^"]*)"', start_page(browser))
    for here in (link, address):
        shown = browser.get(here).content.decode()
        assert 'value="13991500001"' in field(shown, "phone")
        assert 'value="测试邻居"' in field(shown, "interviewee")
        assert "没填完的已经取来" in shown
        assert "另填一份新的" not in shown
        assert f'href="/batches/{batch.pk}/rows"' in shown
    answer = browser.post(address, posted(browser, address))
    document = Issued.objects.get()
    assert answer["Location"] == f"/documents/{document.pk}"
    assert BatchRow.objects.get().issued == document
    assert document.answers["interviewee"] == "测试邻居"
    assert address not in start_page(browser)


def test_what_is_wrong_with_a_kept_row_is_said_again(checked):
    """Once, whether it was checked or not."""
    browser, batch = checked
    address = f"/batches/{batch.pk}/rows/2"
    for action in ("keep", "check"):
        browser.post(address, posted(browser, address) | {"action": action, "name": "测试乙"})
        shown = browser.get(address).content.decode()
        assert 'value="测试乙"' in field(shown, "name")
        assert "1 处需要更正" in shown


def test_a_row_typed_after_the_session_ran_out_is_there_after_the_sign_in(checked):
    """On its own page, not as another form of the same person."""
    browser, batch = checked
    person = Person.objects.get(username=batch.issued_by)
    person.set_password(PASSWORD)
    person.save()
    address = f"/batches/{batch.pk}/rows/2"
    browser.force_login(person)
    typed = posted(browser, address) | {"phone": "13991500001"}
    answer = Client().post(address, typed)
    assert answer.status_code == 401
    sent = {name: answer.context[name] for name in ("next", "kept")}
    late = Client()
    answer = late.post("/sign-in", sent | {"username": person.username, "password": PASSWORD})
    assert answer["Location"].startswith(address)
    assert 'value="13991500001"' in field(late.get(answer["Location"]).content.decode(), "phone")


def test_what_was_typed_outlives_the_roster(checked):
    """The row stands elsewhere, or nowhere, or the batch was put away: it is found all the same."""
    browser, batch = checked
    address = f"/batches/{batch.pk}/rows/2"
    browser.post(address, posted(browser, address) | {"action": "keep", "name": "测试乙"})
    link = f"{address}?draft={Draft.objects.get().token}"
    fewer = book()
    fewer.worksheets[0].delete_rows(2)
    fewer.worksheets[1].delete_rows(2)
    upload(browser, as_bytes(fewer), f"/batches/{batch.pk}/roster")
    run_next(config())
    moved = browser.get(link)["Location"]
    assert moved.startswith(f"/batches/{batch.pk}/rows/1?")
    assert 'value="测试乙"' in field(browser.get(moved).content.decode(), "name")
    none = book()
    none.worksheets[0].delete_rows(3)
    none.worksheets[1].delete_rows(3)
    upload(browser, as_bytes(none), f"/batches/{batch.pk}/roster")
    run_next(config())
    assert browser.get(link)["Location"].startswith("/forms/ZF-01?draft=")
    browser.post(f"/batches/{batch.pk}/remove")
    (link,) = re.findall(r'class="next" href="(/forms/ZF-01[^"]*)"', start_page(browser))
    assert 'value="测试乙"' in field(browser.get(link).content.decode(), "name")


def start_page(browser):
    return browser.get("/").content.decode()


def test_rows_are_those_of_their_clerk_and_area(checked, sign_in):
    """Others find nothing; what lies outside one's place is refused as on the form's own page."""
    _, batch = checked
    other = sign_in(Role.COUNTY_CLERK)
    for address in (f"/batches/{batch.pk}/rows", f"/batches/{batch.pk}/rows/1"):
        assert other.get(address).status_code == 404
    keeper = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "得胜村")
    upload(keeper, as_bytes(book()))
    run_next(config())
    own = Batch.objects.latest("pk")
    address = f"/batches/{own.pk}/rows/1"
    shown = keeper.get(address).content.decode()
    assert "您的账号只办理钟宝镇得胜村的业务" in shown
    assert keeper.post(address, posted(keeper, address)).status_code == 422
    assert not Issued.objects.exists()


def test_while_a_batch_is_being_done_its_rows_wait(checked):
    """And a row that is not there is none."""
    browser, batch = checked
    assert browser.get(f"/batches/{batch.pk}/rows/9").status_code == 404
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.RUNNING)
    assert browser.get(f"/batches/{batch.pk}/rows/1")["Location"] == f"/batches/{batch.pk}"
    assert "还没有核对完" in browser.get(f"/batches/{batch.pk}/rows").content.decode()


def test_a_document_leads_back_to_its_row(checked, monkeypatch):
    """To the page on which it stands, and to nothing where the batch is another's."""
    monkeypatch.setattr(module, "_ROWS", 1)
    browser, batch = checked
    address = f"/batches/{batch.pk}/rows/2"
    browser.post(address, posted(browser, address) | {"phone": "13991500001"})
    issued = Issued.objects.get()
    link = f"/batches/{batch.pk}/rows?document={issued.pk}#document-{issued.pk}"
    shown = browser.get(f"/documents/{issued.pk}").content.decode()
    assert shown.count(f'href="{link}"') == 2
    assert "名单.xlsx：逐户" in shown
    rows = browser.get(link).content.decode()
    assert f'id="document-{issued.pk}"' in rows
    assert "第 3 行" in rows
    assert "第 2 行" in browser.get(f"/batches/{batch.pk}/rows?document=x").content.decode()
    Batch.objects.update(issued_by="别人")
    assert "花名册" not in browser.get(f"/documents/{issued.pk}").content.decode()
