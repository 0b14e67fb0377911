"""Which pictures are decoded outside, and what becomes of them there."""

import pytest
from PIL import Image

from minzheng.external import large_pictures
from minzheng.external.large_pictures import (
    MOST_PIXELS_HERE,
    DamagedPictureError,
    TooLargePictureError,
    is_large,
    shrink_outside,
)


def header(tmp_path, kind: str, size: tuple[int, int], **options) -> Image.Image:
    """A picture of which nothing is decoded yet."""
    file = tmp_path / f"a.{kind.lower()}"
    Image.new("L", size).save(file, kind, **options)
    return Image.open(file)


@pytest.mark.parametrize(
    ("kind", "height", "options", "large"),
    [
        ("PNG", 4000, {}, False),
        ("PNG", 4001, {}, True),
        ("JPEG", 4001, {}, False),  # drafted to a fraction
        ("JPEG", 4001, {"progressive": True}, True),
    ],
)
def test_what_is_large_is_known_by_the_header(tmp_path, kind, height, options, large):
    """A JPEG is decoded smaller; a progressive one holds all its coefficients."""
    assert MOST_PIXELS_HERE == 4000 * 4000
    with header(tmp_path, kind, (4000, height), **options) as picture:
        assert is_large(picture, 1000) is large


def test_a_picture_comes_back_small(tmp_path):
    """By the real program."""
    with header(tmp_path, "PNG", (600, 300)) as picture:
        assert shrink_outside(tmp_path / "a.png", 200).size == (200, 100)
        assert picture.size == (600, 300)


def test_a_damaged_picture_is_named_as_such(tmp_path):
    """Not as too large."""
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n no")
    with pytest.raises(DamagedPictureError):
        shrink_outside(tmp_path / "a.png", 200)


def test_whoever_waits_too_long_is_told(tmp_path, monkeypatch):
    """One at a time."""
    monkeypatch.setattr(large_pictures, "_WAIT_SECONDS", 0.01)
    with large_pictures._one_at_a_time, pytest.raises(TooLargePictureError):
        shrink_outside(tmp_path / "a.png", 200)
