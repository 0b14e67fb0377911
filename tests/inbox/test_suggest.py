"""Where a paper of a scan seems to belong."""

from collections.abc import Sequence

import pytest

from minzheng.inbox.page_evidence import gather_evidence
from minzheng.inbox.papers import Cut, Remark
from minzheng.inbox.suggest import suggest, village_of_folder
from tests.inbox.conftest import CASE, _pages, coded, knowledge, plain

pytestmark = pytest.mark.django_db


def suggested(pages: Sequence[dict], folder: str = "", remarks: tuple[Remark, ...] = ()):
    """The suggestion for pages that are one paper."""
    read, known = _pages(pages), knowledge()
    evidence = gather_evidence(read, known.title_of)
    code = next((one.code for one in evidence if one.code), None)
    is_by_qr = any(one.is_by_qr for one in evidence)
    return suggest(Cut(evidence, code, is_by_qr, remarks), read, folder, known)


def test_our_code_says_everything():
    """Sure, because nothing speaks against it."""
    found = suggested([coded("DB-01", text="最低生活保障申请书\n申请人 测试甲")])
    assert (found.place.town, found.place.village) == ("钟宝镇", "旧城村")
    assert (found.place.dossier, found.place.year) == ("DB", "2018")
    assert found.place.title == "最低生活保障申请书_测试甲"
    assert found.is_sure
    assert found.remarks == ()
    assert found.guesses["case_no"].value == CASE


@pytest.mark.parametrize(("weight", "is_sure"), [("check", False), ("tell", True)])
def test_a_remark_to_be_checked_makes_it_unsure(weight, is_sure):
    """One that is only told does not."""
    found = suggested([coded("DB-01", text="申请人 测试甲")], remarks=(Remark("某事", weight),))
    assert found.is_sure is is_sure
    assert found.remarks[0].text == "某事"


def test_what_cannot_be_known_is_asked_for():
    """Each part by its name."""
    found = suggested([plain("收据")])
    assert not found.is_sure
    assert found.remarks[0].text == "认不出村、专档、年度、题名，请补上"


def test_what_was_guessed_is_to_be_looked_at():
    """A folder and a year in the text are hints."""
    found = suggested([plain("收据 2018年5月7日")], "钟宝镇/旧城村")
    assert (found.place.village, found.place.year) == ("旧城村", "2018")
    assert any("不是从编号认出的，请核对" in one.text for one in found.remarks)


@pytest.mark.parametrize("village", ["钟宝镇/旧城村/", ""])
def test_the_folder_of_uploads_names_nobody_and_no_year(village):
    """The program laid the paper there; the village above it was chosen."""
    found = suggested([plain("入户调查")], f"{village}网页上传/2026-11-30")
    assert "person" not in found.guesses
    assert found.place.year == ""
    assert found.place.village == ("旧城村" if village else "")


def test_a_folder_against_the_code_is_told():
    """The code is followed."""
    found = suggested([coded("DB-01")], "钟宝镇/民主村")
    assert found.place.village == "旧城村"
    assert "放在收件箱的“钟宝镇/民主村”里，纸上却是钟宝镇旧城村的" in found.remarks[-1].text
    assert not found.is_sure


def test_of_a_child_the_case_is_named_not_the_child():
    """A dossier set apart."""
    case = "ET-103200-2018-0001"
    title = suggested([coded("ET-01", case, text="申请表\n姓名 测试童")]).place.title
    assert case in title
    assert "测试童" not in title


@pytest.mark.parametrize(
    ("folder", "village"),
    [
        ("钟宝镇/旧城村", ("钟宝镇", "旧城村")),
        ("旧城村/低保", ("钟宝镇", "旧城村")),
        ("钟宝镇", ("", "")),
        ("", ("", "")),
        ("杂件", ("", "")),
    ],
)
def test_a_folder_called_after_a_village_hints_at_it(folder, village):
    """A town alone does not."""
    assert village_of_folder(folder, knowledge().places) == village


def test_papers_are_read_among_the_places_of_the_county():
    """A village written by hand is held against them."""
    assert knowledge().known.manner.places is knowledge().places
