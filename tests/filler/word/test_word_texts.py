"""Texts as Word's XML holds them, and those it cannot hold."""

import pytest
from markupsafe import Markup, escape

from filler.errors import RenderError
from filler.word.word_texts import (
    as_run,
    label_of,
    mark_texts,
    name_in_row,
    on_one_line,
    refuse_unprintable,
)

BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("测试", "测试"),
        ("a<b>&\"c'", "a&lt;b&gt;&amp;&#34;c&#39;"),
        ("一\n二", f"一{BREAK}二"),
        ("一\r\n二\r三", f"一{BREAK}二{BREAK}三"),
        ("一\t二", f"一{TAB}二"),
        ("<\n>", f"&lt;{BREAK}&gt;"),
        (Markup("<w:r>一\n二</w:r>"), f"<w:r>一{BREAK}二</w:r>"),
    ],
)
def test_a_text_is_escaped_and_its_lines_and_tabs_are_words_own(text, made):
    """What a person typed is never markup; what the program made stays it."""
    marked = mark_texts({"a": text, "rows": [{"b": text}]})
    assert marked == {"a": made, "rows": [{"b": made}]}
    assert isinstance(marked["a"], Markup) or escape(text) == text


def test_properties_have_one_line():
    """Rows are left as they are."""
    assert on_one_line({"a": " 一\n二\t三 ", "rows": [{"b": "一\n"}]}) == {
        "a": "一 二 三",
        "rows": [{"b": "一\n"}],
    }


def test_a_run_is_escaped():
    """Its text comes from a form."""
    assert as_run("<&>") == "<w:r><w:t>&lt;&amp;&gt;</w:t></w:r>"


@pytest.mark.parametrize("bad", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\ud800", "\ufffe"])
def test_what_xml_cannot_hold_is_refused_with_field_and_character(bad):
    """In a table with the row's number."""
    with pytest.raises(RenderError) as caught:
        refuse_unprintable({"name": f"甲{bad}"}, {"name": "姓名"})
    assert f"姓名的第 2 个字符（U+{ord(bad):04X}）" in str(caught.value)
    rows = {"members": [{"m_name": "甲"}, {"m_name": bad}]}
    with pytest.raises(RenderError, match="成员第2行姓名的第 1 个字符"):
        refuse_unprintable(rows, {"members.m_name": "成员·姓名"})


@pytest.mark.parametrize("good", ["\t", "\n", "\r", " ", "\ud7ff", "\ue000", "\ufffd", "𠮷"])
def test_all_other_characters_pass(good):
    """Those at the edges, too."""
    refuse_unprintable({"name": good}, {})


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("name", "姓名"),
        ("kind_boxes", "类别"),
        ("unknown", "unknown"),
        (name_in_row("members", "m_name", 2), "成员第2行姓名"),
        ("name 3", "姓名第3行"),
    ],
)
def test_a_value_is_called_as_a_clerk_calls_it(name, label):
    """By its label, its row and its column."""
    labels = {"name": "姓名", "kind": "类别", "members.m_name": "成员·姓名"}
    assert label_of(name, labels) == label
