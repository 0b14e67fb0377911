"""Contents that are withheld: whole, or one person's part of them."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from archive_indexer.documents import ExtractedPage, Extraction, ReadField, TextLine
from archive_indexer.models import ArchivedFile, ConfirmedValue, Content, Withheld
from archive_indexer.stores import contents, filings
from archive_indexer.stores.confirmed import Confirmation, note_confirmed
from archive_indexer.stores.withheld import (
    PersonMarks,
    blanked,
    for_place,
    is_withheld,
    keyed,
    note_withheld,
    seen_by_nobody,
    withheld_by_counties,
    withheld_by_some_county,
    without,
    without_withheld,
)

NAME, ID, OTHER_ID = "李明", "11010519491231002X", "110105195501010019"
MARKS = PersonMarks.of(NAME, ID)
SHA = "a" * 64


def text_of(text: str, marks: PersonMarks = MARKS) -> str:
    page = ExtractedPage(1, text)
    return blanked(Extraction("txt", (page,)), [marks]).pages[0].text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"1 李明 {ID} 285.62\n2 王五 300", "■ ■■ ■■■■■■■■■■■■■■■■■■ ■■■■■■\n2 王五 300"),
        ("李　明 三组", "■　■ ■■"),
        ("110105-19491231-002X 三组", "■■■■■■■■■■■■■■■■■■■■ ■■"),
        (f"李明 {OTHER_ID} 三组", f"李明 {OTHER_ID} 三组"),
        (f"姓名 李明\n号码 {OTHER_ID}", f"姓名 李明\n号码 {OTHER_ID}"),
        (f"姓名 李明\n号码 {ID}", "■■ ■■\n■■ ■■■■■■■■■■■■■■■■■■"),
        ("李明亮 三组", "李明亮 三组"),
        ("李明女 三组", "■■■ ■■"),
        ("王五", "王五"),
    ],
)
def test_a_persons_rows_are_blanked(text, left):
    """Another of the name, a longer name, everybody else's rows stay."""
    assert text_of(text) == left


def test_of_a_sentence_only_name_and_number_are_blanked():
    """What it says of others stays."""
    text = "会议研究了" + "各户情况，" * 20 + f"同意李明（{ID}）纳入，并通报。"
    left = text_of(text)
    assert NAME not in left
    assert ID not in left
    assert left.startswith("会议研究了")
    assert left.endswith("纳入，并通报。")


def test_cells_of_a_row_go_together():
    """The amount in the cell beside; a name in another's row is another's."""

    def cell(text: str, left: float, top: float) -> TextLine:
        return TextLine(text, (left, top, left + 0.1, top + 0.02))

    lines = (
        cell("李明", 0.1, 0.1), cell(ID, 0.3, 0.1), cell("285.62", 0.6, 0.1),
        cell("李明", 0.1, 0.2), cell(OTHER_ID, 0.3, 0.2), cell("300.00", 0.6, 0.2),
    )  # fmt: skip
    text = f"李明 {ID} 285.62\n李明 {OTHER_ID} 300.00"
    page = ExtractedPage(1, text, lines)
    left = blanked(Extraction("png", (page,)), [MARKS]).pages[0]
    assert [line.text for line in left.lines[3:]] == ["李明", OTHER_ID, "300.00"]
    assert {sign for line in left.lines[:3] for sign in line.text} == {"■"}
    assert left.text.endswith(f"李明 {OTHER_ID} 300.00")


def test_what_is_withheld_is_left_out_whenever_it_is_read(db):
    """Whole, nothing; in part, all but the person; once whole, always whole."""
    read = Extraction("txt", (ExtractedPage(1, f"李明 {ID}\n王五"),))
    assert without_withheld(SHA, read) == read
    note_withheld(SHA, MARKS, is_whole=False, for_keeper=False, by="li")
    assert without_withheld(SHA, read).pages[0].text.endswith("\n王五")
    assert NAME not in without_withheld(SHA, read).pages[0].text
    note_withheld(SHA, MARKS, is_whole=True, for_keeper=True, by="li")
    note_withheld(SHA, MARKS, is_whole=False, for_keeper=True, by="li")
    left = without_withheld(SHA, read)
    assert is_withheld(left)
    assert left.pages == ()
    assert Withheld.objects.count() == 1


