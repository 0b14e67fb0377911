"""What rows repeat bears numbers of its own, and speaks of its own row."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from filler.word.proving.told_apart import Twins
from tests.filler.print_run.records import SPACES

SHAPE, OBJECT = "{urn:schemas-microsoft-com:vml}shape", "{*}OLEObject"


def apart(*xml, is_once=True):
    twins, made = Twins(is_once), [parse_xml(f"<w:body {SPACES}>{one}</w:body>") for one in xml]
    for root in made:
        twins.part(root)
    return made


def test_what_speaks_of_a_shape_speaks_of_that_of_its_row():
    """Before and behind it, however many do."""
    row = (
        '<w:r><w:object><v:shape id="a" style="mso-next-textbox:#b"/><v:shape id="b"/>'
        '<o:OLEObject ShapeID="a"/></w:object></w:r>'
    )
    (root,) = apart(row * 3)
    names = [one.get("id") for one in root.iter(SHAPE)]
    assert len(set(names)) == 6
    assert names[:2] == ["a", "b"]
    assert [one.get("ShapeID") for one in root.iter(OBJECT)] == names[::2]
    said = [one.get("style") for one in root.iter(SHAPE) if one.get("style")]
    assert said == [f"mso-next-textbox:#{name}" for name in names[1::2]]


def test_one_shape_of_which_all_rows_speak_keeps_its_name():
    """It stands before the loop."""
    speaks = '<w:r><w:object><o:OLEObject ShapeID="a"/></w:object></w:r>'
    (root,) = apart(f'<w:r><w:object><v:shape id="a"/></w:object></w:r>{speaks * 2}')
    assert [one.get("ShapeID") for one in root.iter(OBJECT)] == ["a", "a"]


def test_a_kind_of_shapes_is_told_once_in_each_part():
    """What is of it finds the first."""
    row = '<w:r><w:pict><v:shapetype id="t75"/><v:shape id="a" type="#t75"/></w:pict></w:r>'
    made = apart(row * 2, row)
    assert [len(list(root.iter("{*}shapetype"))) for root in made] == [1, 1]
    assert {one.get("type") for root in made for one in root.iter(SHAPE)} == {"#t75"}


def test_copies_for_old_programs_are_told_apart_among_themselves():
    """Each row has one, and each stands beside what new programs read, by the same names."""
    box = (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:p w14:paraId="00000001"/></mc:Choice>'
        '<mc:Fallback><v:shape id="框"/><w:p w14:paraId="00000001"/></mc:Fallback>'
        "</mc:AlternateContent>"
    )
    (root,) = apart(box * 3)
    assert len({one.get("id") for one in root.iter(SHAPE)}) == 3
    named = [one.getparent().tag.rpartition("}")[2] for one in root.iter(qn("w:p"))
             if len(one.attrib)]  # fmt: skip
    assert named == ["Choice", "Fallback"]


def test_many_elements_are_told_from_copies():
    """Also when thousands are looked at: none is taken for one that is gone."""
    box = "<mc:AlternateContent><mc:Fallback><w:p><w:r><w:t/></w:r></w:p></mc:Fallback>"
    rows = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1"/></wp:inline></w:drawing></w:r></w:p>'
    (root,) = apart(f"{box}</mc:AlternateContent>" * 50 + rows * 50)
    assert len({one.get("id") for one in root.iter("{*}docPr")}) == 50


MOVE = (
    '<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFromRangeEnd w:id="1"/>'
    '<w:moveToRangeStart w:id="2" w:name="m"/><w:moveToRangeEnd w:id="2"/>'
)


def test_a_place_left_and_a_place_taken_stay_together():
    """By their name; start and end by their number."""
    (root,) = apart(MOVE * 2)
    names = [one.get(qn("w:name")) for one in root if one.get(qn("w:name"))]
    assert names == ["m", "m", "m_2", "m_2"]
    numbers = [one.get(qn("w:id")) for one in root]
    assert numbers[:4] == ["1", "1", "2", "2"]
    assert numbers[4] == numbers[5] != numbers[6] == numbers[7]


@pytest.mark.parametrize("xml", [MOVE, '<w:r><w:pict><v:shapetype id="t"/></w:pict></w:r>'])
def test_what_was_issued_before_comes_out_as_it_did(xml):
    """These kinds were left as they were."""
    (root,) = apart(xml * 2, is_once=False)
    before = parse_xml(f"<w:body {SPACES}>{xml * 2}</w:body>")
    assert [dict(one.attrib) for one in root.iter()] == [dict(one.attrib) for one in before.iter()]
