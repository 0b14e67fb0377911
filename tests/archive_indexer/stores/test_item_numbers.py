"""件号 are given once: no paper that comes, goes or is read again changes another's."""

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Q

from archive_indexer.documents import ArchiveFile, ExtractedPage, Extraction, Filing, Guess
from archive_indexer.models import ArchivedFile, ItemNumber
from archive_indexer.stores import archived_files, contents, filings
from archive_indexer.stores.item_numbers import (
    Keeping,
    count_items,
    count_unnumbered,
    files_of_contents,
    give_numbers,
    items_of,
    key_of,
    numbers_of,
    page_counts,
    papers_in,
)
from archive_indexer.upkeep.backup import DATABASE, make_backup
from archive_indexer.upkeep.lay_back import put_in_place, stage
from minzheng.database.server import is_on_server

PLACE = ("钟宝镇", "旧城村")
KEEPING = Keeping({"DB": "D10", "TK": "D10", "ZZ": "Y"}, box_pages=5)


def lay(
    name: str,
    content: str = "",
    *,
    pages: int = 1,
    dossier: str = "DB",
    year: str = "2018",
    packed_in: str = "",
    **more: str,
) -> ArchivedFile:
    """A paper of 旧城村 as it was filed; read again when it is laid twice."""
    path = f"钟宝镇/旧城村/{name}"
    sha256 = (content or name).encode().hex()[:64].ljust(64, "0")
    read = tuple(ExtractedPage(number, "字") for number in range(1, pages + 1))
    contents.keep_content(sha256, Extraction("pdf", read))
    told = {"town": PLACE[0], "village": PLACE[1], "dossier": dossier, "year": year, **more}
    filing = Filing(**{part: Guess(value, 1.0, "路径") for part, value in told.items() if value})
    filings.keep_filing(ArchiveFile(path, 1, 1, sha256), filing, packed_in)
    archived_files.mark_indexed([path])
    return ArchivedFile.objects.get(path=path)


def number() -> int:
    return give_numbers(*PLACE, KEEPING, "测试员")


def given(file: ArchivedFile) -> tuple[int, int] | None:
    """Its number and its box."""
    file.refresh_from_db()
    one = numbers_of([file]).get(key_of(file))
    return (one.number, one.box) if one else None


@pytest.mark.django_db
def test_numbers_count_within_year_and_dossier():
    """From 1, papers of one case together."""
    first = lay("b.pdf", case_no="DB-103200-2018-0001")
    second = lay("a.pdf", case_no="DB-103200-2018-0002")
    third = lay("c.pdf", case_no="DB-103200-2018-0001")
    other, later = lay("d.pdf", dossier="TK"), lay("e.pdf", year="2019")
    assert number() == 5
    assert [given(one) for one in (first, third, second)] == [(1, 1), (2, 1), (3, 1)]
    assert given(other) == (1, 1)
    assert given(later) == (1, 2)


@pytest.mark.django_db
def test_a_paper_that_comes_takes_the_next_number():
    """Whatever place it would have had; numbering again changes nothing."""
    old = [lay("b.pdf"), lay("c.pdf")]
    number()
    before = [given(one) for one in old]
    new = lay("a.pdf")
    assert number() == 1
    assert [given(one) for one in old] == before
    assert given(new) == (3, 1)
    assert number() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["read again", "renamed", "copied"])
def test_a_number_stays_with_its_content(what):
    """However often it is read, wherever it lies in its class."""
    file = lay("a.pdf", "内容")
    lay("b.pdf")
    number()
    match what:
        case "read again":
            again = lay("a.pdf", "内容", pages=1)
        case "renamed":
            archived_files.mark_gone(file.path)
            again = lay("新名.pdf", "内容")
        case _:
            again = lay("副本.pdf", "内容")
    assert number() == 0
    assert given(again) == (1, 1)


@pytest.mark.django_db
def test_a_paper_scanned_again_under_its_name_keeps_its_number():
    """The paper is the same; what lay there before has none any more."""
    lay("a.pdf", "模糊")
    lay("b.pdf")
    number()
    again = lay("a.pdf", "清楚")
    assert number() == 0
    assert given(again) == (1, 1)


@pytest.mark.django_db
def test_what_replaced_a_paper_that_lies_elsewhere_is_another():
    """The first was moved before another took its name."""
    moved = lay("a.pdf", "甲")
    number()
    lay("别处.pdf", "甲")
    other = lay("a.pdf", "乙")
    assert number() == 1
    assert given(other) == (2, 1)
    assert given(ArchivedFile.objects.get(path="钟宝镇/旧城村/别处.pdf")) == (1, 1)
    assert moved.pk == other.pk


@pytest.mark.django_db
def test_a_paper_filed_elsewhere_leaves_its_number_empty_and_finds_it_again():
    """Nobody else is ever given it."""
    file = lay("a.pdf", "甲")
    number()
    file = lay("a.pdf", "甲", dossier="TK")
    late = lay("b.pdf")
    number()
    assert given(file) == (1, 1)
    assert given(late) == (2, 1)
    assert given(lay("a.pdf", "甲")) == (1, 1)


