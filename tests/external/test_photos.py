"""Photos of phones become upright JPEGs of one size."""

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pillow_heif
import psutil
import pytest
from PIL import Image

from minzheng.external import large_pictures
from minzheng.external.photos import BadPhotoError, PhotoLimits, read_photo

LIMITS = PhotoLimits(most_bytes=1 << 20, most_pixels=4_000_000, longest_side=400)


def picture(kind, size=(800, 600), **options):
    """Left half red, right half blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    stream = io.BytesIO()
    if kind == "HEIC":
        pillow_heif.from_pillow(image).save(stream)
    else:
        image.save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_every_kind_becomes_a_small_jpeg(kind):
    """As large as the limits let it be; the same bytes each time."""
    photo = read_photo(picture(kind), LIMITS)
    assert (photo.width, photo.height) == (400, 300)
    with Image.open(io.BytesIO(photo.data)) as made:
        assert (made.format, made.size) == ("JPEG", (400, 300))
    assert read_photo(picture(kind), LIMITS).data == photo.data


def test_it_is_turned_as_it_was_held_and_tells_nothing_more():
    """The place where it was taken goes; what stood at the left stands on top."""
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright: turn by 90° clockwise
    exif[0x010F] = "测试手机"
    photo = read_photo(picture("JPEG", exif=exif), LIMITS)
    assert (photo.width, photo.height) == (300, 400)
    with Image.open(io.BytesIO(photo.data)) as made:
        red, _, blue = made.getpixel((150, 20))
        assert red > 200 > blue
        assert not made.getexif()


def test_what_is_transparent_is_paper():
    """White, not black."""
    stream = io.BytesIO()
    Image.new("RGBA", (50, 40), (0, 0, 0, 0)).save(stream, "PNG")
    with Image.open(io.BytesIO(read_photo(stream.getvalue(), LIMITS).data)) as made:
        assert min(made.getpixel((20, 20))) > 250


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.4", "不是照片文件"),
        (b"", "不是照片文件"),
        (picture("JPEG")[:3000], "已损坏"),
        (picture("PNG")[:1000], "已损坏"),
        (picture("PNG", (2500, 2500)), "太大"),
        (b"x" * (2 << 20), "超过 1 MB"),
    ],
)
def test_a_bad_picture_is_refused_in_words(data, said):
    """Not a picture, a damaged one, one that would fill the memory."""
    with pytest.raises(BadPhotoError) as error:
        read_photo(data, LIMITS)
    assert said in error.value.what
    assert error.value.do


def bomb(side, rows):
    """A PNG of one colour, transparent: some hundred KB, side × side pixels."""
    row = b"\0" + b"\0" * side * 4
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()

    def chunk(kind, body):
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is told by Linux alone")
def test_a_large_picture_does_not_fill_the_memory_of_the_pages():
    """A bomb of 380 KB and 99.8 million pixels takes 50 MiB here, where it took 1,200."""
    before, beside = _peak_mib(), set(psutil.Process().children())
    photo = read_photo(bomb(9990, 9990), PhotoLimits())
    assert (photo.width, photo.height) == (1600, 1600)
    assert _peak_mib() - before < 50
    assert set(psutil.Process().children()) <= beside  # other tests' own readers may be there


@pytest.mark.skipif(sys.platform != "linux", reason="only POSIX bounds a program's memory")
def test_a_picture_beyond_the_bound_is_refused_in_words():
    """Whatever the county lets a photo have: a gigabyte is not given."""
    with pytest.raises(BadPhotoError, match="内存太多") as error:
        read_photo(bomb(16_000, 10), PhotoLimits(most_pixels=300_000_000))
    assert "缩小" in error.value.do


def _peak_mib():
    with Path("/proc/self/status").open(encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) >> 10


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_decoded_outside_is_the_same_picture(kind, monkeypatch):
    """Turned, scaled and on white, to the letter."""
    exif = Image.Exif()
    exif[0x0112] = 6
    data = picture(kind, exif=exif)
    here = read_photo(data, LIMITS)
    monkeypatch.setattr(large_pictures, "MOST_PIXELS_HERE", 1)
    assert read_photo(data, LIMITS) == here


def test_a_damaged_large_picture_is_refused_in_words(monkeypatch):
    """The program outside tells that it is damaged, not that it is large."""
    monkeypatch.setattr(large_pictures, "MOST_PIXELS_HERE", 1)
    with pytest.raises(BadPhotoError, match="已损坏"):
        read_photo(picture("PNG")[:1000], LIMITS)


def test_what_decodes_pictures_is_loaded_with_the_first_one():
    """A command that fills a form without photos starts without it, and without font files."""
    told = (
        "import sys; from minzheng.external import font_glyphs, photos;"
        "print([name for name in ('PIL', 'pillow_heif', 'fontTools') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]"]
