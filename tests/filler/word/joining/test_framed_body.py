"""Which bodies a print run takes as they lie, how they are packed, and what numbers they bear."""

import zlib

import jinja2
import pytest

from filler.word.joining.framed_body import (
    FRAMED,
    OWN_NUMBER,
    BodyFrame,
    find_own_number,
    give_own_numbers,
    own_number,
    without_own_number,
)

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>'
RANGE = '<w:permStart w:id="{}" w:edGrp="everyone"/><w:r><w:t>{}</w:t></w:r><w:permEnd w:id="{}"/>'
BODY = f"<w:p>{RANGE.format(1, '{{ name }}', 1)}</w:p><w:p>{RANGE.format(12, '无', 12)}</w:p>"
END = (
    '<w:p><w:pPr><w:spacing w:line="20"/></w:pPr></w:p><w:sectPr>'
    '<w:footerReference w:type="default" r:id="rId3"/></w:sectPr></w:body></w:document>'
)


def framed(body=BODY, end=END):
    return BodyFrame.of(HEAD + body + end)


def test_a_body_of_texts_is_framed_by_what_is_the_same_in_all():
    """Its last paragraph belongs to the end: a run puts marks there."""
    frame = framed()
    assert (frame.head.decode(), frame.end.decode()) == (HEAD, END)


@pytest.mark.parametrize(
    "inside",
    [
        '<w:p><w:bookmarkStart w:id="1" w:name="a"/></w:p>',
        "<w:p><w:r><w:drawing/></w:r></w:p>",
        "<w:p><w:r><w:instrText> NUMPAGES </w:instrText></w:r></w:p>",
        '<w:p><w:hyperlink r:id="rId1"/></w:p>',
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>',
        "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>",
        "<w:sdt><w:sdtContent/></w:sdt>",
        '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
        '<w:p><w:permStart w:edGrp="everyone" w:id="1"/></w:p>',
        '<w:p><w:permStart w:id="1000"/></w:p>',
        '<w:p w:id="7"/>',
        '<w:p><w:r><w:ins w:id="2"/></w:r></w:p>',
    ],
)
def test_a_body_that_a_run_may_have_to_change_is_not(inside):
    """Numbers, names, relations, lists, fields, sections, and whatever is not known."""
    assert framed(BODY + inside) is None


@pytest.mark.parametrize(
    "end",
    [
        END.replace('<w:pPr><w:spacing w:line="20"/></w:pPr>', "<w:r><w:t>{{ day }}</w:t></w:r>"),
        END.replace("<w:p>", "<w:tbl><w:tr><w:tc><w:p>").replace(
            "</w:p>", "</w:p></w:tc></w:tr></w:tbl>"
        ),
        "</w:body></w:document>",
    ],
)
def test_an_end_that_is_not_always_the_same_paragraph_frames_nothing(end):
    """It prints a value, is a table, or is not there."""
    assert framed(end=end) is None


def test_a_framed_body_is_unpacked_by_whoever_unpacks():
    """In three pieces, the middle one alone as well; the sign before them is nothing."""
    frame, data = framed(), (HEAD + BODY * 50 + END).encode()
    packed = frame.packed(data, 3)
    assert packed.startswith(FRAMED)
    assert zlib.decompress(packed, -zlib.MAX_WBITS) == data
    inside = packed[len(frame.packed_head) : -len(frame.packed_end)]
    alone = zlib.decompressobj(-zlib.MAX_WBITS).decompress(inside)
    assert alone == (BODY * 50).encode()


def test_what_is_not_as_its_template_says_is_packed_as_ever():
    """Another beginning, another end."""
    frame = framed()
    assert frame.packed((HEAD.replace("body", "bidi") + BODY + END).encode(), 3) is None
    assert frame.packed((HEAD + BODY + END + " ").encode(), 3) is None


def test_numbers_begin_with_the_documents_own():
    """And are the template's again without it; texts stay."""
    tree = jinja2.Environment().parse(HEAD + BODY + END)
    give_own_numbers(tree)
    number = own_number("MZ:ZF-01:V1:ZF-100201-2018-0002")
    printed = jinja2.Environment().from_string(tree)
    data = printed.render(name=f'w:id="{number}', **{OWN_NUMBER: number}).encode()
    assert data.count(f'<w:permStart w:id="{number}001"'.encode()) == 1
    assert data.count(f'<w:permEnd w:id="{number}012"'.encode()) == 1
    assert find_own_number(data) == number.encode()
    bare = without_own_number(data).decode()
    assert 'w:permStart w:id="001"' in bare
    assert f'<w:t>w:id="{number}</w:t>' in bare
    assert without_own_number(bare.encode()) == bare.encode()


def test_documents_of_one_village_have_numbers_of_their_own():
    """That Word can hold with three digits more; without a case there is one, too."""
    made = [own_number(f"MZ:ZF-01:V1:ZF-100201-2018-{at:04d}") for at in range(1, 3000)]
    made += [own_number(""), own_number("MZ:COM-00:V0:-")]
    assert len(set(made)) == len(made)
    assert {len(one) for one in made} == {7}
    assert all(1_000_000_000 <= int(f"{one}999") < 2**31 for one in made)
