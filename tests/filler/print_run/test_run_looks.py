"""Annexes that differ come into one print run, each with its styles, lists, notes and pictures."""

import io
import re
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from filler.errors import BatchError
from filler.print_run import merge_documents, record_mould, run_looks
from filler.word.bindings import Bindings
from filler.word.compiled_template import CompiledTemplate
from tests.filler.print_run.records import SPACES, record
from tests.filler.word.annexes.test_join_annexes import (
    WHOLE,
    fill,
    members,
    refuse_loose_ends,
    texts,
    with_styles,
)
from tests.filler.word.test_photo_rooms import picture
from tests.filler.word_files import saved, with_lines
from tests.strict_reader import faults_of

_LINES = "".join(
    f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in ("{{ name }}", "{{p report }}")
)
TEMPLATE = record(
    "{{ name }}",
    f"{_LINES}<w:sectPr/>",
    header="<w:hdr {spaces}><w:p/></w:hdr>",
    chart="<c:chartSpace {spaces}><c:chart/></c:chartSpace>",
    comments="<w:comments {spaces}><w:comment w:id='0'><w:p/></w:comment></w:comments>",
)


def merged(*documents):
    stream = io.BytesIO()
    assert merge_documents.merge_documents(documents, stream) == len(documents)
    return stream.getvalue()


def size_of(paragraph):
    """What the style of a paragraph says, or one it rests on."""
    style = paragraph.style
    while style is not None and style.font.size is None:
        style = style.base_style
    return style.font.size if style is not None else None


def without_annex():
    """The same form whose annex nobody gave."""
    made = CompiledTemplate(TEMPLATE, "x", bindings=Bindings(annexes={"report": "report"}))
    return made.render({"name": "测试甲", "report": ""})


