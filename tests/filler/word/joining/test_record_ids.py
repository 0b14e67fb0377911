"""Numbers and names that must differ in a file differ in a print run."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from filler.errors import BatchError
from filler.word.joining.record_ids import Numbering, RecordIds, new_numbers, used_notes
from tests.filler.print_run.records import SPACES


def part(xml):
    return parse_xml(f"<w:body {SPACES}>{xml}</w:body>")


def renumbered(xml, record=2, **notes):
    made = part(xml)
    ids = RecordIds(Numbering(), record, notes)
    ids.learn_names(made)
    ids.renumber(made)
    return made


def fields(made):
    return ["".join(one.itertext()) for one in made.iter(qn("w:instrText"))]


def field(*pieces):
    words = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces)
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end")]
    return f"{marks[0]}{words}{marks[1]}"


MARK = '<w:p><w:bookmarkStart w:id="3" w:name="{0}"/><w:bookmarkEnd w:id="3"/></w:p>'


def test_starts_and_ends_stay_together():
    """Bookmarks and editable ranges of one number are two things."""
    made = renumbered(MARK.format("甲") + '<w:p><w:permStart w:id="3"/><w:permEnd w:id="3"/></w:p>')
    numbers = [one.get(qn("w:id")) for one in made.iter() if one.get(qn("w:id"))]
    assert numbers == ["1", "1", "2", "2"]


def test_changes_have_numbers_of_their_own():
    """Two that bear the same in a template do not."""
    made = renumbered('<w:p><w:ins w:id="1"/><w:del w:id="1"/></w:p>')
    assert [one.get(qn("w:id")) for one in made[0]] == ["1", "2"]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([" REF place \\h "], " REF place_2 \\h "),
        ([" PAGE", "REF pl", "ace "], " PAGEREF place_2 "),
        ([' HYPERLINK \\l "place" '], ' HYPERLINK \\l "place_2" '),
        ([" PAGE "], " PAGE "),
        ([" REF other "], " REF other "),
        ([" place "], " place_2 "),
    ],
)
def test_fields_speak_of_the_records_own_bookmarks(pieces, expected):
    """However Word cut them; other words stay."""
    made = renumbered(MARK.format("place") + f"<w:p>{field(*pieces)}</w:p>")
    assert "".join(fields(made)) == expected


def test_a_long_name_stays_within_what_word_allows():
    """Forty letters."""
    made = renumbered(MARK.format("n" * 40), record=123)
    name = made.find(f".//{qn('w:bookmarkStart')}").get(qn("w:name"))
    assert (len(name), name.endswith("_123")) == (40, True)


@pytest.mark.parametrize(
    ("record", "words", "expected"),
    [
        (1, " SEQ 表 ", [" SEQ 表 "] * 2),
        (2, " SEQ 表 ", [" SEQ 表 \\r 1 ", " SEQ 表 "]),
        (2, " SEQ 表 \\r 5 ", [" SEQ 表 \\r 5 "] * 2),
        (2, " SEQ 表 \\c ", [" SEQ 表 \\c "] * 2),
    ],
)
def test_counters_begin_again_once(record, words, expected):
    """At the first of each, unless it says itself where it begins."""
    made = renumbered(f"<w:p>{field(words)}{field(words)}</w:p>", record)
    assert fields(made) == expected


def test_where_somebody_stopped_typing_is_of_no_use():
    """Nor is a binding to data of which there is one for all records."""
    made = renumbered(MARK.format("_GoBack") + "<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr></w:sdt>")
    assert not list(made.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:dataBinding")))


def old_shapes(record):
    made = renumbered(
        '<w:p><w:r><w:object><v:shapetype id="t75"/><v:shape id="s1" o:spid="s1" type="#t75"'
        ' style="width:9pt;mso-next-textbox:#s2"/><v:shape id="s2" type="#t202"/>'
        '<o:OLEObject ShapeID="s1"/><o:r idref="#s2"/></w:object></w:r></w:p>',
        record,
    )
    return [
        dict(one.attrib) for one in made.iter("{*}shapetype", "{*}shape", "{*}OLEObject", "{*}r")
    ][1:]


@pytest.mark.parametrize(("record", "kind"), [(1, "t75"), (3, "t75_3")])
def test_old_shapes_and_their_kinds_are_named_for_their_record(record, kind):
    """What speaks of them, too; a kind that the part does not hold keeps its name."""
    first, second = f"s1_{record}", f"s2_{record}"
    style = f"width:9pt;mso-next-textbox:#{second}"
    spid = "{urn:schemas-microsoft-com:office:office}spid"
    assert old_shapes(record) == [
        {"id": kind},
        {"id": first, spid: first, "type": f"#{kind}", "style": style},
        {"id": second, "type": "#t202"},
        {"ShapeID": first},
        {"idref": f"#{second}"},
    ]


def test_a_form_field_is_called_as_the_bookmark_around_it():
    """Word finds one by the other."""
    field = (
        '<w:p><w:r><w:fldChar><w:ffData><w:name w:val="place"/></w:ffData></w:fldChar></w:r></w:p>'
    )
    made = renumbered(MARK.format("place") + field)
    assert made.find(f".//{qn('w:ffData')}/{qn('w:name')}").get(qn("w:val")) == "place_2"


def test_more_boxes_than_word_can_number_are_refused():
    """With the record at which they are too many."""
    ids = RecordIds(Numbering(story=65_535), 9)
    space = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    box = parse_xml(f'<wps:txbx xmlns:wps="{space}" id="1"/>')
    with pytest.raises(BatchError, match="第 9 份起"):
        ids.renumber(box)


def test_notes_are_called_by_their_new_numbers():
    """Comments by all three of their marks; what is unknown stays."""
    xml = (
        '<w:p><w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/><w:r>'
        '<w:commentReference w:id="0"/><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    assert used_notes([part(xml)]) == {"comment": ["0"], "footnoteReference": ["2"]}
    made = renumbered(xml, comment={"0": "7"})
    assert [one.get(qn("w:id")) for one in made.iter() if one.get(qn("w:id"))] == ["7"] * 3 + ["2"]
    assert new_numbers(["4", "9"], 5) == {"4": "5", "9": "6"}
