"""Lists, covers and spines of the archive boxes follow DA/T 22-2015."""

import io

import docx
import pytest
from docx.shared import Mm

from minzheng.county.registry.dossiers import load_dossiers

SHEETS = ("ZH-04", "ZH-05", "ZH-06", "ZH-06B")


def opened(document):
    return docx.Document(io.BytesIO(document.docx))


@pytest.mark.parametrize("form_id", SHEETS)
def test_the_sheets_of_a_box_are_there_for_all_fifteen_dossiers(catalogue, form_id):
    """The dossiers come from the registry, where the county may swap seven."""
    fields = {field.slug: field for field in catalogue.form(form_id).fields}
    assert fields["dossier"].choices == tuple(one.short_name for one in load_dossiers().all)


@pytest.mark.parametrize("form_id", ["ZH-06", "ZH-06B"])
def test_cover_and_spine_are_as_tall_as_the_box(catalogue, form_id):
    """310 × 220 mm."""
    section = docx.Document(str(catalogue.form(form_id).docx)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (220, 310)


@pytest.mark.parametrize("millimetres", [20, 30, 40])
def test_a_spine_is_as_wide_as_its_box(fill, answers_of, millimetres):
    """One strip of the chosen width, and no other."""
    filled = fill("ZH-06B", answers_of("ZH-06B") | {"spine": f"{millimetres}毫米"})
    widths = [table.columns[0].width for table in opened(filled).tables]
    assert [round(width / Mm(1)) for width in widths] == [millimetres]


def test_a_list_of_archived_papers_has_the_columns_of_the_standard(fill, answers_of):
    """Dates are eight digits; what has no number stays blank."""
    table = opened(fill("ZH-04", answers_of("ZH-04"))).tables[0]
    heads = [cell.text for cell in table.rows[0].cells]
    assert heads == ["序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"]
    assert table.rows[1].cells[5].text == "20180507"


@pytest.mark.parametrize("form_id", ["ZH-06", "ZH-06B"])
def test_numbers_run_upwards(fill, answers_of, form_id):
    """A box from item 9 to item 6 is a slip of the pen."""
    refused = fill(form_id, answers_of(form_id) | {"first_no": 9, "last_no": 6})
    assert [problem.field for problem in refused.problems] == ["first_no"]
