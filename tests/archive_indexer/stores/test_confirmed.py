"""What a keeper read stands on the page, however often the page is read again."""

from dataclasses import replace

import pytest

from archive_indexer.documents import ExtractedPage, Extraction, ReadField, TextLine
from archive_indexer.models import ConfirmedValue, Page
from archive_indexer.stores import contents
from archive_indexer.stores.confirmed import (
    ILLEGIBLE,
    Confirmation,
    confirmed_of,
    forget_confirmed,
    with_confirmed,
)

pytestmark = pytest.mark.django_db
BOX, OTHER_BOX = (0.2, 0.1, 0.3, 0.12), (0.2, 0.3, 0.3, 0.32)
FIELD = ReadField("姓名", "name", BOX, "周柱兰", 0.5, ("周桂兰",))
PAGE = ExtractedPage(
    1,
    "姓名 周柱兰\n户主 周柱兰",
    lines=(
        TextLine("姓名", (0.1, 0.1, 0.15, 0.12)),
        TextLine("周柱兰", OTHER_BOX, 0.9),
        TextLine("周柱兰", BOX, 0.5, raw="周挂兰"),
    ),
    origin="ocr",
    fields=(FIELD, replace(FIELD, box=OTHER_BOX)),
)
SAID = Confirmation(1, "姓名", BOX, "周柱兰", "周桂兰", "王五")


def test_the_guess_gives_way_at_its_place_only():
    """In the line, in the text, in the field; what stands elsewhere stays doubtful."""
    page = with_confirmed(PAGE, [SAID])
    assert [line.text for line in page.lines] == ["姓名", "周柱兰", "周桂兰"]
    assert (page.lines[2].raw, page.lines[2].confidence) == ("周挂兰", 1.0)
    assert page.text == "姓名 周柱兰\n户主 周桂兰"
    assert [(one.value, one.is_doubtful) for one in page.fields] == [
        ("周桂兰", False), ("周柱兰", True),
    ]  # fmt: skip


def test_a_page_without_the_line_has_it_at_its_end():
    """A worse reading loses nothing that a person read."""
    bare = ExtractedPage(1, "姓名", origin="ocr")
    assert with_confirmed(bare, [SAID]).text == "姓名\n周桂兰"
    assert with_confirmed(replace(bare, number=2), [SAID]).text == "姓名"


def test_what_nobody_can_read_is_said():
    """And not asked again."""
    page = with_confirmed(PAGE, [replace(SAID, value="")])
    assert page.lines[2].text == ILLEGIBLE
    assert ILLEGIBLE in page.text
    assert not page.fields[0].is_doubtful


def test_a_confirmed_value_stands_at_once_and_after_the_next_reading():
    """The last word of several holds; the count of doubts goes down."""
    contents.keep_content("a" * 64, Extraction("jpg", (PAGE,)))
    assert Page.objects.get().doubtful_fields == 2
    contents.confirm_value("a" * 64, 1, replace(SAID, value="周贵兰"))
    contents.confirm_value("a" * 64, 1, SAID)
    for _ in range(2):
        page = contents.page_of("a" * 64, 1, "")
        assert page.text == "姓名 周柱兰\n户主 周桂兰"
        assert Page.objects.get().doubtful_fields == 1
        contents.keep_content("a" * 64, Extraction("jpg", (PAGE,)))


def test_what_was_confirmed_is_forgotten_with_the_person():
    """It is personal data like the paper's own text."""
    contents.keep_content("a" * 64, Extraction("jpg", (PAGE,)))
    contents.confirm_value("a" * 64, 1, SAID)
    assert confirmed_of("a" * 64) == [SAID]
    forget_confirmed("a" * 64)
    assert not ConfirmedValue.objects.exists()
