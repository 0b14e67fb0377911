"""Small helps for the pages."""

import pytest

from minzheng.web.templatetags import pages

ID = "11010519491231002X"


def test_found_words_are_marked_and_markup_is_text():
    """What stands on a paper is never run."""
    assert pages.marked("<b>测试甲</b>", [(3, 6)]) == "&lt;b&gt;<mark>测试甲</mark>&lt;/b&gt;"
    assert pages.marked("测试", []) == "测试"


def test_numbers_of_people_are_hidden_in_part():
    """A piece of a text may begin inside a number: then more is hidden, never less."""
    assert pages.masked(f"身份证 {ID}") == "身份证 110105********002X"
    assert "491231002X" not in pages.masked_excerpt("491231002X 的户主")


def test_dossiers_and_forms_are_called_by_their_names():
    """What nobody knows keeps its code, or is left out of a list."""
    assert pages.dossier_names({"TK", "DB"}) == "低保、特困供养"
    assert (pages.dossier_name("DB"), pages.dossier_name("XX")) == ("低保", "XX")
    assert pages.form_names({"DB-02", "DB-01", "XX-01"}).count(" 或 ") == 1
    assert pages.form_names({"DB-01"}).endswith("（DB-01）")


@pytest.mark.parametrize(("documents", "minutes"), [(1, 1), (600, 1), (6000, 10)])
def test_the_time_for_pdfs_is_told_in_minutes(documents, minutes):
    """At least one."""
    assert pages.minutes_of_pdf(documents) == minutes


def test_addresses_leave_out_what_is_empty():
    """And carry Chinese as browsers write it."""
    assert pages.querystring_of("", 0) == ""
    assert pages.querystring_of("低保", 2) == "q=%E4%BD%8E%E4%BF%9D&page=2"
    assert pages.querystring_of_case("DB-1") == "q=%E7%BC%96%E5%8F%B7%3ADB-1"
    assert (pages.at({"DB": 3}, "DB"), pages.at({}, "DB")) == (3, 0)
