"""The picture of a page with words marked on it."""

import io
from pathlib import Path

from PIL import Image

from archive_indexer.documents import TextLine
from archive_indexer.showing.page_picture import find_boxes, render_page

LINES = (TextLine("姓名：测试甲", (0.1, 0.1, 0.7, 0.2)), TextLine("乙", (0.1, 0.3, 0.2, 0.4)))


def white_page(folder: Path) -> Path:
    file = folder / "page.png"
    Image.new("RGB", (400, 600), "white").save(file)
    return file


def test_a_word_is_marked_by_its_part_of_the_line():
    """The second half of the line, not the whole."""
    left, top, right, bottom = find_boxes(LINES, ["测试甲"])[0]
    assert 0.35 < left < 0.45
    assert (top, right, bottom) == (0.1, 0.7, 0.2)


def test_a_word_over_two_lines_marks_both():
    """甲 at the end of one line, 乙 on the next."""
    assert len(find_boxes(LINES, ["甲乙"])) == 2


def test_marks_are_yellow_and_ink_stays_black(tmp_path: Path):
    """Like a highlighter."""
    file = tmp_path / "page.png"
    page = Image.new("RGB", (400, 600), "white")
    page.paste((0, 0, 0), (100, 100, 120, 120))
    page.save(file)
    shown = Image.open(io.BytesIO(render_page(file, 1, 400, [(0.2, 0.1, 0.5, 0.3)])))
    assert shown.getpixel((160, 150))[2] < 180
    assert max(shown.getpixel((110, 110))) < 60


def test_a_page_that_lies_on_its_side_is_shown_upright(tmp_path: Path):
    """One quarter turn: what was 400 wide is 400 high."""
    shown = Image.open(io.BytesIO(render_page(white_page(tmp_path), 1, 400, [], turns=1)))
    assert shown.size == (600, 400)


def test_marks_on_a_turned_page_stand_on_the_upright_one(tmp_path: Path):
    """Boxes are of the page as it is read, not as it lies in the file."""
    data = render_page(white_page(tmp_path), 1, 400, [(0.0, 0.0, 0.5, 0.5)], turns=1)
    shown = Image.open(io.BytesIO(data))
    assert shown.getpixel((100, 100))[2] < 180
    assert min(shown.getpixel((500, 300))) > 240
