"""One case of each scheme in a real Chromium, from the application to its stop.

The keeper of the village, the clerk of the town and the clerk of the county sit at their own
desks; a paper that the next one decides waits there as a 送审稿 until it is a 定稿. What has to
be typed is counted: not more than docs/typing.md says.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from filler.form.forms import FormSpec
from filler.form.opinions import DECIDER, LEVELS, hands_of, levels_of
from tests.filler.one_case.to_the_stop import WHOLE
from tests.journeys.cases.papers_typed import issue_paper, open_paper, write_paper
from tests.journeys.cases.pictures import Pictures
from tests.journeys.served_office import PROJECT, Office, new_page, sign_in
from tests.shipped_forms import shipped_forms

pytestmark = pytest.mark.journey

ANSWERS = PROJECT / "tests" / "samples" / "answers"
DOCUMENT = PROJECT / "docs" / "typing.md"
#: Who writes for which level.
ACCOUNTS = {"v": "cunji", "t": "zhenji", "f": "xianji", "b": "xianji", "e": "xianji", "c": "xianji"}
#: Who issues the papers that nobody else has to write on; all others the town.
ISSUERS = {
    "DB-01": "v", "COM-01": "v", "COM-04": "v", "COM-06": "v", "TK-01": "v",
    "COM-07": "c", "GS-04": "v", "GL-03": "v", "CB-05": "v",
}  # fmt: skip
Answers = Mapping[str, Any]


@pytest.fixture(scope="module")
def desks(browser: Browser, office: Office) -> Iterator[dict[str, Page]]:
    """Three people, each at the own desk; an error in a page's console fails the test."""
    errors: list[str] = []
    pages = {}
    for username in sorted({*ACCOUNTS.values()}):
        pages[username] = new_page(browser, office, viewport={"width": 1366, "height": 768})
        pages[username].on("pageerror", lambda error: errors.append(str(error)))
        sign_in(pages[username], office, username)
    yield {level: pages[username] for level, username in ACCOUNTS.items()}
    for page in pages.values():
        page.context.close()
    assert errors == []


class Case:
    """A case on its way from desk to desk, and what was typed in it."""

    def __init__(self, desks: dict[str, Page], pictures: Pictures) -> None:
        self.desks, self.number, self.typed = desks, "", ()
        self.pictures = pictures
        self.forms = shipped_forms()

    def paper(self, form_id: str, other: Answers, *, is_own: bool) -> None:
        """Issue a paper; one that others decide goes from hand to hand."""
        spec = self.forms.form(form_id)
        read = tomllib.loads((ANSWERS / f"{form_id}.toml").read_text(encoding="utf-8")) | other
        told = {slug: self._in_case(answer) for slug, answer in read.items()}
        hands = [level for level in levels_of(spec) if ACCOUNTS[level] != "xianji"]
        levels = [*hands, *levels_of(spec)[-1:]] if levels_of(spec) else []
        levels = [one for one in dict.fromkeys(levels) if self._writes(spec, told, one)]
        first = levels[0] if levels else ISSUERS.get(form_id, "t")
        open_paper(self.desks[first], form_id, self.number, is_own=is_own)
        self._write(spec, told, first, is_first=True)
        for level in levels[1:]:
            self._take_up(level, form_id)
            self._write(spec, told, level)
        self._is_final(spec, self.desks[levels[-1] if levels else first])
        self.pictures.keep_case(self.desks["v"], self.number, f"after_{form_id}")

    def _in_case(self, answer: Any) -> Any:
        return answer.replace("{case_no}", self.number) if isinstance(answer, str) else answer

    def _write(self, spec: FormSpec, told: Answers, level: str, *, is_first: bool = False) -> None:
        """Type a level's part and issue what it comes to."""
        page = self.desks[level]
        parts = {
            slug: one for slug, one in told.items() if self._is_of(spec, slug, level, is_first)
        }
        self.pictures.keep(page, f"{spec.id}_{level}_opened", on_phone=level == "v")
        self.typed += write_paper(page, spec, parts)
        issue_paper(page)
        self.pictures.keep(page, f"{spec.id}_{level}_issued")
        self.number = self.number or page.locator(".code").first.inner_text()

    def _take_up(self, level: str, form_id: str) -> None:
        """The case waits at the desk of the next hand, who goes on from there."""
        page = self.desks[level]
        page.goto("/")
        with page.expect_navigation():
            page.get_by_role("link", name=f"接着办 {self.number}").click()
        assert f"/forms/{form_id}?case_no={self.number}" in page.url

    def _is_final(self, spec: FormSpec, page: Page) -> None:
        assert spec.id in page.locator("main").inner_text()
        expect(page.get_by_text("这是送审稿")).to_have_count(0)

    @staticmethod
    def _writes(spec: FormSpec, told: Answers, level: str) -> bool:
        own = {slug for slug, hand in hands_of(spec).items() if hand in (level, DECIDER)}
        return level == levels_of(spec)[0] or any(told.get(slug) for slug in own)

    @staticmethod
    def _is_of(spec: FormSpec, slug: str, level: str, is_first: bool) -> bool:
        """Whether a level writes a field: its own, what nobody above it does, its decision."""
        hand = hands_of(spec).get(slug, "")
        if not hand:
            return is_first
        account = ACCOUNTS[levels_of(spec)[-1] if hand == DECIDER else hand]
        early = hand in LEVELS and LEVELS.index(hand) < LEVELS.index(level) and is_first
        return account == ACCOUNTS[level] or early


def most_typed(scheme: str) -> int:
    """What the document says of a whole case: typed, or given and changed."""
    text = DOCUMENT.read_text(encoding="utf-8")
    line = re.search(rf"^\| {re.escape(scheme)}，\d+ 份 \|(.*)\|$", text, re.MULTILINE)
    assert line, scheme
    cells = [int(cell) for cell in line[1].split("|")]
    return cells[3] + cells[5]


@pytest.mark.parametrize("scheme", WHOLE)
def test_a_case_goes_from_desk_to_desk_until_it_stops(
    desks: dict[str, Page], office: Office, scheme: str
):
    """Every paper issued by whoever issues it, in one case; no field typed that is given."""
    case = Case(desks, Pictures(scheme))
    for form_id, other, is_own in WHOLE[scheme]:
        case.paper(form_id, other, is_own=is_own)
    case.pictures.keep_case(desks["v"], case.number, "at_the_end", on_phone=True)
    case.pictures.keep_papers(office.data)
    assert len(case.typed) <= most_typed(scheme), case.typed
