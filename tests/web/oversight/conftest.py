"""Papers of two villages, as the map counts them."""

import pytest

from tests.web.conftest import put_paper

CASE = "DB-103200-2018-0001"


@pytest.fixture
def papers(db):
    for number, form_id in enumerate(("DB-01", "DB-02")):
        put_paper(
            "钟宝镇", "旧城村", "低保 测试甲", dossier="DB", name=f"低保{number}",
            year="2018", form_id=form_id, case_no=CASE, person="测试甲",
        )  # fmt: skip
    put_paper("城关镇", "蔬菜村", "儿童", dossier="ET", name="儿童", year="2019", form_id="ET-01")


def cell(page: str, row: str, key: str) -> str:
    start = page.index(f"/{key}", page.index(row))
    return page[page.rindex("<td", 0, start) : page.index("</td>", start)]
