"""A doubt and the papers that show it."""

from minzheng.inspection.doubts import doubt_of
from tests.inspection.papers import paper


def test_a_doubt_belongs_where_its_first_paper_does():
    """The others only show it."""
    first = paper("DB-03", "花名册", 2, year="2019")
    second = paper("BZ-01", "死亡登记", 1, village="红星村")
    doubt = doubt_of(first, "测试甲", "死亡后仍在名单上", second)
    assert (doubt.town, doubt.village, doubt.dossier) == ("钟宝镇", "旧城村", "DB")
    assert (doubt.about, doubt.what, doubt.year) == ("测试甲", "死亡后仍在名单上", "2019")
    assert doubt.papers == (first, second)
