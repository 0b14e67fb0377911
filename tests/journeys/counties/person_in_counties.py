"""What officers and auditors of counties are told of a person who has papers in several."""

import json
import os
import re
import sys
from typing import Any

from tests.journeys.counties.ten_counties import NAMES

NAME, ID = "测试李明", "11010519491231002X"
LIST = f"花名册\n1 {NAME} {ID} 三组\n2 测试赵六 110105195501010019 五组\n"
OWN_PAPER = f"临时救助申请 {NAME} {ID}\n"
_ASKED = {"name": NAME, "id_no": ID, "reason": "本人书面申请"}
_GROUND = "违反法律、行政法规或者约定处理（错录、误收）"


def _main() -> None:
    """As often as asked: sign in as somebody of a county, look, perhaps erase, tell what is there.

    All are answered by one process, as by a service while commands change the archive beside it.
    """
    import django  # noqa: PLC0415  # its settings stand in the environment by now

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    for asked in sys.stdin:
        erasing, *towns = json.loads(asked)
        told = {town: _told(town, erases=town == erasing) for town in towns}
        print(json.dumps(told, ensure_ascii=False), flush=True)


def _told(town: str, *, erases: bool) -> dict[str, Any]:
    clerk = _signed_in("县级经办", town)
    page = _text(clerk.post("/persons/look", _ASKED))
    mine = int((re.search(r"共 (\d+) 件是本人的", page) or ["", "0"])[1])
    if erases:
        seen = (re.search(r'name="seen"\s*value="(\w+)"', page) or ["", ""])[1]
        sure = {"ground": _GROUND, "confirm": f"删除{NAME}", "seen": seen}
        page += _text(clerk.post("/persons/erase", _ASKED | sure))
    hits = _text(clerk.post("/search/ask", {"q": NAME}, follow=True))
    others = _text(clerk.get("/search", {"q": "测试赵六"}))
    log = _text(_signed_in("审计员", town).get("/audit"))
    return {
        "mine": mine,
        "is_part": "以外的没有查" in page,
        "found": _count(hits),
        "others": _count(others),
        "log": sorted(set(re.findall(r"个人信息 (\w+)", log))),
        "counties": [name for name in NAMES if name in page + hits + others + log],
    }


def _signed_in(role: str, town: str) -> Any:
    from django.test import Client  # noqa: PLC0415

    from minzheng.accounts.models import Person  # noqa: PLC0415

    name = f"p{Person.objects.count()}"
    person = Person.objects.create_user(
        name, role=role, town=town, given_dossiers=["ET", "YF"], first_name="测试"
    )
    browser = Client()
    browser.force_login(person)
    return browser


def _text(answer: Any) -> str:
    return str(answer.content.decode("utf-8", "replace"))


def _count(page: str) -> int:
    if "没有找到符合的文件" in page:  # and how many other words would find
        return 0
    total = re.search(r"(\d+)(?:</b>)?\s*件", page)
    return int(total[1]) if total else 0


if __name__ == "__main__":
    _main()
