"""Ten counties of 58 villages each, of the same names; and what accounts find there."""

import csv
import json
import os
import re
import shutil
import sys
from pathlib import Path

NAMES = (
    "镇坪县", "平利县", "紫阳县", "岚皋县", "汉阴县",
    "石泉县", "宁陕县", "白河县", "旬阳市", "汉滨区",
)  # fmt: skip
#: The town and village that every account of a town or village is of.
TOWN, VILLAGE = "钟宝镇", "旧城村"
WORD = "走访名册"
OF_COUNTY = "全县总结"  #: in a paper of each county that is of no town
_PAGES = ("/", "/coverage", "/completeness", "/documents", "/cabinets", "/doubts", "/registers")


def make_registry(shipped: Path, folder: Path) -> None:
    """The tables, with the towns and villages of the one county in each of ten."""
    shutil.copytree(shipped, folder)
    file = folder / "towns_and_villages.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] == "村"]
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, ["county", *rows[0]])
        table.writeheader()
        for number, county in enumerate(NAMES, start=20):
            for place, row in enumerate(rows, start=1):
                own = {
                    "county": county,
                    "town_code": f"6109{number}{row['town_code'][6:]}",
                    "village_code": "",
                    "short_code": f"{number}{place:04}",
                }
                table.writerow(row | own)


def make_archive(registry: Path, archive: Path) -> int:
    """A paper of each village, in its county's folder; how many."""
    with (registry / "towns_and_villages.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        folder = archive / row["county"] / row["town"] / row["village"] / "12大走访" / "2018"
        folder.mkdir(parents=True)
        text = f"{WORD}\n{row['town']}{row['village']} 记号{row['county']}记号\n"
        (folder / f"{row['short_code']}.txt").write_text(text, encoding="utf-8")
    for name in NAMES:
        (archive / name / "总结.txt").write_text(OF_COUNTY, encoding="utf-8")
    return len(rows)


def _counties_in(answer: object) -> set[str]:
    content = getattr(answer, "content", b"").decode("utf-8", "replace").replace("<mark>", "")
    return set(re.findall(r"记号([^<记]{3})", content)) | {
        name for name in NAMES if f"{name}·" in content or f"{name}/" in content
    }


def _dangling_in(answer: object) -> set[str]:
    """Counties that a page names with the sign behind them that stands before a town."""
    content = re.sub(r"<[^>]+>", "|", getattr(answer, "content", b"").decode("utf-8", "replace"))
    return set(re.findall(rf"(?:{'|'.join(NAMES)})·(?=[|\s（，])", content))


def _main() -> None:
    """Sign in as each account, look everywhere, tell what was seen of which counties."""
    import django  # noqa: PLC0415  # its settings stand in the environment by now

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from minzheng.accounts.models import Person  # noqa: PLC0415

    setup_test_environment()
    told = {}
    for number, account in enumerate(json.loads(sys.argv[1])):
        person = Person.objects.create_user(f"asks{number}", **account)
        browser = Client()
        browser.force_login(person)
        hits = browser.get("/search", {"q": WORD})
        total = re.search(r"(\d+)(?:</b>)?\s*件", hits.content.decode().replace(",", ""))
        pages = (hits, browser.get("/search", {"q": OF_COUNTY}), *map(browser.get, _PAGES))
        seen = set().union(*map(_counties_in, pages))
        told[f"{account['role']}{account['town']}"] = {
            "found": int(total[1]) if total else 0, "counties": sorted(seen),
            "dangling": sorted(set().union(*map(_dangling_in, pages))),
        }  # fmt: skip
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    _main()
