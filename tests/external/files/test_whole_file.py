"""A file is whole, or what lay there stays."""

import errno
import os
import stat
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from minzheng.external.files import whole_file as module
from minzheng.external.files.whole_file import (
    Draft,
    OpenDrafts,
    draft_of,
    force_folder,
    whole_file,
    write_whole,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with something in it."""
    place = tmp_path / "record.json"
    place.write_bytes(b"old")
    return place


def names(file: Path) -> list[str]:
    return sorted(one.name for one in file.parent.iterdir())


@pytest.mark.parametrize("is_forced", [False, True])
def test_what_is_written_takes_the_place_of_what_lay_there(file, is_forced):
    """And nothing else is left in the folder."""
    write_whole(file, b"new", is_forced=is_forced)
    assert file.read_bytes() == b"new"
    assert names(file) == ["record.json"]


def test_a_new_file_is_there_only_when_it_is_whole(tmp_path):
    """While it is written it has another name, which a backup leaves out."""
    file = tmp_path / "a.docx"
    with whole_file(file) as stream:
        stream.write(b"half")
        stream.flush()
        assert not file.exists()
        (draft,) = tmp_path.iterdir()
        assert draft.name.startswith(".")
        assert draft.name.endswith(".part")
        stream.write(b" and whole")
    assert file.read_bytes() == b"half and whole"


@pytest.mark.parametrize("failure", [ValueError, OSError, KeyboardInterrupt])
def test_a_failing_writer_leaves_what_lay_there(file, failure):
    """And no draft, whatever stopped it."""

    def fail() -> None:
        with whole_file(file) as stream:
            stream.write(b"half")
            raise failure

    with pytest.raises(failure):
        fail()
    assert file.read_bytes() == b"old"
    assert names(file) == ["record.json"]


def test_a_failure_while_it_is_put_in_place_leaves_no_draft(file, monkeypatch):
    """A share may refuse the last step."""

    def refuse(draft: Draft) -> None:
        raise PermissionError(errno.EACCES, "no", str(draft.file))

    monkeypatch.setattr(Draft, "put_in_place", refuse)
    with pytest.raises(PermissionError):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert names(file) == ["record.json"]


def run_child(file: Path, body: str) -> subprocess.CompletedProcess[bytes]:
    script = f"""
        import os, resource, signal, sys
        from pathlib import Path
        from minzheng.external.files.whole_file import Draft, write_whole
        file = Path({str(file)!r})
    """
    code = textwrap.dedent(script) + textwrap.dedent(body)
    return subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)


def test_who_is_killed_before_the_last_step_leaves_the_old_file(file):
    """Everything was written, but it has not taken its place."""
    done = run_child(
        file,
        """
        Draft.put_in_place = lambda draft: os.kill(os.getpid(), signal.SIGKILL)
        write_whole(file, b"new", is_forced=True)
        """,
    )
    assert done.returncode == -9
    assert file.read_bytes() == b"old"
    assert [name for name in names(file) if not name.endswith(".part")] == ["record.json"]


def test_a_disk_without_room_leaves_the_old_file_and_no_draft(file):
    """A child that may write no more than 100 bytes a file meets the same refusal."""
    done = run_child(
        file,
        """
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        try:
            write_whole(file, b"new" * 1000)
        except OSError as error:
            sys.exit(7)
        """,
    )
    assert done.returncode == 7, done.stderr.decode()
    assert file.read_bytes() == b"old"
    assert names(file) == ["record.json"]


def test_files_of_a_group_come_into_their_places_together(tmp_path):
    """Not before, in folders that are made for them; what is there stays, of two the first."""
    there = tmp_path / "there"
    there.write_bytes(b"old")
    files = [tmp_path / f"{number % 3}" / f"{number}" for number in range(20)]
    drafts = OpenDrafts()
    for file in (*files, there):
        drafts.add(file, file.name.encode() * 1000)
    drafts.add(files[0], b"second")
    assert not any(file.exists() for file in files)
    drafts.settle()
    assert [file.read_bytes() for file in files] == [file.name.encode() * 1000 for file in files]
    assert there.read_bytes() == b"old"
    assert not list(tmp_path.rglob("*.part"))


def test_of_a_group_that_is_broken_off_nothing_is_left(tmp_path, monkeypatch):
    """Neither before it is settled nor in its middle; what had its place keeps it, whole."""
    drafts = OpenDrafts()
    drafts.add(tmp_path / "a", b"1")
    drafts.drop()
    assert not list(tmp_path.iterdir())

    def refuse(number: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", refuse)
    for number in range(10):
        drafts.add(tmp_path / f"{number}", b"1")
    with pytest.raises(OSError, match="full"):
        drafts.settle()
    drafts.drop()
    assert not list(tmp_path.iterdir())


def test_a_private_file_is_its_owners_from_the_first_byte(tmp_path):
    """Nobody can read it while it is written; others have the usual rights."""
    key, paper = tmp_path / "key", tmp_path / "paper"
    with whole_file(key, is_private=True) as stream:
        (draft,) = tmp_path.iterdir()
        assert stat.S_IMODE(draft.stat().st_mode) == 0o600
        stream.write(b"secret")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    mask = os.umask(0)
    os.umask(mask)
    write_whole(paper, b"paper")
    assert stat.S_IMODE(paper.stat().st_mode) == 0o666 & ~mask


def test_a_forced_file_reaches_the_disk_before_it_is_in_place(file, monkeypatch):
    """Else a power cut could leave an empty file under the right name."""
    seen = []
    monkeypatch.setattr(
        module.os,
        "fsync",
        lambda number: seen.append((os.fstat(number).st_size, file.read_bytes())),
    )
    write_whole(file, b"later!", is_forced=True)
    assert seen == [(6, b"old")]
    write_whole(file, b"x")
    assert len(seen) == 1


def test_two_who_write_at_once_do_not_mix(file):
    """Each has a draft of its own; the last one counts, whole."""
    contents = [bytes([65 + number]) * 200_000 for number in range(6)]
    threads = [threading.Thread(target=write_whole, args=(file, one)) for one in contents]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert file.read_bytes() in contents
    assert names(file) == ["record.json"]


def test_a_name_of_full_length_has_room_for_its_draft(tmp_path):
    """A Chinese title of 80 characters fills the 255 bytes a disk allows."""
    file = tmp_path / ("测" * 83 + ".docx")
    write_whole(file, b"x")
    assert file.read_bytes() == b"x"


def test_a_draft_can_wait_for_others(file):
    """A group is written first and put in place together."""
    draft = draft_of(file)
    with draft.open() as stream:
        stream.write(b"new")
    draft.force()
    assert file.read_bytes() == b"old"
    draft.put_in_place()
    draft.drop()
    assert file.read_bytes() == b"new"


def test_a_folder_that_cannot_be_forced_is_left(tmp_path):
    """Some systems refuse; the file itself was forced already."""
    force_folder(tmp_path)
    force_folder(tmp_path / "none")
