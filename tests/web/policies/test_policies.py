"""The pages of 汇编: what holds on a day, what replaced what, the book to print."""

import io

import docx
import pytest

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import AuditEntry, Role
from minzheng.external.libreoffice import LibreOfficeMissingError
from minzheng.web.policies import made_books
from tests.web.conftest import KEEPER, closed_up


def page(browser, address, **asked):
    answer = browser.get(address, asked)
    assert answer.status_code == 200
    return closed_up(answer.content.decode())


def test_policies_stand_by_chapter_as_of_a_day(sign_in):
    """Fifteen works; what was over is told with what came after."""
    browser = sign_in()
    before, after = (page(browser, "/policies/", on=day) for day in ("2018-05-07", "2026-08-01"))
    assert before.count("policies/chapters/") == after.count("policies/chapters/") == 15
    assert "社会救助法" in after
    assert "还没有施行的" in before
    assert "已经失效的" in after


def test_words_find_policies(sign_in):
    """By number; none is said."""
    assert "：1件" in page(sign_in(), "/policies/", q="民发〔2021〕57号").replace(" ", "")
    assert "名称、文号里没有这些字" in page(sign_in(), "/policies/", q="没有这样的")


def test_a_chapter_shows_all_its_parts(sign_in):
    """And leads to the forms for who fills them."""
    told = page(sign_in(*KEEPER), "/policies/chapters/DB", on="2026-08-01")
    for part in ("政策文件", "工作流程", "工作重点", "用表", "标准和期限"):
        assert f"<h2>{part}</h2>" in told
    assert 'href="/forms/DB-01"' in told
    assert 'href="/forms/' not in page(sign_in(Role.INSPECTOR), "/policies/chapters/DB")


def test_a_chapter_says_what_must_be_made_public(sign_in):
    """By step, with the notices that do it; of children nothing may be."""
    told = page(sign_in(), "/policies/chapters/DB", on="2026-08-01").partition("<h2>公开</h2>")[2]
    public = told.partition("<h2>")[0]
    assert "公示：" in public
    assert "COM-05" in public
    assert "公布：" in public
    children = page(sign_in(), "/policies/chapters/ET", on="2026-08-01").partition("公开</h2>")[2]
    assert "不得出现在：" in children.partition("<h2>")[0]


def test_a_form_of_a_dossier_apart_is_no_link_to_who_may_not_fill_it(sign_in):
    """Its name is no secret."""
    told = page(sign_in(given=()), "/policies/chapters/ET")
    assert "ET-01" in told
    assert 'href="/forms/ET-01"' not in told


def test_a_policy_shows_what_replaced_it_and_what_it_touches(sign_in):
    """Forms and checks of R-18."""
    told = page(sign_in(), "/policies/dibaoshenpi", on="2026-08-01")
    assert "已失效" in told
    assert "最低生活保障审核确认办法" in told
    assert "DB-02" in told
    assert "低保·评议" in told
    assert "C14 民主评议不合规" in told


@pytest.mark.parametrize(
    "address", ["/policies/nothing", "/policies/chapters/XX", "/policies/book.exe"]
)
def test_what_there_is_not_is_not_found(sign_in, address):
    """No empty page."""
    assert sign_in().get(address).status_code == 404


def test_the_book_is_given_and_written_down(sign_in, monkeypatch):
    """Under the day it is of."""
    monkeypatch.setattr(made_books, "_book", lambda known, day, kind: _document(str(day)))
    answer = sign_in().get("/policies/book.docx", {"on": "2026-08-01"})
    assert docx.Document(io.BytesIO(answer.content)).paragraphs[-1].text == "2026-08-01"
    assert AuditEntry.objects.filter(action=Action.DOWNLOAD, what__contains="政策汇编").exists()


def test_a_pdf_needs_libreoffice(sign_in, monkeypatch):
    """That is said; the Word file goes without."""

    def missing(known, day, kind):
        raise LibreOfficeMissingError

    monkeypatch.setattr(made_books, "_book", missing)
    answer = sign_in().get("/policies/book.pdf")
    assert answer.status_code == 503
    assert "LibreOffice" in answer.content.decode()


def _document(text):
    made = docx.Document()
    made.add_paragraph(text)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()
