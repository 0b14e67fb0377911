"""Filling a form in the browser, with and without JavaScript."""

import io
from pathlib import Path

import docx
import pytest

from filler.models import Issued
from minzheng.accounts.models import Role
from minzheng.web.forms import form_deeds
from minzheng.web.gate.office import forms

ANSWERS = Path(__file__).resolve().parents[2] / "samples" / "answers"
FORMS = sorted(file.stem for file in ANSWERS.glob("*.toml"))


@pytest.mark.parametrize("form_id", FORMS)
def test_each_form_has_a_page(sign_in, form_id):
    """All inputs, no computed one among them."""
    page = sign_in().get(f"/forms/{form_id}").content.decode()
    assert f'hx-post="/forms/{form_id}/preview"' in page
    computed = [field.slug for field in forms().form(form_id).fields if field.derived]
    assert [slug for slug in computed if f'name="{slug}"' in page] == []


@pytest.mark.parametrize("form_id", FORMS)
def test_posted_answers_become_a_download(sign_in, posted, form_id):
    """Post, follow, download: a Word file with the case number."""
    browser = sign_in()
    answer = browser.post(f"/forms/{form_id}", posted(form_id), follow=True)
    assert "已生成" in answer.content.decode()
    issued = Issued.objects.get()
    data = browser.get(f"/documents/{issued.pk}/word")
    assert data["Content-Disposition"].startswith("attachment")
    footer = docx.Document(io.BytesIO(data.content)).sections[0].footer
    assert issued.case_no in "".join(paragraph.text for paragraph in footer.paragraphs)


def test_problems_stand_at_their_fields_and_in_a_list(sign_in, posted):
    """What was typed is kept; nothing is issued."""
    wrong = posted("DB-01") | {"phone": "123", "members-1-m_id": "1"}
    answer = sign_in().post("/forms/DB-01", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-phone"' in page
    assert 'href="#f-members-1-m_id"' in page
    assert 'value="123"' in page
    assert not Issued.objects.exists()


def test_rows_are_added_without_javascript(sign_in, posted):
    """A button of the form gives three more rows and keeps what was typed."""
    data = posted("DB-01") | {"action": "more:members"}
    page = sign_in().post("/forms/DB-01", data).content.decode()
    assert 'name="members-4-m_name"' in page
    assert 'value="测试李小雨"' in page


def test_derived_values_come_while_typing(sign_in):
    """htmx gets the computed values of what stands there now."""
    answer = sign_in().post("/forms/DB-01/preview", {"id_no": "11010519491231002X"})
    assert '<output id="d-gender" hx-swap-oob="true">女</output>' in answer.content.decode()


def test_while_typing_only_touched_fields_complain(sign_in):
    """An empty required field is no mistake yet."""
    page = sign_in().post("/forms/DB-01/preview", {"phone": "123"}).content.decode()
    assert "不是电话号码" in page
    assert "没有填写" not in page


def test_a_keeper_fills_for_the_own_village_only(sign_in, posted):
    """旧城村's paper is not 得胜村's business."""
    browser = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "得胜村")
    answer = browser.post("/forms/DB-01", posted("DB-01"))
    assert answer.status_code == 422
    assert "您的账号只办理钟宝镇得胜村的业务" in answer.content.decode()


def test_another_towns_clerk_does_not_see_a_document(sign_in, posted):
    """Neither its page nor its file."""
    sign_in().post("/forms/DB-01", posted("DB-01"))
    number = Issued.objects.get().pk
    stranger = sign_in(Role.TOWN_CLERK, "城关镇")
    assert stranger.get(f"/documents/{number}").status_code == 404
    assert stranger.get(f"/documents/{number}/word").status_code == 404


def test_a_blank_form_can_be_downloaded(sign_in):
    """For the pen."""
    answer = sign_in().get("/forms/GS-01/blank")
    assert docx.Document(io.BytesIO(answer.content)).tables


def test_typed_markup_is_text(sign_in, posted):
    """A script in an address is shown, not run."""
    wrong = posted("DB-01") | {"hukou_addr": "<script>1</script>", "phone": "1"}
    page = sign_in().post("/forms/DB-01", wrong).content.decode()
    assert "<script>1" not in page


@pytest.mark.parametrize(
    ("address", "changes", "status"),
    [
        ("/forms/DB-01/preview", {}, 200),
        ("/forms/DB-01", {"action": "case"}, 200),
        ("/forms/DB-01", {"action": "more:members"}, 200),
        ("/forms/DB-01", {"phone": "1"}, 422),
        ("/forms/DB-01", {}, 302),
    ],
    ids=["preview", "case", "more rows", "refused", "issued"],
)
def test_a_posted_form_is_read_once(request, address, changes, status):
    """The page keeps what it has just judged; nothing is read to be shown again."""
    sign_in, posted, readings = map(request.getfixturevalue, ("sign_in", "posted", "readings"))
    answer = sign_in().post(address, posted("DB-01") | changes)
    assert (answer.status_code, readings) == (status, ["DB-01"])


def test_a_page_reads_its_form_once(sign_in, readings):
    """A fresh one, with its defaults."""
    sign_in().get("/forms/DB-01")
    assert readings == ["DB-01"]


def test_what_another_clerk_issues_meanwhile_is_said_on_the_page(sign_in, posted, monkeypatch):
    """The page that was good when it was read shows why it is not issued; nothing is twice."""
    browser, issue = sign_in(), form_deeds.issue

    def issue_after_another(read, *, issued_by, store):
        issue(read, issued_by="别人", store=store)
        return issue(read, issued_by=issued_by, store=store)

    monkeypatch.setattr(form_deeds, "issue", issue_after_another)
    answer = browser.post("/forms/DB-02", posted("DB-02"))
    assert answer.status_code == 422
    assert "此人已有 DB-02" in answer.content.decode()
    assert [issued.issued_by for issued in Issued.objects.all()] == ["别人"]


def test_a_form_is_found_by_part_of_its_name(sign_in):
    """Over a hundred forms: nobody reads them all."""
    page = sign_in().get("/forms", {"q": "入户调查"}).content.decode()
    assert "COM-03" in page
    assert "DB-01" not in page


def test_the_first_page_offers_the_forms_one_issues(sign_in, posted):
    """What a clerk fills every week stands on top."""
    browser = sign_in()
    assert "您常用的表" not in browser.get("/").content.decode()
    browser.post("/forms/DB-01", posted("DB-01"))
    assert "您常用的表" in browser.get("/").content.decode()
