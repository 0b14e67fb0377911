"""Of what the tags of a template speak, and what in them is not allowed."""

import jinja2
import pytest

from filler.errors import TemplateError
from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from filler.word.template_tags import (
    TagNames,
    explain_strange_filter,
    find_unclear_tags,
    write_braces,
)
from tests.filler.word_files import saved, with_lines

ENVIRONMENT = jinja2.Environment(autoescape=True)


def names_of(source):
    names = TagNames()
    names.add(ENVIRONMENT.parse(source), {})
    return names


@pytest.mark.parametrize(
    ("source", "used", "printed"),
    [
        ("{{ name }}", {"name"}, {"name"}),
        ("{% if name %}甲{% endif %}", {"name"}, set()),
        ("{% if name == '甲' and not age %}{{ id_no }}{% endif %}", {"name", "age", "id_no"},
         {"id_no"}),
        ("{% for m in members %}{{ m.age }}{% endfor %}", {"members", "members.age"},
         {"members.age"}),
        ("{% for m in members %}{{ loop.index }}{% endfor %}", {"members"}, set()),
        ("{{ members.age }}", {"members.age"}, {"members.age"}),
        ("{% for m in members if m.age %}{{ name }}{% else %}{{ other }}{% endfor %}",
         {"members", "members.age", "name", "other"}, {"name", "other"}),
    ],
)  # fmt: skip
def test_names_are_told_apart_from_what_is_printed(source, used, printed):
    """A condition uses a field, and prints nothing."""
    names = names_of(source)
    assert (names.used, names.printed, names.forbidden) == (used, printed, set())


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("{{ name.upper() }}", "Call"),
        ("{{ name|元(1) }}", "Filter"),
        ("{% if name|元 %}{% endif %}", "Filter"),
        ("{{ (a or b)|元 }}", "Filter"),
        ("{{ name|元|大写金额 }}", "Filter"),
        ("{{ name()|_colour }}", "Call"),
        ("{{ name|_span }}", "colspan"),
        ("{{ (name()|count)|_span }}", "colspan"),
        ("{{ name[0] }}", "Getitem"),
        ("{% set a = 1 %}", "Assign"),
        ("{{ a + b }}", "Add"),
        ("{% for a, b in members %}{% endfor %}", "For"),
        ("{% include 'x' %}", "Include"),
        ("{% macro f() %}{% endmacro %}", "Macro"),
    ],
)
def test_whatever_could_run_code_is_named(source, kind):
    """Fields, for and if are all a form needs."""
    assert kind in names_of(source).forbidden


@pytest.mark.parametrize(
    ("source", "nested"),
    [
        ("{{ a }}", 0),
        ("{% for m in a %}{% endfor %}{% for m in b %}{% endfor %}", 1),
        ("{% for m in a %}{% if b %}{% for n in c %}{% endfor %}{% endif %}{% endfor %}", 2),
    ],
)
def test_loops_within_loops_are_counted(source, nested):
    """Their turns multiply."""
    assert names_of(source).nested == nested


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("{{ name }}{% if a %}{% endif %}{# 说明 #}", 0),
        ("{{ na<w:r>me }}</w:r>", 0),
        ("{ name }", 1),
        ("{{ name", 1),
        ("name %}", 1),
        ("｛name｝", 2),
        ("{ 这是一句话，不是标签 }", 0),
    ],
)
def test_braces_that_are_no_tag_are_found_in_the_text(source, count):
    """Markup between the letters does not hide them."""
    assert len(list(find_unclear_tags("x", source))) == count


@pytest.mark.parametrize(
    ("before", "behind", "shown"),
    [
        ("", "", "{{"),
        ("甲" * 12, "乙" * 12, "甲" * 12 + "{{" + "乙" * 12),
        ("丙" + "甲" * 12, "乙" * 12 + "丁", "甲" * 12 + "{{" + "乙" * 12),
        ("甲", "乙", "甲{{乙"),
    ],
)
def test_a_leftover_brace_is_shown_with_what_stands_around_it(before, behind, shown):
    """Twelve signs to either side."""
    (problem,) = find_unclear_tags("x", f"{before}{{{{{behind}")
    assert problem.what == f"“{shown}”中的括号不是完整的标签"


def test_a_filter_that_is_none_is_told_with_the_nearest():
    """And with all there are."""
    names = names_of("{{ name|upper }}{{ day|大写日 }}")
    assert names.strange == {"upper", "大写日"}
    assert not names.forbidden
    assert names_of("{{ ''.__class__|length }}").used == {"?.__class__"}
    assert "Call" in names_of("{{ name()|upper }}").forbidden
    assert "是否为 |大写日期？" in explain_strange_filter("大写日")[1]
    assert "千分位" in explain_strange_filter("upper")[1]


def test_what_a_filter_prints_is_told_apart_from_what_is_printed_plain():
    """Either prints the field; what has to come out differs."""
    names = names_of("{{ day|iso }}{% for m in members %}{{ m.sum|元 }}{{ m.n }}{% endfor %}")
    assert names.printed == {"day", "members.sum", "members.n"}
    assert names.plain == {"members.n"}
    assert names.filtered == {("day", "iso"), ("members.sum", "元")}


def test_a_loop_may_go_over_words_written_in_the_tag():
    """They are no fields; what is asked of a table is asked of none."""
    names = names_of("{% for x in ['春', 3] %}{{ x }}{{ name }}{% endfor %}")
    assert names.used == {"name"}
    assert not names.looped
    assert not names.forbidden
    assert names_of("{% for x in ['春', name] %}{% endfor %}").forbidden
    assert names_of("{% for x in [[1], [2]] %}{% endfor %}").forbidden


def test_braces_that_shall_be_printed_are():
    """In what stands between tags only."""
    tree = ENVIRONMENT.parse("{_{ 字段 }_}{{ name }}{_% if %_}{% if a %}{_{ x{% endif %}")
    write_braces(tree)
    texts = [one.data for one in tree.find_all(jinja2.nodes.TemplateData)]
    assert texts == ["{{ 字段 }}", "{% if %}", "{{ x"]
    assert list(find_unclear_tags("x", "{_{ name }_} {_% if %_}")) == []


def test_a_tag_of_a_cell_prints_nothing():
    """It uses its fields."""
    names = names_of("{{ (kind == '重' and '红')|_colour }}{{ (members|count)|_span }}")
    assert names.used == {"kind", "members"}
    assert names.printed == set()


@pytest.mark.parametrize(
    "line",
    ["{% for m in members %}{{ m }}{% endfor %}", "{% for m in members %}{{ loop }}{% endfor %}",
     "{{ members }}{% for m in members %}{{ m.m_name }}{% endfor %}"],
)  # fmt: skip
def test_a_row_or_a_table_is_no_text(line):
    """It would come out as the program writes it, or not at all; check and fill agree."""
    data = saved(with_lines(line))
    with pytest.raises(TemplateError, match="印的是整行、整张表"):
        CompiledTemplate(data, "x")
    assert "整行" in str(check_template(data, "x").problems[0])
