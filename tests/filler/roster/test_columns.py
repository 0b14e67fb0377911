"""Headings that are written, and headings that are understood."""

import pytest

from filler.roster.columns import (
    fold_heading,
    form_headings,
    is_number_heading,
    is_own_heading,
    is_person_heading,
    person_field,
    row_headings,
)


@pytest.mark.parametrize(
    "heading",
    ["身份证号", "身份证号 *", "身 份 证 号：", "身份证号＊", "身份证号（必填）", "身份证号(选填)*",
     "\u200b身份证号\ufeff"],
)  # fmt: skip
def test_a_heading_is_known_whatever_stands_around_it(heading):
    """Stars, gaps, colons and (必填) are no part of it."""
    assert fold_heading(heading) == "身份证号"


def test_every_heading_we_write_is_understood(catalogue):
    """Of every form and table; as its slug, too."""
    for spec in catalogue.forms:
        tables = [row_headings(one) for one in spec.fields if one.type == "rows"]
        for headings in (form_headings(spec), *tables):
            for slug, name in headings.names.items():
                assert headings.find(name) == slug
                assert headings.find(slug) == slug


def test_a_heading_without_its_brackets_is_enough_while_it_is_one_field(catalogue):
    """年收入 for 年收入（元）."""
    for spec in catalogue.forms:
        headings = form_headings(spec)
        assert headings.find("案件编号") == "case_no"
        assert headings.find("没有这一列") == ""


@pytest.mark.parametrize(
    ("heading", "number", "person", "own"),
    [
        ("序号", True, False, True),
        ("所属户号", True, False, True),
        ("户主身份证号", False, True, False),
        ("身份证号", False, False, False),
        ("核对结果", False, False, True),
        ("备注", False, False, True),
        ("姓名", False, False, False),
    ],
)
def test_columns_that_join_or_are_the_programs_own(heading, number, person, own):
    """They hold no answers."""
    found = is_number_heading(heading), is_person_heading(heading), is_own_heading(heading)
    assert found == (number, person, own)


def test_the_person_of_a_form_is_its_first_id_number(catalogue):
    """A list asks for none."""
    assert person_field(catalogue.form("ZF-01")).slug == "id_no"
    assert person_field(catalogue.form("GS-01")) is None
