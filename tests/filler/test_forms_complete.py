"""Every form of the fifteen dossiers is there: spec, template, goldens."""

import importlib

import docx
import pytest
from docx.oxml.ns import qn

from minzheng.county.registry.dossiers import load_dossiers
from tests.shipped_forms import shipped_forms

golden = importlib.import_module("script.golden")
DOSSIERS = load_dossiers().all
#: How many numbered forms each dossier has in the report on the trade (sections 3.6 and 4).
COUNTS = {
    "COM": 10, "DB": 5, "TK": 8, "LS": 6, "YL": 6, "CB": 7, "GL": 6, "YF": 7, "GS": 9, "ET": 8,
    "LR": 6, "JZ": 6, "ZF": 8, "BZ": 5, "ZZ": 7, "ZH": 12,
}  # fmt: skip
#: Forms that are one of the shared ones under the dossier's own number.
SAME = {
    "GS-02": ("COM-05",), "GS-05": ("COM-06",), "CB-02": ("COM-10",), "CB-03": ("COM-05",),
    "JZ-06": ("COM-04", "COM-05"),
}  # fmt: skip
#: Beyond the report: second sheets, papers of the law of 2026, the sheet of a doubt.
FURTHER = ("COM-03S", "TK-03B", "ZH-06B", "ZH-12B", "LS-07", "ZF-09", "ZF-10", "ZF-11", "ZF-12",
           "ZF-13")  # fmt: skip
WANTED = [
    form_id
    for code, count in COUNTS.items()
    for number in range(1, count + 1)
    for form_id in SAME.get(f"{code}-{number:02}", (f"{code}-{number:02}",))
]
WANTED += [*FURTHER, *(f"{dossier.code}-00" for dossier in DOSSIERS)]
MODELS = {
    "COM-10",
    "TK-04",
    "ZH-02",
    "ZH-06",
    "ZH-06B",
    "ET-04",
    "ZF-12",
    *(f"{dossier.code}-00" for dossier in DOSSIERS),
}


@pytest.mark.parametrize("form_id", dict.fromkeys(WANTED))
def test_a_form_has_all_its_parts(catalogue, form_id):
    """Spec, Word template, and what was last looked at, filled and blank."""
    spec = catalogue.form(form_id)
    parts = [
        spec.docx,
        spec.docx.with_suffix(".toml"),
        golden.GOLDEN / f"{form_id}.filled.txt",
        golden.GOLDEN / f"{form_id}.blank.txt",
        golden.ANSWERS / f"{form_id}.toml",
    ]
    assert [part.name for part in parts if not part.exists()] == []


def test_there_is_no_form_beyond_the_list():
    """What is added is written into the list."""
    assert {spec.id for spec in shipped_forms().forms} == set(WANTED)


@pytest.mark.parametrize("code", [dossier.code for dossier in DOSSIERS])
def test_the_first_sheet_of_a_dossier_has_its_four_parts(catalogue, code):
    """R-44: content, standard, steps, demands."""
    table = docx.Document(str(catalogue.form(f"{code}-00").docx)).tables[0]
    names = {row.cells[0].text for row in table.rows}
    assert {"工作内容", "工作标准", "工作程序", "工作要求"} <= names


@pytest.mark.parametrize("form_id", ["ZH-04", "ZH-05", "ZH-06", "ZH-06B"])
def test_every_dossier_gets_directory_remarks_cover_and_spine(catalogue, answers_of, fill, form_id):
    """卷内目录, 备考表, box cover and spine can be made for each of the fifteen."""
    field = next(one for one in catalogue.form(form_id).fields if one.slug == "dossier")
    assert set(field.choices) == {dossier.short_name for dossier in DOSSIERS}
    for dossier in DOSSIERS:
        made = fill(form_id, answers_of(form_id) | {"dossier": dossier.short_name})
        assert made.printed.texts["dossier"] == dossier.short_name


@pytest.mark.parametrize("form_id", dict.fromkeys(WANTED))
def test_fixed_forms_are_locked_and_models_are_free(catalogue, form_id):
    """制式 layouts may not be changed, the body of 模版 may."""
    spec = catalogue.form(form_id)
    mark = docx.Document(str(spec.docx)).settings.element.find(qn("w:documentProtection"))
    assert (spec.kind == "模版") == (form_id in MODELS)
    assert (mark is not None) == (spec.kind == "制式")
