"""The picture of a page with words marked on it."""

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from archive_indexer.documents import TextLine
from archive_indexer.errors import PageNotShownError
from archive_indexer.showing.page_picture import find_boxes, render_page
from minzheng.external import large_pictures

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


def damaged_files(folder: Path) -> dict[str, tuple[Path, int]]:
    """Each with the page that is asked for."""
    whole = white_page(folder)
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 300)
    document.save(folder / "one_page.pdf")
    contents = {
        "cut.png": whole.read_bytes()[:60],
        "cut.pdf": (folder / "one_page.pdf").read_bytes()[:80],
        "text.txt": "不是图".encode(),
        "empty.png": b"",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    asked = {name: (folder / name, 1) for name in contents}
    return asked | {
        "no such page": (folder / "one_page.pdf", 2),
        "no such picture": (whole, 2),
        "gone": (folder / "gone.png", 1),
    }


@pytest.mark.parametrize(
    "name",
    ["cut.png", "cut.pdf", "text.txt", "empty.png", "no such page", "no such picture",
     "gone"],
)  # fmt: skip
def test_a_damaged_file_has_no_picture(tmp_path: Path, name):
    """However its reader says so."""
    file, number = damaged_files(tmp_path)[name]
    with pytest.raises(PageNotShownError):
        render_page(file, number, 400, [])


def test_a_mistake_of_ours_is_not_called_damage(tmp_path: Path):
    """It goes on to where it is logged."""
    with pytest.raises(TypeError):
        render_page(white_page(tmp_path), 1, 400, [("a", "b", "c", "d")])


@pytest.mark.parametrize("ending", ["png", "tif"])
def test_a_large_page_is_decoded_outside_and_looks_the_same(tmp_path, monkeypatch, ending):
    """The memory of the pages does not hold it; here everything counts as large."""
    file = tmp_path / f"page.{ending}"
    page = Image.new("L", (500, 700), 200)
    page.paste(0, (100, 100, 120, 120))
    page.save(file)
    here = render_page(file, 1, 500, [])
    monkeypatch.setattr(large_pictures, "MOST_PIXELS_HERE", 1)
    assert render_page(file, 1, 500, []) == here
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(PageNotShownError):
        render_page(file, 1, 500, [])
