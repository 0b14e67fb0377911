"""Loops and conditions that would lose or shift what stands around them."""

import pytest

from tests.filler.word_files import LOOP_END, LOOP_START, problems_of, with_lines, with_table


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("甲", "乙"), (LOOP_START + "{{ m.a }}", "{{ m.b }}"), (LOOP_END, "")], "数据行"),
        ([("甲", "乙"), (LOOP_START + "{{ m.a }}", "{{ m.b }}" + LOOP_END)], "写在同一行"),
        ([("甲", "乙"), ("{% for m in members %}{{ m.a }}", "{% endfor %}")], "跨了单元格"),
        ([("甲",), ("{% tr for m in members %}",), ("{{ m.a }}",), (LOOP_END,)], "多了空格"),
        ([("甲", "乙"), (LOOP_START, ""), ("{{ m.a }}", ""), ("{% endfor %}", "")], "写法不一致"),
        ([("甲", "乙"), ("{%p if a %}", "{%p endif %}")], "不在同一格"),
    ],
)  # fmt: skip
def test_a_loop_that_would_drop_or_shift_rows_is_named_with_its_cell(rows, words):
    """第1个表格第2行第1列, before anything is printed."""
    found = problems_of(with_table(*rows))
    assert any(one.startswith("第1个表格第2行第1列：") and words in one for one in found), found


def test_a_condition_over_paragraphs_is_named():
    """Plain `{% if %}` must end where it began."""
    assert "跨了段落" in problems_of(with_lines("{% if a %}", "甲", "{% endif %}"))[0]


def test_words_beside_a_paragraph_tag_would_be_lost():
    """`{%p if %}` takes its whole paragraph away."""
    assert "这些文字会丢失" in problems_of(with_lines("甲{%p if a %}", "乙", "{%p endif %}"))[0]
