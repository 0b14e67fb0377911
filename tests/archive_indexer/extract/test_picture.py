"""Pictures of every kind."""

import io
import struct
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.documents import ExtractedPage, TextLine
from archive_indexer.extract import picture as picture_reader
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.picture import _fitting, _on_white, _shrink, frames, read_picture
from archive_indexer.reading.manner import Manner
from tests.archive_indexer.extract.made.made_files import LIMITS, put
from tests.external.codings.made_tiff import tiff
from tests.external.photos.photographed import as_jpeg, photograph, sheet


def scan(text: str) -> Image.Image:
    picture = Image.new("RGB", (1000, 300), "white")
    font = ImageFont.truetype("NotoSansCJK-Regular.ttc", 48)
    ImageDraw.Draw(picture).text((60, 100), text, "black", font)
    return picture


@pytest.mark.parametrize(
    ("ink", "is_on_dark"), [((255, 255, 255), True), ((0, 0, 0), False), ((230, 60, 60), False)]
)
def test_white_signs_on_nothing_are_not_laid_on_white(ink: tuple[int, ...], is_on_dark: bool):
    """Nobody would see them; black and coloured ones stand on paper."""
    layer = Image.new("RGBA", (100, 60), (255, 255, 255, 0))
    ImageDraw.Draw(layer).rectangle((20, 20, 60, 40), fill=(*ink, 255))
    assert (_on_white(layer)[0, 0].max() < 100) == is_on_dark


def test_a_picture_that_is_light_all_over_stays_as_it_is():
    """Nothing of it is clear."""
    assert _on_white(Image.new("RGBA", (50, 50), (255, 255, 255, 255))).min() == 255


@pytest.mark.parametrize("kind", ["ppm", "tga", "pcx"])
def test_pictures_of_old_programs_are_read(tmp_path: Path, kind: str):
    """They were text without sense, part of a program, and nothing known."""
    scan("临时救助金").save(tmp_path / f"a.{kind}")
    extraction = extract_pages(tmp_path / f"a.{kind}", LIMITS)
    assert (extraction.kind, extraction.reason) == (kind, "")
    assert "临时救助金" in extraction.pages[0].text


@pytest.fixture
def looked_at(monkeypatch) -> list[int]:
    """Numbers of the pictures that were really read; the word of each is its lightest shade."""
    numbers: list[int] = []

    def read(frame, number, manner):
        numbers.append(number)
        return ExtractedPage(number, f"字{frame.min()}")

    monkeypatch.setattr(picture_reader, "_read_frame", read)
    return numbers


def moving(folder: Path, *shades: int) -> Path:
    """Dark squares of these shades on white, one after the other."""
    shown = []
    for shade in shades:
        picture = Image.new("RGB", (400, 300), "white")
        ImageDraw.Draw(picture).rectangle((10, 10, 21, 21), fill=(shade,) * 3)
        shown.append(picture)
    file = folder / "a.webp"
    shown[0].save(file, save_all=True, append_images=shown[1:], duration=100, lossless=True)
    return file


def test_a_moving_picture_is_read_where_it_changes(tmp_path: Path, looked_at):
    """A recorded screen shows the same a hundred times."""
    pages = read_picture(moving(tmp_path, 0, 1, 90, 91, 0), LIMITS).pages
    assert looked_at == [1, 3, 5]
    assert [page.number for page in pages] == [1, 2, 3, 4, 5]
    assert [page.text for page in pages] == ["字0", "字0", "字90", "字90", "字0"]


def test_of_a_moving_picture_no_more_is_read_than_one_reads(tmp_path: Path, looked_at, monkeypatch):
    """What was not read is said on its page."""
    monkeypatch.setattr(picture_reader, "_MOST_OF_MOVING", 2)
    pages = read_picture(moving(tmp_path, 0, 90, 180), LIMITS).pages
    assert looked_at == [1, 2]
    assert (pages[2].number, pages[2].origin) == (3, "unread")
    assert pages[2].unread == ("动图的画面太多，只识别了前 60 幅",)


@pytest.mark.parametrize("kind", ["webp", "bmp", "heic"])
def test_pictures_of_every_kind_are_read(tmp_path: Path, kind: str):
    """WebP, BMP and what telephones call HEIC."""
    file = tmp_path / "照片.dat"
    if kind == "heic":
        pillow_heif.from_pillow(scan("临时救助金")).save(file)
    else:
        scan("临时救助金").save(file, kind)
    extraction = extract_pages(file, LIMITS)
    assert extraction.kind.replace("heif", "heic") == kind
    assert "临时救助金" in extraction.pages[0].text


def test_a_truncated_picture_says_so(tmp_path: Path):
    """Half a JPEG is incomplete, not a crash."""
    stream = io.BytesIO()
    Image.effect_noise((300, 300), 60).convert("RGB").save(stream, "JPEG")
    file = put(tmp_path, "a.jpg", stream.getvalue()[:9000])
    assert "不完整" in extract_pages(file, LIMITS).reason


