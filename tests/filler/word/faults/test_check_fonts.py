"""Runs whose Chinese characters no font is named for."""

import io

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_fonts import find_font_faults
from filler.word.faults.check_template import check_template
from filler.word.faults.template_text import read_template_text
from tests.filler.word_files import new_document, problems_of, saved


def test_a_run_without_a_chinese_font_is_named():
    """Through run, styles and defaults."""
    document = docx.Document()
    fonts = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    fonts.attrib.clear()
    document.add_paragraph("没有字体")
    assert "第1段“没有字体”没有指定中文字体" in str(checked(document).notes[0])


def checked(document):
    return check_template(saved(document), "x.docx")


def test_a_font_that_is_not_named_is_no_fault():
    """Such a template is filled; the note says where, and the marked copy, too."""
    document, _ = bare("一")
    for number in "二三四五六七":
        document.add_paragraph(number)
    found = checked(document)
    assert found.problems == ()
    (note,) = found.notes
    assert note.startswith("第1段“一”没有指定中文字体、第2段“二”")
    assert "等 7 处，各台电脑印出来不一样；选中后把中文字体设为仿宋_GB2312 等" in note
    assert CompiledTemplate(saved(document), "x.docx").render({}).startswith(b"PK")
    marked = docx.Document(io.BytesIO(found.marked))
    assert len(list(marked.part._comments_part.element)) == 7


def test_no_template_that_is_shipped_leaves_its_fonts_to_chance(catalogue):
    """Else a paper would look otherwise in another office."""
    for spec in catalogue.forms:
        document = docx.Document(str(spec.docx))
        assert whats(document) == [], spec.id


def test_the_font_may_come_from_a_style_the_style_is_based_on():
    """Heading → Normal."""
    document = new_document()
    document.add_paragraph("有字体", style="List Bullet")
    assert problems_of(document) == []


CHINESE = f'<w:rFonts {nsdecls("w")} w:eastAsia="仿宋"/>'
BY_THEME = f'<w:rFonts {nsdecls("w")} w:eastAsiaTheme="minorEastAsia"/>'
LATIN = f'<w:rFonts {nsdecls("w")} w:ascii="Arial"/>'


def bare(text="没有字体"):
    """A document whose defaults and styles name no font, and its run."""
    document = docx.Document()
    for fonts in document.styles.element.findall(f".//{qn('w:rFonts')}"):
        fonts.getparent().remove(fonts)
    return document, document.add_paragraph(text).runs[0]


def name_font(owner, fonts=CHINESE):
    """Let a run or a style name it."""
    owner.element.get_or_add_rPr().insert(0, parse_xml(fonts))


def style(document, name, kind=WD_STYLE_TYPE.PARAGRAPH, fonts="", based_on=None):
    made = document.styles.add_style(name, kind)
    made.base_style = based_on
    if fonts:
        name_font(made, fonts)
    return made


def whats(document):
    return [one.what for one in find_font_faults(read_template_text(document), document)]


def is_at_fault(document):
    return bool(whats(document))


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [("没有字体", True), ("{{ name }}", True), ("abc 12", False), (" ", False), ("㐀", True)],
)
def test_only_what_is_or_becomes_chinese_needs_a_font(text, is_wrong):
    """A placeholder may print anything."""
    assert is_at_fault(bare(text)[0]) == is_wrong


@pytest.mark.parametrize(
    ("fonts", "is_wrong"), [(CHINESE, False), (LATIN, True), (BY_THEME, False), ("", True)]
)
def test_a_run_may_name_its_font(fonts, is_wrong):
    """A Chinese one, by itself or through the theme."""
    document, run = bare()
    if fonts:
        name_font(run, fonts)
    assert is_at_fault(document) == is_wrong


@pytest.mark.parametrize(("fonts", "is_wrong"), [(CHINESE, False), (LATIN, True)])
def test_the_runs_style_may_name_it(fonts, is_wrong):
    """That of characters."""
    document, run = bare()
    run.style = style(document, "字", WD_STYLE_TYPE.CHARACTER, fonts)
    assert is_at_fault(document) == is_wrong


@pytest.mark.parametrize(("fonts", "is_wrong"), [(CHINESE, False), (LATIN, True)])
def test_the_paragraphs_style_may_name_it(fonts, is_wrong):
    """Or one it is based on."""
    document, _ = bare()
    first = style(document, "底", fonts=fonts)
    document.paragraphs[0].style = style(document, "面", based_on=first)
    assert is_at_fault(document) == is_wrong
    document.paragraphs[0].style = first
    assert is_at_fault(document) == is_wrong


def test_styles_that_are_based_on_one_another_name_none():
    """The search ends."""
    document, _ = bare()
    first = style(document, "甲")
    first.base_style = second = style(document, "乙", based_on=first)
    document.paragraphs[0].style = second
    assert is_at_fault(document)


@pytest.mark.parametrize(
    ("kind", "default", "is_wrong"),
    [("paragraph", "1", False), ("paragraph", "0", True), ("table", "1", True)],
)
def test_a_paragraph_without_a_style_has_the_default_one(kind, default, is_wrong):
    """That of paragraphs."""
    document, _ = bare()
    for one in document.styles.element.findall(qn("w:style")):
        one.attrib.pop(qn("w:default"), None)
    made = style(document, "常", fonts=CHINESE).element
    made.set(qn("w:default"), default)
    made.set(qn("w:type"), kind)
    properties = document.paragraphs[0]._p.pPr
    if properties is not None:
        document.paragraphs[0]._p.remove(properties)
    assert is_at_fault(document) == is_wrong


@pytest.mark.parametrize(
    ("theme", "is_wrong"),
    [(b'<a:font script="Hans" typeface="x"/>', False),
     ('<a:ea typeface="\u4eff"/>'.encode(), False), (b'<a:ea typeface=""/>', True)],
)  # fmt: skip
def test_a_theme_counts_when_it_has_a_chinese_font(theme, is_wrong):
    """Otherwise its name leads nowhere."""
    document, run = bare()
    name_font(run, BY_THEME)
    (part,) = [one for one in document.part.package.iter_parts() if "/theme/" in one.partname]
    part._blob = theme
    assert is_at_fault(document) == is_wrong


def test_a_theme_that_is_not_there_has_no_font():
    """And of one paragraph the first run is named, of each paragraph one."""
    document, run = bare("甲")
    name_font(run, BY_THEME)
    document.paragraphs[0].add_run("乙")
    document.add_paragraph("丙")
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/theme"):
            del document.part.rels[key]
    assert whats(document) == ["“甲”没有指定中文字体", "“丙”没有指定中文字体"]
