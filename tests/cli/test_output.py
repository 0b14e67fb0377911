"""Files a command writes."""

from pathlib import Path

import pytest

from minzheng.cli.output import OutputFolderError, refuse_unwritable, write_file


def test_a_file_is_written_whole(tmp_path):
    """Over what lay there; nothing else is left."""
    file = tmp_path / "申请书.docx"
    file.write_bytes(b"old")
    write_file(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_told_before_a_number_is_given(tmp_path):
    """An issued document must reach its clerk."""
    for ask in (refuse_unwritable, lambda file: write_file(file, b"x")):
        with pytest.raises(OutputFolderError, match="不存在，没有生成文件"):
            ask(tmp_path / "none" / "a.docx")
    (tmp_path / "file").touch()
    with pytest.raises(OutputFolderError):
        refuse_unwritable(tmp_path / "file" / "a.docx")


def test_a_bare_name_is_a_file_of_this_folder(tmp_path, monkeypatch):
    """As it is typed."""
    monkeypatch.chdir(tmp_path)
    write_file(Path("a.docx"), b"x")
    assert (tmp_path / "a.docx").read_bytes() == b"x"
