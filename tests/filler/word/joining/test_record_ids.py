"""Numbers and names that must differ in a file differ in a print run."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

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


def test_old_shapes_are_named_for_their_record():
    """What speaks of them, too; kinds of shapes are the same for all."""
    made = renumbered(
        '<w:p><w:r><w:object><v:shapetype id="t75"/><v:shape id="s1" o:spid="s1" type="#t75"/>'
        '<o:OLEObject ShapeID="s1"/></w:object></w:r></w:p>'
    )
    shape, embedded = made.find(".//{*}shape"), made.find(".//{*}OLEObject")
    assert (shape.get("id"), embedded.get("ShapeID")) == ("s1_2", "s1_2")
    assert made.find(".//{*}shapetype").get("id") == "t75"


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
