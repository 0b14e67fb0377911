"""PDFs of Office files, kept by content."""

import os
import threading

import pytest

from archive_indexer.showing.drawn_files import DrawnFiles, DrawnLaterError
from archive_indexer.showing.office_pages import NotDrawnError


def test_a_content_is_drawn_once_and_kept_for_its_owner(tmp_path):
    """Read by nobody else on the machine; dropped when told."""
    shelf, drawn = DrawnFiles(tmp_path / "drawn"), []
    kind, place = shelf.get("aa", lambda: drawn.append(1) or ("docx", b"pdf"), waits=False)
    assert shelf.get("aa", lambda: drawn.append(1) or ("docx", b"x"), waits=True) == (kind, place)
    assert (kind, place.read_bytes(), drawn) == ("docx", b"pdf", [1])
    if os.name == "posix":
        assert place.stat().st_mode & 0o077 == 0
    assert DrawnFiles(tmp_path / "drawn").find("aa") == (kind, place)
    shelf.drop("aa")
    assert shelf.find("aa") is None


def test_those_nobody_looked_at_for_longest_go_first(tmp_path):
    """The newest stays, however large."""
    shelf = DrawnFiles(tmp_path, most_bytes=10)
    for number, name in enumerate(("aa", "bb", "cc")):
        _, place = shelf.get(name, lambda: ("txt", b"12345"), waits=True)
        os.utime(place, (number, number))
    assert [bool(shelf.find(name)) for name in ("aa", "bb", "cc")] == [False, True, True]
    shelf.get("dd", lambda: ("txt", b"x" * 99), waits=True)
    assert [bool(shelf.find(name)) for name in ("bb", "cc", "dd")] == [False, False, True]


def test_what_could_not_be_drawn_is_not_tried_at_every_look(tmp_path):
    """But again after some minutes: LibreOffice may be installed by then."""
    now, tries = [0.0], []

    def draw():
        tries.append(1)
        raise NotDrawnError("缺字体")

    shelf = DrawnFiles(tmp_path, clock=lambda: now[0])
    for now[0] in (0.0, 599.0, 601.0):
        with pytest.raises(NotDrawnError, match="缺字体"):
            shelf.get("aa", draw, waits=True)
    assert len(tries) == 2


def test_one_is_drawn_at_a_time_and_a_thumbnail_does_not_wait(tmp_path):
    """It is asked for again later."""
    shelf = DrawnFiles(tmp_path, patience_seconds=0.01)
    begun, go_on = threading.Event(), threading.Event()

    def slowly():
        begun.set()
        go_on.wait()
        return "txt", b"pdf"

    other = threading.Thread(target=lambda: shelf.get("aa", slowly, waits=True))
    other.start()
    begun.wait()
    for waits in (False, True):
        with pytest.raises(DrawnLaterError):
            shelf.get("bb", lambda: ("txt", b"pdf"), waits=waits)
    go_on.set()
    other.join()
    assert shelf.get("bb", lambda: ("txt", b"pdf"), waits=False)
