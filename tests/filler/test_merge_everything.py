"""A print run of documents that hold everything a Word file may: nothing of one in another."""

import io
import re
import zipfile
from collections import Counter

import pytest
from lxml import etree

from filler.errors import BatchError
from filler.print_run.merge_documents import merge_documents
from tests.filler.print_run.records import BODY, PARTS, record
from tests.strict_reader import faults_of

PEOPLE = ("测试甲", "测试乙", "测试丙")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def merge(*documents):
    stream = io.BytesIO()
    merge_documents(documents, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def run():
    return merge(*map(record, PEOPLE))


@pytest.fixture(scope="module")
def archive(run):
    return zipfile.ZipFile(io.BytesIO(run))


@pytest.fixture(scope="module")
def body(archive):
    return etree.fromstring(archive.read("word/document.xml"))


def roots(archive):
    return {
        name: etree.fromstring(archive.read(name))
        for name in archive.namelist()
        if name.endswith(".xml")
    }


@pytest.mark.parametrize("count", [1, 3])
def test_a_strict_reader_finds_nothing(count):
    """Neither in one record nor in several; it does find what is wrong in the template."""
    assert faults_of(merge(*map(record, PEOPLE[:count]))) == []
    twins = BODY.replace("<w:sdt><w:sdtPr>", '<w:p><w:permStart w:id="5"/></w:p><w:sdt><w:sdtPr>')
    assert any("unique" in fault for fault in faults_of(record("测试甲", twins)))


@pytest.mark.parametrize("part", ["footnotes", "endnotes", "comments"])
def test_each_record_has_its_own_notes(archive, body, part):
    """In their order, and the body speaks of each by its number."""
    tag = {"comments": "comment"}.get(part, part[:-1])
    root = etree.fromstring(archive.read(f"word/{part}.xml"))
    notes = {
        one.get(f"{W}id"): "".join(one.itertext()).strip()
        for one in root
        if one.get(f"{W}type") is None
    }
    asked = [one.get(f"{W}id") for one in body.iter(f"{W}{tag}Reference")]
    word = {"footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}[part]
    assert [notes[number] for number in asked] == [f"{word}{name}" for name in PEOPLE]
    specials = [one for one in root if one.get(f"{W}type") is not None]
    assert len(specials) == (0 if part == "comments" else 2)


def test_notes_are_counted_anew_and_endnotes_stand_at_their_records_end(archive, body):
    """Not at the end of the whole run."""
    sections = list(body.iter(f"{W}sectPr"))
    restarts = [one.find(f"{W}footnotePr/{W}numRestart") is not None for one in sections]
    assert restarts == [True, False] * 3
    hidden = [one.find(f"{W}noEndnote") is not None for one in sections]
    assert hidden == [True, False] * 3
    assert b'<w:pos w:val="sectEnd"/>' in archive.read("word/settings.xml")


def test_lists_begin_again_with_each_record(archive, body):
    """Those of a style, too, which keeps its indent."""
    numbers = [one.get(f"{W}val") for one in body.iter(f"{W}numId")]
    assert numbers == ["1", "3", "4", "5", "6"]  # the first record's style says it alone
    root = etree.fromstring(archive.read("word/numbering.xml"))
    made = {one.get(f"{W}numId"): one for one in root.findall(f"{W}num")}
    assert all(
        made[number].find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val") == "1"
        for number in numbers[1:]
    )
    assert len(list(body.iter(f"{W}ind"))) == 2


def test_everything_that_is_numbered_once_is_numbered_once(archive):
    """Over all parts."""
    found = Counter()
    once = ("docPr", "bookmarkStart", "permStart", "rect")
    for root in roots(archive).values():
        for element in root.iter(etree.Element):
            tag = element.tag.rsplit("}", 1)[1]
            number = element.get("id") or element.get(f"{W}id") if tag in once else None
            number = element.get(f"{W}val") if tag == "id" else number
            found.update([(tag, number)] if number else [])
    assert {tag for tag, _ in found} == {"docPr", "bookmarkStart", "permStart", "rect", "id"}
    assert set(found.values()) == {1}


def test_bookmarks_and_what_speaks_of_them_stay_together(body):
    """Named once each, in fields cut by Word and in links."""
    names = [one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")]
    assert names == ["place_1", "record1", "place_2", "record2", "place_3", "record3"]
    fields = ["".join(one.itertext()) for one in body.iter(f"{W}instrText")]
    assert [words.split()[1] for words in filter(None, fields)] == ["place_1", "place_2", "place_3"]
    anchors = [one.get(f"{W}anchor") for one in body.iter(f"{W}hyperlink")]
    assert anchors == ["place_1", "place_2", "place_3"]
    starts = {one.get(f"{W}id") for one in body.iter(f"{W}bookmarkStart")}
    assert starts == {one.get(f"{W}id") for one in body.iter(f"{W}bookmarkEnd")}


def test_counters_begin_again(body):
    """表1 of the second person is not 表2."""
    fields = [one.get(f"{W}instr") for one in body.iter(f"{W}fldSimple")]
    assert [r"\r 1" in words for words in fields] == [False, True, True]


def test_a_section_without_header_takes_none_from_the_record_before(archive, body):
    """Else the first page of one person would bear another's name."""
    relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    targets = {one.get("Id"): one.get("Target") for one in relations}
    shown = []
    for section in body.iter(f"{W}sectPr"):
        names = [one.values()[-1] for one in section.findall(f"{W}headerReference")]
        texts = [archive.read(f"word/{targets[name]}").decode() for name in names]
        shown.append(re.findall("页眉(测试.)", texts[0]) if texts else None)
    assert shown == [None, ["测试甲"], [], ["测试乙"], [], ["测试丙"]]


def test_each_record_has_its_own_chart(archive):
    """Under a name and with a kind of its own."""
    charts = [name for name in archive.namelist() if name.startswith("word/charts/")]
    texts = "".join(archive.read(name).decode() for name in charts)
    assert re.findall("图表(测试.)", texts) == list(PEOPLE)
    types = archive.read("[Content_Types].xml").decode()
    assert all(f'PartName="/{name}"' in types for name in charts)


def test_no_part_is_named_that_is_not_there(archive):
    """Neither as a kind nor by a relation."""
    names = set(archive.namelist())
    parts = re.findall(r'PartName="/([^"]+)"', archive.read("[Content_Types].xml").decode())
    assert set(parts) <= names
    assert len(parts) == len(set(parts))


def test_no_reader_is_asked_for_the_large_kind_of_zip(run):
    """Office is reported to refuse it: every local header tells its sizes."""
    with zipfile.ZipFile(io.BytesIO(run)) as archive:
        for info in archive.infolist():
            header = run[info.header_offset : info.header_offset + 30]
            assert int.from_bytes(header[4:6], "little") <= 20
            assert int.from_bytes(header[22:26], "little") == info.file_size


def test_a_record_without_page_settings_is_merged(archive):
    """Word has some of its own for it."""
    bare = re.sub(r"<w:sectPr>(?:(?!</w:sectPr>).)*</w:sectPr>$", "", BODY)
    merged = merge(record("测试甲", bare), record("测试乙", bare))
    assert faults_of(merged) == []
    plain = "<w:p><w:r><w:t>{name}</w:t></w:r></w:p>"
    made = etree.fromstring(
        zipfile.ZipFile(io.BytesIO(merge(record("甲", plain), record("乙", plain)))).read(
            "word/document.xml"
        )
    )
    assert len(list(made.iter(f"{W}sectPr"))) == 2


def test_records_in_which_nothing_stands_are_merged():
    """Each has a page of its own."""
    empty = record("测试甲", "")
    made = zipfile.ZipFile(io.BytesIO(merge(empty, empty))).read("word/document.xml")
    assert len(list(etree.fromstring(made).iter(f"{W}sectPr"))) == 2


@pytest.mark.parametrize(("part", "word"), [("styles", "样式"), ("settings", "设置")])
def test_another_version_of_the_template_is_refused_with_the_place(part, word):
    """What all records share must be the same in all."""
    other = PARTS[part][2].replace("{spaces}>", '{spaces} xmlns:x="x" x:y="1">')
    other = other.replace('w:left="420"', 'w:left="1"')
    with pytest.raises(BatchError, match=f"第 2 份的{word}不同"):
        merge(record("测试甲"), record("测试乙", **{part: other}))


BACKGROUND = (
    '<w:background w:color="FFFFFF"><v:background id="_x0000_s1025"><v:fill r:id="rIdheader"'
    ' o:title="{0}" type="frame"/></v:background></w:background>'
)


def with_background(docx, title="纸"):
    """What lies behind the pages names a part of its own."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode()
            if name == "word/document.xml":
                data = data.replace("<w:body>", f"{BACKGROUND.format(title)}<w:body>")
            new.writestr(name, data)
    return stream.getvalue()


def test_what_lies_behind_the_pages_is_there_once_with_its_part():
    """By a relation that exists; nothing of the first person is lost or doubled."""
    merged = merge(*(with_background(record(name)) for name in PEOPLE))
    with zipfile.ZipFile(io.BytesIO(merged)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    (fill,) = root.iter("{*}fill")
    assert fill.values()[0] in {one.get("Id") for one in relations}
    assert [one.tag for one in root] == [f"{W}background", f"{W}body"]
    texts = "".join(root.itertext())
    assert [texts.count(f"正文{name}") for name in PEOPLE] == [1, 1, 1]


def test_another_background_is_refused_with_the_place():
    """One file has one for all its pages."""
    with pytest.raises(BatchError, match="第 2 份的页面背景不同"):
        merge(with_background(record("测试甲")), with_background(record("测试乙"), "别的"))
