"""Generated templates come out as docxtpl makes them; where it is wrong, ours is right.

Each seed is another template: tags cut over runs in all ways, proofing marks and bookmarks
between them, loops in tables, conditions, merged cells, header, footer, pictures, formats.
"""

import io
import random
import re
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, RichText
from lxml import etree
from markupsafe import Markup

from filler.errors import RenderError, TemplateError
from filler.word.bindings import Bindings
from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from minzheng.external.qr_codes import draw_qr
from tests.filler.word_files import add_table, add_xml, new_document, saved

SEEDS = range(40)
VALUES = ("测试甲", "a&b<c>'d\"", "𠮷·䶮", "", " 前后 ", "1,234.50", "{单}", "长" * 60)
#: docxtpl adds empty properties, and numbers pictures of its own.
_EMPTY_PROPERTY = re.compile(rb"<(dc|cp):\w+></\1:\w+>")
_DRAWING_NUMBER = re.compile(rb"(?<=<wp:docPr) id=\"\d+\"")
#: docxtpl repeats twins of a bookmark, which Word refuses; ours have a number each.
_BOOKMARK = re.compile(rb"<w:bookmark(?:Start|End)[^>]*></w:bookmark(?:Start|End)>")


class Generator:
    """One template and one context of a seed."""

    def __init__(self, seed):
        self.source = random.Random(seed)
        self.document = new_document()
        self.context = {name: self.source.choice(VALUES) for name in "abcd"}
        self.context["rich"] = self.formatted()
        self.context["on"] = self.source.choice(("是", ""))
        for table in ("ms", "ns"):
            rows = self.source.randrange(4)
            self.context[table] = [
                {column: self.source.choice(VALUES) for column in "xy"} for _ in range(rows)
            ]

    def formatted(self):
        """Words in bold, in colour and with a break."""
        rich = RichText(self.source.choice(VALUES), bold=True)
        rich.add(self.source.choice(VALUES), color="#ff0000", size=24)
        rich.add("\n" + self.source.choice(VALUES), italic=True)
        return rich

    def template(self):
        section = self.document.sections[0]
        for paragraph in (section.header.paragraphs[0], section.footer.paragraphs[0]):
            self.write(paragraph, self.line())
        self.write(self.document.add_paragraph(), "{{ a }}、{{ b }}、{{ c }}、{{ d }}")
        if self.source.random() < 0.5:
            section.header.paragraphs[0].add_run().add_picture(
                io.BytesIO(draw_qr("MZ:DB-02:V1:-")), Mm(8), Mm(8)
            )
        makers = (
            self.plain, self.inline, self.block, self.table, self.merged, self.picture, self.rich,
        )  # fmt: skip
        for make in self.source.choices(makers, k=8):
            make()
        return saved(self.document)

    def line(self):
        words = [
            f"{{{{ {self.source.choice('abcd')} }}}}",
            "文字",
            "　",
            "{% if on %}有{% endif %}",
        ]
        return "".join(self.source.choices(words, k=4)) + "末"

    def plain(self):
        self.write(self.document.add_paragraph(), self.line())

    def inline(self):
        text = "始{% if on %}甲{{ a }}{% elif b %}乙{% else %}丙{{ c }}{% endif %}末"
        self.write(self.document.add_paragraph(), text)

    def block(self):
        for line in ("{%p if on %}", self.line(), "{%p else %}", "无", "{%p endif %}"):
            self.write(self.document.add_paragraph(), line)

    def table(self):
        name = self.source.choice(("ms", "ns"))
        cells = ("{{ r.x }}" + self.line(), "{{ loop.index }}{% if r.y %}{{ r.y }}{% endif %}")
        rows = (("表头", "二"), (f"{{%tr for r in {name} %}}", ""), cells, ("{%tr endfor %}", ""))
        table = add_table(self.document, *(("", "") for _ in rows))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                self.write(cell.paragraphs[0], text)

    def merged(self):
        table = self.document.add_table(3, 3)
        self.write(table.cell(0, 0).merge(table.cell(0, 1)).paragraphs[0], self.line())
        self.write(table.cell(1, 2).merge(table.cell(2, 2)).paragraphs[0], self.line())

    def picture(self):
        run = self.document.add_paragraph().add_run()
        run.add_picture(io.BytesIO(draw_qr("MZ:DB-01:V1:-")), Mm(10), Mm(10))

    def rich(self):
        """A text with formats of its own, between others; its tag is one run."""
        paragraph = self.document.add_paragraph()
        self.write(paragraph, self.line())
        paragraph.add_run("{{r rich }}")
        self.write(paragraph, self.line())

    def write(self, paragraph, text):
        """The text over runs of many looks, cut anywhere, with marks between."""
        place = 0
        while place < len(text):
            width = self.source.randint(1, 9)
            run = paragraph.add_run(text[place : place + width])
            self.dress(run)
            place += width
            if self.source.random() < 0.3:
                self.mark(paragraph)

    def dress(self, run):
        run.bold = self.source.choice((None, True))
        if self.source.random() < 0.3:
            run.font.size = Pt(self.source.choice((9, 12)))
        run._r.set(qn("w:rsidR"), f"{self.source.randrange(2**32):08X}")

    def mark(self, paragraph):
        tag = self.source.choice(("w:proofErr", "w:bookmarkStart", "w:lastRenderedPageBreak"))
        mark = OxmlElement(tag)
        if tag == "w:proofErr":
            mark.set(qn("w:type"), "spellStart")
        elif tag == "w:bookmarkStart":
            mark.set(qn("w:id"), "1")
            mark.set(qn("w:name"), "b")
        else:
            paragraph._p.r_lst[-1].append(mark)
            return
        paragraph._p.append(mark)


