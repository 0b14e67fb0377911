"""A clerk's answers become a Word file that can be printed."""

import datetime as dt
import subprocess
from pathlib import Path

import docx
import pytest
import zxingcpp
from PIL import Image

from tests.archival_reader import faults_of_pdf
from tests.journeys.served_office import as_new_case
from tests.journeys.waiting import COMMAND_SECONDS

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
FORMS = ("DB-01", "COM-03", "DB-02", "GS-01", "DB-03")

pytestmark = pytest.mark.journey


def text_of(file: Path) -> str:
    document = docx.Document(str(file))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def county(lay_county, tmp_path_factory):
    return lay_county(tmp_path_factory.mktemp("filling") / "demo")


@pytest.mark.parametrize("form", FORMS)
def test_answers_become_a_printed_form_with_its_code(county, tmp_path: Path, form: str):
    """Each is filled, opens in LibreOffice, is PDF/A, and every page carries a readable QR."""
    file = tmp_path / f"{form}.docx"
    county.run(
        "fill", form, "--answers", str(as_new_case(form, tmp_path)), "--out", str(file), "--pdf"
    )
    assert faults_of_pdf(file.with_suffix(".pdf").read_bytes()) == []
    pages = render(file.with_suffix(".pdf"), tmp_path)
    assert pages
    for page in pages:
        codes = [code.text for code in zxingcpp.read_barcodes(Image.open(page))]
        assert any(code.startswith(f"MZ:{form}:") for code in codes), page


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_form_prints(county, tmp_path: Path, form: str):
    """A form can be printed empty and filled by hand."""
    file = tmp_path / f"{form}.docx"
    county.run("fill", form, "--blank", "--out", str(file))
    text = text_of(file)
    assert "{{" not in text
    assert "None" not in text


def test_derived_values_stand_on_the_form(county, tmp_path: Path):
    """Sex, birth date and totals are computed from what was typed."""
    file = tmp_path / "DB-01.docx"
    county.run(
        "fill", "DB-01", "--answers", str(as_new_case("DB-01", tmp_path)), "--out", str(file)
    )
    text = text_of(file)
    assert "测试" in text
    assert "1949年12月31日" in text


def test_wrong_answers_are_all_named_and_nothing_is_written(county, tmp_path: Path):
    """Every problem comes at once, in Chinese, and no file is left."""
    answers = (SAMPLES / "answers" / "DB-01.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.toml"
    future = dt.date(2099, 1, 1)
    wrong.write_text(
        answers.replace("11010519491231002X", "110105194912310021").replace(
            'phone = "', 'phone = "9'
        )
        + f"\n# {future}\n",
        encoding="utf-8",
    )
    file = tmp_path / "DB-01.docx"
    shown = county.run("fill", "DB-01", "--answers", str(wrong), "--out", str(file), expect=1)
    assert "身份证号" in shown
    assert "电话" in shown
    assert not file.exists()


def render(pdf: Path, folder: Path) -> list[Path]:
    subprocess.run(
        ["pdftoppm", "-r", "200", "-png", str(pdf), str(folder / pdf.stem)],
        check=True,
        timeout=COMMAND_SECONDS,
    )
    return sorted(folder.glob(f"{pdf.stem}-*.png"))
