"""Check and fill agree: what passes the check is filled, what fill refuses the check names."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from filler.errors import TemplateError
from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from tests.filler.word_files import add_table, new_document, saved, with_lines, with_table
from tests.strict_reader import faults_of


def problems_of(data):
    return [str(problem) for problem in check_template(data, "x.docx").problems]


def is_refused(data):
    """Whether fill refuses a template."""
    try:
        CompiledTemplate(data, "x.docx")
    except TemplateError:
        return True
    return False


@pytest.mark.parametrize("tag", ["{#B}", "{#B}{N}", "{# 没有完"])
def test_a_remark_without_end_takes_no_rows_with_it(tag):
    """Between the tags of a loop docxtpl drops the rows; check and fill refuse it."""
    for kind, end in (("for m in ms", "endfor"), ("if on", "endif")):
        table = with_table((f"{{%tr {kind} %}}",), (f"{{{{ a }}}}{tag}",), (f"{{%tr {end} %}}",))
        data = saved(table)
        assert problems_of(data)
        assert is_refused(data)


@pytest.mark.parametrize("holder", ["hyperlink", "fldSimple", "sdt"])
@pytest.mark.parametrize(
    ("parts", "made"),
    [
        (("前", "{{ a }}", "后"), "前某人后"),
        (("前{{ ", "a", " }}后"), "前某人后"),
        (("前{", "{ a }", "}后"), "前某人后"),
        (("{% if ", "a", " %}甲{% endif %}"), "甲"),
        (("前{{ ", "a }}", "后"), ""),
        (("前", "{{ a", " }}后"), ""),
        (("{% if a", " %}甲{% endif %}", ""), ""),
    ],
)
def test_a_link_within_a_tag_is_dropped_and_one_that_ends_within_is_refused(holder, parts, made):
    """As docxtpl does the one; of the other it makes a file whose parts lie in each other."""
    attribute, opened, closed = {
        "hyperlink": ('w:anchor="x"', "", ""),
        "fldSimple": ('w:instr="AUTHOR"', "", ""),
        "sdt": ("", "<w:sdtContent>", "</w:sdtContent>"),
    }[holder]
    document, (before, inside, after) = new_document(), parts
    paragraph = document.add_paragraph(before)
    run = f'<w:r><w:t xml:space="preserve">{inside}</w:t></w:r>'
    xml = f"<w:{holder} {nsdecls('w')} {attribute}>{opened}{run}{closed}</w:{holder}>"
    paragraph._p.append(parse_xml(xml))
    paragraph.add_run(after)
    data = saved(document)
    assert (bool(problems_of(data)), is_refused(data)) == (not made, not made)
    if made:
        ours = CompiledTemplate(data, "x.docx").render({"a": "某人"})
        assert words_of(ours) == words_of(by_docxtpl(data, {"a": "某人"})) == made


def words_of(data):
    """All text of the body."""
    return "".join(etree.fromstring(text_of(data).encode()).itertext()).strip()


def by_docxtpl(data, context):
    stream, made = DocxTemplate(io.BytesIO(data)), io.BytesIO()
    stream.render(context)
    stream.save(made)
    return made.getvalue()


def text_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("{% if a > 500 %}高{% endif %}", "第1段：标签 {% if a > 500 %} 不能比大小"),
        ("{% if a <= b %}高{% endif %}", "不能比大小"),
        ("{% if 3 < a %}高{% endif %}", "不能比大小"),
        ("{% if a == 500 %}高{% endif %}", "也不能与数字比"),
        ("{{ a if a > '5' else b }}", "第1段"),
        ("{#name}甲{/name}", "是别的软件的写法"),
        ("{/name}", "是别的软件的写法"),
        ("{{#each a}}x{{/each}}", "第1段"),
        ("${name}", "是别的软件的写法"),
        ("{{@pic}}", "第1段"),
        ("{# 没有完", "没有对应的 #}"),
        ("{{ ａ }}", "全角字符"),
        ("{% if a ＝＝ 'x' %}x{% endif %}", "全角字符"),
        ("{{ a|upper }}", "没有“|upper”这个过滤器"),
        ("{{ a|元(2) }}", "过滤器单用一个"),
        ("{% if a|iso %}x{% endif %}", "过滤器单用一个"),
        ("{% cellbg a %}", "没有写在表格的格子里"),
        ("{{ a ~ b }}", "不允许的写法"),
        ("{{ a b }}", "写法有误"),
        ("{d.name}", "只有一层括号"),
    ],
)
def test_what_fill_refuses_is_named_in_chinese_with_its_place(tag, told):
    """No word of a library reaches a clerk."""
    data = saved(with_lines(tag))
    assert is_refused(data)
    found = "\n".join(problems_of(data))
    assert told in found
    assert not any(word in found for word in ("expected", "Missing", "unexpected", "mismatched"))


@pytest.mark.parametrize(
    "tag",
    [
        "{% if a == “甲” %}乙{% endif %}",
        "{% if a == ‘甲’ %}乙{% endif %}",
        "{% if '甲' in a %}乙{% endif %}",
        "{% if a != b and not c %}乙{% endif %}",
        "{# 备注 #}",
        "{# 看 {{ a }} #}",
        "{{ a or '无' }}",
        "{{ c|大写日期 }}{{ c|千分位 }}",
        "{{r a }}、{{ a }}",
        "{% for x in ['春', '夏'] %}{{ x }}{% endfor %}",
        "{% for m in ms %}{{ m.n }}{% if loop.index > 1 %}、{% endif %}{% endfor %}",
    ],
)
def test_what_fill_takes_passes_the_check(tag):
    """Quotes as Word puts them, remarks, a row's number."""
    data = saved(with_lines(tag))
    assert problems_of(data) == []
    made = CompiledTemplate(data, "x.docx").render(
        {"a": "甲", "b": "", "c": "", "ms": [{"n": "丁"}]}
    )
    assert "{" not in text_of(made).split("<w:body>")[1]


