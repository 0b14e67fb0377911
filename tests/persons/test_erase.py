"""Pieces of a person put away."""

import pytest
from django.utils import timezone

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_writer import rebuild_index
from archive_indexer.models import ArchivedFile, Correction, Page, Withheld
from archive_indexer.showing.drawn_files import DrawnFiles
from archive_indexer.stores import archived_files, contents, outcomes
from filler.models import Draft, Issued, KnownPerson, NamedPerson
from filler.records.people_store import find_people
from minzheng.accounts.models import Person, SavedSearch
from minzheng.inbox.models import Original
from minzheng.persons.erase import Done, put_away
from minzheng.persons.holdings import Fate, Kind
from minzheng.persons.look_up import look_up, of_keys
from minzheng.web.gate.office import config
from tests.persons.conftest import (
    ID,
    NAME,
    OTHER,
    OTHER_ID,
    OWN,
    WHOM,
    indexed,
    place_in,
    put_paper,
    stock,
    tools,
)

LIST = f"1 {NAME} {ID} 三组 285.62\n2 测试赵六 {OTHER_ID} 五组 300.00\n3 测试李明亮 五组"


def put_all_away() -> Done:
    found = of_keys(look_up(WHOM, stock()), ())
    return put_away(WHOM, found, tools())


def everything_kept() -> str:
    """Whatever the database and the index hold that could tell of the person."""
    index = FullTextIndex(config().data_folder / "index")
    hits = " ".join(index.paths())
    texts = " ".join(Page.objects.values_list("text", flat=True))
    filings = str(list(ArchivedFile.objects.values_list("guessed", "filing", "person")))
    return hits + texts + filings


def test_a_paper_of_the_person_alone_is_gone_and_stays_away(db):
    """Text, filing, index, drawn pages; read anew it does not come back; others are untouched."""
    own = put_paper("钟宝镇", "旧城村", f"户主 {NAME} {ID}", "a" * 64, name="甲", person=NAME)
    other = put_paper("钟宝镇", "旧城村", f"户主 {NAME} {OTHER_ID}", "b" * 64, name="乙")
    shelf = DrawnFiles(config().drawn_folder)
    for one in (own, other):
        shelf.get(one.sha256, lambda: ("txt", b"pdf"), waits=True)
    put_all_away()
    assert (shelf.find(own.sha256), bool(shelf.find(other.sha256))) == (None, True)
    assert indexed(ID.lower()) == []
    assert indexed(NAME) == [other.path]
    assert ID not in everything_kept()
    own.refresh_from_db()
    assert (own.state, own.person, own.present) == ("withheld", "", True)
    anew = contents.keep_content("a" * 64, Extraction("txt", (ExtractedPage(1, f"{NAME} {ID}"),)))
    assert not anew.pages
    index = FullTextIndex(config().data_folder / "index")
    rebuild_index(index, lambda _: None)
    assert indexed(NAME) == [other.path]
    assert archived_files.known_files()[own.path][1]  # the service is done with it


def test_a_list_stays_for_the_others(db):
    """The row is blanked in text, index and filing, also when it is read anew."""
    paper = put_paper("钟宝镇", "旧城村", LIST, "c" * 64, name="名册")
    put_all_away()
    text = Page.objects.get(content_id="c" * 64).text
    first, second, third = text.split("\n")
    assert set(first) <= {"■", " "}
    assert (second, third) == tuple(LIST.split("\n")[1:])
    assert indexed("测试赵六") == [paper.path]
    assert indexed(ID.lower()) == []
    anew = contents.keep_content("c" * 64, Extraction("txt", (ExtractedPage(1, LIST),)))
    assert anew.pages[0].text == text


def test_a_file_only_stored_that_names_the_person_is_told(db):
    """It stays where it lies, and its name is read by whoever opens the folder."""
    named = put_paper("钟宝镇", "旧城村", f"户主 {NAME} {ID}", "a" * 64, name=f"{NAME} 申请")
    put_paper("钟宝镇", "旧城村", f"申请人 {NAME} {ID}", "b" * 64, name="申请")
    done = put_all_away()
    assert (done.named, done.for_keeper) == ((named.path,), ())


def test_what_is_left_of_a_withheld_file_goes_with_it(db):
    """Removed by its keeper, not even its name is kept."""
    own = put_paper("钟宝镇", "旧城村", f"户主 {NAME} {ID}", "a" * 64, name=f"{NAME} 申请")
    put_all_away()
    assert Withheld.objects.get().sha256 == "a" * 64
    assert not Withheld.objects.get().for_keeper  # its time is not over
    outcomes.leave_trace(own.path)
    assert not ArchivedFile.objects.filter(path=own.path).exists()


@pytest.mark.parametrize(("year", "is_due"), [(2005, True), (2020, False)])
def test_documents_go_or_are_only_stored(keep, dated, year, is_due):
    """With people store and Word file; one whose time is not over is told of by nothing."""
    own = dated(keep("LS-01", "LS-103200-2005-0001", name=NAME, id_no=ID), year)
    other = keep("LS-01", "LS-103200-2005-0002", name=NAME, id_no=OTHER_ID)
    word = config().issued_folder / own.sha256[:2] / f"{own.sha256}.docx"
    put_all_away()
    assert Issued.objects.filter(pk=own.pk).exists() is not is_due
    assert word.exists() is not is_due
    assert [one.id_no for one in find_people(NAME)] == [OTHER_ID]
    assert not KnownPerson.objects.filter(id_no=ID).exists()
    assert not NamedPerson.objects.filter(id_no=ID).exists()
    assert Issued.objects.get(pk=other.pk).stopped_at is None


