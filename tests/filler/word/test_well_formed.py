"""The proof that no value can damage a template's output."""

import jinja2
import pytest

from filler.word.well_formed import is_always_well_formed
from filler.word.word_source import CORE, TAGGED, open_word, read_sources
from tests.shipped_forms import shipped_forms


def is_proved(source: str) -> bool:
    return is_always_well_formed(jinja2.Environment(autoescape=True).parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "<a><w:t>{{ x }}</w:t></a>",
        "<a><w:t>{% if x %}{{ x }}{% elif y %}-{% else %}{{ y }}{% endif %}</w:t></a>",
        "<a>{% for r in rows %}<w:t>{{ r.x }}</w:t>{% endfor %}</a>",
        "<a>{% if x %}<b>{% for r in rows %}<w:t>{{ r.x }}</w:t>{% endfor %}</b>{% endif %}</a>",
    ],
)
def test_balanced_branches_with_values_in_runs_are_proved(source):
    """Whatever comes, the output is sound."""
    assert is_proved(source)


@pytest.mark.parametrize(
    "source",
    [
        "<a><w:t b='{{ x }}'/></a>",
        "<a><!-- {{ x }} --></a>",
        "<a><!-- {% if x %}-{% endif %} --></a>",
        "<a>{{ x }}</a>",
        "<a>{% if x %}{{ x }}{% endif %}</a>",
        "<a>{% for r in rows %}</a><a>{% endfor %}</a>",
        "<a>{% if x %}<b>{% endif %}</b></a>",
        "<a/>{% if x %}<b/>{% endif %}",
        "<a>{% set b = 1 %}</a>",
        "<a>",
    ],
)
def test_what_values_could_damage_is_not_proved(source):
    """Attributes, comments, text outside runs, torn elements, foreign statements."""
    assert not is_proved(source)


def test_every_form_of_the_county_is_proved():
    """So none of them pays for a check at each rendering."""
    for spec in shipped_forms().forms:
        for name, source in read_sources(open_word(spec.docx.read_bytes(), spec.id)).items():
            if TAGGED.search(source) and name != CORE:
                assert is_proved(source), (spec.id, name)
