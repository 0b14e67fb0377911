"""What keepers said holds: over every guess, for ever, and for the rest of the folder."""

import shutil

import pytest

from archive_indexer.documents import Filing, Guess, Visible
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_writer import rebuild_index
from archive_indexer.models import ArchivedFile, Correction
from archive_indexer.queries import HasValue, Query
from archive_indexer.stores import archived_files, correct_file, filings
from tests.archive_indexer.conftest import eventually

pytestmark = pytest.mark.django_db(transaction=True)

EVERYWHERE = Visible()
TEXT = "测试甲的说明材料"


def correct(path: str, for_folder: bool = False, scope: Visible = EVERYWHERE, **values: str) -> int:
    row = ArchivedFile.objects.get(path=path)
    return correct_file.correct_file(row, values, scope, "zhuanguan", for_folder=for_folder)


def filed(path: str) -> tuple[str, str, str]:
    row = ArchivedFile.objects.get(path=path)
    return row.village, row.dossier, row.year


def found(here, **filters: object) -> list[str]:
    index = FullTextIndex(here.config.data_folder / "index")
    return sorted(hit.path for hit in index.search(Query((), **filters)).hits if hit.present)


def guess(value: str, source: str = "") -> Guess:
    return Guess(value, 0.7, "路径", source)


def test_a_correction_is_found_at_once_and_nothing_is_read_again(village):
    """The service at work hears of it and tells the index."""
    village.write("a.txt", TEXT)
    with village.watched():
        correct("a.txt", place="钟宝镇/旧城村", dossier="DB", persons="测试乙、测试丙")
        eventually(lambda: found(village, village="旧城村", dossier="DB") == ["a.txt"])
    row = ArchivedFile.objects.get()
    assert row.state == "indexed"
    assert [one["value"] for one in row.filing["persons"]] == ["测试乙", "测试丙"]
    assert village.texts_read() == [TEXT]


def test_a_name_that_a_keeper_took_away_is_no_person_of_the_paper(village):
    """In the index too; the text itself stays findable."""
    village.write("a.txt", "申请书\n姓名：李四光 性别 男")
    village.run()
    correct("a.txt", persons="张三丰")
    village.run()
    persons = {name: HasValue("person", (name,)) for name in ("李四光", "张三丰")}
    assert found(village, condition=persons["张三丰"]) == ["a.txt"]
    assert found(village, condition=persons["李四光"]) == []
    assert village.paths("李四光") == ["a.txt"]


def test_a_correction_outlives_reading_again_a_restart_and_a_new_index(village):
    """It is kept apart from what the file tells."""
    village.write("01低保/a.txt", TEXT)
    village.run()
    correct("01低保/a.txt", dossier="TK", year="2016")
    village.run()
    assert found(village, dossier="TK", year="2016") == ["01低保/a.txt"]
    rebuild_index(FullTextIndex(village.config.data_folder / "index"), lambda _: None)
    assert found(village, dossier="TK") == ["01低保/a.txt"]
    village.write("01低保/a.txt", TEXT).touch()
    ArchivedFile.objects.update(guess_rules=99)
    village.run()
    assert found(village, dossier="TK") == ["01低保/a.txt"]
    assert found(village, dossier="DB") == []


def test_what_was_filed_by_old_rules_is_filed_again_without_reading(village):
    """The rules of filing have a number of their own."""
    village.write("01低保/a.txt", TEXT)
    village.run()
    ArchivedFile.objects.update(guess_rules=0, guessed={}, filing={}, dossier="")
    village.run()
    assert filed("01低保/a.txt")[1] == "DB"
    assert found(village, dossier="DB") == ["01低保/a.txt"]
    assert len(village.texts_read()) == 1


def test_the_rest_of_the_folder_takes_place_dossier_and_year_over(village):
    """Files there already and files that come later; not those of folders in it."""
    for name in ("甲/1.txt", "甲/2.txt", "甲/下层/3.txt", "乙/4.txt"):
        village.write(name, f"{TEXT}{name}")
    village.run()
    others = correct("甲/1.txt", True, place="钟宝镇/旧城村", dossier="DB", year="2018", title="单")
    assert others == 1
    village.write("甲/5.txt", f"{TEXT}后来的")
    village.run()
    in_it = ["甲/1.txt", "甲/2.txt", "甲/5.txt"]
    assert found(village, village="旧城村", dossier="DB", year="2018") == in_it
    later = ArchivedFile.objects.get(path="甲/5.txt").filing
    assert later["dossier"]["because"] == "同一文件夹里的更正"
    assert later["title"]["value"] == "5"


def test_a_file_corrected_itself_does_not_follow_its_folder(village):
    """And a later word of the folder does not change that."""
    village.write("甲/1.txt", f"{TEXT}1")
    village.write("甲/2.txt", f"{TEXT}2")
    village.run()
    correct("甲/2.txt", dossier="TK")
    correct("甲/1.txt", True, dossier="DB", year="2018")
    assert filed("甲/2.txt") == ("", "TK", "2018")