def test_a_household_of_somebody_else_keeps_its_document(keep):
    """Only the people known from it no longer hold the person."""
    rows = [{"m_name": NAME, "m_id": ID}, {"m_name": "测试王五", "m_id": OTHER_ID}]
    issued = keep(name="测试王五", id_no=OTHER_ID, members=rows)
    put_all_away()
    issued.refresh_from_db()
    assert issued.answers["members"] == rows
    assert set(issued.named.values_list("name", flat=True)) == {"测试王五"}


def test_corrections_and_saved_searches_go_along(db):
    """What was said of an own paper, and a question that holds the number."""
    put_paper("钟宝镇", "旧城村", f"户主 {NAME} {ID}", "a" * 64, person=NAME)
    Correction.objects.create(path="x", sha256="a" * 64, field="persons", value=NAME, by="li")
    person = Person.objects.create_user("li")
    SavedSearch.objects.create(person=person, name="查", question=ID)
    put_all_away()
    assert not Correction.objects.exists()
    assert not SavedSearch.objects.exists()


def test_done_twice_it_finds_nothing_more(db, keep):
    """A second run after a kill ends the same."""
    put_paper("钟宝镇", "旧城村", f"户主 {NAME} {ID}", "a" * 64)
    keep(name=NAME, id_no=ID)
    put_all_away()
    left = [one for one in look_up(WHOM, stock()) if one.kind is not Kind.DOCUMENT]
    assert left == []
    put_all_away()
    done = put_away(WHOM, of_keys(look_up(WHOM, stock()), ()), tools())
    assert done.counts == {(Kind.DOCUMENT, Fate.STOP): 1}
    assert done.lines() == ["出具文书 停止处理 1 件"]


def test_unfinished_forms_about_the_person_go_whole(db):
    """They are working copies; those of others stay."""
    for token, name in (("a", NAME), ("b", "测试别人")):
        answers = {"name": name, "id_no": ID if name == NAME else OTHER_ID}
        Draft.objects.create(
            token=token, form_id="DB-01", by="li", saved_at=timezone.now(), answers=answers
        )
    put_all_away()
    assert Draft.objects.get().token == "b"


def put_in(county: str, text: str, content: str, name: str = "名册") -> ArchivedFile:
    """A paper of the village of the same name in a county."""
    place = place_in(county)
    return put_paper(place["town"], place["village"], text, content, name=name)


def put_away_in(county: str) -> None:
    put_away(WHOM, of_keys(look_up(WHOM, stock(county)), ()), tools(county))


def test_what_a_county_puts_away_stays_in_another(db):
    """The same list and the same paper lie in both; each is put away where it was asked for."""
    for county in (OWN, OTHER):
        put_in(county, LIST, "c" * 64)
        put_in(county, f"户主 {NAME} {ID}", "a" * 64, "申请")
    said = [
        Correction.objects.create(path=one.path, sha256=one.sha256, field="persons", value=NAME)
        for one in ArchivedFile.objects.filter(sha256="a" * 64).order_by("pk")
    ]
    put_away_in(OWN)
    own, other = ArchivedFile.objects.filter(sha256="a" * 64).order_by("pk")
    assert (own.state, other.state) == ("withheld", "indexed")
    assert sorted(indexed(ID.lower())) == sorted(
        ArchivedFile.objects.filter(town__startswith=OTHER).values_list("path", flat=True)
    )
    assert len(indexed("测试赵六")) == 2
    assert list(Correction.objects.all()) == [said[1]]
    assert contents.page_of("c" * 64, 1, other.town).text == LIST
    assert ID not in contents.page_of("c" * 64, 1, own.town).text
    assert [one for one in look_up(WHOM, stock(OWN)) if one.is_sure] == []
    assert len(look_up(WHOM, stock(OTHER))) >= 2
    put_away_in(OTHER)
    assert ID not in everything_kept()
    assert set(Withheld.objects.values_list("county", flat=True)) == {OWN, OTHER}


def test_what_a_county_alone_has_is_not_kept(db):
    """As in an office of one county; a scan of it that waits in another's inbox is."""
    put_in(OWN, LIST, "c" * 64)
    put_in(OWN, f"户主 {NAME} {ID}", "a" * 64, "申请")
    Original.objects.create(path="甲.txt", sha256="c" * 64, size=1, mtime_ns=1, **place_in(OTHER))
    put_away_in(OWN)
    assert not Page.objects.filter(content_id="a" * 64).exists()
    assert ID in Page.objects.get(content_id="c" * 64).text
    assert indexed(ID.lower()) == []


def test_whoever_is_of_the_whole_puts_it_away_everywhere(db):
    """Without a county, as ever."""
    for county in (OWN, OTHER):
        put_in(county, f"户主 {NAME} {ID}", "a" * 64, "申请")
    put_all_away()
    assert Withheld.objects.get().county == ""
    assert set(ArchivedFile.objects.values_list("state", flat=True)) == {"withheld"}
    assert ID not in everything_kept()
