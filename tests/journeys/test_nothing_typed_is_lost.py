"""A clerk types a household with the keyboard alone; whatever happens, it is there again."""

import secrets
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.served_office import (
    PROJECT,
    Office,
    enter_answers,
    issue,
    new_page,
    sign_in,
)

pytestmark = pytest.mark.journey

#: What an input method takes for a Chinese character, as it was counted before (764 in all).
KEYS_A_CHARACTER = 2.3
#: Nobody is old enough to need supporters; relation and labor by their numbers in the lists.
MEMBERS = (
    ("测试乙", 6, "610927196001010017", 1),
    ("测试丙", 8, "610927197212310022", 1),
    ("测试丁", 8, "610927197906230035", 1),
    ("测试戊", 3, "610927200803020056", 4),
)
MOST_KEYS = 450


@dataclass
class Keyboard:
    """Keys of one person, counted."""

    page: Page
    keys: float = 0

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        for one in text:
            if one.isascii():
                self.page.keyboard.type(one)
                self.keys += 1
            else:
                self.page.keyboard.insert_text(one)
                self.keys += KEYS_A_CHARACTER

    def press(self, *names: str) -> None:
        """Keys by their names; with another held down it is two."""
        for name in names:
            self.page.keyboard.press(name)
            self.keys += name.count("+") + 1

    def answer(self, slug: str, *texts: str) -> None:
        """The field that has the focus must be this one; go on to the next."""
        focused = self.page.evaluate("document.activeElement.name")
        assert focused == slug, f"{focused} has the focus, not {slug}"
        for text in texts:
            self.type(text)
        self.press("Enter")

    def go_to_next_section(self, slug: str, *texts: str) -> None:
        """The same, past all fields that stay as they are."""
        focused = self.page.evaluate("document.activeElement.name")
        assert focused == slug, f"{focused} has the focus, not {slug}"
        for text in texts:
            self.type(text)
        self.press("Control+Enter")

    def choose(self, slug: str, number: int) -> None:
        """The same with a digit, which goes on by itself."""
        focused = self.page.evaluate("document.activeElement.name")
        assert focused == slug, f"{focused} has the focus, not {slug}"
        self.press(str(number))


@pytest.fixture
def desk(office: Office, browser: Browser) -> Iterator[Page]:
    """The town clerk, signed in; any error in the page's console fails the test."""
    page = new_page(browser, office, viewport={"width": 1366, "height": 768})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, office, "zhenji")
    yield page
    page.context.close()
    assert errors == []


def fresh(form_id: str) -> str:
    """A page of a form on which nobody typed before."""
    return f"/forms/{form_id}?draft={secrets.token_hex(8)}"


def typed(page: Page, slug: str, text: str) -> None:
    """Type into a field, and wait until it is kept."""
    with page.expect_response("**/preview*") as kept:
        page.locator(f'[name="{slug}"]').fill(text)
    assert kept.value.status == 200


def test_a_household_of_five_takes_few_keys(desk: Page):
    """DB-01 from the first field to the issued document, by keyboard alone."""
    keys = Keyboard(desk)
    desk.goto(fresh("DB-01"))
    desk.locator('[name="village"]').focus()
    _type_application(keys)
    _type_household(keys)
    _type_the_rest(keys)
    desk.get_by_role("heading", name="已生成").wait_for()
    print(f"{keys.keys:.0f} keys")
    assert keys.keys <= MOST_KEYS


def _type_application(keys: Keyboard) -> None:
    keys.choose("village", 1)
    keys.answer("group_no", "3")
    keys.choose("apply_kind", 1)
    keys.choose("apply_mode", 1)
    keys.answer("fill_date")
    for slug, day in (("apply_date", "04022018"), ("accept_date", "04042018")):
        keys.keys += 1  # in a Chinese Windows the year comes first, and a key more ends it
        keys.answer(slug, day)
    keys.answer("name", "测试甲")
    keys.answer("id_no", "610927198807070042")
    keys.answer("ethnicity")
    keys.answer("phone", "13991500001")
    keys.answer("no_phone")
    keys.choose("hukou_type", 1)
    keys.answer("hukou_addr", "镇坪县钟宝镇旧城村三组")
    keys.answer("live_addr")
    for slug in ("marital", "education", "health", "labor", "is_poor"):
        keys.choose(slug, 2)
    keys.answer("single_apply")


def _type_household(keys: Keyboard) -> None:
    keys.choose("members-0-m_rel", 1)
    keys.answer("members-0-m_job", "务农")
    keys.answer("members-0-m_income_month", "300")
    keys.choose("members-0-m_insured", 1)
    for number, (name, relation, id_no, labor) in enumerate(MEMBERS, start=1):
        row = f"members-{number}-"
        keys.answer(f"{row}m_name", name)
        keys.choose(f"{row}m_rel", relation)
        keys.answer(f"{row}m_id", id_no)
        keys.choose(f"{row}m_health", 1)
        keys.choose(f"{row}m_labor", labor)
        keys.answer(f"{row}m_job", "务农")
        keys.answer(f"{row}m_income_month", "200")
        keys.choose(f"{row}m_insured", 1)
    keys.answer("members-5-m_name")


