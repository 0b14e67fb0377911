"""A picture made smaller by a program of its own says how it went."""

import pytest
from PIL import Image

from minzheng.external import shrinking
from minzheng.external.shrinking import DAMAGED, DONE, TOO_LARGE, main


@pytest.fixture(autouse=True)
def _unbound(monkeypatch):
    """The limits are for the program; this process keeps its own."""
    monkeypatch.setattr(shrinking, "bound_this_process", lambda: None)


@pytest.fixture
def pair(tmp_path):
    """A photo held upright, of 400 × 300 pixels, and where the small one goes."""
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (400, 300), "red").save(tmp_path / "a.jpg", exif=exif)
    return tmp_path / "a.jpg", tmp_path / "b.png"


@pytest.mark.parametrize(("side", "size"), [(100, (75, 100)), (1000, (300, 400))])
def test_it_is_upright_and_no_larger_than_asked(pair, side, size):
    """Nor is it made larger."""
    source, target = pair
    assert main([str(source), str(target), "0", str(side)]) == DONE
    with Image.open(target) as small:
        assert (small.format, small.size) == ("PNG", size)


def test_a_page_that_is_not_there_and_a_broken_file_are_damage(pair):
    """Nothing is written."""
    source, target = pair
    assert main([str(source), str(target), "3", "100"]) == DAMAGED
    source.write_bytes(source.read_bytes()[:300])
    assert main([str(source), str(target), "0", "100"]) == DAMAGED
    assert not target.exists()


def test_too_little_memory_is_told_apart_from_damage(pair, monkeypatch):
    """The picture may be right; it is too large."""

    def fail(*asked):
        raise MemoryError

    monkeypatch.setattr(shrinking, "shrink", fail)
    assert main([*map(str, pair), "0", "100"]) == TOO_LARGE
