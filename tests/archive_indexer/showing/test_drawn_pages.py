"""Pages drawn a moment ago."""

import os
from pathlib import Path

import pytest

from archive_indexer.showing.drawn_pages import DrawnPages


class Desk:
    """Somebody who draws, and counts how often; a clock that stands still."""

    def __init__(self, folder: Path, **bounds: float) -> None:
        self.file = folder / "scan.jpg"
        self.file.write_bytes(b"one")
        self.now, self.drawn = 0.0, 0
        self.pages = DrawnPages(**bounds, clock=lambda: self.now)  # type: ignore[arg-type]

    def look(self, what: object = 1, size: int = 10) -> bytes:
        def draw() -> bytes:
            self.drawn += 1
            return b"%d" % self.drawn + b"." * size

        return self.pages.get(self.file, what, draw)


def test_a_page_is_drawn_once_for_the_same_look(tmp_path: Path):
    """Another page, width or mark is another picture."""
    desk = Desk(tmp_path)
    assert desk.look((1, 900)) == desk.look((1, 900))
    assert desk.drawn == 1
    assert desk.look((1, 300)) != desk.look((2, 900))
    assert desk.drawn == 3


@pytest.mark.parametrize("how", ["content", "time", "replaced"])
def test_a_changed_file_is_drawn_anew(tmp_path: Path, how):
    """Longer, or of another time, or put in its place."""
    desk = Desk(tmp_path)
    desk.look()
    if how == "content":
        desk.file.write_bytes(b"another")
    elif how == "time":
        os.utime(desk.file, ns=(1, 1))
    else:
        (tmp_path / "new").write_bytes(b"two")
        os.utime(tmp_path / "new", ns=(0, desk.file.stat().st_mtime_ns))
        (tmp_path / "new").replace(desk.file)
    desk.look()
    assert desk.drawn == 2


def test_a_file_that_is_gone_has_no_picture(tmp_path: Path):
    """Though one was drawn."""
    desk = Desk(tmp_path)
    desk.look()
    desk.file.unlink()
    with pytest.raises(FileNotFoundError):
        desk.look()


def test_what_was_drawn_is_forgotten_after_a_while(tmp_path: Path):
    """Also by a look at something else."""
    desk = Desk(tmp_path, most_seconds=60)
    desk.look()
    desk.now = 60
    desk.look()
    assert desk.drawn == 1
    desk.now = 61
    desk.look(2)
    assert len(desk.pages._kept) == 1
    desk.look()
    assert desk.drawn == 3


def test_the_oldest_make_room(tmp_path: Path):
    """So many bytes and no more; one that is larger than all is given and not kept."""
    desk = Desk(tmp_path, most_bytes=30)
    for what in (1, 2, 3):
        desk.look(what)
    assert [key[-1] for key in desk.pages._kept] == [2, 3]
    assert len(desk.look(4, size=100)) == 101
    assert (desk.pages._kept, desk.pages._bytes) == ({}, 0)


def test_a_page_that_cannot_be_drawn_is_tried_again(tmp_path: Path):
    """A failure is no picture."""
    desk = Desk(tmp_path)

    def fail() -> bytes:
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):
            desk.pages.get(desk.file, 1, fail)
    assert desk.look() == b"1" + b"." * 10
