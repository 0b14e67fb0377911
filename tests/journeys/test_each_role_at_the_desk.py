"""Six people, each at the own desk in a real Chromium: the work of a day, and nothing more."""

import tomllib
from collections.abc import Callable, Iterator

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.served_office import PROJECT, Office, enter_answers, issue, new_page, sign_in

pytestmark = pytest.mark.journey

ANSWERS = PROJECT / "tests" / "samples" / "answers"
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
APPLICANT, ON_A_SCAN = "测试周桂兰", "类风湿关节炎"
READERS = ["走访", "汇编", "专柜", "专栏", "专档", "查档", "查人"]
CLERKS = [*READERS, "填表", "批量", "已出具", "收件箱", "疑点", "入库情况"]
COUNTY = [*READERS, "个人信息", *CLERKS[len(READERS) :]]
#: Account → what its menu offers, and an address it must not open.
DESKS = {
    "xianji": (COUNTY, "/people"),
    "zhenji": (CLERKS, "/audit"),
    "cunji": (CLERKS, "/audit"),
    "jiancha": ([*READERS, "检查清单", "疑点", "入库情况"], "/forms"),
    "guanli": (
        ["专档", "收件箱", "入库情况", "账号", "登记数据", "模板", "任务", "授权确认"],
        "/search",
    ),
    "shenji": (["审计记录", "授权确认"], "/coverage"),
}

SitDown = Callable[[str], Page]


@pytest.fixture
def at_desk(browser: Browser, office: Office) -> Iterator[SitDown]:
    """Signs somebody in; an error in a page's console fails the test."""
    contexts, errors = [], list[str]()

    def sit_down(username: str, size: dict[str, int] = DESKTOP) -> Page:
        page = new_page(browser, office, viewport=size)
        contexts.append(page.context)
        page.on("pageerror", lambda error: errors.append(str(error)))
        sign_in(page, office, username)
        return page

    yield sit_down
    for one in contexts:
        one.close()
    assert errors == []


