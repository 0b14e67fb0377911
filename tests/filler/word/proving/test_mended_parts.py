"""What loops repeat or leave empty is mended."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from filler.word.proving.mended_parts import mend, need_mending, repeats_notes

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def part(xml):
    return f"<w:body {SPACES}>{xml}</w:body>".encode()


def mended(*xml):
    made = mend({str(number): part(one) for number, one in enumerate(xml)})
    assert not need_mending(made.values())
    return [parse_xml(data) for data in made.values()]


@pytest.mark.parametrize(
    "xml",
    [
        '<wp:docPr id="7" name="图"/>',
        '<w:sdt><w:sdtPr><w:alias/><w:id w:val="7"/></w:sdtPr></w:sdt>',
        '<w:permStart w:id="7"/><w:permEnd w:id="7"/>', '<v:rect id="框"/>',
        '<w:ins w:id="7" w:author="a"><w:r/></w:ins>', '<w:p w14:paraId="00000007"/>',
        '<w:bookmarkStart w:id="7" w:name="甲"/><w:bookmarkEnd w:id="7"/>',
        '<w:r><w:commentReference w:id="7"/></w:r>',
    ],
)  # fmt: skip
def test_what_must_stand_once_is_found_and_stands_once(xml):
    """In one part and over several; a single one is left alone."""
    assert not need_mending([part(xml)])
    for parts in ([part(xml * 3)], [part(xml), part(xml)]):
        assert need_mending(parts)
    mended(xml * 3)
    mended(xml, xml)


def test_the_first_keeps_its_number():
    """And what belongs together stays together."""
    (root,) = mended('<w:permStart w:id="7"/><w:permEnd w:id="7"/>' * 2)
    numbers = [one.get(qn("w:id")) for one in root]
    assert numbers[:2] == ["7", "7"]
    assert numbers[2] == numbers[3] != "7"


def test_a_second_bookmark_of_a_name_goes_with_its_end():
    """What speaks of it finds the first."""
    mark = '<w:bookmarkStart w:id="7" w:name="甲"/><w:r/><w:bookmarkEnd w:id="7"/>'
    (root,) = mended(mark * 2)
    assert [one.tag.rpartition("}")[2] for one in root] == [
        "bookmarkStart", "r", "bookmarkEnd", "r",
    ]  # fmt: skip


def test_a_comment_has_one_place():
    """The run that held nothing but the second mark goes, too."""
    mark = (
        '<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>'
    )
    (root,) = mended(mark * 2)
    assert len(root) == 3


def test_copies_for_old_programs_are_no_twins():
    """A text box stands twice in a file, once for each kind of Word."""
    inner = '<w:p w14:paraId="00000001"><w:bookmarkStart w:id="1" w:name="a"/></w:p>'
    xml = f"<mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    root = parse_xml(mend({"a": part(f"{xml}</mc:AlternateContent>")})["a"])
    assert len(list(root.iter(qn("w:bookmarkStart")))) == 2


CELL, GRID = "<w:tc><w:tcPr/>{}</w:tc>", "<w:tblPr/><w:tblGrid/>"


@pytest.mark.parametrize(
    ("xml", "left"),
    [
        (f"<w:tbl>{GRID}<w:tr>{CELL.format('')}</w:tr></w:tbl>", "tbl/tr/tc/p"),
        (f"<w:tbl>{GRID}</w:tbl>", "p"),
        (f"<w:tbl>{GRID}<w:tr><w:trPr/></w:tr></w:tbl>", "p"),
        (
            f"<w:tbl>{GRID}<w:tr>{CELL.format(f'<w:tbl>{GRID}</w:tbl>')}</w:tr></w:tbl>",
            "tbl/tr/tc/p",
        ),
        ("<w:txbxContent></w:txbxContent>", "txbxContent/p"),
    ],
)
def test_nothing_is_left_empty(xml, left):
    """A cell, a row, a table, a text box."""
    assert need_mending([part(xml)])
    (root,) = mended(xml)
    path = "/".join(qn(f"w:{step}") for step in left.split("/"))
    assert root.find(path) is not None


def test_a_cell_ends_with_a_paragraph_even_behind_a_table():
    """Word demands it."""
    inner = f"<w:tbl>{GRID}<w:tr>{CELL.format('<w:p/>')}</w:tr></w:tbl>"
    xml = f"<w:tbl>{GRID}<w:tr>{CELL.format(inner)}</w:tr></w:tbl>"
    assert need_mending([part(xml)])
    (root,) = mended(xml)
    assert root.find(f"{qn('w:tbl')}/{qn('w:tr')}/{qn('w:tc')}")[-1].tag == qn("w:p")


def test_a_note_with_several_places_is_seen():
    """It has one text."""
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert not repeats_notes([part(note)])
    assert repeats_notes([part(note * 2)])


def test_a_footnote_and_an_endnote_of_one_number_are_two_notes():
    """Word counts each kind for itself."""
    notes = [b'<w:footnoteReference w:id="1"/><w:endnoteReference w:id="1"/>']
    assert not repeats_notes(notes)
    assert repeats_notes([notes[0] + b'<w:endnoteReference w:id="1"/>'])
