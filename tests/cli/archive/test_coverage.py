"""`minzheng coverage`: what the archive holds, in words."""

from archive_indexer.stores.coverage import Coverage, Failure, VillageCoverage
from minzheng.cli.archive.coverage import describe
from minzheng.county.registry.places import Places, Town, Village

PLACES = Places(
    (Town("610927103", "钟宝镇"), Town("610927100", "城关镇")),
    (
        Village("旧城村", "钟宝镇", "村", "", "103200"),
        Village("民主村", "钟宝镇", "村", "", "103201"),
    ),
)


def coverage(**more) -> Coverage:
    villages = (
        VillageCoverage("钟宝镇", "旧城村", 5, {"DB": 3, "TK": 2, "LS": 0}, None),
        VillageCoverage("钟宝镇", "民主村", 0, {}, None),
    )
    given = {"villages": villages, "elsewhere": 0, "indexed": 5, "waiting": 0, "failures": (),
             "last_walk": None, "trouble": ""}  # fmt: skip
    return Coverage(**(given | more))


def test_each_town_is_told_with_its_villages():
    """A town without a paper, too."""
    lines = describe(coverage(), PLACES)
    assert lines[0] == "已入库 5 件，等待 0 件，未能识别 0 件。"
    assert "\n钟宝镇：5 件，2 个村中 1 个有档案" in lines
    assert "  旧城村  5 件  DB:3 TK:2" in lines
    assert "  民主村  0 件" in lines
    assert "\n城关镇：0 件，0 个村中 0 个有档案" in lines
    assert len(lines) == 5


def test_what_was_read_in_part_or_not_followed_is_told():
    """With what is lacking; what holds no words is only counted."""
    lines = describe(
        coverage(
            partly=(Failure(1, "旧城村/a.docx", "含 2 张图片，未识别"),),
            without_words={"视频文件，没有文字可识别": 12},
            passed_over=("旧城村/link.pdf",),
            inside=3,
        ),
        PLACES,
    )
    assert "已入库的件数里，3 件在压缩包或邮件里。" in lines
    assert "  旧城村/a.docx\n    含 2 张图片，未识别" in lines
    assert "  视频文件，没有文字可识别：12 件" in lines
    assert "\n快捷方式和回收站，未跟随：1 处" in lines


def test_what_is_elsewhere_or_could_not_be_read_is_told():
    """With the reason of each, and what the last walk could not see."""
    failures = (Failure(1, "旧城村/坏.pdf", "文件已损坏"),)
    lines = describe(coverage(elsewhere=2, failures=failures, trouble="网络盘不在"), PLACES)
    assert lines[1] == "注意：网络盘不在"
    assert "\n认不出村的：2 件" in lines
    assert lines[-1] == "  旧城村/坏.pdf\n    文件已损坏"


def test_what_was_read_without_certainty_is_told():
    """With which page and how sure."""
    one = Failure(1, "旧城村/a.jpg", "第 1 页字迹不清")
    lines = describe(coverage(doubtful=(one,)), PLACES)
    assert "\n读得没有把握的文件 1 件（已入库，可能有错漏）：" in lines
    assert lines[-1] == "  旧城村/a.jpg\n    第 1 页字迹不清"
