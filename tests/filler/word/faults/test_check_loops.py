"""Loops and conditions that would lose or shift what stands around them."""

import pytest

from filler.word.faults.check_loops import find_loop_faults, find_lost_branches
from filler.word.faults.tag_blocks import find_tags, pair_blocks
from filler.word.faults.template_text import read_template_text
from tests.filler.word_files import (
    LOOP_END,
    LOOP_START,
    add_table,
    new_document,
    problems_of,
    with_lines,
    with_table,
)


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


def whats(document):
    """What is wrong with the loops and conditions of a document."""
    texts = read_template_text(document)
    tags = [tag for text in texts for tag in find_tags(text)]
    return [one.what for one in find_loop_faults(pair_blocks(tags))]


IF, END = "{%tr if a %}", "{%tr endif %}"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("甲", "乙"), (IF, ""), ("{{ m }}", ""), (END, "")], []),
        ([(IF, ""), (END, "")], []), ([(IF, END)], ["写在同一行"]),
        ([(IF, "乙"), ("甲", ""), (END, "")], ["写在数据行上"]),
        ([(IF, ""), ("甲", ""), (END, "丙")], ["写在数据行上"]),
        ([(IF, "乙"), ("甲", ""), (END, "丙")], ["写在数据行上", "写在数据行上"]),
        ([("{%p if a %}", ""), ("{%p endif %}", "")], ["不在同一格"]),
        ([("{%p if a %}\n甲\n{%p endif %}", "")], ["写在同一段"]),
        ([("{% if a %}甲{% endif %}", "")], []), ([("{% if a %}", "{% endif %}")], ["跨了单元格"]),
        ([("{%tr if a %}", ""), ("{%p endif %}", "")], ["写法不一致"]),
        ([("{%tc if a %}", "{%tc endif %}")], []),
    ],
)  # fmt: skip
def test_each_way_to_shift_a_table_is_told_apart(rows, words):
    """What stays in place is no fault."""
    found = whats(with_table(*rows))
    assert len(found) == len(words)
    assert all(word in one for word, one in zip(words, found, strict=True))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("{%p if a %}", "甲", "{%p endif %}"), []), (("{% if a %}甲{% endif %}",), []),
        (("{% if a %}", "{% endif %}"), ["跨了段落"]),
        (("{%p if a %}甲{%p endif %}",), ["写在同一段"]),
        (("{%p if a %}", "甲", "乙{%p endif %}"), ["这些文字会丢失"]),
        (("乙{%p if a %}", "甲", "乙{%p endif %}"), ["这些文字会丢失", "这些文字会丢失"]),
        (("{%tr if a %}", "甲", "{%tr endif %}"), ["不在表格里", "不在表格里"]),
    ],
)  # fmt: skip
def test_each_way_to_lose_a_paragraph_is_told_apart(lines, words):
    """Outside tables."""
    found = whats(with_lines(*lines))
    assert len(found) == len(words)
    assert all(word in one for word, one in zip(words, found, strict=True))


def test_a_loop_may_not_end_in_another_table():
    """Nor outside all tables."""
    document = new_document()
    add_table(document, ("{%tr if a %}",), ("甲",))
    add_table(document, ("乙",), ("{%tr endif %}",))
    assert [one for one in whats(document) if "不在同一个表格" in one]
    document = new_document()
    add_table(document, ("{%tr if a %}",), ("甲",))
    document.add_paragraph("{%tr endif %}")
    assert whats(document) == ["{%tr endif %} 不在表格里"]


@pytest.mark.parametrize(
    ("lines", "is_lost"),
    [
        (("{%p else %}",), False),
        (("甲{%p else %}",), True),
        (("甲{%p elif b %}",), True),
        (("甲{% else %}",), False),
        (("甲{%p if a %}",), False),
    ],
)
def test_a_branch_needs_a_paragraph_of_its_own(lines, is_lost):
    """As the beginning and the end do; a plain one may stand in a line."""
    (text,) = (one for one in read_template_text(with_lines(*lines)) if one.text)
    assert bool(list(find_lost_branches(text))) == is_lost


@pytest.mark.parametrize(
    ("row", "is_lost"),
    [
        (("{%tr else %}", ""), False),
        (("{%tr else %}", "乙"), True),
        (("{% else %}", "乙"), False),
        (("甲{%p else %}", ""), True),
        (("{%p else %}", "乙"), False),
    ],
)
def test_a_branch_between_rows_needs_a_row_of_its_own(row, is_lost):
    """Another cell of that row would be lost, too."""
    texts = read_template_text(with_table(row))
    assert any(list(find_lost_branches(text)) for text in texts) == is_lost


def test_a_branch_of_rows_outside_tables_is_left_to_the_pairing():
    """It has no row."""
    (text,) = (one for one in read_template_text(with_lines("甲{%tr else %}")) if one.text)
    assert list(find_lost_branches(text)) == []
