"""What is made of files follows the files."""

import os
import threading
from pathlib import Path

import pytest

from minzheng.county.errors import MinzhengError
from minzheng.external.files.changed_files import MadeOfFiles, state_of


class Watched:
    """A folder with one file, what is made of it, and a clock that is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.file, self.made, self.time, self.moved = folder / "a.txt", 0, 100.0, 0
        self.file.write_text("eins")
        self.kept = MadeOfFiles(self.make, folder, clock=lambda: self.time)

    def make(self) -> str:
        self.made += 1
        text = self.file.read_text()
        if text == "wrong":
            raise MinzhengError("错")
        return text

    def replace(self, text: str) -> None:
        part = self.file.with_name(".a.txt.part")
        part.write_text(text)
        part.replace(self.file)
        # Two replacements within one tick of a coarse clock look alike: the next look finds it.
        folder = self.file.parent
        self.moved = max(self.moved, folder.stat().st_mtime_ns) + 10_000_000
        os.utime(folder, ns=(self.moved, self.moved))

    def write_into(self, text: str) -> None:
        self.file.write_text(text)


@pytest.fixture
def watched(tmp_path):
    return Watched(tmp_path)


def test_it_is_made_once_while_nothing_changes(watched):
    """However often and however long it is asked for."""
    for _ in range(5):
        assert watched.kept.now() == "eins"
        watched.time += 10
    assert watched.made == 1


def test_a_replaced_file_is_seen_at_once(watched):
    """Whoever replaced it has to tell nobody."""
    assert watched.kept.now() == "eins"
    watched.replace("zwei")
    assert watched.kept.now() == "zwei"


def test_a_file_written_in_place_is_seen_in_five_seconds(watched):
    """An editor leaves the folder as it was; each file is looked at every five seconds."""
    watched.kept.now()
    watched.write_into("drei!")
    watched.time += 4.9
    assert watched.kept.now() == "eins"
    watched.time += 0.2
    assert watched.kept.now() == "drei!"


def test_files_below_and_new_folders_count(watched, tmp_path):
    """A form is laid in a folder of its own."""
    watched.kept.now()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "b.txt").write_text("b")
    watched.time += 6
    watched.kept.now()
    assert watched.made == 2
    (tmp_path / "new" / "b.txt").unlink()
    watched.time += 6
    watched.kept.now()
    assert watched.made == 3


def test_hidden_and_half_written_files_do_not_count(watched, tmp_path):
    """A file being written has no name that is looked at."""
    watched.kept.now()
    (tmp_path / ".a.txt.part").write_text("half")
    (tmp_path / "~$a.txt").write_text("open in Word")
    watched.time += 6
    watched.kept.now()
    assert watched.made == 1


def test_wrong_files_leave_the_last_right_ones_in_use(watched):
    """Until they are right again; they are not tried again and again."""
    watched.kept.now()
    watched.replace("wrong")
    for _ in range(3):
        watched.time += 6
        assert watched.kept.now() == "eins"
    assert watched.made == 2
    watched.replace("right")
    assert watched.kept.now() == "right"


def test_wrong_files_at_the_start_are_told(watched):
    """There is nothing to go on with; when they are right it begins."""
    watched.write_into("wrong")
    with pytest.raises(MinzhengError, match="错"):
        watched.kept.now()
    watched.write_into("good")
    assert watched.kept.now() == "good"


def test_many_who_ask_at_once_get_one(watched):
    """It is made by one of them, the others wait."""
    start, got = threading.Barrier(8), []

    def ask() -> None:
        start.wait()
        got.append(watched.kept.now())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert got == ["eins"] * 8
    assert watched.made == 1


def test_the_state_of_folders_is_that_of_their_files(tmp_path):
    """Name, time, size and place on the disk; folders in them are not files."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "b").write_text("b")
    (tmp_path / "a").write_text("a")
    first, second = state_of([tmp_path])
    assert first[0] == str(tmp_path / "a")
    assert second[2] == 1
    (tmp_path / "b").write_text("bb")
    assert state_of([tmp_path]) != (first, second)
