"""A form as its page shows it: inputs, tables, problems, what is locked."""

import re

from filler.models import Issued
from tests.web.forms.conftest import field


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


def test_while_typing_only_touched_fields_complain(sign_in):
    """An empty required field is no mistake yet."""
    page = sign_in().post("/forms/DB-01/preview", {"phone": "123"}).content.decode()
    assert "不是电话号码" in page
    assert "没有填写" not in page


def test_what_the_case_holds_is_prefilled_and_locked(applied):
    """Read-only, with its document; computed values follow from it."""
    browser, issued = applied
    page = browser.get(f"/forms/DB-02?case_no={issued.case_no}").content.decode()
    for slug in ("name", "town", "hukou_type", "members-0-m_name", "members-1-m_health"):
        assert "readonly" in field(page, slug)
        assert "name=" not in field(page, slug)
    assert f'value="{issued.answers["name"]}"' in field(page, "name")
    assert f'来自 <a href="/documents/{issued.pk}">DB-01 {issued.issued_at:%Y}' in page
    assert re.search('<output id="d-gender">[男女]</output>', page)
    assert "more:members" not in page
    assert "readonly" not in field(page, "check_report_no")
