"""An annex comes into a document with all that belongs to it, each part and number once."""

import hashlib
import io
import posixpath
import re
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from lxml import etree

from filler.form.photo_names import NamedAnnex
from filler.word.bindings import Bindings
from filler.word.compiled_template import CompiledTemplate
from tests.filler.print_run.records import BODY, record
from tests.filler.word.test_photo_rooms import picture
from tests.filler.word_files import add_table, new_document, saved, with_lines

REPORT = Bindings(annexes={"report": "调查报告"})
#: What the record of the print runs holds, on pages of the form.
WHOLE = BODY[: BODY.index('<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906"')]


def fill(template, told=None, /, **annexes):
    """A document of a template with these annexes, by the names of their fields."""
    files = {hashlib.sha256(data).hexdigest(): data for data in annexes.values()}
    named = {
        name: str(NamedAnnex(hashlib.sha256(data).hexdigest(), "附件.docx"))
        for name, data in annexes.items()
    }
    bindings = Bindings(annexes={name: name for name in annexes})
    made = CompiledTemplate(template, "x", bindings=bindings)
    return made.render({"name": "测试甲", **named, **(told or {})}, photos=files)


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def texts(data):
    return [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]


def refuse_loose_ends(data):
    """Every relation leads somewhere, every id named has one, every part has a kind."""
    parts = members(data)
    types = parts["[Content_Types].xml"].decode()
    for name in re.findall(r'PartName="/([^"]+)"', types):
        assert name in parts, name
    for name, xml in parts.items():
        if name.endswith(".rels"):
            folder = name.replace("_rels/", "").rpartition("/")[0]
            for one in etree.fromstring(xml):
                if one.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, one.get("Target")))
                    assert target[1:] in parts, (name, target)
        elif name.startswith("word/") and name.endswith(".xml"):
            told = parts.get(name.replace("word/", "word/_rels/", 1) + ".rels", b"<a/>")
            known = {one.get("Id") for one in etree.fromstring(told)}
            used = set(re.findall(rb'\br:(?:id|embed|link)="([^"]+)"', xml))
            assert {one.decode() for one in used} <= known, name
    return parts


def test_words_come_where_the_tag_stands():
    """In a paragraph of its own, which vanishes when nothing is given."""
    template = saved(with_lines("{{ name }}", "{{p report }}", "完"))
    annex = saved(with_lines("一、经过", "二、结论"))
    assert texts(fill(template, report=annex)) == ["测试甲", "一、经过", "二、结论", "完"]
    without = CompiledTemplate(template, "x", bindings=REPORT).render({"name": "甲", "report": ""})
    assert texts(without) == ["甲", "完"]


def test_the_same_annex_gives_the_same_bytes():
    """A document is made again to the letter."""
    template, annex = saved(with_lines("{{p report }}")), record("测试乙", WHOLE)
    assert fill(template, report=annex) == fill(template, report=annex)


def test_everything_a_word_file_holds_comes_with_it():
    """Notes, comments, lists, charts, bookmarks, shapes, fields: all of it, nothing twice."""
    template = saved(with_lines("{{p report }}", "{{p other }}"))
    made = fill(template, report=record("测试乙", WHOLE), other=record("测试丙", WHOLE))
    parts = refuse_loose_ends(made)
    body = parts["word/document.xml"].decode()
    for kind in ("footnote", "endnote"):
        notes = etree.fromstring(parts[f"word/{kind}s.xml"])
        told = {one.get(qn("w:id")): "".join(one.itertext()) for one in notes}
        named = re.findall(rf'<w:{kind}Reference w:id="(\d+)"', body)
        assert [told[one][2:] for one in named] == ["测试乙", "测试丙"]
    comments = etree.fromstring(parts["word/comments.xml"])
    assert ["".join(one.itertext()) for one in comments] == ["批注测试乙", "批注测试丙"]
    charts = [data.decode() for name, data in parts.items() if name.startswith("word/charts/")]
    assert sorted(re.findall("图表(\\w+)<", "".join(charts))) == ["测试丙", "测试乙"]
    names = re.findall(r'<w:bookmarkStart [^>]*w:name="(\w+)"', body)
    assert sorted(names) == ["place_2", "place_3"]
    assert body.count('w:anchor="place_2"') == 1
    assert " REF place_3 " in body
    lists = re.findall(r'<w:numId w:val="(\d+)"/>', body)
    assert len(lists) == len(set(lists)) == 2
    for pattern in (
        r'<wp:docPr id="(\d+)"',
        r'<w:sdtPr><w:id w:val="(\d+)"',
        r'<v:rect id="(\w+)"',
    ):
        found = re.findall(pattern, body)
        assert len(found) == len(set(found)) == 2


def test_a_form_with_notes_and_lists_of_its_own_keeps_them():
    """Numbers of both stand beside one another."""
    body = WHOLE.replace("{name}", "{{ name }}") + "<w:p><w:r><w:t>{{p report }}</w:t></w:r></w:p>"
    template = record("{{ name }}", body + "<w:sectPr/>", header="<w:hdr {spaces}><w:p/></w:hdr>",
                      chart="<c:chartSpace {spaces}><c:chart/></c:chartSpace>",
                      comments="<w:comments {spaces}><w:comment w:id='0'><w:p/></w:comment>"
                               "</w:comments>")  # fmt: skip
    parts = refuse_loose_ends(fill(template, report=record("测试乙", WHOLE)))
    notes = etree.fromstring(parts["word/footnotes.xml"])
    assert [(one.get(qn("w:id")), "".join(one.itertext())) for one in notes][2:] == [
        ("1", "脚注测试甲"), ("2", "脚注测试乙"),
    ]  # fmt: skip
    ids = [one.get(qn("w:id")) for one in notes]
    assert len(ids) == len(set(ids))
    numbering = etree.fromstring(parts["word/numbering.xml"])
    tags = [one.tag for one in numbering]
    assert tags == sorted(tags)  # every w:abstractNum before the first w:num
    assert len(numbering.findall(qn("w:num"))) == 4