def test_cells_merged_over_the_rows_of_a_loop_pass():
    """docxtpl's own word for it."""
    document = with_table(
        ("{%tr for m in ms %}", ""), ("{% vm %}{{ m.n }}", "{{ m.k }}"), ("{%tr endfor %}", "")
    )
    assert problems_of(saved(document)) == []


@pytest.mark.parametrize("count", [0, 1, 2, 30])
@pytest.mark.parametrize(
    "rows",
    [
        [("{%tr for m in ms %}",), ("{{ m.n }}",), ("{%tr endfor %}",)],
        [("{%p for m in ms %}\n{{ m.n }}\n{%p endfor %}",)],
        [("头",), ("{%tr if ms %}",), ("{{ b }}",), ("{%tr endif %}",)],
    ],
)  # fmt: skip
def test_nothing_is_left_that_word_could_not_open(rows, count):
    """A cell or a table without rows; as many rows as there may be."""
    document = new_document()
    table = add_table(document, *rows)
    for cell in table._cells:
        first, *others = cell.text.split("\n")
        cell.text = first
        for line in others:
            cell.add_paragraph(line)
    data = saved(document)
    assert problems_of(data) == []
    context = {"ms": [{"n": "甲"}] * count, "b": "" if not count else "乙"}
    assert faults_of(CompiledTemplate(data, "x").render(context)) == faults_of(
        saved(new_document())
    )


@pytest.mark.parametrize(
    "xml",
    [
        '<w:r {w}><w:fldChar w:fldCharType="begin"/></w:r>|<w:r {w}><w:instrText>MACROBUTTON a 点'
        '</w:instrText></w:r>|<w:r {w}><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:r {w}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="{{{{ a }}}}"/>'
        "</w:pict></w:r>",
    ],
)
def test_what_reaches_out_or_is_never_seen_is_refused_by_both(xml):
    """A field that runs something, a tag in the description of a picture of old Word."""
    document = with_lines("字")
    for one in xml.format(w=nsdecls("w")).split("|"):
        document.paragraphs[0]._p.append(parse_xml(one))
    data = saved(document)
    assert is_refused(data)
    assert problems_of(data)
    assert CompiledTemplate(data, "x.docx", is_kept=True)  # an issued document comes out again


