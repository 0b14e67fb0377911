"""A list of results, made for a test."""

import datetime as dt

from django.utils import timezone

from archive_indexer.filing.paper_place import find_paper_place
from archive_indexer.queries import Hit
from archive_indexer.showing.result_list import ResultList, make_rows
from minzheng.county.masking import mask_numbers_in

ID = "11010519491231002X"


SHA = "ab12" * 16


SEEN = dt.datetime(2026, 3, 4, 18, 0, tzinfo=dt.UTC)  # the fifth in China


def hit(path: str, **more: object) -> Hit:
    known = {"village": "旧城村", "dossier": "DB", "year": "2018", "form_id": "DB-01"}
    told = {"town": "钟宝镇", "title": f"测试甲 {ID}", "snippet": "", **known, **more}
    return Hit(path=path, sha256=SHA, page=2, **({"pages": (2, 3), "day": 20180507} | told))


def rows_of(*hits: Hit, hide=mask_numbers_in):
    seen = {one.path: timezone.localtime(SEEN) for one in hits}
    places = {one.path: find_paper_place(one.path, {}, "低保") for one in hits}
    return make_rows(hits, seen, places, hide)


def make_list() -> ResultList:
    rows = rows_of(
        hit("旧城村/第3盒/0012_申请/1.jpg"),
        hit("旧城村/=1+1 & <旧>.jpg", title="=HYPERLINK(1)\x01", present=False, day=20180500),
    )
    return ResultList(
        bureau="镇坪县民政局", question="测试甲", understood=("测试甲",), filters=("村：旧城村",),
        asked_by="测试检查（jiancha，检查人员）", asked_at=dt.datetime(2026, 11, 25, 14, 30, 5),
        total=2, rows=rows,
    )  # fmt: skip
