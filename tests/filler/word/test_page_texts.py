"""All texts a template may print, by name."""

import datetime as dt

import pytest

from filler.form.form_data import FormData
from filler.values.derive import derive
from filler.values.read_answers import read_answers
from filler.word.page_texts import page_texts, required_names, template_names, ways_to_print

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def texts(catalogue, answers_of):
    def make(form_id, **changes):
        spec = catalogue.form(form_id)
        data, _ = read_answers(spec, answers_of(form_id) | changes)
        return page_texts(derive(spec, data, catalogue.facts, TODAY))

    return make


def test_a_table_is_there_whole_and_in_its_two_parts(texts, answers_of):
    """Six rows on the form, the seventh on the continuation sheet."""
    row = answers_of("DB-01")["members"][0]
    made = texts("DB-01", members=[row] * 7)
    assert len(made["members"]) == 7
    assert made["members_first"] + made["members_more"] == made["members"]
    assert len(made["members_more"]) == 1


def test_missing_rows_are_blank_ones_for_the_pen(texts):
    """With every name their columns have."""
    made = texts("DB-01", members=[])
    assert len(made["members"]) == 6
    assert {text for row in made["members"] for text in row.values()} == {""}
    assert made["members_more"] == []


def test_a_choice_is_text_and_boxes(texts):
    """The template says which it prints."""
    made = texts("DB-01", apply_kind="农村低保")
    assert made["apply_kind"] == "农村低保"
    assert "☑农村低保" in made["apply_kind_boxes"]
    assert made["apply_kind_boxes"].count("☑") == 1


def test_the_code_line_names_form_version_and_case(texts):
    """Paper finds its way back by it."""
    made = texts("DB-01", case_no="DB-103200-2018-0007")
    assert made["code_line"].startswith("DB-01 v1 DB-103200-2018-0007")
    assert made["case_no"] == "DB-103200-2018-0007"


@pytest.mark.parametrize(("town", "printed"), [("平利县·城关镇", "平利县"), ("钟宝镇", "镇坪县")])
def test_the_county_is_the_one_whose_paper_it_is(catalogue, town, printed):
    """Of several the one of its town; of an office of one as the settings say."""
    data = FormData({"town": town})
    made = page_texts(derive(catalogue.form("DB-01"), data, catalogue.facts, TODAY))
    assert made["county"] == printed


def test_every_text_of_every_form_has_a_name_a_template_may_use(catalogue):
    """And none other: what is named is made."""
    for spec in catalogue.forms:
        made = page_texts(derive(spec, FormData(), catalogue.facts, TODAY))
        single = {name for name, text in made.items() if not isinstance(text, list)}
        tables = {name for name, text in made.items() if isinstance(text, list)}
        names = template_names(spec)
        assert single | tables == {name for name in names if "." not in name}
        for table in tables:
            columns = {name.partition(".")[2] for name in names if name.startswith(f"{table}.")}
            assert all(set(row) == columns for row in made[table])


def test_what_must_be_printed_can_be_printed(catalogue):
    """Title, fields and columns; each by a way of which every name is known."""
    for spec in catalogue.forms:
        names = template_names(spec)
        required = required_names(spec)
        assert required["title"] == "标题"
        assert [name for name in required if not ways_to_print(name)[0] <= names] == []


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("kind", {"kind"}),
        ("kind", {"kind_boxes"}),
        ("rows.a", {"rows.a"}),
        ("rows.a", {"rows_first.a", "rows_more.a"}),
        ("rows.a", {"rows_first.a_boxes", "rows_more.a_boxes"}),
    ],
)
def test_a_field_is_printed_as_text_or_boxes_and_a_table_whole_or_in_parts(name, way):
    """One whole way is enough."""
    assert frozenset(way) in ways_to_print(name)


def test_half_of_a_table_is_no_way_to_print_it():
    """The seventh row would be lost."""
    assert not any(way <= {"rows_first.a"} for way in ways_to_print("rows.a"))