@pytest.mark.django_db
def test_a_number_is_never_given_twice_when_a_paper_goes():
    """No gap is filled."""
    first, last = lay("a.pdf"), lay("b.pdf")
    number()
    archived_files.mark_gone(last.path)
    assert given(lay("c.pdf")) is None
    number()
    assert [one.number for one in items_of(*PLACE).values()] == [1, 2, 3]
    assert given(first) == (1, 1)


@pytest.mark.django_db
def test_boxes_are_filled_to_their_edge():
    """Five pages here; a class has boxes of its own, a dossier counts them through."""
    papers = [lay(f"{at}.pdf", pages=count) for at, count in enumerate((3, 2, 1, 9))]
    number()
    assert [given(one) for one in papers] == [(1, 1), (2, 1), (3, 2), (4, 3)]
    assert given(lay("y.pdf", year="2019")) is None
    number()
    assert given(ArchivedFile.objects.get(path="钟宝镇/旧城村/y.pdf")) == (1, 4)


@pytest.mark.django_db
def test_a_written_number_is_kept_where_it_is_free():
    """In a folder's or a file's name, or as an archive number; others go around it."""
    plain = lay("a.pdf")
    written = lay("0001_申请/1.jpg")
    taken = lay("第1件 重号.pdf")
    no = lay("b.pdf", archive_no="J012-WS·2018-D10-DB-0007")
    number()
    numbers = [given(one)[0] for one in (written, no, taken, plain)]
    assert numbers == [1, 7, 8, 9]


@pytest.mark.django_db
def test_files_of_one_folder_with_a_number_are_one_item():
    """One page a file; a page that comes later joins them."""
    pages = [lay(f"0003_申请/{at}.jpg") for at in (1, 2)]
    assert number() == 1
    late = lay("0003_申请/3.jpg")
    number()
    assert {given(one) for one in (*pages, late)} == {(3, 1)}
    assert sorted(one.part for one in items_of(*PLACE).values()) == [1, 2, 3]


@pytest.mark.django_db
def test_what_has_no_place_yet_has_no_number():
    """No year, no dossier, a packed file whose members are the papers."""
    lay("年.pdf", year="")
    lay("档.pdf", dossier="")
    lay("包.zip")
    member = lay("包.zip!/1.pdf", packed_in="钟宝镇/旧城村/包.zip")
    assert [one.path for one in papers_in(*PLACE)] == [member.path, "钟宝镇/旧城村/年.pdf"]
    assert count_unnumbered(Q()) == {PLACE: 1}
    assert number() == 1
    assert given(member) == (1, 1)


@pytest.mark.django_db
def test_items_boxes_and_what_waits_are_counted():
    """Of each village; a copy is no other paper."""
    lay("a.pdf", "甲", pages=5)
    lay("b.pdf", pages=5)
    lay("t.pdf", dossier="TK")
    number()
    assert count_items(Q()) == {PLACE: (3, 3)}
    assert count_items(Q(dossier="TK")) == {PLACE: (1, 1)}
    lay("副本.pdf", "甲")
    lay("c.pdf")
    assert count_unnumbered(Q()) == {PLACE: 1}
    assert count_unnumbered(Q(dossier="TK")) == {}


@pytest.mark.django_db
def test_pages_and_files_of_contents_are_told():
    """Present files before those that are gone."""
    gone = lay("a.pdf", "甲", pages=3)
    archived_files.mark_gone(gone.path)
    there = lay("b.pdf", "甲", pages=3)
    assert page_counts([there.sha256]) == {there.sha256: 3}
    assert [one.path for one in files_of_contents([there.sha256])[there.sha256]] == [
        there.path, gone.path,
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_numbers_come_back_with_a_backup(tmp_path):
    """They lie in the database, and it is copied whole."""
    lay("a.pdf")
    number()
    data, config = tmp_path / "data", tmp_path / "config.toml"
    data.mkdir()
    config.write_text("", encoding="utf-8")
    if not is_on_server():
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as here,
            closing(sqlite3.connect(data / DATABASE)) as copy,
        ):
            here.backup(copy)
    made = make_backup(data, config, tmp_path / "to", dt.datetime(2026, 11, 29, 3), None)
    ItemNumber.objects.all().delete()
    stage(tmp_path / "to", made.snapshot, tmp_path / "new", None)
    put_in_place(tmp_path / "new", tmp_path / "new.toml")
    assert rows_in(tmp_path / "new") == [(1, 1)]


def rows_in(data: Path) -> list[tuple[int, int]]:
    """Number and box of the items in the tables of a data folder, or on the server."""
    if is_on_server():
        return list(ItemNumber.objects.values_list("number", "box"))
    with closing(sqlite3.connect(data / DATABASE)) as opened:
        return opened.execute(f"SELECT number, box FROM {ItemNumber._meta.db_table}").fetchall()