def by_docxtpl(template, context, **options):
    word = DocxTemplate(io.BytesIO(template))
    word.render(dict(context), **options)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def parts_of(data):
    """Every part: XML in canonical form, all else by its bytes."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                content = etree.tostring(etree.fromstring(content), method="c14n")
                for ours_apart in (_DRAWING_NUMBER, _EMPTY_PROPERTY, _BOOKMARK):
                    content = ours_apart.sub(b"", content)
            if name == "[Content_Types].xml" or name.endswith(".rels"):
                content = sorted(re.findall(rb"<[^>]+>", content))
            parts[name] = content
    return parts


@pytest.mark.parametrize("seed", SEEDS)
def test_every_part_is_what_docxtpl_makes(seed):
    """Canonical XML of all parts, media and relations included."""
    generator = Generator(seed)
    template = generator.template()
    context = generator.context | {"rich": Markup(generator.context["rich"])}
    compiled = CompiledTemplate(template, "x", bindings=Bindings(rich=frozenset({"rich"})))
    ours = parts_of(compiled.render(context))
    theirs = parts_of(by_docxtpl(template, generator.context, autoescape=True))
    assert sorted(ours) == sorted(theirs)
    for name, content in ours.items():
        assert content == theirs[name], name


def texts_of(data):
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def with_lines(*lines):
    document = new_document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def test_docxtpl_loses_what_follows_a_less_than_sign():
    """Its default does not escape; ours always does."""
    template, context = with_lines("{{ x }} 结束"), {"x": "收入<500 & 无房"}
    assert texts_of(CompiledTemplate(template, "x").render(context)) == ["收入<500 & 无房 结束"]
    assert "<500" not in texts_of(by_docxtpl(template, context))[0]


def test_docxtpl_prints_a_missing_field_blank():
    """Ours says which is missing."""
    template = with_lines("甲{{ x }}乙")
    assert texts_of(by_docxtpl(template, {})) == ["甲乙"]
    with pytest.raises(RenderError, match="'x' is undefined"):
        CompiledTemplate(template, "x").render({})


def test_docxtpl_drops_all_rows_of_a_loop_on_the_data_row():
    """Ours does not take the template: the column stands nowhere."""
    document = new_document()
    add_table(document, ("头",), ("{%tr for m in ms %}{{ m.n }}",), ("{%tr endfor %}",))
    template = saved(document)
    assert texts_of(by_docxtpl(template, {"ms": [{"n": "测试甲"}]})) == ["头"]
    with pytest.raises(TemplateError, match="没有地方印“姓名”"):
        CompiledTemplate(template, "x", required={"ms.n": "姓名"})


@pytest.mark.parametrize("line", ["｛｛x｝｝", "{x}", "{ x }"])
def test_docxtpl_prints_misspelt_tags_as_they_stand(line):
    """Ours names them."""
    template = with_lines(line)
    assert texts_of(by_docxtpl(template, {"x": "甲"})) == [line]
    with pytest.raises(TemplateError, match="不是完整的标签"):
        CompiledTemplate(template, "x")


def test_docxtpl_runs_code_of_a_template():
    """In the body and in the author's name; ours runs none."""
    code = "{{ ''.__class__.__mro__|length }}"
    document = new_document()
    document.add_paragraph(code)
    document.core_properties.author = code
    template = saved(document)
    assert texts_of(by_docxtpl(template, {})) == ["2"]
    with pytest.raises(TemplateError, match=r"没有“\|length”这个过滤器"):
        CompiledTemplate(template, "x")


def test_docxtpl_puts_rich_tags_with_plain_texts_out_of_sight():
    """Text outside a run is not shown; ours puts it into one."""
    template = with_lines("甲{{r x}}乙")
    assert "测试" not in "".join(texts_of(by_docxtpl(template, {"x": "测试"})))
    made = CompiledTemplate(template, "x").render({"x": "测试"})
    assert texts_of(made) == ["甲测试乙"]


def test_docxtpl_shifts_cells_of_a_plain_loop_over_cells():
    """Ours does not take it."""
    document = new_document()
    add_table(document, ("{% for m in ms %}{{ m.n }}", "{{ m.n }}{% endfor %}"))
    template = saved(document)
    rows = [{"n": "甲"}, {"n": "乙"}]
    made = docx.Document(io.BytesIO(by_docxtpl(template, {"ms": rows}))).tables[0]
    assert len(made.rows) == 1
    assert "跨了单元格" in str(check_template(template, "x").problems[0])


def test_docxtpl_loses_text_where_a_tracked_change_cuts_a_tag():
    """Ours asks to accept the changes first."""
    document = new_document()
    paragraph = document.add_paragraph("{{ ")
    add_xml(paragraph, '<w:ins w:id="1" w:author="a"><w:r><w:t>x</w:t></w:r></w:ins>')
    paragraph.add_run(" }}")
    document.add_paragraph("后文")
    assert "被修订记录切断" in str(check_template(saved(document), "x").problems[0])


def test_docxtpl_stamps_nothing_twice_alike_in_zips():
    """The same answers give the same bytes with ours."""
    template = with_lines("{{ x }}")
    compiled = CompiledTemplate(template, "x")
    again = CompiledTemplate(template, "x")
    assert compiled.render({"x": "甲"}) == again.render({"x": "甲"})