@pytest.mark.parametrize("username", DESKS)
def test_each_desk_offers_its_own_work_and_no_other(at_desk, username, tmp_path):
    """The menu is what the role may do; another's page says why not; it fits a telephone."""
    offered, forbidden = DESKS[username]
    page = at_desk(username)
    assert page.locator(".menu a").all_inner_texts() == offered
    page.screenshot(path=tmp_path / "desktop.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= DESKTOP["width"]
    page.set_viewport_size(PHONE)
    page.screenshot(path=tmp_path / "phone.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    answer = page.goto(forbidden)
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_text("确需使用，请联系管理员")).to_be_visible()


#: Account → what is to be used first on its start page.
FIRST = {
    "xianji": ["[role=search]", ".figures"],
    "zhenji": ["[role=search]", ".figures"],
    "cunji": ["a[href='/inbox/upload']", "a[href='/inbox']", "a:text-is('缺什么')"],
    "jiancha": ["[role=search]", ".figures"],
    "guanli": [".figures", ".first-part a"],
    "shenji": [".figures a"],
}


@pytest.mark.parametrize("username", FIRST)
def test_the_first_useful_things_stand_on_the_first_screen_of_a_phone(at_desk, username):
    """Nobody pushes the page up before beginning."""
    page = at_desk(username, PHONE)
    for found in FIRST[username]:
        box = page.locator(f"main {found}").first.bounding_box()
        assert box is not None, found
        assert box["y"] + box["height"] <= PHONE["height"], (found, box)


@pytest.fixture(scope="session")
def applied(browser: Browser, office: Office) -> None:
    """An application that the town clerk issued."""
    page = new_page(browser, office)
    sign_in(page, office, "zhenji")
    page.goto("/forms/DB-01")
    enter_answers(page, tomllib.loads((ANSWERS / "DB-01.toml").read_text(encoding="utf-8")))
    issue(page)
    page.context.close()


@pytest.mark.usefixtures("applied")
def test_the_town_clerk_goes_on_with_a_case(at_desk):
    """From the start page to the case's document; the case stands under its person."""
    page = at_desk("zhenji")
    mine = page.locator(".desk-part", has_text="我在办的案件")
    case = mine.locator(".desk-lines li", has_text=APPLICANT).first
    case.locator("a[href^='/documents/']").first.click()
    page.get_by_text(APPLICANT).first.wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 Word 文件").click()
    assert waiting.value.suggested_filename.startswith("DB-01_")


@pytest.mark.usefixtures("applied")
def test_the_county_clerk_begins_a_form_with_what_is_known_of_a_person(at_desk):
    """Found by initials on the page of people served before; the name need not be typed again."""
    page = at_desk("xianji")
    page.get_by_role("searchbox", name="办过事的人").fill("cszgl")
    page.get_by_role("button", name="办过事的").click()
    page.get_by_role("link", name=APPLICANT).first.click()
    page.locator("a[href^='/forms/DB-01?person=']").click()
    expect(page.locator('[name="name"]')).to_have_value(APPLICANT)


def test_the_keeper_sees_what_came_in_and_what_failed(at_desk, office):
    """Files of the own village, each with its reason; other villages do not exist."""
    page = at_desk("cunji")
    office.wait_until_read()
    page.goto("/")
    assert "旧城村" in page.locator(".desk").first.inner_text()
    page.locator(".desk-lines a[href^='/files/']").first.click()
    expect(page.get_by_role("heading", name="来历")).to_be_visible()
    page.goto("/coverage")
    assert page.locator(".grid tbody tr").count() == 1


def test_the_inspector_follows_a_word_and_a_person(at_desk, office):
    """Search, the page with the mark, the person's traces; unmasking asks for a reason."""
    page = at_desk("jiancha")
    office.wait_until_read()
    page.goto(f"/search?q={ON_A_SCAN}")
    page.locator(".hit h2 a").first.click()
    page.locator(".page-image").first.wait_for()
    page.get_by_text("查看完整号码").click()
    page.get_by_label("事由").fill("核对花名册")
    page.get_by_role("button", name="显示").click()
    expect(page.get_by_text("15 分钟后重新遮盖")).to_be_visible()
    page.goto("/")
    page.get_by_role("searchbox", name="姓名", exact=True).fill(APPLICANT)
    page.get_by_role("button", name="全部痕迹").click()
    page.locator(".timeline li").first.wait_for()


def test_two_open_an_account(at_desk, browser, office):
    """The auditor agrees; the new person signs in with both halves and must choose a password."""
    page = at_desk("guanli")
    page.get_by_role("link", name="新建账号").click()
    page.get_by_label("用户名").fill("xinren")
    page.get_by_label("姓名").fill("测试新人")
    page.get_by_label("角色").select_option("检查人员")
    page.get_by_role("button", name="建立账号").click()
    first = page.locator(".secret").inner_text()
    auditor = at_desk("shenji")
    auditor.get_by_role("link", name="去确认、过目").click()
    auditor.get_by_label("新建账号 xinren").check()
    auditor.get_by_role("button", name="同意所选", exact=True).click()
    second = auditor.locator(".secret").inner_text()
    new = new_page(browser, office)
    new.goto("/sign-in")
    new.get_by_label("用户名").fill("xinren")
    new.get_by_label("密码").fill(f"{first}{second}")
    new.get_by_role("button", name="登录").click()
    new.get_by_text("请先改密码").wait_for()
    new.context.close()


def test_the_administrator_replaces_a_table_and_a_template(at_desk, office, tmp_path):
    """What is wrong is said and nothing is replaced; what is right is used at once."""
    words = tmp_path / "同义词.txt"
    page = at_desk("guanli")
    page.goto("/registry/synonyms.txt")
    for text, said in (
        ("低保", "有 1 处要改，没有换上"),
        ("坝坝会=院坝会\n", "没有错，还没有换上"),
    ):
        words.write_text(text, encoding="utf-8")
        page.get_by_label("改好的文件").set_input_files(words)
        page.get_by_role("button", name="上传并检查").click()
        page.get_by_text(said).wait_for()
    page.get_by_label("依据或说明").fill("测试")
    page.get_by_role("button", name="换上").click()
    page.get_by_text("已换上第 2 版").wait_for()
    assert (office.folder / "registry" / "synonyms.txt").read_text("utf-8") == "坝坝会=院坝会\n"
    page.get_by_role("button", name="换回第 1 版").click()
    page.get_by_text("已换上第 3 版").wait_for()
    page.goto("/templates/DB-03")
    template = office.folder / "templates" / "01_dibao" / "DB-03.docx"
    document = docx.Document(str(template))
    document.add_paragraph("{{ 没有这一栏 }}")
    document.save(str(tmp_path / "DB-03.docx"))
    page.get_by_label("改好的模板").set_input_files(tmp_path / "DB-03.docx")
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_text("没有这一栏").first.wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载在错处加了批注的一份").click()
    assert docx.Document(str(waiting.value.path())).comments
    page.goto("/jobs")
    expect(page.get_by_text("从来没有备份过")).to_be_visible()


def test_the_auditor_finds_what_the_others_did(at_desk):
    """The inspector's unmasking with its reason; the chain of entries is whole."""
    other = at_desk("jiancha")
    other.goto(f"/search?q={ON_A_SCAN}")
    page = at_desk("shenji")
    page.get_by_role("link", name="查档", exact=True).click()
    expect(page.get_by_role("cell", name=f"查“{ON_A_SCAN}”").first).to_be_visible()
    page.goto("/audit/verify")
    expect(page.get_by_role("heading", name="审计记录完整")).to_be_visible()
