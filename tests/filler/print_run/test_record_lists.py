"""Lists begin again with each record."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from filler.print_run.record_lists import RecordLists
from tests.filler.print_run.records import SPACES

NUMBERING = (
    f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:start w:val="3"/>'
    '<w:pStyle w:val="own"/></w:lvl><w:lvl w:ilvl="1"/></w:abstractNum>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6">'
    '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/>'
    "</w:lvlOverride></w:num></w:numbering>"
)
STYLES = (
    f'<w:styles {SPACES}><w:style w:type="paragraph" w:styleId="base"><w:pPr>'
    '<w:numPr><w:ilvl w:val="1"/>'
    '<w:numId w:val="4"/></w:numPr><w:ind w:left="9"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="made"><w:basedOn w:val="base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="none"><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr>'
    "</w:pPr></w:style></w:styles>"
)


@pytest.fixture
def lists():
    return RecordLists(NUMBERING.encode(), STYLES.encode())


def part(*properties):
    paragraphs = "".join(f"<w:p><w:pPr>{one}</w:pPr></w:p>" for one in properties)
    return parse_xml(f"<w:body {SPACES}>{paragraphs}</w:body>")


def number(old):
    return f'<w:numPr><w:numId w:val="{old}"/></w:numPr>'


def numbers(root):
    return [one.get(qn("w:val")) for one in root.iter(qn("w:numId"))]


def starts(lists, wanted):
    root = parse_xml(lists.xml())
    (found,) = [one for one in root.findall(qn("w:num")) if one.get(qn("w:numId")) == wanted]
    return [one.get(qn("w:val")) for one in found.iter(qn("w:startOverride"))]


def test_a_list_is_one_list_within_a_record_and_another_in_the_next(lists):
    """What is no list stays what it is."""
    first, second = part(number(4), number(4), number(0), number(99)), part(number(4))
    lists.begin_again([first])
    lists.begin_again([second])
    assert numbers(first) == ["7", "7", "0", "99"]
    assert numbers(second) == ["8"]


def test_it_begins_where_the_template_lets_it_begin(lists):
    """By its own word, else by its level's; a level that says nothing begins at nought."""
    made = part(number(4), number(6))
    lists.begin_again([made])
    own, other = (starts(lists, one) for one in numbers(made))
    assert own[:3] == ["3", "0", "1"]
    assert other[0] == "9"
    assert len(own) == len(other) == 9


def test_what_only_the_style_says_is_said_by_the_paragraph(lists):
    """With the style's level and indent, in the standard's order."""
    made = part('<w:pStyle w:val="made"/><w:jc w:val="left"/>', '<w:pStyle w:val="none"/>')
    lists.begin_again([made])
    first, second = made
    assert [child.tag for child in first[0]] == [
        qn("w:pStyle"), qn("w:numPr"), qn("w:ind"), qn("w:jc"),
    ]  # fmt: skip
    assert first.find(f".//{qn('w:ilvl')}").get(qn("w:val")) == "1"
    assert second.find(f".//{qn('w:numPr')}") is None


def test_nothing_changes_where_nothing_is_numbered(lists):
    """The part may be copied as it is."""
    lists.begin_again([part("")])
    assert not lists.has_changed