def test_a_correction_taken_back_leaves_what_the_file_tells(village):
    """For the file, and for the folder."""
    village.write("甲/01低保单.txt", f"{TEXT}1")
    village.write("甲/2.txt", f"{TEXT}2")
    village.run()
    correct("甲/01低保单.txt", True, dossier="TK")
    assert (filed("甲/01低保单.txt")[1], filed("甲/2.txt")[1]) == ("TK", "TK")
    for one in Correction.objects.all():
        correct_file.take_back(one, "zhenji")
    assert (filed("甲/01低保单.txt")[1], filed("甲/2.txt")[1]) == ("DB", "")
    village.run()
    assert found(village, dossier="DB") == ["甲/01低保单.txt"]
    assert set(Correction.objects.values_list("by", "taken_back_by")) == {("zhuanguan", "zhenji")}


def test_a_correction_goes_with_a_file_that_is_moved(village):
    """And not with a copy, which has its own place."""
    village.write("甲/1.txt", TEXT)
    village.run()
    correct("甲/1.txt", dossier="TK", persons="测试乙")
    shutil.copy(village.archive / "甲/1.txt", village.archive / "副本.txt")
    village.run()
    assert (filed("甲/1.txt")[1], filed("副本.txt")[1]) == ("TK", "")
    (village.archive / "副本.txt").unlink()
    (village.archive / "乙").mkdir()
    (village.archive / "甲/1.txt").rename(village.archive / "乙/9.txt")
    village.run()
    assert filed("乙/9.txt")[1] == "TK"
    assert found(village, dossier="TK") == ["乙/9.txt"]


@pytest.mark.parametrize(
    ("old", "new"), [("村/新建文件夹", "村/甲"), ("村/甲", "别处/甲"), ("村/甲/乙", "村2/甲/乙")]
)
def test_what_was_said_of_a_folder_goes_with_it_when_it_is_renamed(village, old, new):
    """Files that took it over keep it, and files laid there later take it over."""
    for name in "12":
        village.write(f"{old}/{name}.txt", f"{TEXT}{name}")
    village.run()
    correct(f"{old}/1.txt", True, dossier="DB", year="2018")
    (village.archive / new).parent.mkdir(parents=True, exist_ok=True)
    (village.archive / old).rename(village.archive / new)
    village.run()
    village.write(f"{new}/3.txt", f"{TEXT}3")
    village.run()
    assert found(village, dossier="DB", year="2018") == [f"{new}/{name}.txt" for name in "123"]


def test_a_folder_to_which_a_file_is_moved_is_not_a_renamed_one(village):
    """It has files of its own, or the old one still has."""
    for name in ("甲/1.txt", "甲/2.txt", "乙/3.txt"):
        village.write(name, f"{TEXT}{name}")
    village.run()
    correct("甲/1.txt", True, dossier="DB")
    for name in ("2.txt", "1.txt"):
        (village.archive / "甲" / name).rename(village.archive / "乙" / name)
        village.run()
    village.write("乙/4.txt", f"{TEXT}4")
    village.run()
    assert found(village, dossier="DB") == ["乙/1.txt"]


def test_files_that_went_to_another_folder_elsewhere_are_not_a_renamed_one(village):
    """Neither the name nor the folder above is the same: what was said stays behind."""
    village.write("村/甲/1.txt", f"{TEXT}1")
    village.write("村/甲/2.txt", f"{TEXT}2")
    village.run()
    correct("村/甲/1.txt", True, dossier="DB")
    (village.archive / "别处").mkdir()
    (village.archive / "村/甲").rename(village.archive / "别处/乙")
    village.run()
    village.write("别处/乙/3.txt", f"{TEXT}3")
    village.run()
    assert "别处/乙/3.txt" not in found(village, dossier="DB")


def test_new_content_under_the_old_name_is_not_what_was_corrected(village):
    """A correction is of the paper, not of the name of its file."""
    village.write("a.txt", TEXT)
    village.run()
    correct("a.txt", persons="测试乙")
    village.write("a.txt", "另一份材料，比原来的长")
    village.run()
    assert ArchivedFile.objects.get(path="a.txt").filing["persons"] == []
    (past,) = ArchivedFile.objects.exclude(path="a.txt")
    assert past.filing["persons"][0]["value"] == "测试乙"


def test_a_correction_made_while_the_file_is_filed_is_not_lost(village):
    """What holds is looked up in the transaction that keeps the guess."""
    village.write("a.txt", TEXT)
    village.run()
    row = ArchivedFile.objects.get()
    correct("a.txt", dossier="TK")
    filings.keep_guess("a.txt", Filing(dossier=guess("DB")))
    assert filed("a.txt")[1] == "TK"
    assert archived_files.document_of("a.txt").dossier == "TK"
    assert row.filing["dossier"] is None


def test_what_was_believed_before_stays_written_down(village):
    """With its reason."""
    village.write("01低保/a.txt", TEXT)
    village.run()
    correct("01低保/a.txt", dossier="TK")
    made = Correction.objects.get()
    assert (made.before["value"], made.before["because"]) == ("DB", "文件夹名中有“低保”")