def test_nothing_of_the_person_is_kept(db):
    """Hashes that only this data folder can make again."""
    note_withheld(SHA, MARKS, is_whole=False, for_keeper=False, by="li")
    kept = str(Withheld.objects.values().get())
    assert NAME not in kept
    assert ID not in kept
    assert PersonMarks(**Withheld.objects.get().marks).find_in(f"李明 {ID}")
    assert keyed(NAME) == MARKS.name


LATEST = "0021_withheld_in_a_county"
OWN, OTHER = "平利县·", "镇坪县·"


def test_a_county_withholds_for_itself_alone(db):
    """Its towns are told without the person; others, and what is of no place, as it was read."""
    read = Extraction("txt", (ExtractedPage(1, f"李明 {ID}\n王五"),))
    note_withheld(SHA, MARKS, is_whole=False, for_keeper=False, by="li", county=OWN)
    assert without_withheld(SHA, read) == read
    for town in (OWN, "平利县·城关镇"):
        assert for_place(SHA, town, read).pages[0].text.endswith("\n王五")
        assert NAME not in for_place(SHA, town, read).pages[0].text
    for town in (OTHER, "镇坪县·城关镇", "", "城关镇"):
        assert for_place(SHA, town, read) is read
    note_withheld(SHA, MARKS, is_whole=True, for_keeper=False, by="li", county=OWN)
    assert is_withheld(for_place(SHA, "平利县·城关镇", read))
    assert for_place(SHA, "镇坪县·城关镇", read) is read
    assert withheld_by_some_county() == {SHA}
    note_withheld(SHA, MARKS, is_whole=False, for_keeper=False, by="li", county=OTHER)
    assert [one.county for one in withheld_by_counties(SHA)] == [OWN, OTHER]
    assert is_withheld(without(withheld_by_counties(SHA), read))


@pytest.mark.parametrize(
    ("rows", "towns", "gone"),
    [
        ([(OWN, True)], ["平利县·城关镇"], [0]),
        ([(OWN, True)], ["平利县·城关镇", "镇坪县·城关镇"], []),
        ([(OWN, True)], ["平利县·城关镇", ""], []),
        ([(OWN, False), (OTHER, False)], ["平利县·城关镇", "镇坪县·"], []),
        ([(OWN, True), (OTHER, False)], ["平利县·城关镇", "镇坪县·"], [1]),
        ([(OWN, True), (OTHER, True)], ["平利县·城关镇", "镇坪县·"], [0, 1]),
        ([(OWN, False)], [], [0]),
        ([(OWN, False, "p"), (OTHER, False, "p")], ["平利县·城关镇", "镇坪县·"], [0, 1]),
    ],
)
def test_what_nobody_may_be_told_is_not_kept(rows, towns, gone):
    """As long as somebody may, who has the content, it is."""
    withheld = [
        Withheld(county=county, is_whole=is_whole, person=person[0] if person else county)
        for county, is_whole, *person in rows
    ]
    assert seen_by_nobody(withheld, towns) == [withheld[at] for at in gone]


def test_what_was_withheld_before_there_were_counties_is_so_everywhere(db):
    """A row without a county, in whichever the content comes to lie."""
    Withheld.objects.create(sha256=SHA, person="p", is_whole=True, by="li")
    assert Withheld.objects.get().county == ""
    assert is_withheld(without_withheld(SHA, Extraction("txt", (ExtractedPage(1, "甲"),))))


