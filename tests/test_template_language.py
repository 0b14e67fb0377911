"""docs/template_language.md says what is so: each of its examples is tried."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from filler.word.name_book import NameBook
from filler.word.tags import cell_tags
from tests.filler.word_files import add_table, add_xml, new_document, saved, with_lines

TESTS = Path(__file__).resolve().parent
PAGE = (TESTS.parent / "docs" / "template_language.md").read_text("utf-8")
_SAID_OF_CELL = re.compile(r'<w:(?:shd [^>]*w:fill|gridSpan w:val)="(\w+)"')
_ROW = re.compile(r"^\| `(.+?)` \| (.*?) \| (.*?) \|$", re.MULTILINE)
_TEST = re.compile(r"^def (test_\w+)\(", re.MULTILINE)
WORDS = 1400  #: two printed pages


def rows(heading, until):
    """The examples of a part of the page."""
    part = PAGE[PAGE.index(heading) : PAGE.index(until) if until else len(PAGE)]
    return [tuple(cell.replace(r"\|", "|") for cell in row) for row in _ROW.findall(part)]


CELLS = rows("At the beginning of a cell", "## What a template may not say")
SAID = [*rows("## Fields", "At the beginning of a cell")]
REFUSED = rows("## What a template may not say", "")


def values(told):
    """`name=甲, members=乙/丙` as values of a form."""
    pairs = [pair.partition("=") for pair in told.split(", ")]
    texts = {name: value for name, _, value in pairs}
    members = [{"m_name": name} for name in texts.pop("members", "").split("/") if name]
    return {"name": "", "phone": "", "kind": "", **texts, "members": members}


@pytest.mark.parametrize(("tag", "told", "printed"), SAID)
def test_what_may_be_said_prints_what_the_page_says(tag, told, printed):
    """And passes the check, where no label is used."""
    data = saved(with_lines(tag))
    book = NameBook(frozenset(), {"姓名": ("name",)})
    made = CompiledTemplate(data, "x.docx", book).render(values(told))
    text = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)
    assert text == printed.strip()
    assert check_template(data, "x.docx").problems == ()


@pytest.mark.parametrize(("tag", "told", "gets"), CELLS)
def test_a_cell_is_what_its_tag_says(tag, told, gets):
    """Coloured, or as wide; its text is printed beside."""
    document = new_document()
    add_table(document, (tag, "二"))
    data = saved(document)
    assert check_template(data, "x.docx").problems == ()
    made = CompiledTemplate(data, "x.docx").render(values(told))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        text = archive.read("word/document.xml").decode()
    assert _SAID_OF_CELL.findall(text) == [gets]
    assert "测试甲" in text


def test_a_text_has_its_own_marks_printed():
    """In bold, underlined, struck through, red; all else as it stands."""
    data = saved(with_lines("意见：{{r opinion }}。"))
    assert check_template(data, "x.docx").problems == ()
    told = "同意**纳入**，__自六月起__，~~五月~~，==不得代领==，2*3"
    made = CompiledTemplate(data, "x.docx").render({"opinion": told})
    runs = [run for run in docx.Document(io.BytesIO(made)).paragraphs[0].runs if run.text]
    assert "".join(run.text for run in runs) == "意见：同意纳入，自六月起，五月，不得代领，2*3。"
    assert [run.text for run in runs if run.bold] == ["纳入"]
    assert [run.text for run in runs if run.underline] == ["自六月起"]
    assert [run.text for run in runs if run.font.strike] == ["五月"]
    assert [run.text for run in runs if run.font.color.rgb] == ["不得代领"]


@pytest.mark.parametrize("colour", [*"红橙黄绿蓝紫粉灰白", "浅灰"])
def test_every_colour_that_the_page_names_is_one(colour):
    """By its Chinese name."""
    assert colour in PAGE
    assert re.fullmatch("[0-9A-F]{6}", cell_tags.colour(colour))


@pytest.mark.parametrize(("tag", "told", "instead"), REFUSED)
def test_what_may_not_be_said_is_told_as_the_page_says(tag, told, instead):
    """By the check, with what to do."""
    problems = [str(one) for one in check_template(saved(with_lines(tag)), "x.docx").problems]
    assert any(told in problem for problem in problems)
    assert instead


def test_the_page_has_examples_of_everything():
    """And stays at two pages."""
    assert len(SAID) >= 12
    assert len(REFUSED) >= 10
    assert len(PAGE.split()) < WORDS


def test_what_is_said_of_docxtpls_scripts_adds_up():
    """So many as are named; `benchmarks.peers.docxtpl_scripts` tells which they are."""
    said = PAGE[PAGE.index("Of docxtpl's own test scripts") :]
    everything, same, differ, refused = map(int, re.findall(r"(?<= )(\d+)(?= [a-z])", said))
    assert everything == same + differ + refused
    named = [re.findall(r"`(\w+)`", part) for part in said.split("above:")[1].split("refused")]
    assert [len(names) for names in named] == [differ, refused]


def filled(document, **answers):
    """The texts of all paragraphs and cells of a template filled."""
    data = saved(document)
    assert check_template(data, "x.docx").problems == ()
    made = docx.Document(io.BytesIO(CompiledTemplate(data, "x.docx").render(values("") | answers)))
    cells = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    return [paragraph.text for paragraph in made.paragraphs], cells


MEMBERS = [{"m_name": "甲"}, {"m_name": "乙"}]


@pytest.mark.parametrize(
    ("tag", "kind", "printed"),
    [
        ("{% if kind not in '甲乙' %}是{% endif %}", "丙", "是"),
        ("{% if kind == '甲' or kind == '丙' %}是{% endif %}", "丙", "是"),
        ("{% if not kind %}空{% endif %}", "", "空"),
        ("{% if kind %}有{% endif %}", "", ""),
    ],
)
def test_texts_are_compared_and_joined(tag, kind, printed):
    """What the table of examples leaves out."""
    assert filled(with_lines(tag), kind=kind)[0] == [printed]


@pytest.mark.parametrize(("kind", "left"), [("甲", ["上", "中", "下"]), ("", ["上", "下"])])
def test_a_condition_over_paragraphs_or_rows_vanishes_itself(kind, left):
    """Each tag stood in a paragraph, or a row, of its own."""
    lines = with_lines("上", "{%p if kind %}", "中", "{%p endif %}", "下")
    assert filled(lines, kind=kind)[0] == left
    document, tags = new_document(), ("上", "{%tr if kind %}", "中", "{%tr endif %}", "下")
    add_table(document, *((tag, "") for tag in tags))
    assert [row[0] for row in filled(document, kind=kind)[1]] == left


def test_rows_paragraphs_and_cells_are_repeated():
    """Each by its own tag."""
    document = with_lines("{%p for m in members %}", "{{ m.m_name }}", "{%p endfor %}")
    add_table(document, ("{%tr for m in members %}",), ("{{ m.m_name }}",), ("{%tr endfor %}",))
    add_table(document, ("{%tc for m in members %}", "{{ m.m_name }}", "{%tc endfor %}"))
    assert filled(document, members=MEMBERS) == (["甲", "乙"], [["甲"], ["乙"], ["甲", "乙"]])


def test_cells_are_merged_over_what_is_repeated():
    """Downwards over rows, sideways over cells."""
    document = new_document()
    rows = (
        ("{%tr for m in members %}", ""),
        ("{% vm %}组", "{{ m.m_name }}"),
        ("{%tr endfor %}", ""),
    )
    add_table(document, *rows)
    add_table(document, ("{%tc for m in members %}", "{% hm %}{{ name }}", "{%tc endfor %}"))
    made = CompiledTemplate(saved(document), "x.docx").render(values("") | {"members": MEMBERS})
    body = docx.Document(io.BytesIO(made)).element.body
    assert [one.get(qn("w:val")) for one in body.iter(qn("w:vMerge"))] == ["restart", "continue"]
    assert [one.get(qn("w:val")) for one in body.iter(qn("w:gridSpan"))] == ["2"]


def test_two_filters_behind_one_another_are_refused():
    """One may stand there."""
    told = [str(one) for one in check_template(saved(with_lines("{{ a|元|iso }}")), "x").problems]
    assert told


@pytest.mark.parametrize("around", ["w:hyperlink", "w:smartTag", "w:proofErr"])
def test_what_may_cut_a_tag_and_what_may_not(around):
    """Words own marks may; a hyperlink that ends within it may not, the check names it."""
    document = new_document()
    paragraph = document.add_paragraph("前")
    inside = "<w:r><w:t>{{ na</w:t></w:r>"
    if around == "w:proofErr":
        add_xml(paragraph, '<w:proofErr w:type="spellStart"/>')
        add_xml(paragraph, inside)
    else:
        named = 'w:element="d"' if around == "w:smartTag" else 'w:anchor="a"'
        add_xml(paragraph, f"<{around} {named}>{inside}</{around}>")
    paragraph.add_run("me }}")
    data = saved(document)
    is_cut = around == "w:hyperlink"
    assert bool(check_template(data, "x.docx").problems) == is_cut
    if not is_cut:
        CompiledTemplate(data, "x.docx").render(values("name=甲"))


#: How each sentence of the page begins, and the tests that show it.
SHOWN = {
    "What a Word template": "test_every_template_of_the_county_passes",
    "`minzheng check-template": "test_a_wrong_tag_is_named_with_its_paragraph",
    "The syntax is docxtpl's": "test_the_body_is_what_docxtpl_makes",
    "A tag stands in text": (
        "test_header_and_footer_are_checked "
        "test_what_stands_in_a_wrapper_is_read "
        "test_filled_parts_are_known_by_their_relations"
    ),
    "Spelling marks of Word": (
        "test_what_may_cut_a_tag_and_what_may_not test_a_tag_cut_by_a_tracked_change_is_named"
    ),
    "Letters and signs": "test_what_may_not_be_said_is_told_as_the_page_says",
    "A field is named": "test_a_label_of_two_fields_is_reported",
    "Values are texts": "test_every_text_of_every_form_has_a_name_a_template_may_use",
    "There are also": (
        "test_the_code_line_names_form_version_and_case test_the_qr_is_drawn_for_each_document "
        "test_the_county_is_the_one_whose_paper_it_is"
    ),
    "A field with choices": "test_a_choice_is_text_and_boxes",
    "`{{ kind_boxes }}`": "test_boxes_and_the_parts_of_a_table_have_labels",
    "A photo is drawn": ("test_a_tag_makes_room_as_well test_a_row_has_a_photo_of_its_own"),
    "`{{p report }}`": "test_a_tag_stands_alone",
    "It brings its styles": "test_everything_a_word_file_holds_comes_with_it",
    "Refused by name: macros": (
        "test_what_could_harm_or_cannot_be_read_is_refused_by_name "
        "test_what_would_be_lost_is_refused_by_name"
    ),
    "A roster names one": "test_each_annex_looks_as_it_looked_alone",
    "One filter may stand": (
        "test_two_filters_behind_one_another_are_refused "
        "test_what_is_blank_stays_blank_and_a_trial_value_stands"
    ),
    "A filter at a field": "test_a_filter_at_a_field_of_another_kind_is_named",
    "`{{r opinion }}`": "test_a_text_has_its_own_marks_printed",
    "`**加粗**`": "test_what_is_not_marked_looks_as_the_tag_does",
    "A field that is blank": "test_texts_are_compared_and_joined",
    "Texts are compared": "test_texts_are_compared_and_joined",
    "Over several paragraphs": "test_a_condition_over_paragraphs_or_rows_vanishes_itself",
    "In a table the loop's": "test_rows_paragraphs_and_cells_are_repeated",
    "Simpler: write": "test_a_sample_row_stands_for_all_rows",
    "`{%p for": "test_rows_paragraphs_and_cells_are_repeated",
    "`members_first`": "test_a_table_is_there_whole_and_in_its_two_parts",
    "At the beginning": "test_a_cell_is_what_its_tag_says",
    "A colour is": (
        "test_every_colour_that_the_page_names_is_one test_a_colour_is_a_word_or_six_digits"
    ),
    "`{% vm %}`": "test_cells_are_merged_over_what_is_repeated",
    "Pictures, text boxes": (
        "test_what_must_stand_once_is_found_and_stands_once test_a_comment_has_one_place"
    ),
    "A cell in which": "test_nothing_is_left_empty",
    "A footnote in a loop": "test_a_note_with_several_places_is_seen",
    "Of docxtpl's own the": (
        "test_what_may_not_be_said_is_told_as_the_page_says "
        "test_a_tag_in_a_drawing_or_a_comment_is_named"
    ),
    "A file may not": (
        "test_what_could_harm_is_refused_in_words test_the_template_a_file_was_made_from_is_dropped"
    ),
    "Of docxtpl's own test": "test_what_is_said_of_docxtpls_scripts_adds_up",
    "`inline_image`": "test_what_is_said_of_docxtpls_scripts_adds_up",
    "`custom_jinja_filters`": "test_what_is_said_of_docxtpls_scripts_adds_up",
}


def sentences():
    """All that the page says outside its tables."""
    lines = [line for line in PAGE.splitlines() if line and not line.startswith(("|", "#"))]
    return [one.strip() for one in re.split(r"(?<=[.:]) (?=[A-Z`])", " ".join(lines))]


def names_of_tests():
    """The names of the tests of this file and of the filler."""
    files = (Path(__file__), *(TESTS / "filler").rglob("test_*.py"))
    return {name for file in files for name in _TEST.findall(file.read_text(encoding="utf-8"))}


def test_every_sentence_of_the_page_has_its_test():
    """In the order of the page; a sentence that is new or changed is to be shown anew."""
    said, known = sentences(), names_of_tests()
    assert len(said) == len(SHOWN)
    for sentence, (start, shown) in zip(said, SHOWN.items(), strict=True):
        assert sentence.startswith(start)
        assert set(shown.split()) <= known
