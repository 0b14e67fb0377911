"""One file goes the whole path: read, filed, kept, handed to the index."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive_indexer.disk.identify import identify
from archive_indexer.documents import (
    ExtractedPage,
    Extraction,
    IndexedDocument,
    Member,
    TextLine,
)
from archive_indexer.errors import ArchiveFolderError, FileChangingError
from archive_indexer.extract.effort import Among, AsSent
from archive_indexer.file_again import FilingAgain
from archive_indexer.filing.classify import Known
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_place import IndexPlace
from archive_indexer.index.index_writer import IndexWriter, rebuild_index
from archive_indexer.index_file import Workplace, give_up, index_file
from archive_indexer.models import ArchivedFile, Content, Page
from archive_indexer.noticing.presence import Presence
from archive_indexer.reading.hand.decided import UNREAD, unread
from archive_indexer.reading.hand.name_odds import NOBODY, people_near
from archive_indexer.reading.possible_values import Possible
from archive_indexer.stores import contents, waiting_list
from archive_indexer.stores.service_state import Report
from archive_indexer.stores.waiting_list import Lane
from archive_indexer.stores.withheld import PersonMarks, note_withheld
from minzheng.county.form_layout import FormCell
from minzheng.county.registry.places import load_places
from tests.archive_indexer.conftest import KNOWN
from tests.county.registry.several_counties import several_counties

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workplace(village) -> Workplace:
    writer = IndexWriter(IndexPlace(village.config.data_folder / "index"), Report())
    return Workplace(village.archive, Presence(village.archive), village.read, KNOWN, writer)


def index(path: str, workplace: Workplace) -> None:
    index_file(path, workplace)
    workplace.writer.commit()


def test_a_file_is_findable_when_the_path_has_ended(village, workplace):
    """With where it belongs; nobody else has to do anything."""
    village.write("钟宝镇/旧城村/01低保/a.txt", "测试甲的材料")
    index("钟宝镇/旧城村/01低保/a.txt", workplace)
    (hit,) = village.hits("测试甲")
    assert (hit.village, hit.dossier) == ("旧城村", "DB")


def test_the_same_content_is_read_once(village, workplace):
    """However often and wherever it lies."""
    for name in ("a.txt", "b.txt"):
        village.write(name, "测试甲的材料")
        index(name, workplace)
    assert village.paths("测试甲") == ["a.txt", "b.txt"]
    assert len(village.texts_read()) == 1


def test_a_file_that_is_gone_is_a_trace(village, workplace):
    """Nothing is read for it."""
    file = village.write("a.txt", "测试甲的材料")
    village.write("b.txt", "留下的")
    index("a.txt", workplace)
    file.unlink()
    index("a.txt", workplace)
    assert village.traces("测试甲") == ["a.txt"]


def test_litter_that_was_taken_for_a_paper_is_found_no_more(village, workplace):
    """A deleted file in a bin was indexed by the version before; it leaves no trace."""
    village.write("#recycle/a.txt", "测试甲的材料")
    row = ArchivedFile(path="#recycle/a.txt", sha256="a" * 64, state="indexed")
    row.save()
    document = IndexedDocument(row.path, row.sha256, ("测试甲的材料",))
    FullTextIndex(village.config.data_folder / "index").update([document])
    assert village.hits("测试甲")
    index("#recycle/a.txt", workplace)
    assert village.hits("测试甲") == []
    assert not ArchivedFile.objects.get().present


def test_nothing_is_concluded_while_the_share_is_away(village, workplace):
    """An empty folder may be a lost share."""
    village.write("a.txt", "测试甲的材料").unlink()
    with pytest.raises(ArchiveFolderError):
        index_file("a.txt", workplace)
    assert len(workplace.writer) == 0


def test_what_changed_while_it_was_read_is_not_kept(village, workplace):
    """It is tried again later; half a file never gets into the index."""
    file = village.write("a.txt", "测试甲")

    def read(place):
        file.write_text("测试甲，后来更长了", encoding="utf-8")
        return Extraction("txt", (ExtractedPage(1, "测试甲"),))

    at_work = Workplace(village.archive, workplace.presence, read, KNOWN, workplace.writer)
    with pytest.raises(FileChangingError):
        index_file("a.txt", at_work)
    assert not ArchivedFile.objects.exists()
    assert len(workplace.writer) == 0


def test_files_inside_a_packed_one_are_found_and_leave_with_it(village, workplace):
    """One that is no more in it is a trace; the others stay."""
    inside = {"甲.txt": "测试甲的材料", "乙.txt": "测试乙的材料"}

    def read(place):
        members = tuple(
            Member(name, (at,), f"{at:064x}", 9, Extraction("txt", (ExtractedPage(1, text),)))
            for at, (name, text) in enumerate(inside.items())
        )
        return Extraction("zip", (ExtractedPage(1, "清单"),), members=members)

    at_work = Workplace(village.archive, workplace.presence, read, KNOWN, workplace.writer)
    village.write("a.zip", "第一次")
    index("a.zip", at_work)
    assert village.paths("的材料") == ["a.zip!/乙.txt", "a.zip!/甲.txt"]
    del inside["乙.txt"]
    village.write("a.zip", "第二次的")
    index("a.zip", at_work)
    assert village.paths("的材料") == ["a.zip!/甲.txt"]
    assert village.traces("的材料") == ["a.zip!/乙.txt"]


def test_giving_up_keeps_the_reason_and_where_the_file_belongs(village, workplace):
    """A keeper sees it among the failures of the village."""
    village.write("钟宝镇/旧城村/a.pdf", "坏")
    give_up("钟宝镇/旧城村/a.pdf", "识别超时", workplace)
    row = ArchivedFile.objects.get()
    assert (row.state, row.reason, row.village, row.size) == ("failed", "识别超时", "旧城村", 3)
    assert workplace.writer.paths() == [row.path]


def test_what_a_person_wants_read_carefully_goes_to_the_larger_model(village, workplace):
    """Once; afterwards it is as well known as any other content."""
    village.write("a.txt", "测试甲")
    index("a.txt", workplace)
    page = ExtractedPage(1, "测试甲的材料", origin="ocr")
    at_work = replace(workplace, read_carefully=lambda place: Extraction("jpg", (page,)))
    index("a.txt", at_work)
    assert village.hits("的材料") == []
    contents.want_carefully([ArchivedFile.objects.get().sha256])
    index("a.txt", at_work)
    assert village.paths("的材料") == ["a.txt"]


def test_readers_of_scans_are_told_who_lives_in_the_village(village, workplace):
    """Names written by hand are held against them; other readers are given the file alone."""
    people = people_near([("测试甲", "")])
    asked = []

    def read(one: Among | Path) -> Extraction:
        asked.append(one)
        return village.read(one.file if isinstance(one, Among) else one)

    known = replace(KNOWN, people_near=lambda path: people if "旧城村" in path else NOBODY)
    village.write("钟宝镇/旧城村/a.txt", "测试甲的申请")
    village.write("b.txt", "别的")
    at_work = replace(workplace, known=known, read=read, is_told_people=True)
    index("钟宝镇/旧城村/a.txt", at_work)
    index("b.txt", at_work)
    place = village.archive / "钟宝镇/旧城村/a.txt"
    assert asked == [Among(place, people), village.archive / "b.txt"]


@pytest.mark.parametrize("asked", [UNREAD, "李福"])
def test_handwriting_that_is_not_read_is_found_as_such(village, workplace, asked):
    """A search lists its pages; the guess is found, too. A page that was read is not listed."""
    field, line = unread(FormCell("户主", "name"), (0.1, 0.1, 0.3, 0.12), [Possible("李福", 0.1)])
    page = ExtractedPage(
        1, f"户主\n{line.text}", (TextLine(line.text, line.box),), "ocr", fields=(field,)
    )
    village.write("甲.txt", "一")
    village.write("乙.txt", "户主\n测试甲")
    index("甲.txt", replace(workplace, read=lambda place: Extraction("jpg", (page,))))
    index("乙.txt", workplace)
    assert village.paths(asked) == ["甲.txt"]


@pytest.mark.parametrize("is_careful", [False, True])
def test_new_rules_read_a_photo_as_its_sender_chose_it(village, workplace, is_careful):
    """It is not taken straight years later, nor when a person asks for the larger model."""
    asked = []

    def read(place):
        asked.append(place)
        page = ExtractedPage(1, "测试甲", origin="ocr")
        return Extraction("jpg", (page,), is_as_sent=isinstance(place, AsSent))

    at_work = replace(workplace, read=read, read_carefully=read if is_careful else None)
    village.write("a.txt", "照片")
    sha256 = identify("a.txt", village.archive / "a.txt").sha256
    contents.keep_content(sha256, Extraction("jpg", is_as_sent=True))
    Content.objects.update(rules="jpg=1", carefully=is_careful)
    index("a.txt", at_work)
    assert asked == [AsSent(village.archive / "a.txt")]
    assert contents.is_wanted_as_sent(sha256)


def test_a_photo_in_a_packed_file_is_read_again_as_its_sender_chose_it(village, workplace):
    """The packed file is read with the wish, and what is found follows it."""
    asked = []

    def read(place):
        asked.append(place)
        is_as_sent = isinstance(place, AsSent)
        page = ExtractedPage(1, "斜着的" if is_as_sent else "拉正的", origin="ocr")
        photo = Extraction("jpg", (page,), is_as_sent=is_as_sent)
        return Extraction("zip", members=(Member("甲.jpg", (0,), "a" * 64, 9, photo),))

    at_work = replace(workplace, read=read)
    village.write("包.zip", "照片")
    index("包.zip", at_work)
    assert village.paths("拉正的") == ["包.zip!/甲.jpg"]
    assert waiting_list.read_as_sent("a" * 64)
    assert waiting_list.take(Lane.SCAN, 9) == ["包.zip"]
    index("包.zip", at_work)
    place = village.archive / "包.zip"
    assert asked == [place, AsSent(place, frozenset({"a" * 64}))]
    assert (village.paths("拉正的"), village.paths("斜着的")) == ([], ["包.zip!/甲.jpg"])


NAME, ID = "李明", "11010519491231002X"
ROSTER = f"花名册\n1 {NAME} {ID}\n2 王五"


@pytest.fixture
def of_counties(workplace, tmp_path) -> Workplace:
    """The same in an archive of several counties."""
    county = replace(KNOWN.county, places=load_places(several_counties(tmp_path)))
    return replace(workplace, known=Known(county))


def withhold_in_first(village, place: Workplace, *, is_whole: bool) -> str:
    """A roster in two folders of 平利县, of which the county withholds a person, or all."""
    first = "平利县/城关镇/新华村/名册.txt"
    village.write(first, ROSTER)
    index(first, place)
    sha256 = ArchivedFile.objects.get().sha256
    marks = PersonMarks.of(NAME, ID)
    note_withheld(sha256, marks, is_whole=is_whole, for_keeper=False, by="li", county="平利县·")
    contents.leave_out_withheld(sha256)
    copy = "平利县/城关镇/新华村/另一份.txt"
    village.write(copy, ROSTER)
    for path in (first, copy):
        index(path, place)
    return sha256


@pytest.mark.parametrize("is_whole", [True, False])
def test_what_a_county_withholds_is_found_in_another(village, of_counties, is_whole):
    """There it is read anew and told of whole; here it stays away, under whatever name."""
    sha256 = withhold_in_first(village, of_counties, is_whole=is_whole)
    assert village.paths(NAME) == []
    assert len(village.paths("王五")) == (0 if is_whole else 2)
    assert ID not in str(list(Page.objects.values_list("text", flat=True)))
    other = "镇坪县/城关镇/新华村/名册.txt"
    village.write(other, ROSTER)
    index(other, of_counties)
    assert village.paths(NAME) == [other]
    assert contents.page_of(sha256, 1, "镇坪县·城关镇").text == ROSTER
    for path in ArchivedFile.objects.exclude(path=other).values_list("path", flat=True):
        index(path, of_counties)
    again = FilingAgain(of_counties.known, of_counties.writer)
    ArchivedFile.objects.filter(state="indexed").update(has_news=True, guess_rules=0)
    again.go_on(())
    of_counties.writer.commit()
    rebuild_index(FullTextIndex(village.config.data_folder / "index"), lambda _: None)
    assert village.paths(NAME) == [other]
    own = ArchivedFile.objects.exclude(path=other)
    assert {one.state for one in own} == {"withheld" if is_whole else "indexed"}
    assert NAME not in str(list(own.values_list("filing", "guessed", "person")))


def test_a_content_withheld_everywhere_is_so_in_a_county_it_comes_to(village, of_counties):
    """As it always was: a row of before there were counties."""
    village.write("平利县/城关镇/新华村/名册.txt", ROSTER)
    index("平利县/城关镇/新华村/名册.txt", of_counties)
    row = ArchivedFile.objects.get()
    note_withheld(row.sha256, PersonMarks.of(NAME, ID), is_whole=True, for_keeper=False, by="li")
    contents.leave_out_withheld(row.sha256)
    village.write("镇坪县/城关镇/新华村/名册.txt", ROSTER)
    index("镇坪县/城关镇/新华村/名册.txt", of_counties)
    assert ArchivedFile.objects.get(path__startswith="镇坪县").state == "withheld"


def test_inside_a_packed_file_that_a_county_withholds_nothing_is_known(village, of_counties):
    """In the other county its files are found."""
    inside = Extraction("txt", (ExtractedPage(1, "户主 李明"),))
    packed = Extraction("zip", (), members=(Member("甲.txt", (0,), "b" * 64, 9, inside),))
    place = replace(of_counties, read=lambda file: packed)
    paths = [f"{county}/城关镇/新华村/材料.zip" for county in ("平利县", "镇坪县")]
    for path in paths:
        village.write(path, "PK")
        index(path, place)
    sha256 = ArchivedFile.objects.get(path=paths[0]).sha256
    note_withheld(
        sha256, PersonMarks.of("", ""), is_whole=True, for_keeper=True, by="li", county="平利县·"
    )
    contents.leave_out_withheld(sha256)
    for path in paths:
        index(path, place)
    assert village.paths("户主") == [f"{paths[1]}!/甲.txt"]
