"""Halves that a killed process left are swept, and nothing else."""

import os

from minzheng.external.files.unfinished_files import remove_unfinished

NOW = 1_800_000_000.0


def test_old_halves_go_and_young_ones_stay(tmp_path):
    """A command beside the service may be writing its own just now."""
    (tmp_path / "issued").mkdir()
    for name, age in (("issued/a.part", 601), ("b.part", 599), ("c.docx", 9999)):
        file = tmp_path / name
        file.write_bytes(b"half")
        os.utime(file, (NOW - age, NOW - age))
    assert remove_unfinished(tmp_path, NOW) == 1
    left = {file.name for file in tmp_path.rglob("*") if file.is_file()}
    assert left == {"b.part", "c.docx"}


def test_a_folder_of_that_name_is_no_half(tmp_path):
    """It may hold what somebody wants."""
    folder = tmp_path / "x.part"
    folder.mkdir()
    os.utime(folder, (NOW - 9999, NOW - 9999))
    assert remove_unfinished(tmp_path, NOW) == 0
    assert folder.is_dir()
