"""The picture of a page with words marked on it."""

import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from archive_indexer.documents import TextLine
from archive_indexer.errors import PageNotShownError
from archive_indexer.showing import page_picture
from archive_indexer.showing.page_picture import (
    find_boxes,
    has_picture,
    render_page,
    render_part,
)
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


def test_another_file_at_its_place_is_looked_at_anew(tmp_path):
    """What is remembered of a file is of the file as it lay there."""
    file = tmp_path / "a.png"
    file.write_text("甲", encoding="utf-8")
    assert not has_picture(file)
    Image.new("L", (4, 4)).save(file)
    assert has_picture(file)
    file.unlink()
    with pytest.raises(FileNotFoundError):
        has_picture(file)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photo_is_decoded_no_larger_than_it_is_shown(tmp_path, monkeypatch, orientation):
    """And is as wide, as high and as dark as one decoded whole."""
    file, exif = tmp_path / "photo.jpg", Image.Exif()
    exif[0x0112] = orientation
    paper = Image.linear_gradient("L").resize((1600, 1200)).convert("RGB")
    paper.save(file, quality=95, exif=exif)
    decoded: list[tuple[int, int]] = []
    turn = page_picture.ImageOps.exif_transpose
    monkeypatch.setattr(
        page_picture.ImageOps, "exif_transpose", lambda one: decoded.append(one.size) or turn(one)
    )
    small, whole = (page_picture._load(file, 1, width) for width in (150, 1500))
    assert decoded == [(200, 150) if orientation == 1 else (400, 300), (1600, 1200)]
    assert small.size == ((150, 112) if orientation == 1 else (150, 200))
    same = np.asarray(whole.resize(small.size).convert("L"), int)
    assert abs(np.asarray(small.convert("L"), int) - same).mean() < 2


def test_a_part_of_a_page_is_cut_out_upright(tmp_path):
    """With some of what stands around it; a page has no more than it has."""
    file = tmp_path / "a.png"
    page = Image.new("RGB", (600, 400), "white")
    page.paste((0, 0, 0), (0, 300, 60, 400))  # lies at the top left when turned upright
    page.save(file)
    part = Image.open(io.BytesIO(render_part(file, 1, (0.0, 0.0, 0.25, 0.1), turns=3)))
    assert part.size[0] > part.size[1]
    assert part.getpixel((10, 10))[0] < 60
    with pytest.raises(PageNotShownError):
        render_part(file, 2, (0, 0, 1, 1))
