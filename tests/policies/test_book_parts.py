"""Pieces of the book are Word's, and found again by their marks."""

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from minzheng.policies.book_parts import (
    blank_room,
    chapter_head,
    contents_line,
    section_end,
    table,
)


def read(xml):
    return parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")


def words(part):
    return "".join(one.text or "" for one in part.iter(qn("w:t")))


def instruction(part):
    (told,) = part.iter(qn("w:instrText"))
    return told.text.strip()


def test_a_heading_bears_its_mark_and_level():
    """Word's own outline shows it."""
    head = read(chapter_head("第一章　<甲>", "chapter1", 10))
    (mark,) = head.iter(qn("w:bookmarkStart"))
    assert mark.get(qn("w:name")) == "chapter1"
    (level,) = head.iter(qn("w:outlineLvl"))
    assert level.get(qn("w:val")) == "0"
    assert words(head) == "第一章　<甲>"


def test_a_line_of_the_contents_tells_its_page_and_how_to_count_it_again():
    """Printed as it is, it has its number."""
    line = read(contents_line("一、政策文件", "chapter1part1", 7, is_chapter=False))
    assert words(line) == "一、政策文件7"
    assert instruction(line) == "PAGEREF chapter1part1 \\h"


def test_a_page_nobody_counted_is_left_to_word():
    """No wrong number."""
    line = read(contents_line("甲", "m", None, is_chapter=True))
    assert words(line) == "甲"
    assert instruction(line) == "PAGEREF m \\h"


def test_a_table_is_as_wide_as_the_page():
    """Whatever its columns are given as."""
    made = read(table(("甲", "乙"), (1, 3), [("a", "b")]))
    widths = [int(one.get(qn("w:w"))) for one in made.iter(qn("w:gridCol"))]
    assert abs(sum(widths) - round(156 * 1440 / 25.4)) <= 2
    assert widths[1] in range(3 * widths[0] - 3, 3 * widths[0] + 4)


def test_room_is_as_high_as_asked_for():
    """10 mm are 567 twips."""
    (spacing,) = read(blank_room(10, '<w:spacing w:before="60"/>')).iter(qn("w:spacing"))
    assert spacing.get(qn("w:line")) == "567"


def test_a_section_may_count_its_pages_anew():
    """From 1."""
    (count,) = read(section_end(numbers='w:start="1"')).iter(qn("w:pgNumType"))
    assert count.get(qn("w:start")) == "1"
