"""Where a word stands in a line, and how large a page is shown."""

import io

import pytest
from PIL import Image

from archive_indexer.documents import TextLine
from archive_indexer.showing.page_picture import find_boxes, has_picture, render_page

LEVEL = TextLine("ab甲乙", (0.1, 0.1, 0.7, 0.2))  # two narrow signs, two wide ones
UPRIGHT = TextLine("甲乙丙丁", (0.1, 0.1, 0.2, 0.5))


def near(*box: float) -> list:
    return [pytest.approx(one, abs=1e-6) for one in box]


@pytest.mark.parametrize(
    ("line", "word", "boxes"),
    [
        (LEVEL, "ab", [near(0.1, 0.1, 0.3, 0.2)]), (LEVEL, "甲", [near(0.3, 0.1, 0.5, 0.2)]),
        (LEVEL, "乙", [near(0.5, 0.1, 0.7, 0.2)]), (UPRIGHT, "乙丙", [near(0.1, 0.2, 0.2, 0.4)]),
        (UPRIGHT, "丁", [near(0.1, 0.4, 0.2, 0.5)]), (LEVEL, "丙", []), (LEVEL, "", []),
        (TextLine("甲乙甲", (0.1, 0.1, 0.4, 0.2)), "甲",
         [near(0.1, 0.1, 0.2, 0.2), near(0.3, 0.1, 0.4, 0.2)]),
        (TextLine("甲乙", (0.1, 0.1, 0.2, 0.3)), "甲", [near(0.1, 0.1, 0.15, 0.3)]),
        (TextLine("甲乙", (0.1, 0.1, 0.2, 0.31)), "甲", [near(0.1, 0.1, 0.2, 0.205)]),
        (TextLine("甲", (0.1, 0.1, 0.2, 0.9)), "甲", [near(0.1, 0.1, 0.2, 0.9)]),
    ],
)  # fmt: skip
def test_a_part_of_a_line_is_marked_by_its_signs(line, word, boxes):
    """Wide signs are twice as wide; lines from top to bottom are parted by height."""
    assert [list(box) for box in find_boxes([line], [word])] == boxes


def picture(tmp_path, size=(400, 600)):
    file = tmp_path / "page.png"
    page = Image.new("RGB", size, "white")
    page.paste((0, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    page.save(file)
    return file


@pytest.mark.parametrize(
    ("turned", "size", "dark"),
    [(0, (200, 300), (10, 10)), (1, (300, 200), (290, 10)), (2, (200, 300), (190, 290)),
     (3, (300, 200), (10, 190)), (4, (200, 300), (10, 10)), (5, (300, 200), (290, 10))],
)  # fmt: skip
def test_a_reader_may_turn_a_page_by_quarters(tmp_path, turned, size, dark):
    """To the right, all the way round."""
    shown = Image.open(io.BytesIO(render_page(picture(tmp_path), 1, 200, [], turned_right=turned)))
    assert shown.size == size
    assert max(shown.getpixel(dark)) < 60
    away = (size[0] - 1 - dark[0], size[1] - 1 - dark[1])
    assert min(shown.getpixel(away)) > 200


def test_a_mark_is_as_large_as_its_box(tmp_path):
    """And two pixels around it."""
    file = picture(tmp_path, (400, 600))
    shown = Image.open(io.BytesIO(render_page(file, 1, 400, [(0.6, 0.6, 0.8, 0.8)])))
    assert shown.getpixel((280, 420))[2] < 180
    assert shown.getpixel((245, 365))[2] < 180
    assert min(shown.getpixel((228, 350))) > 230
    assert min(shown.getpixel((332, 495))) > 230


def test_a_long_strip_does_not_fill_the_memory(tmp_path):
    """Twelve million pixels at most; a page of usual shape is as wide as asked for."""
    strip = Image.open(io.BytesIO(render_page(picture(tmp_path, (10, 4000)), 1, 2000, [])))
    assert strip.width * strip.height <= 12_500_000
    assert strip.height > strip.width
    page = Image.open(io.BytesIO(render_page(picture(tmp_path, (100, 141)), 1, 1000, [])))
    assert page.size == (1000, 1410)


def test_only_pictures_and_pdfs_are_shown(tmp_path):
    """A text has no picture."""
    text = tmp_path / "a.png"
    text.write_text("甲", encoding="utf-8")
    assert not has_picture(text)
    assert has_picture(picture(tmp_path))
