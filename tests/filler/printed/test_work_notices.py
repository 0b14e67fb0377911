"""The first sheet of every dossier says what is done, how, when and on which paper."""

import re
import tomllib

import docx
import pytest

from minzheng.county.registry.dossiers import load_dossiers

DOSSIERS = load_dossiers().all
PARTS = (
    *("服务对象", "依据", "工作内容", "工作标准", "工作程序", "工作要求"),
    *("责任层级", "办理时限", "保管期限"),
)
_FORM_ID = re.compile(r"\b[A-Z]{2,3}-\d{2}\b")


def rows_of(catalogue, code):
    table = docx.Document(str(catalogue.form(f"{code}-00").docx)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("code", [dossier.code for dossier in DOSSIERS])
def test_every_part_of_the_sheet_is_written(catalogue, code):
    """R-44 asks for content, standard, steps and demands; the keeper needs the rest."""
    rows = rows_of(catalogue, code)
    names = list(dict.fromkeys(row[0] for row in rows))
    assert names == list(PARTS)
    assert all(row[-1].strip() for row in rows)


@pytest.mark.parametrize("code", [dossier.code for dossier in DOSSIERS])
def test_the_steps_are_at_least_six_and_each_says_who_and_when(catalogue, code):
    """A step nobody is named for is not done."""
    steps = [row for row in rows_of(catalogue, code) if row[0] == "工作程序"][1:]
    assert [row[1] for row in steps] == [str(number) for number in range(1, len(steps) + 1)]
    assert len(steps) >= 6
    assert all(cell.strip() for row in steps for cell in row[2:])


@pytest.mark.parametrize("code", [dossier.code for dossier in DOSSIERS])
def test_the_forms_a_sheet_names_exist(catalogue, code):
    """The keeper looks for the form a step names."""
    spec = catalogue.form(f"{code}-00")
    steps = tomllib.loads(spec.docx.with_suffix(".toml").read_text(encoding="utf-8"))
    named = {form for step in steps["drawing"]["steps"] for form in _FORM_ID.findall(step[3])}
    assert named
    assert named <= catalogue.by_id.keys()
