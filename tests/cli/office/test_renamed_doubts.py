"""What was said of doubts holds when their places are called otherwise."""

from django.utils import timezone

from minzheng.cli.office.renamed_doubts import keep_verdicts
from minzheng.inspection.doubts import Cited, Doubt
from minzheng.inspection.finding_store import Said, keep_found, let_go_others, say
from minzheng.inspection.models import Finding

COUNTY = "镇坪县·"


def doubt(town: str, number: int, *subject: str) -> Doubt:
    """One whose name holds its town."""
    paper = Cited("文书", number, "DB-01", "申请书", town, "旧城村", "DB", "", (("镇", town),))
    return Doubt(
        "places", (town, *subject), "测试甲", "对不上", (paper,), town, "旧城村", "DB", "2018"
    )


def found(*doubts: Doubt) -> None:
    keep_found({"村|1": doubts}, timezone.now())
    let_go_others({one.key for one in doubts}, timezone.now())


def test_a_verdict_stays_with_its_doubt(db):
    """One that nobody spoke of is simply found anew; of one spoken of there is one row."""
    found(doubt("钟宝镇", 1), doubt("钟宝镇", 2, "b"))
    spoken = Finding.objects.get(papers__0__number=1)
    say(spoken, Said("不属实", "同名不同人"), "li", timezone.now())
    Finding.objects.update(town="镇坪县·钟宝镇")
    again = doubt("镇坪县·钟宝镇", 1), doubt("镇坪县·钟宝镇", 2, "b")
    assert keep_verdicts(COUNTY, lambda: found(*again)) == 1
    assert Finding.objects.count() == 2
    spoken.refresh_from_db()
    assert (spoken.key, spoken.state, spoken.gone_at) == (again[0].key, "不属实", None)
    assert spoken.seen_with == "|DB|镇坪县·钟宝镇/旧城村|"
    assert [one.note for one in spoken.verdicts.all()] == ["同名不同人"]


def test_without_a_word_said_nothing_is_looked_at(db):
    """The service looks at all by itself."""
    found(doubt("钟宝镇", 1))
    assert keep_verdicts(COUNTY, lambda: 1 / 0) == 0