@pytest.mark.parametrize("mode", ["1", "P", "L", "RGB", "RGBA", "I;16"])
def test_a_large_picture_is_made_smaller_by_averaging(monkeypatch, mode: str):
    """Stripes of black and white become grey; a colour's number is no brightness."""
    monkeypatch.setattr(picture_reader, "_LONGEST_SIDE", 360)
    stripes = np.tile(np.array([0, 255], np.uint8), (300, 360))
    whole = Image.fromarray(stripes)
    if mode == "I;16":
        whole = Image.fromarray(stripes.astype(np.uint16) * 257)
    picture = whole if mode in ("L", "I;16") else whole.convert(mode)
    small = _shrink(picture)
    assert small.size == (360, 150)
    if mode != "I;16":
        assert 120 <= np.asarray(small.convert("L")).mean() <= 135
        assert np.asarray(small.convert("L")).std() < 5


def test_what_can_be_seen_through_is_white():
    """Also where one colour alone is said to be clear."""
    clear = Image.new("RGB", (2, 2), "black")
    clear.info["transparency"] = (0, 0, 0)
    assert (_on_white(clear) == 255).all()
    assert (_on_white(Image.new("RGBA", (2, 2), (0, 0, 0, 0))) == 255).all()
    assert (_on_white(Image.new("RGB", (2, 2), "black")) == 0).all()


@pytest.mark.parametrize(("most", "is_read"), [(200, True), (199, False)])
def test_a_picture_may_have_so_many_pixels(most, is_read):
    """And not one more."""
    picture, limits = Image.new("RGB", (20, 10), "white"), Limits(max_pixels=most)
    if is_read:
        (frame,) = frames(picture, limits)
        assert frame.shape == (10, 20, 3)
    else:
        with pytest.raises(UnreadableError, match="像素过大"):
            list(frames(picture, limits))


@pytest.mark.parametrize(("most", "count"), [(1, 1), (2, 2), (3, 3), (9, 3)])
def test_of_many_frames_so_many_are_read(tmp_path: Path, most, count):
    """The first ones."""
    pages = [Image.new("L", (5, 5), shade) for shade in (0, 100, 200)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    with Image.open(tmp_path / "a.tif") as picture:
        shades = [int(frame[0, 0, 0]) for frame in frames(picture, Limits(max_pages=most))]
    assert shades == [0, 100, 200][:count]


@pytest.mark.parametrize(
    ("size", "fitting"),
    [((100, 50), (100, 50)), ((3600, 1800), (3600, 1800)), ((7200, 3600), (3600, 1800)),
     ((7200, 7200), (3600, 3600)), ((3600, 10), (3600, 10)), ((72_000, 1), (72_000, 1)),
     ((1080, 17_920), (1080, 17_920)), ((3000, 30_000), (1549, 15_492))],
)  # fmt: skip
def test_the_longer_side_is_bounded(size, fitting):
    """Nothing vanishes or grows; of a strip the letters keep their size, within a bound."""
    assert _fitting(size) == fitting
    assert _fitting(size[::-1]) == fitting[::-1]


@pytest.mark.parametrize("size", [(1, 400), (400, 1), (2, 1000), (3000, 2)])
def test_a_picture_as_thin_as_a_line_is_blank(tmp_path: Path, size):
    """It is no broken file, and no photo of a sheet either."""
    Image.new("RGB", size, "white").save(tmp_path / "a.png")
    found = read_picture(tmp_path / "a.png", Limits())
    assert [page.origin for page in found.pages] == ["blank"] and found.reason == ""


def test_a_turned_picture_is_read_upright(tmp_path: Path):
    """As the camera noted, also when it is made smaller."""
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (30, 10), "white").save(tmp_path / "a.jpg", exif=exif)
    with Image.open(tmp_path / "a.jpg") as picture:
        (frame,) = frames(picture, Limits())
    assert frame.shape == (30, 10, 3)


@pytest.mark.parametrize(
    ("image", "is_as_sent", "is_straightened"),
    [(photograph(), False, True), (photograph(), True, False), (sheet(), False, False)],
)
def test_a_photographed_sheet_is_read_straight(
    tmp_path, monkeypatch, image, is_as_sent, is_straightened
):
    """Unless its sender wants it as it is; a scan is read as it lies."""
    seen = []

    def read(frame, number, manner):
        seen.append(frame.shape)
        return ExtractedPage(number, "字", (TextLine("字", (0.4, 0.4, 0.5, 0.5)),), "ocr")

    monkeypatch.setattr(picture_reader, "read_page_image", read)
    (tmp_path / "a.jpg").write_bytes(as_jpeg(image))
    limits = Limits(manner=Manner(is_as_sent=is_as_sent))
    (page,) = read_picture(tmp_path / "a.jpg", limits).pages
    assert (seen != [image.shape]) is is_straightened
    assert len(seen) == 1
    assert (page.lines[0].box != (0.4, 0.4, 0.5, 0.5)) is is_straightened


