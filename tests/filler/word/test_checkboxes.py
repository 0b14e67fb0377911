"""Word's checkbox controls are ticked by the choices of a form."""

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from filler.fill_form import fill_form
from filler.reissue import reissue
from filler.spec.form_catalogue import Catalogue
from filler.word.bindings import bindings_of
from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from filler.word.name_book import name_book
from filler.word.page_texts import required_names
from tests.filler.conftest import TODAY
from tests.filler.word_files import add_xml, saved

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
CODE = "MZ:DB-01:V1:DB-103200-2018-0001"
CHOICES = ("农村低保", "城市低保")


def control(tag, *, kind="tag", on="2612", font="MS Gothic"):
    """A checkbox as Word writes it."""
    return (
        f'<w:sdt xmlns:w14="{W14}"><w:sdtPr><w:{kind} w:val="{tag}"/><w14:checkbox>'
        f'<w14:checked w14:val="0"/><w14:checkedState w14:val="{on}" w14:font="{font}"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        '<w:sdtContent><w:r><w:rPr><w:rFonts w:eastAsia="MS Gothic"/></w:rPr>'
        "<w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>"
    )


@pytest.fixture
def spec(catalogue):
    return catalogue.form("DB-01")


@pytest.fixture
def template(spec):
    """DB-01 with controls where its boxes were printed as text."""

    def make(*controls):
        document = docx.Document(str(spec.docx))
        for node in document.element.body.iter(qn("w:t")):
            node.text = re.sub(r"\{\{\s*apply_kind_boxes\s*\}\}", "", node.text or "")
        paragraph = document.add_paragraph()
        for one in controls:
            add_xml(paragraph, one)
        return saved(document)

    return make


def states(data):
    """(ticked, shown, font) of each control."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "tick__" not in archive.read("word/document.xml").decode()
    found = []
    for one in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:sdt")):
        checked = next(one.iter(f"{{{W14}}}checked"))
        runs = [run for run in one.iter(qn("w:r")) if run.text]
        (run,) = runs
        font = run.find(qn("w:rPr")).find(qn("w:rFonts"))
        found.append((checked.get(f"{{{W14}}}val"), run.text, font.get(qn("w:eastAsia"))))
    return found


def test_the_chosen_box_is_ticked_in_state_and_sign(template, spec):
    """By label or slug, by tag or title; with another font for the tick too."""
    data = template(
        control("申请类别：农村低保"),
        control("apply_kind=城市低保", kind="alias", on="52", font="Wingdings 2"),
    )
    compiled = CompiledTemplate(
        data, "x", name_book(spec), required_names(spec), bindings=bindings_of(spec)
    )
    texts = {name: "" for name in compiled.names.used} | {"apply_kind_boxes": "☑农村低保 □城市低保"}
    texts |= {table: [] for table in compiled.names.looped}
    assert states(compiled.render(texts, CODE)) == [
        ("1", "\u2612", "MS Gothic"), ("0", "\u2610", "MS Gothic"),
    ]  # fmt: skip
    texts["apply_kind_boxes"] = "□农村低保 ☑城市低保"
    assert states(compiled.render(texts, CODE)) == [
        ("0", "\u2610", "MS Gothic"), ("1", "R", "Wingdings 2"),
    ]  # fmt: skip


def test_controls_print_what_a_form_must_print(template, spec):
    """A template with one for each choice needs no boxes in text; check-template agrees."""
    whole = template(*(control(f"申请类别:{choice}") for choice in CHOICES))
    assert not check_template(whole, "x", spec).problems
    problems = check_template(template(control("申请类别:农村低保")), "x", spec).problems
    assert [one.what for one in problems] == [
        "“申请类别”的复选框缺“城市低保”", "没有地方印“申请类别”",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("申请种类:农村低保", "“申请种类”不是本表可以勾选的项目"),
        ("申请类别:五保", "“五保”不是“申请类别”的选项"),
        ("农村", "没有写明是哪一项"),
    ],
)
def test_a_control_bound_to_nothing_is_told_with_its_place(template, spec, tag, said):
    """It would never be ticked."""
    boxes = [control(f"申请类别:{choice}") for choice in CHOICES]
    data = template(*boxes, control(tag))
    (problem,) = check_template(data, "x", spec).problems
    assert said in problem.what
    last = len(docx.Document(io.BytesIO(data)).paragraphs)
    assert problem.where == f"第{last}段"


@pytest.mark.django_db
def test_a_document_with_controls_is_issued_and_made_again(
    catalogue, template, answers_of, store, tmp_path
):
    """Reissue knows the choices as they were."""
    own = tmp_path / "DB-01.docx"
    own.write_bytes(template(*(control(f"申请类别:{choice}") for choice in CHOICES)))
    spec = replace(catalogue.form("DB-01"), docx=own)
    mine = Catalogue({"DB-01": spec}, catalogue.facts)
    issued = fill_form(
        "DB-01", answers_of("DB-01"), issued_by="测试员", today=TODAY, catalogue=mine, store=store
    )
    assert [state[0] for state in states(issued.docx)] == ["1", "0"]
    assert reissue(issued.printed, issued.sha256) == issued.docx
