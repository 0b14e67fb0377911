"""All journeys over a county laid in a folder, with a picture of each page: by hand.

`python -m tests.cli.county_demo.walk_by_hand FOLDER PICTURES`: a folder that
`minzheng demo FOLDER --county` laid, and whose archive was indexed, on the day it was laid. Its
data is changed (numbers are given, a doubt is verified): walk a copy.
"""

import argparse
import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from playwright.sync_api import Page

_WIDE, _NARROW = (1366, 768), (390, 844)


def main() -> None:
    """Walk at 1366 and 390; a page is pictured whole, and once as it is printed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pictures", type=Path)
    options = parser.parse_args()
    os.environ["MINZHENG_CONFIG"] = str((options.folder / "config.toml").absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "minzheng.web.settings"
    django.setup()
    options.pictures.mkdir(parents=True, exist_ok=True)
    _walk_all(options.pictures)


def _walk_all(pictures: Path) -> None:
    from django.conf import settings  # noqa: PLC0415  # Django comes first
    from django.test import Client  # noqa: PLC0415

    from minzheng.accounts.models import Person, Role  # noqa: PLC0415
    from minzheng.inspection.models import Finding  # noqa: PLC0415
    from minzheng.web.oversight.doubts_deeds import sweep_now  # noqa: PLC0415
    from tests.cli.county_demo.in_chromium import walk  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    clerk, _ = Person.objects.get_or_create(
        username="walker", defaults={"role": Role.COUNTY_CLERK, "given_dossiers": ["ET", "YF"]}
    )
    browser = Client()
    browser.force_login(clerk)
    begun = time.process_time()
    sweep_now()
    print(f"checks {time.process_time() - begun:.1f} CPU s")
    for width, height in (_WIDE, _NARROW):
        Finding.objects.update(state=Finding.State.OPEN)  # as before the walk
        walk(browser, width, height, partial(_go, pictures, width))


def _go(pictures: Path, width: int, page: "Page") -> None:
    from minzheng.cli.county_demo.plan import WHOLE  # noqa: PLC0415
    from tests.cli.county_demo.journeys import JOURNEYS, Stop, unsealed  # noqa: PLC0415

    def look(stop: Stop) -> None:
        page.screenshot(path=pictures / f"{stop.name}_{width}.png", full_page=True)
        if width == _WIDE[0]:
            page.pdf(path=pictures / f"{stop.name}.pdf", prefer_css_page_size=True)

    for name, journey in {**JOURNEYS, "扫描件": unsealed}.items():
        journey(page, WHOLE, look)
        print(f"{width} {name}: as planted", flush=True)


if __name__ == "__main__":
    main()
