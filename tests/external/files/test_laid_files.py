"""Files that come with the program and that the county may change."""

from pathlib import Path

import pytest

from minzheng.external.files import laid_files
from minzheng.external.files.laid_files import (
    Change,
    Laid,
    Upgrade,
    bring_files_up_to_date,
    find_changes,
    keep_own,
    take_shipped,
)


@pytest.fixture
def laid(tmp_path: Path) -> Laid:
    """A table, a form of two files in a folder, and what Word laid beside it."""
    shipped = tmp_path / "shipped"
    write(shipped, {"laws.toml": "1", "01/DB-01.docx": "w1", "01/DB-01.toml": "s1", "01/~$": "x"})
    return Laid(shipped, tmp_path / "data" / "own", tmp_path / "data" / "before")


def write(folder: Path, files: dict[str, str | None]) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        if text is not None:
            file.write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, str]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text() for file in files}


def upgraded(laid: Laid, files: dict[str, str | None]) -> Upgrade | None:
    write(laid.shipped, files)
    return bring_files_up_to_date(laid)


def test_everything_is_laid_once(laid):
    """What Word keeps beside an open file is not."""
    assert bring_files_up_to_date(laid) == Upgrade()
    assert read(laid.own) == {"laws.toml": "1", "01/DB-01.docx": "w1", "01/DB-01.toml": "s1"}
    assert bring_files_up_to_date(laid) is None
    assert find_changes(laid) == []


def test_before_files_are_laid_the_county_changed_none(laid):
    """`minzheng doctor` may be the first command of all."""
    assert find_changes(laid) == []


def test_what_the_county_left_follows_the_program(laid):
    """Changed, new and withdrawn files alike."""
    bring_files_up_to_date(laid)
    done = upgraded(laid, {"laws.toml": "22", "new.csv": "n", "01/DB-01.docx": None})
    assert done == Upgrade(("01/DB-01", "laws", "new"))
    assert read(laid.own) == {"laws.toml": "22", "new.csv": "n", "01/DB-01.toml": "s1"}
    assert bring_files_up_to_date(laid) is None


def test_what_only_the_county_changed_stays(laid):
    """And is no question."""
    bring_files_up_to_date(laid)
    write(laid.own, {"laws.toml": "own"})
    assert upgraded(laid, {"new.csv": "n"}) == Upgrade(("new",))
    assert read(laid.own)["laws.toml"] == "own"
    assert find_changes(laid) == [Change("laws", ("laws.toml",), is_both=False)]


def test_what_both_changed_stays_the_countys_and_is_told(laid):
    """Until somebody decided; a form's two files are one thing."""
    bring_files_up_to_date(laid)
    write(laid.own, {"01/DB-01.docx": "own"})
    assert upgraded(laid, {"01/DB-01.toml": "s22"}) == Upgrade((), ("01/DB-01",))
    assert read(laid.own)["01/DB-01.docx"] == "own"
    assert read(laid.own)["01/DB-01.toml"] == "s1"
    (change,) = find_changes(laid)
    assert change == Change("01/DB-01", ("01/DB-01.docx", "01/DB-01.toml"), is_both=True)
    assert upgraded(laid, {"new.csv": "n"}) == Upgrade(("new",), ("01/DB-01",))


def test_the_same_change_on_both_sides_is_none(laid):
    """The program caught up with the county."""
    bring_files_up_to_date(laid)
    write(laid.own, {"laws.toml": "22"})
    assert upgraded(laid, {"laws.toml": "22"}) == Upgrade()
    assert find_changes(laid) == []


@pytest.mark.parametrize(
    ("settle", "used", "left"), [(keep_own, "own", [False]), (take_shipped, "22", [])]
)
def test_a_decision_ends_the_question(laid, settle, used, left):
    """Whichever of the two it is for."""
    bring_files_up_to_date(laid)
    write(laid.own, {"laws.toml": "own"})
    upgraded(laid, {"laws.toml": "22"})
    settle(laid, find_changes(laid)[0])
    assert read(laid.own)["laws.toml"] == used
    assert [one.is_both for one in find_changes(laid)] == left
    # The next version asks anew, if it changes the same.
    again = upgraded(laid, {"laws.toml": "333"})
    assert again == (Upgrade((), ("laws",)) if left else Upgrade(("laws",)))


def test_tables_that_lay_there_before_the_program_are_kept(laid):
    """Somebody moved from a source tree: nobody knows which version they were changed from."""
    write(laid.own, {"laws.toml": "own", "01/DB-01.docx": "w1", "01/DB-01.toml": "s1"})
    assert bring_files_up_to_date(laid) == Upgrade((), ("laws",))
    assert read(laid.own)["laws.toml"] == "own"


def test_a_kill_between_two_files_loses_nothing(laid, monkeypatch):
    """The next start goes on where it stopped."""
    bring_files_up_to_date(laid)
    write(laid.own, {"laws.toml": "own"})
    write(laid.shipped, {"01/DB-01.docx": "w22", "01/DB-01.toml": "s22", "laws.toml": "22"})
    real, copied = laid_files._copy, []

    def copy(source, target):
        copied.append(target)
        if len(copied) == 2:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(laid_files, "_copy", copy)
    with pytest.raises(KeyboardInterrupt):
        bring_files_up_to_date(laid)
    monkeypatch.setattr(laid_files, "_copy", real)
    assert bring_files_up_to_date(laid) is not None
    used = read(laid.own)
    assert used == {"laws.toml": "own", "01/DB-01.docx": "w22", "01/DB-01.toml": "s22"}


def test_two_programs_at_once_lay_one_folder(laid, monkeypatch):
    """Whoever comes second finds it there."""
    real = laid_files.tempfile.mkdtemp

    def while_another_lays(**options):
        for folder in (laid.own, laid.before):
            if not folder.is_dir():
                write(folder, {"laws.toml": "1", "01/DB-01.docx": "w1", "01/DB-01.toml": "s1"})
        return real(**options)

    monkeypatch.setattr(laid_files.tempfile, "mkdtemp", while_another_lays)
    assert bring_files_up_to_date(laid) == Upgrade()
    assert [one.name for one in laid.own.parent.iterdir() if one.name.startswith(".")] == []


def test_a_folder_that_cannot_be_laid_is_told(laid):
    """A missing right, a full disk."""
    laid.own.parent.write_text("a file, no folder")
    with pytest.raises(OSError, match=r"own|data|before"):
        bring_files_up_to_date(laid)