def with_list(*texts_of, start="1"):
    """A Word file whose paragraphs stand in a list, as Word numbers them."""
    lines = "".join(
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{one}</w:t></w:r></w:p>"
        for one in texts_of
    )
    numbering = (
        f"<w:numbering {SPACES}><w:abstractNum w:abstractNumId='0'><w:nsid w:val='00000001'/>"
        f"<w:lvl w:ilvl='0'><w:start w:val='{start}'/><w:numFmt w:val='decimal'/>"
        "<w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'>"
        "<w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    return record("x", lines + "<w:sectPr/>", numbering=numbering)


def test_each_annex_looks_as_it_looked_alone():
    """Large in one record, small in the next; the same look comes into the file once."""
    files = [saved(with_styles(size)) for size in (16, 9, 16)]
    run = merged(*(fill(TEMPLATE, report=one) for one in files))
    found = [one for one in docx.Document(io.BytesIO(run)).paragraphs if one.text == "有样式"]
    assert [size_of(one) for one in found] == [Pt(16), Pt(9), Pt(16)]
    assert found[0].style.style_id == found[2].style.style_id != found[1].style.style_id
    styles = etree.fromstring(members(run)["word/styles.xml"])
    for told in (
        [one.get(qn("w:styleId")) for one in styles.findall(qn("w:style"))],
        [one.get(qn("w:val")) for one in styles.iterfind(f"{qn('w:style')}/{qn('w:name')}")],
    ):
        assert len(told) == len(set(told))
    assert faults_of(run) == []


def test_everything_that_annexes_hold_stays_with_its_record():
    """Notes, comments, charts, lists, prefixes: of people whose first has no annex at all."""
    names = ("测试乙", "测试丙", "测试丁")
    run = merged(without_annex(), *(
        fill(TEMPLATE, report=record(name, WHOLE)) for name in names
    ))  # fmt: skip
    parts = refuse_loose_ends(run)
    body = etree.fromstring(parts["word/document.xml"])
    for kind in ("footnote", "endnote", "comment"):
        root = etree.fromstring(parts[f"word/{kind}s.xml"])
        told = {one.get(qn("w:id")): "".join(one.itertext()) for one in root}
        asked = [one.get(qn("w:id")) for one in body.iter(qn(f"w:{kind}Reference"))]
        assert [told[one][2:] for one in asked] == list(names)
    lists = [one.get(qn("w:val")) for one in body.iter(qn("w:numId"))]
    assert len(lists) == len(set(lists)) == 6
    assert faults_of(run) == []


def test_lists_of_annexes_begin_again_and_keep_their_own_start():
    """One from 1, one from 7; two that say the same are still two."""
    files = [with_list("甲一", "甲二"), with_list("乙一", start="7"), with_list("丙一")]
    run = merged(*(fill(TEMPLATE, report=one) for one in files))
    parts = refuse_loose_ends(run)
    root = etree.fromstring(parts["word/numbering.xml"])
    abstracts = {one.get(qn("w:abstractNumId")): one for one in root.findall(qn("w:abstractNum"))}
    numbers = {one.get(qn("w:numId")): one for one in root.findall(qn("w:num"))}
    asked = [one.get(qn("w:val")) for one in etree.fromstring(
        parts["word/document.xml"]).iter(qn("w:numId"))]  # fmt: skip
    starts = []
    for one in dict.fromkeys(asked):
        number = numbers[one]
        abstract = abstracts[number.find(qn("w:abstractNumId")).get(qn("w:val"))]
        own = number.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
        start = own if own is not None else abstract.find(f"{qn('w:lvl')}/{qn('w:start')}")
        starts.append(start.get(qn("w:val")))
    assert len(asked) == 4
    assert starts == ["1", "7", "1"]
    assert faults_of(run) == []


def with_bullet(colour):
    """A Word file whose list has a picture for a bullet, as Word keeps one."""
    shape = (
        "<w:pict><v:shape id='_x0000_i1025' style='width:9pt;height:9pt' o:bullet='t'>"
        "<v:imagedata r:id='rId1'/></v:shape></w:pict>"
    )
    numbering = (
        f"<w:numbering {SPACES}><w:numPicBullet w:numPicBulletId='0'>{shape}</w:numPicBullet>"
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/>"
        "<w:lvlText w:val='x'/><w:lvlPicBulletId w:val='0'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    line = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
    parts = members(record("x", line + "<w:sectPr/>", numbering=numbering))
    link = f'<Relationship Id="rId1" Type="{RT.IMAGE}" Target="media/bullet.png"/>'
    parts["word/_rels/numbering.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{link}</Relationships>"
    ).encode()
    parts["word/media/bullet.png"] = picture((20, 20), colour)
    kinds = parts["[Content_Types].xml"].decode()
    if 'Extension="png"' not in kinds:
        png = '<Default Extension="png" ContentType="image/png"/>'
        parts["[Content_Types].xml"] = re.sub("(<Types[^>]*>)", rf"\1{png}", kinds).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def pictures_of_bullets(parts):
    """The picture before each line that stands in a list, in their order."""
    root = etree.fromstring(parts["word/numbering.xml"])
    links = etree.fromstring(parts["word/_rels/numbering.xml.rels"])
    targets = {one.get("Id"): "word/" + one.get("Target") for one in links}
    bullets = {
        one.get(qn("w:numPicBulletId")): targets[next(one.iter("{*}imagedata")).get(qn("r:id"))]
        for one in root.findall(qn("w:numPicBullet"))
    }
    of = {
        one.get(qn("w:abstractNumId")): bullets[
            next(one.iter(qn("w:lvlPicBulletId"))).get(qn("w:val"))
        ]
        for one in root.findall(qn("w:abstractNum"))
        if next(one.iter(qn("w:lvlPicBulletId")), None) is not None
    }
    numbers = {
        one.get(qn("w:numId")): of.get(one.find(qn("w:abstractNumId")).get(qn("w:val")))
        for one in root.findall(qn("w:num"))
    }
    asked = etree.fromstring(parts["word/document.xml"]).iter(qn("w:numId"))
    return [parts[numbers[one.get(qn("w:val"))]] for one in asked]


def test_each_annex_keeps_the_picture_of_its_bullets():
    """A red one before the lines of one person, a blue one before those of the next."""
    red, blue = with_bullet("red"), with_bullet("blue")
    given = [members(one)["word/media/bullet.png"] for one in (red, blue, red)]
    assert given[0] != given[1]
    run = merged(*(fill(TEMPLATE, report=one) for one in (red, blue, red)))
    assert pictures_of_bullets(refuse_loose_ends(run)) == given
    assert faults_of(run) == []


def test_prefixes_that_only_a_later_annex_declares_are_declared_for_it():
    """And passed over by who does not know them; another meaning of a prefix stays its own."""
    odd = with_prefix(record("乙", WHOLE), "x9", "urn:own", is_passed=True)
    other = with_prefix(record("丙", WHOLE), "x9", "urn:another", is_passed=False)
    run = merged(without_annex(), *(fill(TEMPLATE, report=one) for one in (odd, other)))
    root = etree.fromstring(members(run)["word/document.xml"])
    ignorable = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable")
    assert "x9" in ignorable.split()
    assert root.nsmap["x9"] == "urn:own"
    assert [one.tag for one in root.iter("{urn:own}*", "{urn:another}*")] == [
        "{urn:own}mark", "{urn:another}mark",
    ]  # fmt: skip


def with_prefix(data, prefix, uri, *, is_passed):
    """A Word file with an element of somebody's own, as WPS writes them."""
    stream, parts = io.BytesIO(), members(data)
    head = f'<w:document xmlns:{prefix}="{uri}"'
    head += f' mc:Ignorable="{prefix}"' if is_passed else ""
    body = parts["word/document.xml"].decode().replace("<w:document", head, 1)
    parts["word/document.xml"] = body.replace("<w:r>", f"<w:r><{prefix}:mark/>", 1).encode()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def test_long_runs_come_out_the_same_with_and_without_moulds(monkeypatch):
    """Records between which only texts differ are cast, whatever annexes the others have."""
    files = [saved(with_styles(size)) for size in (16, 9, 9, 9, 9, 16, 16)]
    documents = [fill(TEMPLATE, report=one) for one in files]
    whole = merged(*documents)
    monkeypatch.setattr(record_mould.Moulds, "cast", lambda *_: None)
    assert merged(*documents) == whole
    assert texts(whole).count("有样式") == len(files)


def test_more_styles_than_word_reads_are_refused_in_words(monkeypatch):
    """Before Word says that the file is damaged."""
    monkeypatch.setattr(run_looks, "MOST_STYLES", 3)
    documents = [fill(TEMPLATE, report=saved(with_styles(size))) for size in (16, 9)]
    with pytest.raises(BatchError, match="样式合起来超过 3 种"):
        merged(*documents)


def test_lists_that_only_annexes_bring_stand_where_readers_look_for_them():
    """The form has none; the first record brings some, or a later one does."""
    template = saved(with_lines("{{ name }}", "{{p report }}"))
    bare = without_numbering(template)
    compiled = CompiledTemplate(bare, "x", bindings=Bindings(annexes={"report": "report"}))
    nothing = compiled.render({"name": "测试甲", "report": ""})
    lists = [fill(bare, report=with_list(one)) for one in ("甲一", "乙一")]
    for documents in (lists, [nothing, *lists]):
        parts = refuse_loose_ends(merged(*documents))
        numbers = etree.fromstring(parts["word/document.xml"]).iter(qn("w:numId"))
        asked = [one.get(qn("w:val")) for one in numbers]
        known = etree.fromstring(parts["word/numbering.xml"]).findall(qn("w:num"))
        assert len(set(asked)) == 2
        assert set(asked) <= {one.get(qn("w:numId")) for one in known}


def without_numbering(data):
    """A Word file without a part of lists."""
    document = docx.Document(io.BytesIO(data))
    relations = document.part.rels
    for name in [one for one, told in relations.items() if told.reltype.endswith("/numbering")]:
        del relations[name]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
