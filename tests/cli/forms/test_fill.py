"""`minzheng fill`: what it writes and what it refuses."""

import json
import tomllib
import zipfile
from pathlib import Path

import docx
import pytest
from PIL import Image

from minzheng.accounts.models import AuditEntry
from minzheng.cli.main import main

ANSWERS = Path(__file__).resolve().parents[2] / "samples" / "answers" / "DB-01.toml"


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
    entry = AuditEntry.objects.latest("pk")
    assert entry.action == "更改"
    assert entry.what.startswith("出具 DB-01 DB-103200-2018-")


@pytest.mark.django_db
def test_a_running_case_is_named_or_a_new_one_said(out, tmp_path, capsys):
    """The second application without number is refused, and how to go on is said."""
    assert fill("DB-01", "--answers", ANSWERS, "--out", out) == 0
    capsys.readouterr()
    assert fill("DB-01", "--answers", ANSWERS, "--out", tmp_path / "2.docx") == 1
    said = capsys.readouterr().err
    assert "在办案件 DB-103200-2018-0001" in said
    assert "新案件" in said
    again = tmp_path / "again.toml"
    text = ANSWERS.read_text(encoding="utf-8")
    again.write_text(f'case_no = "新案件"\n{text}', encoding="utf-8")
    assert fill("DB-01", "--answers", again, "--out", tmp_path / "2.docx") == 0
    assert "案件编号 DB-103200-2018-0002" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_form_is_read_once(out, readings):
    """From the file of answers to the Word file."""
    assert fill("DB-01", "--answers", ANSWERS, "--out", out) == 0
    assert readings == ["DB-01"]


def test_a_blank_form_needs_no_answers(out):
    """And uses up no number."""
    assert fill("db-01", "--blank", "--out", out) == 0
    assert out.exists()


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (["DB-99", "--blank"], "没有“DB-99”这张表"),
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


@pytest.mark.django_db
def test_answers_may_be_json_and_a_photo_lies_beside_them(tmp_path, out, capsys):
    """The same form from either; a photo is named by its file."""
    answers = tomllib.loads(ANSWERS.read_text(encoding="utf-8")) | {"photo": "照片.png"}
    file = tmp_path / "a.json"
    file.write_text(json.dumps(answers, default=str), encoding="utf-8")
    assert fill("DB-01", "--answers", file, "--out", out) == 1
    assert "找不到照片“照片.png”" in capsys.readouterr().err
    Image.new("RGB", (30, 40)).save(tmp_path / "照片.png")
    assert fill("DB-01", "--answers", file, "--out", out) == 0
    with zipfile.ZipFile(out) as archive:
        assert "word/media/photo5001.jpg" in archive.namelist()
    file.write_text('{"name": \n ]', encoding="utf-8")
    assert fill("DB-01", "--answers", file, "--out", out) == 1
    assert "第 2 行" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_list_is_gathered_and_its_sources_are_told(tmp_path, out, capsys):
    """Which documents gave the rows, by number."""
    samples = ANSWERS.parent
    assert fill("DB-02", "--answers", samples / "DB-02.toml", "--out", out) == 0
    answers = tomllib.loads((samples / "GS-01.toml").read_text(encoding="utf-8"))
    answers |= {"rows": [], "as_of": "2026-06-30", "post_date": "2026-07-01"}
    file = tmp_path / "g.json"
    file.write_text(json.dumps(answers, default=str), encoding="utf-8")
    assert fill("GS-01", "--answers", file, "--out", out) == 0
    assert "取自已出具的 1 份文书：DB-02" in capsys.readouterr().out
    rows = docx.Document(str(out)).tables[0].rows
    name = tomllib.loads((samples / "DB-02.toml").read_text(encoding="utf-8"))["name"]
    assert any(name in cell.text for row in rows for cell in row.cells)


@pytest.mark.django_db
def test_answers_to_fill_in_are_given_and_used_as_they_are(tmp_path, out, capsys):
    """Shown, or laid in a file that is not there yet; filled in, it issues the document."""
    file = tmp_path / "answers.toml"
    assert fill("DB-01", "--template-answers", "--out", file) == 0
    text = file.read_text(encoding="utf-8")
    capsys.readouterr()
    assert fill("DB-01", "--template-answers") == 0
    assert capsys.readouterr().out == text
    assert fill("DB-01", "--template-answers", "--out", file) == 1
    assert "没有覆盖" in capsys.readouterr().err
    assert fill("DB-01", "--template-answers", "--out", out) == 1
    assert "--out 写成 form.toml" in capsys.readouterr().err
    assert fill("DB-01", "--answers", file, "--out", out) == 1
    assert "姓名：没有填写" in capsys.readouterr().err
    sample = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))
    for key, value in sample.items():
        if not isinstance(value, list):
            text = text.replace(f'\n{key} = ""', f'\n{key} = "{value}"', 1)
    singles = text.split("\n[[", 1)[0]
    tables = "[[" + ANSWERS.read_text(encoding="utf-8").split("\n[[", 1)[1]
    multi = [f"{key} = {json.dumps(value)}" for key, value in sample.items() if is_multi(value)]
    for line in multi:
        singles = singles.replace(f"\n{line.split(' = ')[0]} = []", f"\n{line}", 1)
    file.write_text(f"{singles}\n{tables}", encoding="utf-8")
    assert fill("DB-01", "--answers", file, "--out", out) == 0
    assert out.exists()


def is_multi(value):
    return isinstance(value, list) and bool(value) and isinstance(value[0], str)


def test_without_a_place_for_the_word_file_nothing_is_done(capsys):
    """It is asked for, as before."""
    assert fill("DB-01", "--blank") == 2
    assert "还需要写：--out" in capsys.readouterr().err