TWINS = (
    '<w:sdt {w}><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent>'
    "<w:r><w:t>{{{{ m.n }}}}</w:t></w:r>"
    "</w:sdtContent></w:sdt>",
    '<w:bookmarkStart {w} w:id="5" w:name="甲"/>|<w:bookmarkEnd {w} w:id="5"/>',
    '<w:permStart {w} w:id="5" w:edGrp="everyone"/>|<w:permEnd {w} w:id="5"/>',
)


@pytest.mark.parametrize("xml", TWINS)
def test_what_a_row_repeats_is_numbered_anew(xml):
    """Controls, bookmarks, editable ranges."""
    document = with_table(("{%tr for m in ms %}",), ("{{ m.n }}",), ("{%tr endfor %}",))
    for one in xml.format(w=nsdecls("w")).split("|"):
        document.tables[0].rows[1].cells[0].paragraphs[0]._p.append(parse_xml(one))
    data = saved(document)
    assert problems_of(data) == []
    made = CompiledTemplate(data, "x").render({"ms": [{"n": name} for name in "甲乙丙"]})
    assert faults_of(made) == faults_of(saved(new_document()))


def test_a_note_in_a_loop_is_refused_by_both(tmp_path):
    """It has one text for all rows."""
    document = with_table(("{%tr for m in ms %}",), ("{{ m.n }}",), ("{%tr endfor %}",))
    note = f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'
    document.tables[0].rows[1].cells[0].paragraphs[0]._p.append(parse_xml(note))
    data = saved(document)
    assert is_refused(data)
    assert any("脚注" in problem for problem in problems_of(data))


PIECES = st.sampled_from([
    "{{ a }}", "{{ b }}", "{{ c or '无' }}", "字", "{% if a %}", "{% if a == '甲' %}", "{% else %}",
    "{% endif %}", "{% for m in ms %}", "{{ m.n }}", "{% endfor %}", "{%p if b %}", "{%p endif %}",
    "{%tr for m in ms %}", "{%tr endfor %}", "{# 注 #}", "{ a }", "{{ a", "a }}", "{#x}",
    "{% if a > 1 %}",
    "{{ ａ }}", "“甲”", "{%p for m in ms %}", "{%p endfor %}", "{{ a|b }}", "{% vm %}", "{{ f() }}",
])  # fmt: skip


@st.composite
def templates(draw):
    """Paragraphs and a table of pieces that people write, right or wrong."""
    document = new_document()
    for _ in range(draw(st.integers(0, 3))):
        document.add_paragraph("".join(draw(st.lists(PIECES, max_size=4))))
    rows = draw(st.lists(st.tuples(PIECES, st.just("")), max_size=4))
    if rows:
        add_table(document, *rows)
        document.add_paragraph("完")
    return saved(document)


@settings(max_examples=120, deadline=None)
@given(templates())
def test_check_and_fill_agree_on_every_template(data):
    """Filled with no placeholder left and nothing that Word refuses; or named."""
    told = problems_of(data)
    if is_refused(data):
        assert told
    if told:
        return
    template = CompiledTemplate(data, "x.docx")
    for count in (0, 2):
        context = {"a": "甲", "b": "乙", "c": "", "ms": [{"n": "丙"}] * count}
        made = template.render(
            {name: context.get(name, "") for name in template.names.used} | context
        )
        body = text_of(made).split("<w:body>")[1]
        assert "{{" not in body
        assert "{%" not in body
        assert docx.Document(io.BytesIO(made))
