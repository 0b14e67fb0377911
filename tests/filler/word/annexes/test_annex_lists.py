"""Lists of an annex beside those of the form."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from filler.word.annexes.annex_lists import AnnexLists, new_numbering


def numbering(*inside):
    return parse_xml(f"<w:numbering {nsdecls('w')}>{''.join(inside)}</w:numbering>")


def abstract(number, inside=""):
    kind = '<w:nsid w:val="0000000A"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{kind}{inside}</w:abstractNum>'


def num(number, of):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/></w:num>'


def body(*numbers):
    inside = "".join(
        f'<w:p><w:pPr><w:numPr><w:numId w:val="{one}"/></w:numPr></w:pPr></w:p>' for one in numbers
    )
    return parse_xml(f"<w:body {nsdecls('w')}>{inside}</w:body>")


def numbers_in(root):
    return [one.get(qn("w:val")) for one in root.iter(qn("w:numId"))]


def test_each_list_gets_a_number_that_is_free():
    """Behind those of the form; two of one kind share what they look like."""
    host = numbering(abstract(3), num(7, 3))
    own = numbering(abstract(0), abstract(1), num(1, 0), num(2, 0), num(3, 1))
    part = body(1, 2, 1, 0, 9)
    AnnexLists(own, host, lambda _: None).renumber([part])
    assert numbers_in(part) == ["8", "9", "8", "0", "0"]
    assert [one.get(qn("w:abstractNumId")) for one in host.iter(qn("w:abstractNum"))] == ["3", "4"]
    assert [one.tag for one in host] == sorted(one.tag for one in host)
    kinds = [one.get(qn("w:val")) for one in host.iter(qn("w:nsid"))]
    assert len(set(kinds)) == 2


def test_a_list_that_names_a_style_of_lists_is_what_that_says():
    """Links to such styles go: the form has none of them."""
    own = numbering(
        abstract(0, '<w:numStyleLink w:val="章"/>'),
        abstract(1, '<w:styleLink w:val="章"/><w:lvl w:ilvl="0"/>'),
        num(1, 0),
    )
    host = new_numbering()
    AnnexLists(own, host, lambda _: None).renumber([body(1)])
    made = host.find(qn("w:abstractNum"))
    assert made.find(qn("w:lvl")) is not None
    assert made.find(qn("w:styleLink")) is None


@pytest.mark.parametrize("has_picture", [True, False])
def test_a_picture_for_a_bullet_comes_with_its_list(has_picture):
    """Before all lists, as the schema asks."""
    bullet = '<w:numPicBullet w:numPicBulletId="0"/>' if has_picture else ""
    level = '<w:lvl w:ilvl="0"><w:lvlPicBulletId w:val="0"/></w:lvl>'
    own, host = numbering(bullet, abstract(0, level), num(1, 0)), numbering(abstract(0), num(1, 0))
    lists = AnnexLists(own, host, lambda _: None)
    lists.renumber([body(1)])
    assert len(lists.bullets) == has_picture
    assert (host[0].tag == qn("w:numPicBullet")) == has_picture