def with_styles(size, name="正文仿宋", fonts="宋体"):
    """A document whose default text has a size, with a style of its own, a table, a picture."""
    document = new_document()
    document.styles["Normal"].font.size = Pt(size)
    own = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    own.base_style, own.font.bold = document.styles["Normal"], True
    own.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), fonts)
    document.add_paragraph("无样式")
    document.add_paragraph("有样式", style=name)
    add_table(document, ("甲", "乙")).style = document.styles["Table Grid"]
    document.add_picture(io.BytesIO(picture()), width=Mm(20))
    return document


def test_an_annex_looks_as_it_looked_alone():
    """Its default text is not the form's; styles of one name are told apart."""
    form = with_styles(9, fonts="黑体")
    form.add_paragraph("{{p report }}")
    document = docx.Document(io.BytesIO(fill(saved(form), report=saved(with_styles(16)))))
    own, other = document.paragraphs[:2], document.paragraphs[3:5]
    assert [one.text for one in other] == ["无样式", "有样式"]
    assert own[0].style.font.size == Pt(9)
    assert other[0].style.font.size == Pt(16)
    assert other[1].style.base_style.font.size == Pt(16)
    fonts = [one.style.element.rPr.rFonts.get(qn("w:eastAsia")) for one in (own[1], other[1])]
    assert fonts == ["黑体", "宋体"]
    names = [one.get(qn("w:styleId")) for one in document.styles.element.iter(qn("w:style"))]
    assert len(names) == len(set(names))
    assert len(document.inline_shapes) == 2


def test_styles_that_say_the_same_are_the_forms():
    """Nothing comes twice."""
    form = new_document()
    form.add_paragraph("{{p report }}")
    before = len(form.styles.element)
    made = fill(saved(form), report=saved(with_lines("甲")))
    assert len(docx.Document(io.BytesIO(made)).styles.element) == before


@pytest.mark.parametrize("where", ["body", "cell"])
def test_tables_that_touch_stay_two(where):
    """Word makes one of them; a cell ends with a paragraph."""
    form, annex = new_document(), new_document()
    add_table(annex, ("附件",))
    annex.element.body.remove(annex.element.body[0]) if len(annex.element.body) > 2 else None
    if where == "body":
        add_table(form, ("表",))
        form.add_paragraph("{{p report }}")
        add_table(form, ("后",))
    else:
        add_table(form, ("{{p report }}",))
    made = docx.Document(io.BytesIO(fill(saved(form), report=saved(annex)))).element.body
    for table in made.iter(qn("w:tbl")):
        following = table.getnext()
        assert following is not None
        assert following.tag != qn("w:tbl")


def test_prefixes_that_word_may_pass_over_come_along():
    """`mc:Ignorable` names what the root declares."""
    annex = record("乙", WHOLE)
    stream, parts = io.BytesIO(), members(annex)
    told = b'<w:document xmlns:x9="urn:nine" mc:Ignorable="w14 x9" '
    text = parts["word/document.xml"].replace(b"<w:document ", told, 1)
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in {**parts, "word/document.xml": text}.items():
            archive.writestr(name, data)
    made = members(fill(saved(with_lines("{{p report }}")), report=stream.getvalue()))
    root = etree.fromstring(made["word/document.xml"])
    ignorable = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable")
    assert {"w14", "x9"} <= set(ignorable.split())
    assert set(ignorable.split()) <= set(root.nsmap)


def with_picture_bullet(text):
    """An annex with a list whose bullet is a picture, called as Word calls it in each file."""
    document = new_document()
    document.add_paragraph(text, "List Bullet")
    numbering = document.part.numbering_part.element
    shape = '<w:pict><v:shape id="_x0000_i1025" style="width:9pt;height:9pt"/></w:pict>'
    spaces = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
    bullet = f'<w:numPicBullet {spaces} w:numPicBulletId="0">{shape}</w:numPicBullet>'
    numbering.insert(0, parse_xml(bullet))
    for level in numbering.iter(qn("w:lvl")):
        level.append(parse_xml(f'<w:lvlPicBulletId {nsdecls("w")} w:val="0"/>'))
    return saved(document)


@pytest.mark.parametrize(("step", "is_apart"), [("6", True), ("5", False), ("", False)])
def test_pictures_for_bullets_of_two_annexes_are_told_apart(step, is_apart):
    """But in a document issued before, which comes out again as it was."""
    names = {"a": with_picture_bullet("甲"), "b": with_picture_bullet("乙")}
    made = fill(saved(with_lines("{{p a }}", "{{p b }}")), {"file:mended": step}, **names)
    numbering = members(made)["word/numbering.xml"].decode()
    shapes = re.findall(r'<v:shape id="([^"]+)"', numbering)
    assert len(shapes) == 2
    assert (len(set(shapes)) == 2) == is_apart
    refuse_loose_ends(made)
