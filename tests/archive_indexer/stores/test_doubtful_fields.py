"""Doubtful fields wait for a keeper of their area."""

import pytest
from django.db.models import Q

from archive_indexer.documents import ExtractedPage, Extraction, ReadField, TextLine
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import contents
from archive_indexer.stores.doubtful_fields import (
    confirm_field,
    count_doubtful_fields,
    doubtful_fields,
    field_of,
)
from archive_indexer.stores.filings import BY_NO_RULES

pytestmark = pytest.mark.django_db
BOX = (0.2, 0.1, 0.3, 0.12)
SURE = ReadField("电话", "phone", (0.5, 0.1, 0.6, 0.12), "13991500001", 0.99, (), False)
DOUBTFUL = ReadField("姓名", "name", BOX, "周柱兰", 0.5, ("周桂兰",))


def put(path: str, sha256: str, village: str = "旧城村") -> ArchivedFile:
    page = ExtractedPage(
        1, "周柱兰", (TextLine("周柱兰", BOX),), origin="ocr", fields=(SURE, DOUBTFUL)
    )
    contents.keep_content(sha256, Extraction("jpg", (page,)))
    return ArchivedFile.objects.create(
        path=path, sha256=sha256, village=village, state="indexed", guess_rules=4
    )


def test_only_doubtful_fields_of_the_area_wait():
    """A copy elsewhere in the area counts once."""
    file = put("a.jpg", "a" * 64)
    put("b.jpg", "a" * 64)
    put("c.jpg", "c" * 64, "民主村")
    (one,) = doubtful_fields(Q(village="旧城村"), 9)
    assert (one.file, one.page, one.number, one.field) == (file, 1, 1, DOUBTFUL)
    assert count_doubtful_fields(Q(village="旧城村")) == 1
    assert count_doubtful_fields(Q()) == len(doubtful_fields(Q(), 9)) == 2
    assert len(doubtful_fields(Q(), 1)) == 1
    assert count_doubtful_fields(Q(village="别村")) == 0


@pytest.mark.parametrize(
    ("at", "source", "is_struck"),
    [(BOX, "struck", True), (BOX, "", False), ((0.2, 0.3, 0.3, 0.32), "struck", False)],
)
def test_a_field_in_which_a_line_was_struck_out_says_so(at, source, is_struck):
    """Not one below or above it."""
    line = TextLine("周柱兰", at, source=source)
    page = ExtractedPage(1, "周柱兰", (line,), origin="ocr", fields=(DOUBTFUL,))
    contents.keep_content("a" * 64, Extraction("jpg", (page,)))
    ArchivedFile.objects.create(path="a.jpg", sha256="a" * 64, state="indexed")
    assert [one.is_struck for one in doubtful_fields(Q(), 9)] == [is_struck]


def test_a_confirmed_field_waits_no_more_and_its_files_are_filed_again():
    """All that hold the content."""
    file, copy = put("a.jpg", "a" * 64), put("b.jpg", "a" * 64)
    assert confirm_field(file, 1, 1, "周桂兰", "王五")
    assert count_doubtful_fields(Q()) == 0
    assert field_of(file, 1, 1).value == "周桂兰"
    for row in (file, copy):
        row.refresh_from_db()
        assert (row.has_news, row.guess_rules) == (True, BY_NO_RULES)


@pytest.mark.parametrize(("page", "number"), [(1, 2), (2, 0)])
def test_a_field_that_is_none_cannot_be_confirmed(page, number):
    """Nothing changes."""
    file = put("a.jpg", "a" * 64)
    assert not confirm_field(file, page, number, "x", "王五")
    file.refresh_from_db()
    assert not file.has_news
