"""Every page of every role, measured in one Chromium.

    python -m script.page_sweep ADDRESS ACCOUNTS [--pictures FOLDER] [--quick]

ADDRESS is a served county, ACCOUNTS its file of accounts (`初始账号.txt`). Each role signs in,
walks from its first page along all links, two pages of every address in `urls.py`, and says of
each as soon as it was seen, at 1366, 683 and 390 pixels: what axe finds, what is wider than the
screen or to be dragged sideways, one character wide, printed over its neighbour, covered by a
sticky bar, too close to the next card, and whether something to use stands on the first screen.
`--quick` leaves out axe at small sizes.
"""

import argparse
import re
import shutil
import sys
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, sync_playwright

SIZES = {"wide": (1366, 768), "zoomed": (683, 384), "phone": (390, 844)}
#: The same engine without windows costs two fifths; the whole browser where it is not packaged.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
#: Levels of WCAG 2 that are looked at: A and AA. Of what is right nothing is told: to describe it
#: took two fifths of the look at a long page.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],
}
MOST_OF_ONE = 2  #: pages of one address
#: What downloads, changes the session, or is no page.
LEFT_OUT = re.compile(
    r"/(sign-out|static/|api/(?!guide)|.*\.(jpg|xlsx|docx|csv|zip|pdf)$|.*/(original|word|pdf|zip"
    r"|roster|reissue|blank|export|live|progress|xlsx|workbook|file|marked|drawn|block)$)"
)
MEASURE = (Path(__file__).parent / "page_sweep.js").read_text(encoding="utf-8")


def address_name(address: str) -> str:
    """The name of a page in `urls.py`."""
    from django.urls import Resolver404, resolve  # noqa: PLC0415  # settings come first

    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def own_links(page: Page, base: str) -> Iterator[str]:
    """Pages that a page leads to."""
    for found in page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
        address = urljoin(page.url, found).partition("#")[0]
        if address.startswith(base) and not LEFT_OUT.match(urlsplit(address).path):
            yield address


def findings_of(page: Page, size: str, *, with_axe: bool) -> list[str]:
    """What is wrong with the page that is open, at one size."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    told = [f"{size}: {one}" for one in page.evaluate(MEASURE, {"size": size})]
    if with_axe:
        told += [
            f"{size}: axe {one['id']} {node['html'][:140]}"
            for one in Axe().run(page, options=RULES).response["violations"]
            if one["impact"] in ("serious", "critical") or one["id"] == "color-contrast"
            for node in one["nodes"][:2]
        ]
    return told


def sweep_role(
    page: Page, base: str, options: argparse.Namespace
) -> Iterator[tuple[str, list[str]]]:
    """All pages of whoever is signed in: address, and what is wrong with it."""
    waiting, seen, counts = deque([f"{base}/"]), {f"{base}/"}, Counter[str]()
    while waiting:
        address = waiting.popleft()
        name = address_name(address)
        if not name or counts[name] >= MOST_OF_ONE:
            continue
        counts[name] += 1
        answer = page.goto(address)
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            continue
        path = address.removeprefix(base)
        told = [f"answers {answer.status}"] if answer.status >= 400 else []
        links = list(own_links(page, base))
        for size in SIZES:
            is_axe = size == "wide" or (size == "phone" and not options.quick)
            told += findings_of(page, size, with_axe=is_axe)
            if options.pictures:
                file = f"{name}_{counts[name]}_{SIZES[size][0]}.png"
                options.pictures.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=options.pictures / f"{options.role}_{file}", full_page=True)
        for one in links:
            if one not in seen:
                seen.add(one)
                waiting.append(one)
        yield path, told


def main(words: list[str]) -> int:
    """Sweep for all accounts; 1 when anything was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("accounts", type=Path)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="", help="a user name")
    options = parser.parse_args(words)
    django.setup()
    listed = options.accounts.read_text(encoding="utf-8")
    accounts = dict(re.findall(r"(?m)^(\w+)\t([\w-]{8,})", listed))
    found = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for user, password in accounts.items():
            if options.only not in ("", user):
                continue
            options.role = user
            context = browser.new_context(base_url=options.address)
            context.set_default_timeout(120_000)
            page = context.new_page()
            page.goto(options.address)
            page.get_by_label("用户名").fill(user)
            page.get_by_label("密码").fill(password)
            page.get_by_role("button", name="登录").click()
            page.get_by_role("button", name="退出").wait_for()
            for path, lines in sweep_role(page, options.address, options):
                found += len(lines)
                print("\n".join((f"{user} {path}", *(f"    {one}" for one in lines))), flush=True)
            context.close()
        browser.close()
    return 1 if found else 0


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    raise SystemExit(main(sys.argv[1:]))
