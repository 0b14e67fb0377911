"""A program of its own takes a photographed sheet straight, and says when it saw none."""

import pytest
from PIL import Image

from minzheng.external import straightening
from minzheng.external.large_pictures import DamagedPictureError, straighten_outside
from minzheng.external.shrinking import DAMAGED, DONE, NO_EDGES, TOO_LARGE
from minzheng.external.straightening import main
from tests.external.photos.photographed import as_jpeg, photograph


@pytest.fixture
def pair(tmp_path, monkeypatch):
    """A photo and where the straight one goes; the limits are for the program."""
    monkeypatch.setattr(straightening, "bound_this_process", lambda: None)
    (tmp_path / "a.jpg").write_bytes(as_jpeg(photograph()))
    return tmp_path / "a.jpg", tmp_path / "b.png"


def test_the_sheet_is_all_that_is_seen(pair):
    """No larger than asked, in the shape of its paper."""
    source, target = pair
    assert main([str(source), str(target), "600"]) == DONE
    with Image.open(target) as straight:
        assert max(straight.size) == 600
        assert straight.height / straight.width == pytest.approx(297 / 210, rel=0.02)


def test_a_picture_without_edges_is_as_it_was(pair):
    """Only small."""
    source, target = pair
    Image.new("RGB", (800, 400), "white").save(source)
    assert main([str(source), str(target), "200"]) == NO_EDGES
    with Image.open(target) as same:
        assert same.size == (200, 100)


def test_a_broken_file_and_a_lack_of_memory_are_told(pair, monkeypatch):
    """Neither is a crash."""
    source, target = pair
    source.write_bytes(source.read_bytes()[:300])
    assert main([str(source), str(target), "600"]) == DAMAGED

    def starve(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(straightening, "shrink", starve)
    source.write_bytes(as_jpeg(photograph()))
    assert main([str(source), str(target), "600"]) == TOO_LARGE


def test_the_real_program_does_it_within_its_bounds(pair):
    """As a page asks for it."""
    source, _ = pair
    shown = straighten_outside(source, 500)
    assert (shown.is_sheet, shown.picture.height) == (True, 500)
    source.write_bytes(b"\xff\xd8\xff no")
    with pytest.raises(DamagedPictureError):
        straighten_outside(source, 500)
