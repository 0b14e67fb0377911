"""Parts printed at once: the same bytes as Jinja's, or left to it."""

import jinja2
import pytest
from markupsafe import Markup

from filler.word.form_template import load_template
from filler.word.joining.framed_body import OWN_NUMBER
from filler.word.proving.trial_prints import trial_contexts
from filler.word.tags.plain_tags import PlainTags, plain_tags

PLAIN = (
    "100 % of {{ name }}{% for m in members %}<w:t>{{ m.name }} {{ m.age or '无' }}</w:t>"
    "{% endfor %}{% if not name and members %}{{ name or '空' }}{% else %}有{% endif %}."
)


def parse(source: str) -> PlainTags | None:
    return plain_tags(jinja2.Environment().parse(source))


@pytest.mark.parametrize("name", ["", "测试甲", Markup("甲&amp;乙"), "%b %s"])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_it_prints_what_jinja_prints(name, count):
    """Values, words in place of empty ones, rows, conditions, signs of percent."""
    context = {"name": name, "members": [{"name": "子", "age": ""}] * count}
    tags = parse(PLAIN)
    assert tags is not None
    printed = tags.print(context)
    assert printed is not None
    theirs = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(PLAIN)
    assert printed.data.decode() == theirs.render(context)
    assert set(printed.texts) <= {str(name), "子", "无", "空"}


ASKING = (
    "{% for m in members %}{% if m.age == '3' %}三{{ m.name }}{% elif m.age or not name %}多"
    "{% else %}{{ m.name or name and '其' }}{% endif %}、{{ m.age }}{% endfor %}"
    "{% if name == '测试甲' or members %}{{ name or phone or '空' }}{% endif %}"
    "{{ phone or (not name and '无') or name }}"
)


@pytest.mark.parametrize("name", ["", "测试甲", "乙"])
@pytest.mark.parametrize("phone", ["", "1"])
@pytest.mark.parametrize("ages", [(), ("3", "4", ""), ("", "")])
def test_it_asks_what_jinja_asks(name, phone, ages):
    """Of the form and of a row: whether something is, whether it is this, and what else."""
    members = [{"name": "子" * bool(age), "age": age} for age in ages]
    context = {"name": name, "phone": phone, "members": members}
    printed = parse(ASKING).print(context)
    theirs = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(ASKING)
    assert printed.data.decode() == theirs.render(context)


def test_a_value_that_is_no_text_is_left_to_jinja():
    """It writes `False`."""
    assert parse("{{ name or not name }}").print({"name": ""}) is None
    assert parse("{{ name or 3 }}").print({"name": ""}) is None


def test_what_a_row_prints_in_any_case_is_known():
    """Not what stands in a condition there."""
    assert parse(ASKING).names == {"members.age", "phone"}


def test_it_knows_what_comes_out_in_any_case():
    """Not what stands in a condition."""
    tags = parse(PLAIN + "{% if name %}{{ phone }}{% endif %}")
    assert tags is not None
    assert tags.names == {"name", "members.name", "members.age"}


@pytest.mark.parametrize(
    "source",
    [
        "{{ name|upper }}",
        "{% for m in members %}{{ loop.index }}{% endfor %}",
        "{% for m in members %}{{ name }}{% endfor %}",
        "{% for m in members %}{{ m }}{% endfor %}",
        "{% for m in members %}{% for n in members %}{{ n.age }}{% endfor %}{% endfor %}",
        "{% for m in members %}{% if loop.first %}有{% endif %}{% endfor %}",
        "{% for m in members %}{% if m %}有{% endif %}{% endfor %}",
        "{% for m in members if m.age %}{{ m.age }}{% endfor %}",
        "{% for m in members %}{{ m.age }}{% else %}无{% endfor %}",
        "{% for m in ['甲'] %}{{ m }}{% endfor %}",
        "{% if name != '甲' %}甲{% endif %}",
        "{% if name > '甲' %}甲{% endif %}",
        "{% if members|length %}甲{% elif name %}乙{% endif %}",
        "{{ name and '甲' }}",
        "{{ 3 }}",
    ],
)
def test_what_says_more_is_left_to_jinja(source):
    """Filters, numbers of rows, comparisons."""
    assert parse(source) is None


@pytest.mark.parametrize("context", [{}, {"name": "甲"}, {"name": 3, "members": []}])
def test_what_is_missing_or_no_text_is_left_to_jinja(context):
    """It names what is missing."""
    tags = parse(PLAIN)
    assert tags is not None
    assert tags.print(context) is None


def test_a_table_of_very_many_rows_is_left_to_jinja():
    """There the time is watched."""
    tags = parse(PLAIN)
    assert tags is not None
    row = {"name": "子", "age": "3"}
    assert tags.print({"name": "", "members": [row] * 1_000}) is not None
    assert tags.print({"name": "", "members": [row] * 1_001}) is None


def test_all_forms_come_out_as_jinja_prints_them(catalogue):
    """With every trial that templates are proved by; nearly all parts are printed at once."""
    plain, others = 0, 0
    for spec in catalogue.forms:
        template = load_template(spec)
        names = template.names
        found = trial_contexts(names.used, names.words, (), (), 2)
        trials = [{**trial, OWN_NUMBER: "1234567"} for trial in found]
        for part in template.parts:
            plain, others = plain + bool(part.made_of.plain), others + (not part.made_of.plain)
            for trial in trials if part.made_of.plain else ():
                printed = part.made_of.plain.print(trial)
                assert printed is not None
                made = part.made_of.template.render(trial)
                assert printed.data.decode() == made, (spec.id, part.name)
    assert plain > 10 * others
