"""A form as its page shows it: inputs, tables, problems, what is locked."""

import re

import pytest

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


def label_of(page: str, slug: str) -> str:
    """The label of an input with its mark."""
    return re.search(rf'<label for="f-{slug}">.*?</label>', page, re.DOTALL)[0]


@pytest.mark.parametrize(
    ("slug", "no_phone", "mark"),
    [
        ("name", "否", "＊"),
        ("phone", "否", "＊"),
        ("phone", "是", "hidden"),
        ("near_phone", "是", "＊"),
        ("near_phone", "否", "hidden"),
        ("live_addr", "否", ""),
        ("fill_date", "否", ""),
        ("vehicle", "否", ""),
    ],
)
def test_a_mark_stands_where_a_blank_is_a_mistake(sign_in, slug, no_phone, mark):
    """As things stand now; what may be left blank has none, and no error either."""
    answer = sign_in().post("/forms/DB-01", {"no_phone": no_phone, "action": "check"})
    page = answer.content.decode()
    label = label_of(page, slug)
    assert ("＊" in label) == bool(mark)
    assert ("hidden" in label) == (mark == "hidden")
    assert (f'href="#f-{slug}"' in page) == (mark == "＊")


def test_a_choice_that_is_missing_is_framed_and_reached(sign_in):
    """The link leads to its first choice."""
    page = sign_in().post("/forms/DB-01", {"action": "check"}).content.decode()
    assert 'href="#f-apply_mode"' in page
    assert re.search(
        r'<div class="choices wrong">\s*<label[^>]*>\s*<input[^>]*id="f-apply_mode"', page
    )
    assert len(re.findall('id="f-apply_mode"', page)) == 1


def test_checking_issues_nothing(sign_in, posted):
    """It says that all is well."""
    answer = sign_in().post("/forms/DB-01", posted("DB-01") | {"action": "check"})
    assert "没有要更正的，可以生成" in answer.content.decode()
    assert not Issued.objects.exists()


def test_enter_never_sends_a_form(sign_in):
    """Its first button is its default one, and disabled."""
    page = sign_in().get("/forms/DB-01").content.decode().partition('class="form"')[2]
    assert "disabled" in re.search("<button[^>]*>", page)[0]


@pytest.mark.parametrize(
    ("case_no", "said"), [("DB-1", "本系统没有这个案件"), ("", "没有可以取来的内容")]
)
def test_an_unknown_case_is_called_unknown(sign_in, case_no, said):
    """With the way to find it by name."""
    posted = {"case_no": case_no, "action": "case"}
    page = sign_in().post("/forms/DB-02", posted).content.decode()
    assert said in page


def test_a_case_that_gives_nothing_is_not_called_unknown(applied):
    """It is there."""
    browser, issued = applied
    posted = {"case_no": issued.case_no, "action": "case"}
    page = browser.post("/forms/COM-04", posted).content.decode()
    assert "没有可以取来的内容" in page


def test_the_page_knows_what_is_copied_from_the_applicant(sign_in):
    """The first row of the household, and the holder of the account; no other row."""
    page = sign_in().get("/forms/DB-01").content.decode()
    assert re.findall('id="f-([^"]+)"[^>]*data-from="([^"]+)"', page) == [
        ("members-0-m_name", "name"), ("members-0-m_id", "id_no"),
        ("members-0-m_health", "health"), ("members-0-m_labor", "labor"), ("bank_holder", "name"),
    ]  # fmt: skip


def test_a_day_that_is_offered_stands_in_the_field_for_dates(applied, posted):
    """2018年4月2日 would be shown as nothing and typed again; a locked day reads well."""
    browser, issued = applied
    page = browser.get(f"/forms/COM-01?case_no={issued.case_no}").content.decode()
    assert 'value="2018-04-02"' in field(page, "sign_date")
    page = browser.get(f"/forms/COM-03?case_no={issued.case_no}").content.decode()
    assert 'value="2018年4月4日"' in field(page, "accept_date")


def test_what_was_declared_is_called_so(applied):
    """Income of the application is to be verified in the survey; other offers are not called so."""
    browser, issued = applied
    page = browser.get(f"/forms/COM-03?case_no={issued.case_no}").content.decode()
    assert "申报值，请核实（来自 <a" in below(page, "inc_farm")
    assert "申报值，请逐行核实（来自 <a" in page
    page = browser.get(f"/forms/COM-01?case_no={issued.case_no}").content.decode()
    assert "申报值" not in page
    assert "里填的是这样，请核实" in below(page, "sign_date")


def below(page: str, slug: str) -> str:
    """What is said below an input of where its answer comes from."""
    return re.search(rf'id="f-{slug}".*?<small class="from">(.*?)</small>', page, re.DOTALL)[1]


def test_a_long_list_of_problems_is_folded_after_the_first_ones(sign_in, posted):
    """The others stand in the page, numbered on, and lead to their fields as well."""
    emptied = dict.fromkeys(posted("DB-01"), "")
    page = sign_in().post("/forms/DB-01", emptied).content.decode()
    first, _, others = page.partition("<summary>其余")
    assert first.count('<li><a href="#f-') == 8
    assert '<ol start="9">' in others
    assert 'href="#f-phone"' in others


def sections_of(page: str) -> dict[str, tuple[str, bool]]:
    """What each section says of itself on a phone, and whether it is open there."""
    found = re.findall(
        r'<small class="so-far[^>]*>(.*?)</small>.*?aria-label="展开：([^"]+)"(.*?)>',
        page,
        re.DOTALL,
    )
    return {title: (said.strip(), "checked" in rest) for said, title, rest in found}


def test_each_section_says_how_far_it_is_and_one_is_open(sign_in, posted):
    """The first that lacks something, the first to be corrected, the one with more rows."""
    browser = sign_in()
    fresh = sections_of(browser.get("/forms/DB-01").content.decode())
    assert fresh["申请"] == ("已填 0／8，必填还差 7", True)
    assert fresh["代办人"] == ("已填 0／5", False)
    assert sum(is_open for _, is_open in fresh.values()) == 1

    wrong = posted("DB-01") | {"phone": "123", "members-1-m_id": "1"}
    told = sections_of(browser.post("/forms/DB-01", wrong).content.decode())
    assert told["申请"] == ("已填 7／8", False)
    assert told["申请人情况"] == ("1 处要更正", True)
    assert told["家庭成员"] == ("1 处要更正", False)

    more = browser.post("/forms/DB-01", posted("DB-01") | {"action": "more:members"})
    assert sections_of(more.content.decode())["家庭成员"] == ("已填 1／1", True)


def test_a_table_among_other_fields_is_called_by_its_name(sign_in):
    """A section of one table alone bears its name already."""
    page = sign_in().get("/forms/LS-01").content.decode()
    assert '<span class="label">疾病支出<' in page
    assert '<span class="label">家庭成员</span>' not in page
