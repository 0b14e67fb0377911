"""Pictures in documents are pages, or they are counted as unread."""

import io
from zipfile import ZipFile

import pytest
from PIL import Image

from archive_indexer.documents import ExtractedPage
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.office import pictures
from archive_indexer.extract.office.pictures import (
    LEAST_SIDE,
    NOT_AT_HAND,
    pictures_in,
    read_pictures,
)
from minzheng.external.qr_codes import draw_qr
from tests.archive_indexer.extract.made.made_files import LIMITS, zip_of
from tests.archive_indexer.extract.made.made_metafiles import font, wmf, wmf_text


def picture(width: int, height: int, shade: int = 255) -> bytes:
    stream = io.BytesIO()
    Image.new("L", (width, height), shade).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    """Black pictures hold no words, all others do."""

    def read(image, number, known=(), **_):
        return ExtractedPage(number, "字" if image.max() else "", origin="ocr")

    monkeypatch.setattr(pictures, "read_page_image", read)


def read(*contents: bytes, name: str = "a.png", limits: Limits = LIMITS):
    return read_pictures([(name, lambda one=one: one) for one in contents], 4, limits)


def test_pictures_with_words_are_numbered_pages():
    """The same one twice is one, one without words is none."""
    same, other, wordless = picture(700, 500), picture(700, 500, 200), picture(700, 500, 0)
    pages, unread = read(same, wordless, same, other)
    assert [(page.number, page.text) for page in pages] == [(4, "字"), (5, "字")]
    assert unread == ()


def test_a_code_is_no_page_of_its_own():
    """Our own forms bear one on every page; it is told with their text."""
    assert read(draw_qr("MZ1 DB-01")) == ((), ())


@pytest.mark.parametrize(
    ("width", "height", "is_read"),
    [(LEAST_SIDE, 32, True), (LEAST_SIDE - 1, 100, False), (LEAST_SIDE, 31, False)],
)
def test_an_ornament_is_no_page(width: int, height: int, is_read: bool):
    """It is not counted as unread either."""
    pages, unread = read(picture(width, height))
    assert (len(pages), unread) == (int(is_read), ())


def test_what_cannot_be_read_is_counted_by_why(monkeypatch):
    """Drawings of strokes, broken pictures, and more than one document may have."""
    assert read(b"x", name="a.EMF")[1] == ("含 1 张 EMF、WMF 图形，未识别。请另存为 PDF",)
    assert read(b"broken")[1] == ("含 1 张图片打不开（a.png），未识别",)
    assert read(b"<svg/>", name="a.svg")[1] == ("含 1 张 SVG 图形，未识别。请另存为 PDF",)
    monkeypatch.setattr(pictures, "_MOST", 1)
    pages, unread = read(picture(700, 500), picture(700, 500, 200))
    assert (len(pages), unread) == (1, ("含 1 张图片未识别：一份文件只识别前 1 张",))


def test_a_drawing_of_windows_gives_its_words_and_its_pictures():
    """Programs lay one beside every table of another program."""
    stream = io.BytesIO()
    Image.new("RGB", (700, 500), "white").save(stream, "BMP")
    laid = 0x0F43, bytes(22) + stream.getvalue()[14:]
    words = wmf_text("户主 测试甲".encode("gb18030"), 1, 2)
    pages, unread = read(wmf(words, laid), name="word/media/image1.wmf")
    assert [(page.number, page.text) for page in pages] == [(4, "户主 测试甲"), (5, "字")]
    assert unread == ()


def test_a_drawing_of_strokes_alone_is_counted_and_an_empty_one_is_not():
    """As one whose signs are numbers, and one that is not at hand."""
    told = ("含 1 张 EMF、WMF 图形，未识别。请另存为 PDF",)
    strokes, signs = (0x0325, bytes(10)), (font(2), wmf_text(b"a", 1, 2))
    assert read(wmf(strokes), name="a.wmf") == ((), told)
    assert read(wmf(*signs), name="a.wmf") == ((), told)
    assert read(wmf(), name="a.wmf") == ((), ())
    assert read_pictures([("a.wmf", NOT_AT_HAND)], 1, LIMITS) == ((), told)


def test_a_picture_that_is_not_whole_is_told_by_its_name():
    """What is left of it is read, if words stand on it; of many the first names are said."""
    stream = io.BytesIO()
    Image.effect_noise((700, 500), 60).convert("RGB").save(stream, "JPEG")
    whole = stream.getvalue()
    half = whole[: len(whole) // 2] + b"\xff\xd9"
    pages, unread = read(half, name="word/media/image2.jpeg")
    assert [page.text for page in pages] == ["字"]
    assert unread == ("含 1 张图片不完整（image2.jpeg），可能缺了一部分",)
    assert read(whole)[1] == ()
    assert pictures.named(["x/a", "b", "c", "d"]) == "a、b、c等"


def test_pictures_lie_where_the_writer_put_them():
    """But small views of pages, which programs make, are none."""
    names = ("word/media/a.bin", "media/b.PNG", "docProps/thumbnail.jpeg", "word/x.xml")
    opened = ZipFile(io.BytesIO(zip_of(*((name, b"x") for name in names))))
    assert [name for name, _ in pictures_in(opened, ("word/media/",))] == [*names[:2]]


def test_a_drawing_of_the_web_without_a_picture_beside_it_is_told():
    """Office lays one of dots beside each, other programs do not."""
    assert read_pictures([("a.svg", bytes)], 1, LIMITS)[1] == (
        "含 1 张 SVG 图形，未识别。请另存为 PDF",
    )
    assert read_pictures([("a.svg", bytes), ("b.emf", bytes)], 1, LIMITS)[1] == (
        "含 1 张 EMF、WMF 图形，未识别。请另存为 PDF",
    )
