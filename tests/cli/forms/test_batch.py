"""`minzheng roster` and `minzheng batch`, as typed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import docx
import openpyxl
import pytest
from stdnum.cn import ric

from filler.models import Issued
from minzheng.cli.main import main
from tests.filler.rosters import PEOPLE, as_bytes, column_of, fill_template
from tests.running.command_starts import run_command
from tests.running.kept.made_tables import lay_tables
from tests.shipped_forms import shipped_forms

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def roster(tmp_path):
    """Three households; the second has no phone."""
    book = fill_template(shipped_forms(), "ZF-01", [household(number) for number in range(3)])
    sheet = book.worksheets[0]
    sheet.cell(3, column_of(sheet, "联系电话")).value = None
    file = tmp_path / "名单.xlsx"
    file.write_bytes(as_bytes(book))
    return file


def household(number: int, person: str = "") -> dict[str, object]:
    return {
        "town": "钟宝镇", "village": "旧城村", "group_no": 3, "team": "三组",
        "visit_date": "2018-05-07", "visit_mode": "入户", "name": "测试甲",
        "id_no": person or PEOPLE[number], "phone": "13991500001", "hh_size": 3,
        "interviewee": "测试甲", "interviewee_rel": "本人", "income_year": 3000,
        "house": "安全", "water": "有保障", "school": "正常", "medical": "正常",
        "policies": [{"p_name": "低保", "p_should": "是", "p_has": "是"}],
    }  # fmt: skip


def test_a_roster_template_is_written(tmp_path, capsys):
    """And what to do with it is said."""
    out = tmp_path / "r.xlsx"
    assert main(["roster", "zf-01", "--out", str(out)]) == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[0] == "民政大走访入户登记表"
    assert book.properties.creator == "镇坪县民政局"
    assert "minzheng batch" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_batch_is_checked_issued_mended_and_resumed(roster, tmp_path, capsys):
    """The marked copy, mended, gives only what was missing; the run is whole then."""
    out, merged = tmp_path / "out", tmp_path / "all.docx"
    args = ["--out", str(out), "--merge", str(merged)]
    assert main(["batch", "ZF-01", str(roster), *args]) == 1
    shown = capsys.readouterr().out
    assert "2 户可以出具，1 户要更正" in shown
    assert "共 4 行 = 表头 1 + 可以出具 2 + 要更正 1。" in shown
    run = docx.Document(str(merged))
    assert len(run.sections) == 2
    assert run.core_properties.author == "镇坪县民政局"
    assert run.core_properties.title == "民政大走访入户登记表（合并打印）"
    copy = out / "名单_核对结果.xlsx"
    book = openpyxl.load_workbook(copy)
    assert book.properties.title == "民政大走访入户登记表花名册核对结果"
    sheet = book.worksheets[0]
    sheet.cell(3, column_of(sheet, "联系电话"), "13991500002")
    book.save(copy)
    assert main(["batch", "ZF-01", str(copy), *args]) == 1
    assert "--resume" in capsys.readouterr().err
    assert main(["batch", "ZF-01", str(copy), *args, "--resume"]) == 0
    assert "出具 1 份，以前已出具 2 份" in capsys.readouterr().out
    assert len(docx.Document(str(merged)).sections) == 3
    assert [file.name[:10] for file in sorted(out.glob("*.docx"))] == [
        "0001_ZF-01", "0002_ZF-01", "0003_ZF-01",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_check_issues_nothing(roster, tmp_path):
    """Only the report and the marked copy."""
    out = tmp_path / "out"
    assert main(["batch", "ZF-01", str(roster), "--out", str(out), "--check"]) == 1
    assert not Issued.objects.exists()
    assert [file.name for file in out.iterdir()] == ["名单_核对结果.xlsx"]


@pytest.mark.django_db
def test_a_header_printed_on_every_page_loses_nobody(tmp_path, capsys):
    """Nor does a sheet that cannot be read go by without a word."""
    book = fill_template(shipped_forms(), "ZF-01", [household(number) for number in range(4)])
    sheet = book.worksheets[0]
    sheet.insert_rows(4)
    for cell in sheet[1]:
        sheet.cell(4, cell.column, cell.value)
    book.create_sheet("草稿").append(["甲", "乙"])
    (tmp_path / "r.xlsx").write_bytes(as_bytes(book))
    args = ["batch", "ZF-01", str(tmp_path / "r.xlsx"), "--out", str(tmp_path / "out"), "--check"]
    assert main(args) == 0
    shown = capsys.readouterr().out
    assert "共 4 户，4 户可以出具" in shown
    assert "共 6 行 = 表头 1 + 再次出现的表头 1 + 读入 4" in shown
    assert "“草稿”共 1 行 = 没有用 1" in shown


@pytest.mark.parametrize(
    ("roster_text", "shown"),
    [("", "空文件"), ("甲,乙\n1,2", "没有找到"), ("姓名,镇\n", "没有内容")],
)
def test_what_is_no_roster_is_said(roster_text, shown, tmp_path, capsys):
    """Status 1, in Chinese."""
    file = tmp_path / "a.csv"
    file.write_text(roster_text, encoding="utf-8")
    assert main(["batch", "ZF-01", str(file), "--out", str(tmp_path / "out")]) == 1
    assert shown in capsys.readouterr().err


def test_a_batch_killed_is_resumed_without_twins(tmp_path):
    """SIGKILL in the middle; the second run does the rest."""
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    lay_tables(tmp_path / "data")
    people = list(_people(120))
    book = fill_template(shipped_forms(), "ZF-01", [household(0, person) for person in people])
    (tmp_path / "r.xlsx").write_bytes(as_bytes(book))
    command = [
        sys.executable, "-m", "minzheng.cli.main", "--config", str(tmp_path / "config.toml"),
        "batch", "ZF-01", str(tmp_path / "r.xlsx"), "--out", str(tmp_path / "out"),
    ]  # fmt: skip
    database = tmp_path / "data" / "minzheng.sqlite3"
    first = subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    issued = tmp_path / "data" / "issued"
    while first.poll() is None and not list(issued.glob("*/*.docx")):
        time.sleep(0.01)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert run_command([*command[3:], "--resume"]).returncode == 0
    rows = sqlite3.connect(database).execute(
        "select case_no, json_extract(answers, '$.id_no') from filler_issued"
    )
    kept = list(rows)
    assert sorted(person for _, person in kept) == sorted(people)
    assert len({number for number, _ in kept}) == 120
    assert len(list((tmp_path / "out").glob("*.docx"))) == 120


def _people(count: int):
    for number in range(count):
        body = f"61092719530412{number:03d}"
        yield body + str(ric.calc_check_digit(body + "0"))
