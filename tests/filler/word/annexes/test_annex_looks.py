"""What an annex takes for granted is written out where the form takes other things for granted."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from filler.word.annexes.annex_looks import AnnexLooks

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:fontScheme>'
    '<a:majorFont><a:latin typeface="Cambria"/><a:ea typeface=""/>'
    '<a:font script="Hans" typeface="{font}"/></a:majorFont>'
    '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/></a:minorFont>'
    "</a:fontScheme></a:theme>"
)


def styles(defaults="", *inside):
    granted = f"<w:docDefaults>{defaults}</w:docDefaults>" if defaults else ""
    return parse_xml(f"<w:styles {nsdecls('w')}>{granted}{''.join(inside)}</w:styles>")


def style(name, says="", kind="paragraph", default=False):
    is_default = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}"{is_default} w:styleId="{name}"><w:name w:val="{name}"/>'
        f"{says}</w:style>"
    )


def run_defaults(inside):
    return f"<w:rPrDefault><w:rPr>{inside}</w:rPr></w:rPrDefault>"


def paragraph_defaults(inside):
    return f"<w:pPrDefault><w:pPr>{inside}</w:pPr></w:pPrDefault>"


def body(inside):
    return parse_xml(f"<w:body {nsdecls('w')}>{inside}</w:body>")


def looks(own, host, fonts=("黑体", "黑体")):
    themes = tuple(THEME.format(font=font).encode() for font in fonts)
    return AnnexLooks(own, host, themes, 1)


def named(root, tag="w:pStyle"):
    return [one.get(qn("w:val")) for one in root.iter(qn(tag))]


def test_the_forms_defaults_do_not_reach_the_annex():
    """Its own are written into the style all its text rests on, the form's are undone."""
    own = styles(run_defaults('<w:sz w:val="32"/>'), style("a", default=True))
    host = styles(
        run_defaults('<w:kern w:val="2"/><w:sz w:val="21"/>')
        + paragraph_defaults('<w:spacing w:after="160" w:line="259"/><w:jc w:val="both"/>'),
        style("a", default=True),
    )  # fmt: skip
    part = body("<w:p><w:r/></w:p>")
    taken = looks(own, host)
    taken.restyle(part)
    assert named(part) == ["annex1a"]
    made = taken.added[0]
    says = {one.tag.rpartition("}")[2]: one.get(qn("w:val")) for one in made.find(qn("w:rPr"))}
    assert says == {"kern": "0", "sz": "32"}
    spacing = made.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    assert (spacing.get(qn("w:after")), spacing.get(qn("w:line"))) == ("0", "240")
    assert made.get(qn("w:default")) is None


def test_a_style_brings_those_it_rests_on():
    """Under names of their own; what speaks of no style is dropped."""
    own = styles(
        "", style("a", default=True),
        style("正文", '<w:basedOn w:val="a"/><w:next w:val="无"/><w:link w:val="字"/>'
                      '<w:rPr><w:b/></w:rPr>'),
        style("字", '<w:link w:val="正文"/>', kind="character"),
    )  # fmt: skip
    host = styles("", style("a", default=True))
    part = body('<w:p><w:pPr><w:pStyle w:val="正文"/></w:pPr></w:p>'
                '<w:p><w:pPr><w:pStyle w:val="没有"/></w:pPr></w:p>')  # fmt: skip
    taken = looks(own, host)
    taken.restyle(part)
    assert named(part) == ["annex1正文"]
    assert {one.get(qn("w:styleId")) for one in taken.added} == {"annex1正文", "annex1字"}
    assert named(taken.added[0], "w:basedOn") == ["a"]
    assert named(taken.added[0], "w:next") == []
    assert named(taken.added[0], "w:link") == ["annex1字"]


def test_a_name_that_the_form_has_is_left_to_it():
    """Two annexes, or a form that calls a style so."""
    own = styles("", style("a", "<w:rPr><w:b/></w:rPr>", default=True))
    host = styles("", style("a", default=True), style("annex1a"))
    part = body("<w:p/>")
    looks(own, host).restyle(part)
    assert named(part) == ["annex1ax"]


@pytest.mark.parametrize(("fonts", "plain"), [(("宋体", "黑体"), "宋体"), (("黑体", "黑体"), None)])
def test_fonts_of_another_theme_are_called_by_name(fonts, plain):
    """As are its colours."""
    own, host = styles("", style("a", default=True)), styles("", style("a", default=True))
    part = body('<w:p><w:r><w:rPr><w:rFonts w:eastAsiaTheme="majorEastAsia"/>'
                '<w:color w:val="FF0000" w:themeColor="accent1"/></w:rPr></w:r></w:p>')  # fmt: skip
    looks(own, host, fonts).restyle(part)
    said = next(part.iter(qn("w:rFonts")))
    assert said.get(qn("w:eastAsia")) == plain
    assert (said.get(qn("w:eastAsiaTheme")) is None) == bool(plain)
    assert (next(part.iter(qn("w:color"))).get(qn("w:themeColor")) is None) == bool(plain)


def test_a_tables_style_goes_before_what_was_written_out():
    """Rows do not grow by the defaults of the text around."""
    grid = style("grid", '<w:pPr><w:spacing w:after="0"/></w:pPr>', kind="table")
    defaults = paragraph_defaults('<w:spacing w:after="160"/>')
    own, host = (
        styles(defaults, style("a", default=True), grid),
        styles("", style("a", default=True)),
    )
    part = body('<w:tbl><w:tblPr><w:tblStyle w:val="grid"/></w:tblPr><w:tr><w:tc><w:p/></w:tc>'
                "</w:tr></w:tbl><w:p/>")  # fmt: skip
    looks(own, host).restyle(part)
    inside, outside = part.iter(qn("w:p"))
    assert inside.find(f"{qn('w:pPr')}/{qn('w:spacing')}").get(qn("w:after")) == "0"
    assert outside.find(f"{qn('w:pPr')}/{qn('w:spacing')}") is None
