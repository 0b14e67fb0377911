"""`minzheng fill`: what it writes and what it refuses."""

from pathlib import Path

import docx
import pytest

from cli.main import main

ANSWERS = Path(__file__).resolve().parents[1] / "samples" / "answers" / "DB-01.toml"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "form.docx"


def fill(*args: object) -> int:
    return main(["fill", *map(str, args)])


@pytest.mark.django_db
def test_a_form_is_written_and_its_number_told(out, capsys):
    """The clerk needs the number for the other forms of the case."""
    assert fill("DB-01", "--answers", ANSWERS, "--out", out) == 0
    assert docx.Document(str(out)).tables
    assert "DB-103200-2018-" in capsys.readouterr().out


def test_a_blank_form_needs_no_answers(out):
    """And uses up no number."""
    assert fill("db-01", "--blank", "--out", out) == 0
    assert out.exists()


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (["DB-99", "--blank"], "现有："),
        (["DB-01"], "--blank"),
        (["DB-01", "--answers", "/nothing.toml"], "不存在"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(args, shown, out, capsys):
    """Status 1 and a sentence in Chinese."""
    assert fill(*args, "--out", out) == 1
    assert shown in capsys.readouterr().err
    assert not out.exists()


def test_a_broken_file_of_answers_is_named_with_its_line(tmp_path, out, capsys):
    """Line and column."""
    file = tmp_path / "a.toml"
    file.write_text("name = ]", encoding="utf-8")
    assert fill("DB-01", "--answers", file, "--out", out) == 1
    assert "第 1 行" in capsys.readouterr().err


def test_answers_in_another_encoding_are_refused(tmp_path, out, capsys):
    """GB18030 is named as such, not guessed."""
    file = tmp_path / "a.toml"
    file.write_bytes('name = "测试甲"'.encode("gb18030"))
    assert fill("DB-01", "--answers", file, "--out", out) == 1
    assert "UTF-8" in capsys.readouterr().err


def test_a_missing_folder_is_found_before_a_number_is_given(tmp_path, capsys):
    """An issued document must reach its clerk."""
    assert fill("DB-01", "--answers", ANSWERS, "--out", tmp_path / "no" / "x.docx") == 1
    assert "先建好文件夹" in capsys.readouterr().err
