"""The pages of doubts: listed, one beside its papers, verified, taken out."""

import io

import pytest
from openpyxl import load_workbook

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import AuditEntry, Role
from minzheng.inspection.models import Finding
from minzheng.web.gate.office import audit_log
from tests.registers.records import issue, scan
from tests.web.conftest import closed_up, put_paper

pytestmark = pytest.mark.django_db
A = "11010519491231002X"
PLACE = ("钟宝镇", "旧城村")


@pytest.fixture(autouse=True)
def papers():
    death = f"姓名 测试甲 身份证号 {A}\n死亡日期 2018年5月5日"
    put_paper(*PLACE, death, dossier="BZ", name="死亡登记", form_id="BZ-01", year="2018")
    roster = f"2018年6月花名册\n1 测试甲 {A} 245.00"
    put_paper(*PLACE, roster, dossier="DB", name="花名册", form_id="DB-03", year="2018")


def page_of(browser, address: str) -> str:
    return browser.get(address).content.decode()


def dead(browser) -> Finding:
    browser.get("/doubts")
    return Finding.objects.get(check_id="paid_after_death")


def test_a_list_counts_by_check_and_state(sign_in):
    """What lies in the archive was read when the page was asked for; numbers are masked."""
    page = page_of(sign_in(Role.INSPECTOR), "/doubts")
    assert "C2 死亡后仍在发放" in page and "疑点不是结论" in page
    assert "死亡日期2018年5月5日，2018年6月的名单上还有，请核实" in page
    assert A not in page and "待核实 1" in page.replace("&#32;", " ")
    assert len(page) < 100_000
    assert AuditEntry.objects.filter(action=Action.VIEW, what__contains="疑点核对").exists()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?check=paid_after_death", 1),
        ("?check=paid_after_death&state=待核实&severity=红&place=103200&year=2018", 1),
        ("?check=held_twice", 0),
        ("?state=属实", 0),
        ("?year=2017", 0),
        ("?place=103202", 0),
        ("?state=没有了", 0),
        ("?page=99999999999999&state=x&severity=y&place=z&check=n&year=二〇一八", 2),
    ],
)
def test_the_list_is_narrowed(sign_in, query, count):
    """Odd choices are no choices."""
    page = page_of(sign_in(Role.INSPECTOR), f"/doubts{query}")
    assert page.count('class="doubt"') == count


def test_a_page_lists_twenty_under_the_heads_of_their_checks(sign_in):
    """Only the gravest table with something to verify stands open; what is clear is one line."""
    inspector = sign_in(Role.INSPECTOR)
    one = dead(inspector)
    for number in range(30):
        one.pk, one.key = None, f"{number:064}"
        one.save()
    page = closed_up(page_of(inspector, "/doubts"))
    assert page.count('class="doubt"') == 20
    assert page.count('<h2 class="same-check">C2 死亡后仍在发放</h2>') == 1
    assert page.count('<details class="checks') == 3 and page.count("open>") == 1
    assert "没有疑点：" in page and "下一页" in page
    second = closed_up(page_of(inspector, "/doubts?page=2&check=paid_after_death"))
    assert second.count('class="doubt"') == 11 and "same-check" not in second


def test_a_doubt_stands_beside_its_papers(sign_in):
    """Both, the words marked; the laws of its year, and the paper that would settle it."""
    browser = sign_in()
    one = dead(browser)
    page = page_of(browser, f"/doubts/{one.pk}")
    assert page.count('<article class="card">') == 3
    assert "<mark>2018年5月5日</mark>" in page and "<mark>测试甲</mark>" in page
    assert "<mark>2018年6月</mark>花名册" in page and A not in page
    assert "民发〔2012〕220号" in page
    assert "/forms/COM-09" in page and "还没有人核实" in page
    assert "/files/" in page
    inspector = page_of(sign_in(Role.INSPECTOR), f"/doubts/{one.pk}")
    assert "/forms/COM-09" not in inspector and 'name="state"' in inspector


def say(browser, one: Finding, **given: str):
    return page_of_answer(browser.post(f"/doubts/{one.pk}/say", given, follow=True))


def page_of_answer(answer) -> str:
    return closed_up(answer.content.decode())


def test_what_is_said_is_kept_and_written_down(sign_in):
    """State, note and proof, who and when; the audit log knows it, too."""
    browser = sign_in()
    one = dead(browser)
    assert "请选择核实结果" in say(browser, one, state="也许")
    assert "至少 4 个字" in say(browser, one, state="不属实", note="错")
    assert "请填写整改的依据" in say(browser, one, state="已整改", note="已停发并追回")
    assert "没有找到文件 999" in say(
        browser, one, state="已整改", note="已停发并追回", proof="文件 999"
    )
    assert "写成" in say(browser, one, state="属实", proof="x")
    assert Finding.objects.get(pk=one.pk).state == "待核实"
    number = next(paper["number"] for paper in one.papers)
    page = say(browser, one, state="已整改", note="已停发并追回", proof=f"文件 {number}")
    assert "已记下：已整改" in page and f'href="/files/{number}"' in page
    one.refresh_from_db()
    assert (one.state, one.verdicts.get().note) == ("已整改", "已停发并追回")
    entry = AuditEntry.objects.filter(action=Action.CHANGE, what__contains="已整改").get()
    assert "已停发并追回" in entry.what and one.key[:8] in entry.what
    assert audit_log().verify().problems == ()
    assert "已整改 1" in page_of(browser, "/doubts").replace("&#32;", " ")


