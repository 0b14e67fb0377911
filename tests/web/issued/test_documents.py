"""The pages of issued documents."""

import re

import pytest

from filler.models import Issued
from minzheng.accounts.models import AuditEntry, Role


def test_a_document_is_made_again_to_the_letter(applied):
    """The same bytes as were issued; without its parts it says to use the kept file."""
    browser, issued = applied
    kept = browser.get(f"/documents/{issued.pk}/word").content
    again = browser.get(f"/documents/{issued.pk}/reissue")
    assert again.content == kept
    assert AuditEntry.objects.latest("pk").what.startswith("重出 DB-01")
    Issued.objects.update(template_sha256="")
    answer = browser.get(f"/documents/{issued.pk}/reissue")
    assert answer.status_code == 409
    assert "没有保存当时的模板" in answer.content.decode()


def test_a_document_of_a_former_version_says_which(applied):
    """And that the form or its template is another now; it is made again as it was."""
    browser, issued = applied
    address = f"/documents/{issued.pk}"

    def told():
        page = browser.get(address).content.decode()
        return re.search(r"<dt>表的版本</dt>\s*<dd>(.*?)</dd>", page)[1]

    assert told() == "V1"
    Issued.objects.update(template_sha256="0" * 64)
    assert told() == "V1（模板后来改过，重出仍用当时的）"
    Issued.objects.update(version="0")
    assert told() == "V0（现在填的是 V1，重出仍用当时的）"
    Issued.objects.update(form_id="XX-01")
    assert told() == "V0（这张表已停用，重出仍用当时的）"


@pytest.fixture
def browser(sign_in, posted):
    browser = sign_in()
    browser.post("/forms/DB-01", posted("DB-01"))
    return browser


def test_a_correction_keeps_both_editions(browser, posted):
    """The old page points to the new one, and is corrected only once."""
    first = Issued.objects.get()
    address = f"/forms/DB-01?corrects={first.pk}"
    assert "另出第 2 版" in browser.get(address).content.decode()
    changed = posted("DB-01") | {"phone": "13991500009", "case_no": first.case_no}
    browser.post(address, changed)
    second = Issued.objects.get(corrects=first)
    assert (second.edition, second.case_no) == (2, first.case_no)
    assert "已更正" in browser.get(f"/documents/{first.pk}").content.decode()
    assert "另出第" not in browser.get(address).content.decode()


def test_what_is_sought_is_found_and_kept_in_the_form(applied):
    """A number goes into the list's address only as a token."""
    browser, issued = applied
    answer = browser.post("/documents/seek", {"q": issued.id_no, "form": "DB-01"})
    assert issued.id_no not in answer.url
    page = browser.get(answer.url).content.decode()
    assert f"/documents/{issued.pk}/word" in page
    nothing = browser.get("/documents?q=没有这个人").content.decode()
    assert "没有这样的文书" in nothing


def test_a_clerk_finds_what_others_of_the_area_issued(applied, sign_in):
    """A neighbour does not; the log tells that it was sought."""
    _, issued = applied
    own, other = (sign_in(Role.TOWN_CLERK, one) for one in ("钟宝镇", "城关镇"))
    for browser, is_listed in ((own, True), (other, False)):
        page = browser.get("/documents").content.decode()
        assert (issued.case_no in page) == is_listed
    assert AuditEntry.objects.latest("pk").what.startswith("已出具")
