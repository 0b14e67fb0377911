"""What is offered where a question found nothing exactly."""

from dataclasses import replace

from archive_indexer.nearest import Nearest
from minzheng.accounts.models import Role
from minzheng.county.county import read_county
from minzheng.county.registry.questions import AskedPage
from minzheng.web.archive.nearest import as_json, as_lines, checklist_address, named_forms
from minzheng.web.gate.office import forms
from tests.web.conftest import closed_up


def ask(client, question: str) -> str:
    return closed_up(client.get("/search", {"q": question}).content.decode())


def test_offers_are_named_and_never_among_the_hits(sign_in, paper):
    """With the number of files each finds, and the address that asks it."""
    page = ask(sign_in(Role.INSPECTOR), "旧城村 低保甲")
    assert "没有找到符合的文件" in page
    assert "不算在结果里" in page
    assert "<small>村、年等看作条件；词拆开，同一件里都有</small>" not in page
    page = ask(sign_in(Role.INSPECTOR), "旧城村 低保测试")
    assert "<small>村、年等看作条件；词拆开，相隔不远</small>" in page
    assert "村:旧城村 低保…测试</a><small>1 件</small>" in page
    assert 'class="hit"' not in page


def test_an_exact_hit_leaves_no_offers(sign_in, paper):
    """They would only distract."""
    page = ask(sign_in(Role.INSPECTOR), "低保申请")
    assert 'class="hit"' in page
    assert "不算在结果里" not in page


def test_a_form_is_offered_to_be_filled_by_whoever_may(sign_in, paper):
    """A form without files is only named; an inspector fills none."""
    page = ask(sign_in(Role.COUNTY_CLERK), "死亡登记")
    assert "村级死亡人口登记表" in page
    assert 'href="/forms/BZ-01"' in page
    assert 'href="/forms/BZ-01"' not in ask(sign_in(Role.INSPECTOR), "死亡登记")


def test_the_fitting_question_opens_for_the_village_and_year_named(sign_in, paper):
    """On the list of the 25 questions."""
    page = ask(sign_in(Role.INSPECTOR), "旧城村2018年村干部近亲属")
    village = read_county().places.village("旧城村").short_code
    assert f'href="/checklist?village={village}&amp;year=2018#q10"' in page
    assert "村干部近亲属享受低保的有哪些？" in page


def test_what_is_not_to_be_seen_is_not_counted(sign_in, paper):
    """A town's person is offered nothing of another town."""
    page = ask(sign_in(Role.TOWN_CLERK, "城关镇"), "旧城村 低保测试")
    assert "低保…测试" not in page
    names = {one.form_id for one in named_forms(forms(), frozenset({"ET"}))}
    assert "DB-01" in names
    assert not any(form_id.startswith("ET") for form_id in names)


def test_a_number_is_masked_in_every_offer(sign_in, paper):
    """On the page, and never in an address."""
    page = ask(sign_in(Role.INSPECTOR), "旧城村 低保测试 11010519491231002X")
    assert "11010519491231002X" not in page.replace(
        'value="旧城村 低保测试 11010519491231002X"', ""
    )


def test_nothing_near_is_nothing_told():
    """As a list, and as lines."""
    assert as_json(Nearest()) == []
    assert list(as_lines(Nearest())) == []


def test_without_a_question_the_list_opens_at_its_first():
    """Nothing chosen."""
    assert checklist_address(Nearest(), read_county()).endswith("/checklist#q1")


def test_a_check_opens_with_its_doubts(sign_in, paper):
    """Named as what it is, beside what it compares."""
    page = ask(sign_in(Role.INSPECTOR), "残疾证到期的")
    assert "<small>疑点核对</small>" in page
    assert 'href="/doubts?check=certificates_ended"' in page
    assert "残疾证过期、等级不符</a>" in page


def test_a_page_is_offered_to_whoever_may_open_it(sign_in, paper):
    """Of the month the clerks alone; nothing of it stands in the inspector's list."""
    asked = "谁被停了低保"
    assert '<a href="/month">按月查看</a>' in ask(sign_in(Role.COUNTY_CLERK), asked)
    assert "按月查看" not in ask(sign_in(Role.INSPECTOR), asked)


def test_a_page_that_is_not_there_is_not_offered(sign_in, paper, monkeypatch):
    """A county's table may name one that no version has any more."""
    gone = AskedPage("旧页", "no-such-page", "谁被停了低保")
    bare = replace(read_county(), asked_pages=(gone,))
    monkeypatch.setattr("minzheng.web.archive.search.county", lambda: bare)
    assert "旧页" not in ask(sign_in(Role.COUNTY_CLERK), "谁被停了低保")


def test_a_registered_amount_is_told_and_leads_nowhere(sign_in, paper):
    """With since when, on what it rests, and that the county has not confirmed it."""
    page = ask(sign_in(Role.INSPECTOR), "低保标准调到多少了")
    assert "<small>登记的标准、限额</small>" in page
    assert "<span>低保·农村</span>" in page
    assert "每人每月 448 元（2021年7月1日起，依据：县里填写文号，示例）" in page