def test_what_is_printed_on_the_paper_is_proof_enough(sign_in):
    """Its code, chosen from the papers of the case or typed; not one of another place."""
    browser = sign_in()
    one = dead(browser)
    mended = issue("COM-09", 3, {"decision": "停发"})
    said = {"state": "已整改", "note": "已停发并追回"}
    assert "没有找到" in say(browser, one, **said, proof="COM-09 DB-103200-2018-0009")
    page = say(browser, one, **said, proof=f"com-09 {mended.case_no}")
    assert f'href="/documents/{mended.pk}">COM-09 {mended.case_no}</a>' in page
    scanned = scan("DB-103200-2018-0044", "COM-09")
    page = say(browser, one, **said, proof=scanned.case_no)
    assert f'href="/files/{scanned.pk}">COM-09 {scanned.case_no}</a>' in page
    town = sign_in(Role.TOWN_CLERK, "钟宝镇")
    other = issue("COM-09", 5, {"town": "城关镇", "village": "蔬菜村"})
    assert "没有找到" in say(town, one, **said, proof=f"COM-09 {other.case_no}")


def test_papers_of_its_case_are_offered_as_proof(sign_in):
    """By what is printed on them, the latest first."""
    browser = sign_in()
    mended = issue("COM-09", 3, {"decision": "停发"})
    one = dead(browser)
    one.papers[0]["case_no"] = mended.case_no
    one.save()
    page = page_of(browser, f"/doubts/{one.pk}")
    assert f'<option value="COM-09 {mended.case_no}">' in page


def test_another_place_or_dossier_sees_nothing(sign_in):
    """And cannot say anything; a keeper sees and does not judge."""
    one = dead(sign_in())
    keeper = sign_in(Role.VILLAGE_KEEPER, "城关镇", "蔬菜村")
    assert "测试甲" not in page_of(keeper, "/doubts")
    assert keeper.get(f"/doubts/{one.pk}").status_code == 404
    own = sign_in(Role.VILLAGE_KEEPER, *PLACE)
    assert 'name="state"' not in page_of(own, f"/doubts/{one.pk}")
    assert own.post(f"/doubts/{one.pk}/say", {"state": "不属实"}).status_code == 403
    town = sign_in(Role.TOWN_CLERK, "城关镇")
    assert town.post(f"/doubts/{one.pk}/say", {"state": "属实"}).status_code == 404


def test_the_list_is_printed_and_taken_out(sign_in):
    """Paper has room for what is found; the spreadsheet says who took it."""
    browser = sign_in(Role.INSPECTOR)
    page = page_of(browser, "/doubts?check=paid_after_death&print=1")
    assert "民政疑点清单" in page and 'class="room"' in page
    answer = browser.get("/doubts/xlsx?check=paid_after_death")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert "导出" in sheet["A1"].value and sheet["A3"].value == "C2"
    assert A not in str([cell.value for cell in sheet[3]])
    assert AuditEntry.objects.filter(action=Action.EXPORT, what__contains="疑点清单").exists()


def test_the_desks_count_what_waits(sign_in):
    """Of whom may see it; an administrator sees none."""
    browser = sign_in(Role.INSPECTOR)
    one = dead(browser)
    assert "条疑点待核实" in page_of(browser, "/")
    say(browser, one, state="属实", note="到村核实过")
    assert "条属实待整改" in page_of(sign_in(), "/")
    assert "条属实待整改" in page_of(sign_in(Role.TOWN_CLERK, "钟宝镇"), "/")
    assert "条属实待整改" not in page_of(sign_in(Role.TOWN_CLERK, "城关镇"), "/")
    assert "条疑点" not in page_of(sign_in(Role.ADMINISTRATOR), "/")


def test_the_checks_are_asked_for(sign_in):
    """By a button, without scripts."""
    answer = sign_in(Role.INSPECTOR).post("/doubts/check", follow=True)
    assert answer.redirect_chain == [("/doubts", 302)]
    assert "核对到" in answer.content.decode()


def test_the_sheet_is_begun_with_what_is_known(sign_in):
    """As a form that is not finished: what it says is in no address."""
    browser = sign_in()
    one = dead(browser)
    answer = browser.post(f"/doubts/{one.pk}/sheet")
    assert answer.status_code == 302 and answer["Location"].startswith("/forms/ZH-12B?draft=")
    page = page_of(browser, answer["Location"])
    assert (
        "死亡后仍在发放" in page and "测试甲" in page and "姓名测试甲，死亡日期2018年5月5日" in page
    )
    assert A not in page
    assert sign_in(Role.INSPECTOR).post(f"/doubts/{one.pk}/sheet").status_code == 403