def _type_the_rest(keys: Keyboard) -> None:
    keys.answer("supporters-0-s_name")
    keys.answer("inc_wage")
    keys.go_to_next_section("inc_farm", "3600")
    keys.answer("house-0-house_addr", "旧城村三组")
    keys.choose("house-0-house_struct", 1)
    keys.answer("house-0-house_area", "68")
    keys.choose("house-0-house_own", 1)
    keys.go_to_next_section("house-1-house_addr")
    keys.go_to_next_section("rigid_med")
    keys.answer("cause", "1", "6")
    keys.type("本人年老体弱，患高血压，长期服药，只能种少量口粮田，家中没有稳定收入。")
    keys.press("Control+Enter")
    keys.answer("bank_name", "镇坪县农商银行钟宝支行")
    keys.answer("bank_no", "6217000000000000012")
    keys.choose("relative_decl", 1)
    keys.answer("attach", "1", "2", "4")
    keys.press("Enter")


def test_what_was_typed_is_there_after_every_way_out(desk: Page, office: Office):
    """Back from another page, from the listed problems, and after the browser was closed."""
    desk.goto(fresh("DB-01"))
    desk.locator('[name="phone"]').fill("13991500001")
    typed(desk, "name", "测试往返")
    desk.get_by_role("link", name="已出具").first.click()
    desk.get_by_role("heading", name="已出具的文书").wait_for()
    desk.go_back()
    expect(desk.locator('[name="name"]')).to_have_value("测试往返")
    desk.get_by_role("button", name="检查").click()
    desk.get_by_text("处需要更正").wait_for()
    desk.get_by_role("link", name="已出具").first.click()
    desk.get_by_role("heading", name="已出具的文书").wait_for()
    desk.go_back()
    desk.get_by_text("处需要更正").wait_for()
    desk.get_by_role("link", name="申请方式：没有填写").click()
    expect(desk.locator('[name="apply_mode"]').first).to_be_focused()
    other = new_page(desk.context.browser, office)
    sign_in(other, office, "zhenji")
    other.get_by_role("link", name="接着填最低生活保障申请书").first.click()
    expect(other.locator('[name="name"]')).to_have_value("测试往返")
    expect(other.locator('[name="phone"]')).to_have_value("13991500001")
    other.context.close()


def test_back_after_the_paper_was_issued_shows_what_was_typed(desk: Page):
    """And that it is issued; from whichever address the form was opened."""
    desk.goto("/forms/LR-01")
    answers = tomllib.loads((PROJECT / "tests/samples/answers/LR-01.toml").read_text("utf-8"))
    answers |= {
        "name": "测试后悔",
        "id_no": "610927194807170141",
    }  # in no other story of this office
    enter_answers(desk, answers)
    issue(desk)
    paper = desk.url.rpartition("/")[2]
    desk.go_back()
    expect(desk.get_by_text("已经出具的")).to_be_visible()
    expect(desk.locator(f'.notice a[href="/documents/{paper}"]')).to_be_visible()
    for slug in ("name", "phone"):
        expect(desk.locator(f'[name="{slug}"]')).to_have_value(answers[slug])


def test_a_sign_out_in_another_tab_loses_nothing(desk: Page, office: Office):
    """Pressed after it, the button asks to sign in, and the answers are there."""
    desk.goto(fresh("DB-02"))
    typed(desk, "name", "测试两页")
    other = desk.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="退出").click()
    other.get_by_label("用户名").wait_for()
    desk.locator('[name="phone"]').fill("13991500009")
    desk.get_by_role("button", name="生成 Word 文件").click()
    desk.get_by_text("填的内容没有丢").wait_for()
    desk.get_by_label("用户名").fill("zhenji")
    desk.get_by_label("密码").fill(office.password("zhenji"))
    desk.get_by_role("button", name="登录").click()
    expect(desk.locator('[name="name"]')).to_have_value("测试两页")
    expect(desk.locator('[name="phone"]')).to_have_value("13991500009")


def test_rows_come_in_place_and_the_villages_follow_the_town(browser: Browser, office: Office):
    """The button goes to the next empty row; Enter sends nothing."""
    page = new_page(browser, office)
    sign_in(page, office, "xianji")
    page.goto("/forms/DB-01")
    page.locator('[name="town"]').select_option("钟宝镇")
    expect(page.locator('[name="village"] optgroup')).to_have_count(1)
    page.locator('[name="members-0-m_name"]').fill("测试甲")
    page.locator('[name="members-1-m_name"]').fill("测试乙")
    page.get_by_role("button", name="加一行").first.click()
    expect(page.locator('[name="members-2-m_name"]')).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('[name="supporters-0-s_name"]')).to_be_focused()
    assert "/forms/DB-01" in page.url
    page.context.close()