def test_a_row_saved_out_of_an_older_database_is_kept(db):
    """`repair` writes the columns that both have: the others must not refuse the row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO archive_indexer_withheld "
            "(sha256, person, is_whole, marks, for_keeper, by, at) "
            "VALUES (%s, 'p', %s, '{}', %s, 'li', '2026-11-01 08:00:00')",
            [SHA, True, False],
        )
    row = Withheld.objects.get()
    assert (row.county, row.is_left_out) == ("", False)


@pytest.mark.django_db(transaction=True)
def test_a_database_of_the_version_before_withholds_as_it_did():
    """Its rows come along, and mean everywhere."""
    steps = [("archive_indexer", "0020_full_town_names"), ("archive_indexer", LATEST)]
    old = MigrationExecutor(connection).migrate(steps[:1]).apps
    rows = old.get_model("archive_indexer", "Withheld").objects
    rows.create(sha256=SHA, person="p", is_whole=True, for_keeper=True, by="li")
    MigrationExecutor(connection).migrate(steps[1:])
    row = Withheld.objects.get()
    assert (row.county, row.is_left_out, row.is_whole) == ("", False, True)
    assert is_withheld(without_withheld(SHA, Extraction("txt", (ExtractedPage(1, "甲"),))))


def test_steps_that_became_one_are_not_done_again(db):
    """A database that knows them by their old names goes on from the last."""
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("archive_indexer", "0002_turns_and_seals")
    for name in ("0002_page_turns", "0003_page_seals"):
        recorder.record_applied("archive_indexer", name)
    executor = MigrationExecutor(connection)
    assert executor.migration_plan([("archive_indexer", LATEST)]) == []


@pytest.mark.django_db(transaction=True)
def test_the_service_brings_nothing_back(village):
    """Under its name, under another, read anew; removed, it leaves no trace."""
    text = f"户主 李明 {ID}"
    village.write("01低保/1.txt", text)
    village.write("01低保/2.txt", "户主 王五")
    village.run()
    assert village.paths("户主") == ["01低保/1.txt", "01低保/2.txt"]
    row = ArchivedFile.objects.get(path="01低保/1.txt")
    note_withheld(row.sha256, MARKS, is_whole=True, for_keeper=True, by="li")
    contents.keep_content(row.sha256, contents.content_of(row.sha256))
    filings.withhold_row(row, filings.filing_from({}))
    village.run()
    village.write("02另放/李明.txt", text)
    village.run()
    Content.objects.all().delete()
    for name in ("01低保/1.txt", "02另放/李明.txt"):
        village.write(name, text + " ")
        village.write(name, text)
    village.run()
    assert village.paths("户主") == ["01低保/2.txt"]
    assert village.traces("户主") == []
    withheld = ArchivedFile.objects.filter(state="withheld")
    assert set(withheld.values_list("path", "person")) == {
        ("01低保/1.txt", ""), ("02另放/李明.txt", ""),
    }  # fmt: skip
    (village.archive / "02另放/李明.txt").unlink()
    village.run()
    assert not ArchivedFile.objects.filter(path__contains="李明").exists()
    assert village.traces("户主") == []


def test_fields_of_a_blanked_page_and_what_keepers_read_there_are_gone():
    """Both hold the person's own words."""
    line = TextLine(NAME, (0.1, 0.1, 0.2, 0.12))
    field = ReadField("姓名", "name", line.box, NAME, 0.5)
    page = ExtractedPage(1, NAME, (line,), origin="ocr", fields=(field,))
    assert blanked(Extraction("jpg", (page,)), [MARKS]).pages[0].fields == ()
    other = PersonMarks.of("王五", OTHER_ID)
    assert blanked(Extraction("jpg", (page,)), [other]).pages[0].fields == (field,)


def test_what_keepers_read_on_a_withheld_paper_is_forgotten(db):
    """With the first word that it be withheld."""
    note_confirmed(SHA, Confirmation(1, "姓名", (0, 0, 1, 1), "李朋", NAME, "王五"))
    note_withheld(SHA, MARKS, is_whole=False, for_keeper=False, by="王五")
    assert not ConfirmedValue.objects.exists()
