"""Many files corrected by one deed."""

import pytest

from archive_indexer.models import ArchivedFile, Correction
from minzheng.accounts.models import AuditEntry, Role
from minzheng.web.archive import many_corrections
from tests.web.conftest import KEEPER

CASE = "DB-103200-2018-0001"


def numbers(files, *names: str) -> list[int]:
    return [files[name].pk for name in names]


def test_many_files_are_corrected_at_once_and_taken_back_as_a_whole(sign_in, files):
    """Each only where it said something else; every one is in the audit log."""
    browser = sign_in(*KEEPER)
    asked = browser.get("/corrections/many", {"pick": numbers(files, "one", "two")})
    assert "成批更正：2 件" in asked.content.decode()
    said = {"pick": numbers(files, "one", "two"), "dossier": "DB", "case_no": CASE}
    done = browser.post("/corrections/many/save", said, follow=True).content.decode()
    assert "已更正 2 件" in done
    assert "成批更正了 2 件" in done
    rows = ArchivedFile.objects.filter(pk__in=numbers(files, "one", "two"))
    assert {(one.dossier, one.case_no, one.has_news) for one in rows} == {("DB", CASE, True)}
    (deed,) = set(Correction.objects.values_list("deed", flat=True))
    assert deed.isalpha()  # figures in the audit log are masked where they look like a number
    told = "\n".join(AuditEntry.objects.filter(action="更改").values_list("what", flat=True))
    assert all(f"更正文件 {number}（成批 {deed}）" in told for number in said["pick"])
    assert f"成批更正 {deed}：2 件，专档改为“DB”；案件编号改为“{CASE}”" in told
    back = browser.post(f"/corrections/deeds/{deed}/take-back", follow=True).content.decode()
    assert "已整批撤回，2 件" in back
    assert not rows.filter(dossier="DB").exists()
    assert not rows.exclude(case_no="").exists()
    assert "整批撤回</button>" not in back
    assert browser.post(f"/corrections/deeds/{deed}/take-back").status_code == 404


def test_what_a_file_said_already_is_no_correction(sign_in, files):
    """And a deed that changes nothing is none."""
    browser = sign_in(*KEEPER)
    pick = numbers(files, "one", "two")
    browser.post("/corrections/many/save", {"pick": pick[:1], "year": "2018"})
    browser.post("/corrections/many/save", {"pick": pick, "year": "2018"})
    assert Correction.objects.count() == 2
    page = browser.post("/corrections/many/save", {"pick": pick, "year": "2018"}, follow=True)
    assert "没有改动" in page.content.decode()
    assert Correction.objects.count() == 2


def test_something_can_be_said_to_be_none(sign_in, files):
    """A dossier that was guessed wrongly."""
    browser = sign_in(*KEEPER)
    pick = numbers(files, "one")
    browser.post("/corrections/many/save", {"pick": pick, "dossier": "DB"})
    browser.post("/corrections/many/save", {"pick": pick, "emptied": ["dossier"]})
    assert ArchivedFile.objects.get(pk=pick[0]).dossier == ""


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "还没有选要改什么"),
        ({"year": "18"}, "年度写四位数字"),
        ({"case_no": "DB-1"}, "案件编号写全"),
        ({"year": "2018", "emptied": ["year"]}, "既选了新的，又选了“改为没有”"),
        ({"dossier": "XX"}, "XX"),
    ],
)
def test_a_mistake_changes_none(sign_in, files, said, why):
    """It is said on the page, with the ticks kept."""
    page = sign_in(*KEEPER).post("/corrections/many/save", {"pick": [files["one"].pk], **said})
    assert page.status_code == 422
    assert why in page.content.decode()
    assert not Correction.objects.exists()


def test_nothing_ticked_is_said(sign_in, files):
    """Nobody is asked for what."""
    page = sign_in(*KEEPER).get("/corrections/many", follow=True).content.decode()
    assert "还没有勾选要更正的文件" in page
    assert sign_in(*KEEPER).post("/corrections/many/save", {"year": "2018"}).status_code == 422


@pytest.mark.parametrize(("most", "count"), [(1, 1), (2, 2)])
def test_not_more_than_are_shown_at_once(sign_in, files, monkeypatch, most, count):
    """The rest is for the next deed."""
    monkeypatch.setattr(many_corrections, "_MOST_FILES", most)
    page = sign_in(*KEEPER).get("/corrections/many", {"pick": numbers(files, "one", "two")})
    assert f"成批更正：{count} 件" in page.content.decode()


def test_files_of_other_areas_are_neither_shown_nor_changed_nor_taken_back(sign_in, files):
    """Whatever was posted."""
    own, other = sign_in(*KEEPER), sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "得胜村")
    pick = numbers(files, "one")
    assert other.get("/corrections/many", {"pick": pick}).status_code == 302
    assert other.post("/corrections/many/save", {"pick": pick, "year": "2018"}).status_code == 422
    own.post("/corrections/many/save", {"pick": pick, "year": "2018"})
    deed = Correction.objects.get().deed
    assert other.post(f"/corrections/deeds/{deed}/take-back").status_code == 404
    assert ArchivedFile.objects.get(pk=pick[0]).year == "2018"


def test_hits_can_be_ticked_and_corrected(sign_in, paper):
    """By who may correct; a reader has no such button."""
    for who, is_offered in ((KEEPER, True), ((Role.INSPECTOR,), False)):
        page = sign_in(*who).get("/search", {"q": "测试甲"}).content.decode()
        assert ("更正勾选的" in page) is is_offered
        assert 'name="pick"' in page
