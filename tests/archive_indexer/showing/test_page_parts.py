"""A drawn PDF in pictures, and which of them show which page."""

import io

import numpy as np
import pytest
from PIL import Image

from archive_indexer.errors import PageNotShownError
from archive_indexer.showing.page_parts import Part, draw_part, parts_of, share_out


def write_pdf(file, *pages: tuple[int, int, str]):
    """A PDF of pages with a width, a height, and a line of ten-point letters near the top."""
    objects = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for width, height, text in pages:
        stream = f"BT /F 10 Tf 20 {height - 30} Td ({text}) Tj ET".encode()
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            f"<< /Type /Page /Parent 99 0 R /MediaBox [0 0 {width} {height}] "
            f"/Contents {len(objects)} 0 R /Resources << /Font << /F 1 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    parts = [b"%PDF-1.4\n"]
    parts += [b"%d 0 obj\n%s\nendobj\n" % one for one in enumerate(objects, 1)]
    parts.append(
        f"99 0 obj << /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >> endobj\n"
        "98 0 obj << /Type /Catalog /Pages 99 0 R >> endobj\n"
        "trailer << /Root 98 0 R >>\n".encode()
    )
    file.write_bytes(b"".join(parts))
    return file


def yellow(jpeg: bytes) -> tuple[int, int]:
    """How many points of a picture are marked, and the width of it."""
    picture = np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB")).astype(int)
    return int(((picture[..., 0] > 200) & (picture[..., 2] < 160)).sum()), picture.shape[1]


def test_a_printed_page_is_one_picture(tmp_path):
    """Whatever its size."""
    file = write_pdf(tmp_path / "a.pdf", (595, 842, "Zhang San"), (842, 595, "Li Si"))
    parts = parts_of(file, are_sheets=False)
    assert [(one.sheet, one.width, one.height, one.text) for one in parts] == [
        (0, 595, 842, "Zhang San"), (1, 842, 595, "Li Si"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("width", "height", "count"),
    [(500, 800, 1), (500, 805, 2), (500, 4000, 6), (1500, 500, 1), (1501, 500, 2)],
)
def test_a_long_or_wide_sheet_comes_in_pieces(tmp_path, width, height, count):
    """Each no longer than a page is and no wider than can be read."""
    file = write_pdf(tmp_path / "a.pdf", (width, height, "Zhang San"))
    parts = parts_of(file, are_sheets=True)
    assert len(parts) == count
    assert max(one.height / one.width for one in parts) < 1.42
    assert min(one.width for one in parts) >= 595


def test_the_row_at_an_edge_stands_whole_on_the_next_piece(tmp_path):
    """Pieces overlap by a row."""
    first, second = parts_of(
        write_pdf(tmp_path / "a.pdf", (500, 1000, "Zhang")), are_sheets=True
    )  # fmt: skip
    assert first.top + first.height - 20 == pytest.approx(second.top + 20 + 16)


def test_a_damaged_pdf_is_no_picture(tmp_path):
    """It is said so, nothing breaks."""
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(PageNotShownError):
        parts_of(file, are_sheets=False)
    with pytest.raises(PageNotShownError):
        draw_part(file, Part(0, 0, 0, 10, 10, ""), 100, ())


def test_found_words_are_marked(tmp_path):
    """As they are written and as they are typed; nothing else is."""
    file = write_pdf(tmp_path / "a.pdf", (595, 842, "Zhang San 300"))
    (part,) = parts_of(file, are_sheets=False)
    marked, width = yellow(draw_part(file, part, 600, ["zhang san"]))
    assert width == 600
    assert marked > 200
    assert yellow(draw_part(file, part, 600, ["wang"]))[0] == 0
    turned = Image.open(io.BytesIO(draw_part(file, part, 595, (), turned_right=1)))
    assert turned.size == (842, 595)


def part(sheet: int, text: str) -> Part:
    return Part(sheet, 0, 0, 595, 842, text)


@pytest.mark.parametrize(
    ("parts", "texts", "shown"),
    [
        ([part(0, "甲乙丙"), part(1, "甲乙丙")], ["甲乙丙", "甲乙丙"], [[0], [1]]),
        ([part(0, "甲乙"), part(1, "丙丁"), part(2, "戊己")], ["甲乙丙丁戊己"], [[0, 1, 2]]),
        ([part(0, "甲乙"), part(0, "丙丁"), part(1, "戊己")], ["甲乙丙丁", "戊己"], [[0, 1], [2]]),
        ([part(0, "甲乙"), part(1, "丙丁"), part(2, "戊己")], ["甲乙", "丙丁戊己"], [[0], [1, 2]]),
        ([part(0, "丙丁"), part(1, ""), part(2, "甲乙")], ["甲乙", "丙丁"], [[], [0, 1, 2]]),
        ([part(0, "甲乙")], ["甲乙", "图上的字"], [[0], []]),
        ([part(0, "甲乙")], [], []),
        ([], ["甲乙"], [[]]),
    ],
)
def test_each_picture_goes_to_the_page_that_has_its_words(parts, texts, shown):
    """A sheet or slide to its own; none before the last one's; a picture's words have none."""
    assert share_out(parts, texts) == shown
