"""A journey per system over a county that was laid: every number is the one that was planted.

Each begins at the menu, as people do, and tells `look` of each page it has come to.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

from minzheng.cli.county_demo.campaign import TEAMS
from minzheng.cli.county_demo.plan import SCHEMES, CountyPlan

#: Villages of the county; those of a smaller plan have nothing.
VILLAGES = 58
#: That three months touch.
_WEEKS = 14
#: States of the three levels that say something differs.
_DIFFERING = ("户数不一", "人数不一", "金额不一", "名单不一")


class Stop(NamedTuple):
    """Where a journey has come to."""

    page: Page
    name: str


Look = Callable[[Stop], None]
Journey = Callable[[Page, CountyPlan, Look], None]


def campaign(page: Page, plan: CountyPlan, look: Look) -> None:
    """大走访: the plan, visits by team and week, who was not visited, problems, answers."""
    _open(page, "走访", "方案和分组")
    grouped = _states(page)  # a plan names whole towns
    assert grouped.pop("已分组") + grouped.pop("没有分组", 0) == VILLAGES
    assert grouped == {}
    _open(page, "走访", "方案和简报")
    assert _states(page) == {"没有扫描件": 1}
    _open(page, "走访", "四种来源的数")
    assert _states(page).keys() == {"一致"}
    _open(page, "走访", "入户走访")
    sums = page.locator(".register-sums b")
    expect(sums).to_have_text([f"{plan.visited}", f"{plan.visited}", f"{plan.answers}"])
    assert _states(page) == {"已走访": plan.visited, **_lacking("没有走访", plan)}
    page.get_by_role("link", name="按小组").click()
    by_team = [page.locator(".register-by tr", has_text=team) for team in TEAMS[: plan.teams]]
    assert sum(map(_last_number, by_team)) == plan.visited
    look(Stop(page, "走访"))
    page.get_by_role("link", name="按周").click()
    expect(page.locator(".register-by th").first).to_have_text("周")
    weeks = list(map(_last_number, page.locator(".register-by tbody tr").all()))
    assert sum(weeks) == plan.visited
    assert len(weeks) <= _WEEKS
    _open(page, "走访", "应访名单")
    assert _states(page) == {"已走访": plan.visited, "还没走访": plan.unvisited}
    _pick(page, "还没走访", plan.unvisited)
    look(Stop(page, "应访名单"))
    _open(page, "走访", "政策解答")
    assert _states(page) == {"已解答": plan.answers}
    _open(page, "走访", "问题和销号")
    assert _states(page) == {
        "已销号": plan.solved, "销号没有依据": plan.unproved, "逾期": plan.late,
        "整改中": plan.running,
    }  # fmt: skip
    look(Stop(page, "问题和销号"))
    _pick(page, "已销号", plan.solved)
    row = page.locator(".register-rows tbody tr").first
    code = row.locator('[data-head="问题编号"]').inner_text()
    row.get_by_role("link", name="扫描件").first.click()
    expect(page.locator("main")).to_contain_text(code)
    look(Stop(page, "销号的扫描件"))


def policies(page: Page, plan: CountyPlan, look: Look) -> None:
    """政策汇编: a chapter a dossier; one with its parts, and a policy with what it touches."""
    _menu(page, "汇编", "政策汇编")
    expect(page.locator(".book-parts > li")).to_have_count(15)
    look(Stop(page, "汇编"))
    page.locator(".book-parts > li b a").first.click()
    for part in ("政策文件", "工作流程", "工作重点", "用表", "公开", "标准和期限"):
        expect(page.get_by_role("heading", name=part, exact=True)).to_be_visible()
    look(Stop(page, "汇编一章"))
    _menu(page, "汇编", "政策汇编")
    page.get_by_role("link", name="最低生活保障审核确认办法").first.click()
    expect(page.get_by_role("heading", name="版本和接替")).to_be_visible()
    look(Stop(page, "一件政策"))


def cabinets(page: Page, plan: CountyPlan, look: Look) -> None:
    """民政专柜: one in each village; its numbers are given once, its places stand on the rows."""
    _menu(page, "专柜", "民政专柜")
    assert _states(page) == {"没有检查过": plan.villages, **_lacking("没有登记", plan)}
    expect(page.locator("table.cabinets tbody th[scope=row]")).to_have_count(VILLAGES)
    waiting = int(page.locator(".register-sums b").nth(2).inner_text())
    if waiting:
        page.get_by_role("button", name="给各村都编件号").click()
        expect(page.locator(".register-sums b").nth(2)).to_have_text("0")
    assert int(page.locator(".register-sums b").nth(1).inner_text()) == _scans(plan)
    look(Stop(page, "专柜"))
    page.locator("table.cabinets tbody tr", has_text="没有检查过").first.get_by_role("link").click()
    expect(page.locator(".cabinets tbody tr")).to_have_count(15)
    look(Stop(page, "一村的专柜"))


def notices(page: Page, plan: CountyPlan, look: Look) -> None:
    """公示专栏: absent, stale, unsealed, old and valid ones; a village without any is lacking."""
    _open(page, "专栏", "公示专栏")
    assert _states(page) == {
        "没有": len(SCHEMES) * VILLAGES - plan.notices, "有效": plan.valid_notices,
        "过期": plan.stale, "旧模板": plan.old_template, "已出具": plan.unsealed,
    }  # fmt: skip
    expect(page.locator("main")).not_to_contain_text("—")
    printable = page.get_by_role("link", name=re.compile("^一次打印"))
    expect(printable).to_have_text(f"一次打印 {plan.notices - plan.old_template} 份")
    look(Stop(page, "专栏"))
    page.locator(".register-map .town-row a").first.click()
    look(Stop(page, "专栏一镇"))
    _open(page, "专栏", "公示专栏")
    _pick(page, "已出具", plan.unsealed)
    look(Stop(page, "没有盖章的"))


def levels(page: Page, plan: CountyPlan, look: Look) -> None:
    """三级统一: the planted differences alone, and GS-09 with the rows of a town and scheme."""
    _open(page, "专栏", "县镇村三级核对")
    states = _states(page)
    differing = {name: states.pop(name) for name in _DIFFERING if name in states}
    assert sum(differing.values()) == plan.differences
    assert states.pop("村里没有公示") == plan.absent
    assert states.pop("一致，公示无效") == plan.stale + plan.unsealed + plan.old_template
    rest = plan.villages * len(SCHEMES) - plan.differences - plan.absent
    assert states.pop("一致") == rest - plan.stale - plan.unsealed - plan.old_template
    assert states == _lacking("三级都没有", plan, len(SCHEMES))
    look(Stop(page, "三级核对"))
    page.locator(".legend a", has_text=next(iter(differing))).click()
    look(Stop(page, "不一致的"))
    page.locator(".register-map .town-row a[href*='state=']").first.click()
    page.get_by_role("link", name="带入 GS-09").click()
    expect(page.locator('[name="rows-0-village"]')).not_to_have_value("")
    look(Stop(page, "带入GS-09"))


def doubts(page: Page, plan: CountyPlan, look: Look) -> None:
    """疑点: as many of each check as were planted; one verified by hand, in each state."""
    wanted = {name: number for name, number in plan.doubts.items() if number}
    page.goto("/")
    waiting = page.locator("a.figure", has_text="条疑点待核实").locator("b")
    expect(waiting).to_have_text(f"{sum(wanted.values())}")
    _menu(page, "疑点", "疑点核对")
    assert _doubts(page, "待核实") == wanted
    look(Stop(page, "疑点核对"))
    page.get_by_role("link", name=re.compile("^C1 ")).click()
    page.locator(".doubt-head a").first.click()
    expect(page.locator(".beside .card")).to_have_count(3)
    expect(page.locator(".beside mark")).not_to_have_count(0)
    look(Stop(page, "一条疑点"))
    page.wait_for_load_state()
    before = page.locator(".history li").count()
    number = page.locator(".beside .card h2 a").last.get_attribute("href")
    assert number
    mended = f"文书 {number.rpartition('/')[2]}"
    said = {"属实": "", "不属实": "", "待核实": "", "已整改": mended}
    for state, proof in said.items():
        page.get_by_label(state, exact=True).check()
        page.get_by_label("说明").fill(f"到村看过，{state}。")
        page.get_by_label("整改依据").fill(proof)
        page.get_by_role("button", name="记下").click()
        expect(page.locator("h1 .state")).to_have_text(state)
    expect(page.locator(".history li")).to_have_count(before + len(said))
    look(Stop(page, "核实过的疑点"))
    _menu(page, "疑点", "疑点核对")
    assert _doubts(page, "已整改") == {"amounts_differ": 1}
    assert _doubts(page, "待核实") == {
        name: number for name, number in wanted.items() if name != "amounts_differ"
    }


def unsealed(page: Page, plan: CountyPlan, look: Look) -> None:
    """A doubt about a scan: its page as a picture beside the rule. Only where scans are files."""
    _menu(page, "疑点", "疑点核对")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("^C3 ")).click()
    found = page.locator(".doubt", has_text="扫描件上没有章")
    onward = page.get_by_role("link", name="下一页")
    while not found.count():
        with page.expect_navigation():
            onward.click()
    found.first.locator(".doubt-head a").first.click()
    picture = page.locator(".beside .page-image").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("one => one.naturalWidth") > 0
    look(Stop(page, "扫描件没有章的疑点"))


JOURNEYS: Mapping[str, Journey] = {
    "走访": campaign, "汇编": policies, "专柜": cabinets, "专栏": notices, "三级统一": levels,
    "疑点": doubts,
}  # fmt: skip


def _menu(page: Page, word: str, title: str) -> None:
    """By the menu, which a phone opens first, to a page of this title."""
    if page.url == "about:blank":
        page.goto("/")
    opened = page.locator(".menu-toggle")
    if opened.is_visible():
        opened.locator("summary").click()
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name=word, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.wait_for_load_state()


def _open(page: Page, word: str, title: str) -> None:
    """A register of a system."""
    _menu(page, word, "登记簿")
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.wait_for_load_state()


def _states(page: Page) -> dict[str, int]:
    """How many rows are in each state that has any."""
    told = page.locator(".legend a").all_inner_texts()
    counts = {name: int(number) for name, _, number in (one.rpartition(" ") for one in told)}
    return {name: number for name, number in counts.items() if number}


def _lacking(state: str, plan: CountyPlan, each: int = 1) -> dict[str, int]:
    """What the villages lack that the plan leaves out."""
    number = (VILLAGES - plan.villages) * each
    return {state: number} if number else {}


def _pick(page: Page, state: str, number: int) -> None:
    """The rows of a state, as many as were counted."""
    page.locator(".legend a", has_text=f"{state} ").first.click()
    expect(page.locator("#rows")).to_have_text(f"{state}：{number} 行")


def _last_number(row: Locator) -> int:
    return int(row.locator("td").last.inner_text())


def _scans(plan: CountyPlan) -> int:
    """Scans that lie in cabinets, one a notice, problem or visit."""
    return plan.notices + plan.solved + plan.scanned_visits + plan.scanned_announcements


def _doubts(page: Page, state: str) -> dict[str, int]:
    """How many doubts of each check are in a state."""
    found = {}
    for link in page.locator(f'.checks .counts a:has-text("{state}")').all():
        address = link.get_attribute("href") or ""
        name = re.search(r"check=(\w+)", address)
        assert name
        found[name[1]] = int((link.text_content() or "").split()[-1])
    return found