def test_a_damaged_fax_says_that_a_part_may_be_missing(tmp_path: Path, capfd):
    """Its library gives white where it could not read, and complains to the terminal alone."""
    stream = io.BytesIO()
    scan("临时救助金").convert("1").save(stream, "TIFF", compression="group4")
    whole = bytearray(stream.getvalue())
    middle = len(whole) // 3
    whole[middle : middle + 40] = b"\x5a" * 40
    for content, is_damaged in ((bytes(whole), True), (stream.getvalue(), False)):
        (page,) = extract_pages(put(tmp_path, "a.tif", content), LIMITS).pages
        assert (picture_reader.DAMAGED in page.unread) is is_damaged
    assert capfd.readouterr().err == ""


def test_a_jpeg_whose_middle_is_lost_says_so(tmp_path: Path, monkeypatch):
    """Its library gives grey or white there, and says nothing."""
    monkeypatch.setattr(
        picture_reader, "read_page_image",
        lambda frame, number, manner: ExtractedPage(number, "字", origin="ocr"),
    )  # fmt: skip
    stream = io.BytesIO()
    Image.effect_noise((600, 800), 60).convert("RGB").save(stream, "JPEG")
    whole = stream.getvalue()
    half = whole[: len(whole) // 2]
    for content, unread in ((whole, ()), (half + b"\xff\xd9", (picture_reader.DAMAGED,))):
        (page,) = extract_pages(put(tmp_path, "a.jpg", content), LIMITS).pages
        assert (page.text, page.unread) == ("字", unread)


@pytest.mark.parametrize("tag", [273, 279])
def test_a_strip_that_lies_nowhere_is_told(tmp_path: Path, tag: int):
    """Of a TIFF that is not packed, what stands there is read as if it were the picture."""
    Image.effect_noise((300, 300), 60).save(tmp_path / "a.tif", tiffinfo={278: 100})
    with Image.open(tmp_path / "a.tif") as whole, Image.open(tmp_path / "a.tif") as lost:
        lost.tag_v2[tag] = (0, *lost.tag_v2[tag][1:])
        assert picture_reader._lacks_a_strip(lost)
        assert not picture_reader._lacks_a_strip(whole)


@pytest.mark.parametrize(("rows", "word"), [(16, "这种编码"), (4, "已损坏")])
def test_a_whole_picture_of_another_kind_is_not_called_broken(tmp_path: Path, rows, word):
    """A TIFF of six bits a pixel, and one whose rows are cut off."""
    assert word in extract_pages(put(tmp_path, "a.tif", tiff(6, rows)), LIMITS).reason


@pytest.mark.parametrize(("coding", "word"), [(b"unci", "编码"), (b"hvc1", "已损坏")])
def test_a_photo_of_an_unknown_coding_is_not_called_broken(tmp_path: Path, coding, word):
    """Telephones pack pictures in new ways every year."""
    head = b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + b"\0\0\0\x20meta" + coding + bytes(40)
    assert word in extract_pages(put(tmp_path, "a.heic", head), LIMITS).reason


def test_an_avif_is_read(tmp_path: Path):
    """What newer telephones and the web make."""
    scan("临时救助金").save(tmp_path / "a.avif")
    extraction = extract_pages(tmp_path / "a.avif", LIMITS)
    assert "临时救助金" in extraction.pages[0].text


def test_a_jpeg_2000_is_read_and_one_with_a_hole_says_so(tmp_path: Path, monkeypatch):
    """Its library gives what is there and says nothing."""
    monkeypatch.setattr(picture_reader, "_read_frame", lambda *_: ExtractedPage(1, "字"))
    stream = io.BytesIO()
    noise = np.random.default_rng(5).integers(0, 255, (300, 300), np.uint8)
    Image.fromarray(noise).save(stream, "JPEG2000")
    whole = stream.getvalue()
    hole = whole[:40000] + bytes(4096) + whole[44096:]
    for content, unread in ((whole, ()), (hole, (picture_reader.DAMAGED,))):
        extraction = extract_pages(put(tmp_path, "a", content), LIMITS)
        assert extraction.kind == "jpg2000"
        assert extraction.pages[0].unread == unread


def test_a_sound_picture_in_a_foreign_coding_is_not_called_broken(tmp_path: Path):
    """Sixteen shades of each colour in two bytes, which nothing here knows."""
    masks = struct.pack("<IIII", 0xF000, 0x0F00, 0x00F0, 0x000F)
    head = struct.pack("<IiiHHIIiiII", 108, 8, 8, 1, 16, 3, 128, 0, 0, 0, 0) + masks
    start = struct.pack("<2sIHHI", b"BM", 250, 0, 0, 122)
    content = start + head.ljust(108, b"\0") + bytes(128)
    reason = extract_pages(put(tmp_path, "a.bmp", content), LIMITS).reason
    assert "编码" in reason and "不完整" not in reason
