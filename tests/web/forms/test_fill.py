"""Filling a form in the browser, with and without JavaScript."""

import datetime as dt
import io
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from filler.models import Draft, Issued
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


def test_derived_values_come_while_typing(sign_in):
    """htmx gets the computed values of what stands there now."""
    answer = sign_in().post("/forms/DB-01/preview", {"id_no": "11010519491231002X"})
    assert '<output id="d-gender" hx-swap-oob="true">女</output>' in answer.content.decode()


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
    "post",
    [
        ("/forms/DB-01/preview", {}, 200),
        ("/forms/DB-01", {"action": "case"}, 200),
        ("/forms/DB-01", {"action": "more:members"}, 200),
        ("/forms/DB-01", {"phone": "1"}, 422),
        ("/forms/DB-01", {}, 302),
    ],
    ids=["preview", "case", "more rows", "refused", "issued"],
)
def test_a_posted_form_is_read_once(sign_in, posted, readings, post):
    """The page keeps what it has just judged; nothing is read to be shown again."""
    address, changes, status = post
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


@pytest.mark.parametrize("form_id", ["DB-01", "COM-03", "DB-02"])
def test_the_same_form_sent_twice_leads_to_the_paper_already_issued(sign_in, posted, form_id):
    """Not to a complaint about the case it began; however much later, without scripts."""
    browser, sent = sign_in(), posted(form_id) | {"draft": "0123456789abcdef", "action": "issue"}
    first = browser.post(f"/forms/{form_id}", sent)
    Draft.objects.update(done_at=timezone.now() - dt.timedelta(hours=2))
    again = browser.post(f"/forms/{form_id}", sent, follow=True)
    assert again.redirect_chain == [(first["Location"], 302)]
    assert "没有另出一份" in again.content.decode()
    assert Issued.objects.count() == 1
    assert "没填完的" not in browser.get("/").content.decode()


def test_the_same_form_sent_while_it_is_being_issued_leads_to_its_paper(
    sign_in, posted, monkeypatch
):
    """The second was read before the first was issued."""
    browser, issue = sign_in(), form_deeds.issue
    sent = posted("DB-01") | {"draft": "0123456789abcdef", "action": "issue"}

    def issue_after_the_first(read, *, issued_by, store):
        monkeypatch.setattr(form_deeds, "issue", issue)
        browser.post("/forms/DB-01", sent)
        return issue(read, issued_by=issued_by, store=store)

    monkeypatch.setattr(form_deeds, "issue", issue_after_the_first)
    answer = browser.post("/forms/DB-01", sent)
    assert answer["Location"] == f"/documents/{Issued.objects.get().pk}"


@pytest.mark.parametrize("change", [{"phone": "13991500009"}, {"draft": "f" * 16}])
def test_another_form_of_the_same_person_is_told_of_the_open_case(sign_in, posted, change):
    """Changed since, or typed on another page: no second send."""
    browser, sent = sign_in(), posted("DB-01") | {"draft": "0123456789abcdef", "action": "issue"}
    browser.post("/forms/DB-01", sent)
    answer = browser.post("/forms/DB-01", sent | change)
    assert answer.status_code == 422
    assert Issued.objects.count() == 1


SLUGS = ["name", "id_no", "town", "village", "members", "phone", "apply_date", "case_no", "x"]


def test_whatever_is_uploaded_is_no_failure(sign_in):
    """A form's page posted with any fields and files."""
    browser = sign_in()
    browser.raise_request_exception = False
    files = st.binary(max_size=200).map(lambda data: SimpleUploadedFile("扫描.pdf", data))

    @settings(max_examples=40, deadline=None)
    @given(st.dictionaries(st.sampled_from([*SLUGS, "action"]), st.text(max_size=30) | files))
    def post(fields):
        answer = browser.post("/forms/DB-01", fields)
        assert answer.status_code in (200, 400, 422)

    post()


def test_too_large_an_upload_is_refused_in_chinese(sign_in):
    """Over five megabytes of fields."""
    answer = sign_in().post("/forms/DB-01", {"name": "测" * 2_000_000})
    assert answer.status_code == 400
    assert "内容过大" in answer.content.decode()


def test_the_page_names_the_figure_and_the_document_says_it(sign_in, posted):
    """Before it is issued, while it is typed, and afterwards."""
    browser = sign_in()
    page = browser.post("/forms/DB-02", posted("DB-02") | {"action": "check"}).content.decode()
    assert "低保·农村 295.00（示例）" in page
    preview = browser.post("/forms/DB-02/preview", posted("DB-02")).content.decode()
    assert "低保·农村 295.00（示例）" in preview
    browser.post("/forms/DB-02", posted("DB-02"))
    document = Issued.objects.get()
    assert "所用标准待核定" in browser.get(f"/documents/{document.pk}").content.decode()


def test_a_form_without_figures_says_nothing(sign_in, posted):
    """Nor does its document."""
    browser = sign_in()
    page = browser.post("/forms/DB-01", posted("DB-01") | {"action": "check"}).content.decode()
    assert "没有核定" not in page
    browser.post("/forms/DB-01", posted("DB-01"))
    document = Issued.objects.get()
    assert "待核定" not in browser.get(f"/documents/{document.pk}").content.decode()
