"""Keepers correct files of their own area; nobody reaches further."""

import re

import pytest

from archive_indexer.documents import Filing
from archive_indexer.models import ArchivedFile, Correction
from archive_indexer.stores import filings
from minzheng.accounts.models import AuditEntry, Role
from tests.web.archive.conftest import as_posted, correct
from tests.web.conftest import KEEPER


def test_a_keeper_corrects_a_file_and_reads_what_was_changed(sign_in, files):
    """With who, when and what it was; written down in the audit log."""
    browser = sign_in(*KEEPER)
    page = correct(browser, files["one"], dossier="DB", year="2018", persons="测试甲 测试丁")
    text = page.content.decode()
    assert "已更正" in text
    assert "测试甲、测试丁" in text
    row = ArchivedFile.objects.get(pk=files["one"].pk)
    assert (row.dossier, row.year, row.has_news) == ("DB", "2018", True)
    assert [one.by for one in Correction.objects.all()] == ["p0"] * 3
    entry = AuditEntry.objects.filter(action="更改").first()
    assert f"更正文件 {row.pk}" in entry.what
    assert "专档“”改为“DB”" in entry.what


def test_the_other_files_of_the_folder_take_it_over(sign_in, files):
    """When asked for; without that only the one file changes."""
    browser = sign_in(*KEEPER)
    correct(browser, files["one"], year="2018")
    assert ArchivedFile.objects.get(pk=files["two"].pk).year == ""
    page = correct(browser, files["one"], year="2017", dossier="DB", for_folder="on")
    assert "另有 2 件" in page.content.decode()
    two = ArchivedFile.objects.get(pk=files["two"].pk)
    assert (two.dossier, two.year) == ("DB", "2017")


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.VILLAGE_KEEPER, ("钟宝镇", "得胜村"), 404),
        (Role.TOWN_CLERK, ("城关镇", ""), 404),
        (Role.TOWN_CLERK, ("钟宝镇", ""), 302),
        (Role.COUNTY_CLERK, ("", ""), 302),
        (Role.ADMINISTRATOR, ("", ""), 403),
        (Role.INSPECTOR, ("", ""), 403),
        (Role.AUDITOR, ("", ""), 403),
    ],
)
def test_a_file_out_of_one_s_area_cannot_be_corrected(sign_in, files, role, place, status):
    """Neither seen nor changed; readers change nothing anywhere."""
    browser = sign_in(role, *place)
    data = as_posted(files["one"], dossier="DB")
    answer = browser.post(f"/files/{files['one'].pk}/correct", data)
    assert answer.status_code == status
    assert Correction.objects.exists() == (status == 302)


def test_a_folder_s_correction_leaves_another_village_s_file_alone(sign_in, files):
    """Though both lie in one folder."""
    stray = files["far"]
    ArchivedFile.objects.filter(pk=stray.pk).update(path="钟宝镇/旧城村/三.txt")
    correct(sign_in(*KEEPER), files["one"], year="2017", for_folder="on")
    assert ArchivedFile.objects.get(pk=stray.pk).year == ""


def test_a_correction_can_be_taken_back_by_those_who_see_the_file(sign_in, files):
    """Others are told that there is none."""
    correct(sign_in(*KEEPER), files["one"], dossier="DB", for_folder="on")
    own, of_folder = Correction.objects.order_by("pk")
    neighbour = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "得胜村")
    for one in (own, of_folder):
        assert neighbour.post(f"/corrections/{one.pk}/take-back").status_code == 404
    assert ArchivedFile.objects.get(pk=files["two"].pk).dossier == "DB"
    clerk = sign_in(Role.TOWN_CLERK, "钟宝镇")
    for one in (own, of_folder):
        answer = clerk.post(f"/corrections/{one.pk}/take-back", {"file": files["one"].pk})
        assert answer["Location"] == f"/files/{files['one'].pk}/correct"
    assert set(ArchivedFile.objects.values_list("dossier", flat=True)) == {""}


def test_a_copy_in_another_village_gives_no_right_over_the_original(sign_in, files):
    """Its keeper neither reads what was corrected nor takes it back."""
    ArchivedFile.objects.filter(pk=files["far"].pk).update(sha256=files["one"].sha256)
    correct(sign_in(*KEEPER), files["one"], persons="测试戊")
    neighbour = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "得胜村")
    page = neighbour.get(f"/files/{files['far'].pk}/correct").content.decode()
    assert "测试戊" not in page
    assert "测试戊" not in neighbour.get("/corrections", {"list": "done"}).content.decode()
    made = Correction.objects.get()
    assert neighbour.post(f"/corrections/{made.pk}/take-back").status_code == 404


def test_a_village_cannot_take_back_what_the_county_said_of_a_folder(sign_in, files):
    """It reaches other villages' files too."""
    correct(sign_in(), files["one"], dossier="DB", for_folder="on")
    of_folder = Correction.objects.get(is_folder=True)
    answer = sign_in(*KEEPER).post(f"/corrections/{of_folder.pk}/take-back")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("shown", "names"),
    [("failed", {"坏"}), ("place", set()), ("dossier", {"一", "二"}), ("form", {"一", "二"})],
)
def test_the_list_names_what_was_not_recognised_in_one_s_own_area(sign_in, files, shown, names):
    """With the reason where a file could not be read, and a way to correct it."""
    page = sign_in(*KEEPER).get("/corrections", {"list": shown}).content.decode()
    assert {name for name in ("一", "二", "三", "坏") if f"/{name}.txt" in page} == names
    assert ("PDF 文件已损坏" in page) == (shown == "failed")
    assert page.count(">更正</a>") == len(names)


def test_what_was_looked_at_and_left_empty_is_not_asked_again(sign_in, files):
    """A paper that is none of our forms."""
    one = files["one"]
    guessed = filings.filing_from({**one.guessed, "form_id": one.guessed["town"]})
    filings.keep_guess(one.path, guessed)
    browser = sign_in(*KEEPER)
    correct(browser, one, form_id="")
    page = browser.get("/corrections", {"list": "form"}).content.decode()
    assert ("/一.txt" in page, "/二.txt" in page) == (False, True)


def test_a_filing_comes_back_from_the_database_as_it_was_kept(files):
    """Also one kept before there were persons and amounts."""
    assert filings.filing_from({}) == Filing()
    row = files["one"]
    assert filings.filing_from(row.filing).village.value == "旧城村"


def test_the_others_of_the_folder_are_left_alone_unless_somebody_ticks(sign_in, files):
    """How many they are is said; the tick is off."""
    page = sign_in(*KEEPER).get(f"/files/{files['one'].pk}/correct").content.decode()
    box = re.search(r'<input[^>]*name="for_folder"[^>]*>', page)[0]
    assert "checked" not in box
    assert re.search(r"同一文件夹里另外 \d+ 件和以后放进来的文件也照此", page)
