"""Tags as they stand in a paragraph, and which end belongs to which start."""

import pytest

from filler.word.faults.tag_blocks import find_tags, pair_blocks
from filler.word.faults.template_text import PlacedText


def tags_of(text):
    return list(find_tags(PlacedText("第1段", None, text, (False,) * len(text), "")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ name }}", [(False, "", False, "name")]),
        ("{{ r name }}", [(False, "", False, "r name")]),
        ("{{r name }}", [(False, "r", False, "name")]),
        ("{%tr for m in members %}", [(True, "tr", False, "for m in members")]),
        ("{% tr for m in members %}", [(True, "tr", True, "for m in members")]),
        ("{%- if a -%}", [(True, "", False, "if a")]),
        ("{{ a }}{{ b }}", [(False, "", False, "a"), (False, "", False, "b")]),
        ("{{ a %}", []),
        ("{ a }", []),
        ("{{ a", []),
    ],
)
def test_a_tag_is_found_with_its_kind_prefix_and_words(text, found):
    """A space before tr makes another tag of it; half a tag is none."""
    tags = tags_of(text)
    assert [(tag.is_block, tag.prefix, tag.has_gap, tag.words) for tag in tags] == found


def test_a_tag_knows_how_it_is_written():
    """With its place in the paragraph."""
    (tag,) = tags_of("甲{%p if name %}乙")
    assert (tag.written, tag.keyword, tag.start) == ("{%p if name %}", "if", 1)


@pytest.mark.parametrize(
    ("text", "pairs", "unclosed", "unopened"),
    [
        ("{% if a %}{% endif %}", [("if", "endif")], [], []),
        (
            "{% for m in t %}{% if a %}{% else %}{% endif %}{% endfor %}",
            [("if", "endif"), ("for", "endfor")], [], [],
        ),
        ("{% if a %}", [], ["if"], []),
        ("{% endif %}", [], [], ["endif"]),
        ("{% else %}", [], [], ["else"]),
        ("{% for m in t %}{% else %}{% endfor %}", [("for", "endfor")], [], []),
        ("{% for m in t %}{% elif a %}{% endfor %}", [("for", "endfor")], [], ["elif"]),
        ("{% if a %}{% endfor %}", [], ["if"], ["endfor"]),
    ],
)  # fmt: skip
def test_each_end_belongs_to_the_last_start_of_its_kind(text, pairs, unclosed, unopened):
    """As Jinja pairs them."""
    blocks = pair_blocks(tags_of(text))
    assert [(start.keyword, end.keyword) for start, end in blocks.pairs] == pairs
    assert [tag.keyword for tag in blocks.unclosed] == unclosed
    assert [tag.keyword for tag in blocks.unopened] == unopened


def test_a_tag_knows_the_loops_around_it():
    """Inside, the variable means its table; behind the end no more."""
    tags = tags_of("{{ a }}{% for m in members %}{{ m.b }}{% endfor %}{{ c }}")
    loops = pair_blocks(tags).loops_at
    inside = {"m": "members", "loop": ""}
    assert [dict(loops[tag]) for tag in tags] == [{}, {}, inside, inside, {}]
