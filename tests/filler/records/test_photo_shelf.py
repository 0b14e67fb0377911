"""Photos are taken in by content, from a folder, a ZIP or an upload."""

import io
import zipfile

import pytest
from PIL import Image

from filler.errors import RenderError
from filler.form.photo_names import named_photo
from filler.records.photo_shelf import (
    MemoryPhotos,
    PhotoFolder,
    photo_limits,
    photos_of_folder,
    photos_of_zip,
    take_photo,
    take_photos,
)
from minzheng.county.registry.standards import Limits, load_limits
from minzheng.external.photos import BadPhotoError, PhotoLimits
from tests.filler.conftest import TODAY


def picture(size=(640, 480), colour="red"):
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


def test_files_become_photos_or_problems(catalogue, tmp_path):
    """By name in a folder; what is missing, damaged or outside is said."""
    spec, shelf = catalogue.form("COM-03"), MemoryPhotos()
    (tmp_path / "家.png").write_bytes(picture())
    (tmp_path / "坏.jpg").write_bytes(b"\xff\xd8\xff\xe0 no")
    find = photos_of_folder(tmp_path)
    answers = {"photo_out": "家.png", "photo_in": "坏.jpg", "与户主合影": "../外.jpg", "name": "甲"}
    taken, problems = take_photos(spec, answers, find, shelf, PhotoLimits())
    assert named_photo(taken["photo_out"]).sha256 in shelf.photos
    assert taken["name"] == "甲"
    assert [problem.field for problem in problems] == ["photo_in", "photo_with"]
    assert "“坏.jpg”" in problems[0].what
    assert "找不到照片" in problems[1].what


def test_photos_are_found_in_a_zip_whatever_packed_it(tmp_path):
    """Windows packs Chinese names in GBK without saying so."""
    file = tmp_path / "照片.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("夹/甲.png", b"1")
        archive.writestr("AB.png", b"2")
    file.write_bytes(file.read_bytes().replace(b"AB.png", "乙.png".encode("gb18030")))
    find = photos_of_zip(file)
    assert find("甲.png") == b"1"
    assert find("照片\\乙.png") == b"2"
    assert find("无.png") is None


def test_a_photo_in_a_zip_is_not_unpacked_beyond_the_limit(tmp_path):
    """A ZIP may say anything of itself."""
    file = tmp_path / "照片.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("大.png", bytes(1000))
        archive.writestr("小.png", bytes(10))
        archive.writestr("刚好.png", bytes(200))
    find = photos_of_zip(file, most=100)
    assert find("小.png") == bytes(10)
    assert find("刚好.png") == bytes(200)  # twice the limit is read, to be named by its size
    assert find("大.png") is None


@pytest.mark.parametrize("make", [MemoryPhotos, None], ids=["memory", "folder"])
def test_a_shelf_keeps_by_content(make, tmp_path):
    """What was put there comes back; what was not is said to be gone."""
    shelf = make() if make else PhotoFolder(tmp_path)
    name = take_photo(picture(), shelf, PhotoLimits())
    again = take_photo(picture(), shelf, PhotoLimits())
    other = take_photo(picture(colour="blue"), shelf, PhotoLimits())
    assert name == again != other
    sha256 = named_photo(name).sha256
    assert shelf.has(sha256)
    assert Image.open(io.BytesIO(shelf.get(sha256))).size == (640, 480)
    assert not shelf.has("0" * 64)
    with pytest.raises(RenderError):
        shelf.get("0" * 64)


def test_what_is_no_photo_is_refused():
    """With what to do; nothing is kept."""
    shelf = MemoryPhotos()
    with pytest.raises(BadPhotoError):
        take_photo(b"%PDF-1.7", shelf, PhotoLimits())
    assert shelf.photos == {}


def test_the_limits_of_a_photo_stand_in_the_registry():
    """Megabytes, ten thousands of pixels, pixels of the longer side."""
    found = photo_limits(load_limits(), TODAY)
    assert found.most_bytes % (1 << 20) == 0
    assert found.most_bytes > 0
    assert photo_limits(Limits(()), TODAY) == PhotoLimits()
