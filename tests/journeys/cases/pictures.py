"""What a journey saw, for somebody to look at: only where JOURNEY_PICTURES names a folder."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Page

from minzheng.county.settings.all_settings import issued_in

_NAMED = os.environ.get("JOURNEY_PICTURES", "")
_PHONE, _DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}


class Pictures:
    """Numbered pictures of one story; without a folder nothing is kept."""

    def __init__(self, story: str) -> None:
        self.folder = Path(_NAMED, story) if _NAMED else None
        self.count = 0

    def keep(self, page: Page, name: str, *, on_phone: bool = False) -> None:
        """The whole page as it stands; `on_phone`: also as wide as a phone."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self.count += 1
        page.screenshot(path=self.folder / f"{self.count:03}_{name}.png", full_page=True)
        if on_phone:
            page.set_viewport_size(_PHONE)
            page.screenshot(path=self.folder / f"{self.count:03}_{name}_390.png", full_page=True)
            page.set_viewport_size(_DESK)

    def keep_case(self, page: Page, number: str, name: str, *, on_phone: bool = False) -> None:
        """The page of a case, and the desk of whoever looks."""
        if self.folder is None or not number:
            return
        page.goto(f"/cases/{number}")
        self.keep(page, f"case_{name}", on_phone=on_phone)
        page.goto("/")
        self.keep(page, f"desk_{name}", on_phone=on_phone)

    def keep_papers(self, data: Path) -> None:
        """The issued documents, in the order of issue, to be read against one another."""
        if self.folder is not None:
            found = sorted(issued_in(data).rglob("*.docx"), key=lambda one: one.stat().st_mtime_ns)
            for number, one in enumerate(found, start=1):
                shutil.copy(one, self.folder / f"paper_{number:02}.docx")
