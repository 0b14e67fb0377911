"""Templates compiled once: same words as docxtpl, nothing lost, no mistake unseen."""

import io
import zipfile

import docx
import pytest
from docxtpl import DocxTemplate

from filler.errors import RenderError, TemplateError
from filler.word.compiled_template import CompiledTemplate
from filler.word.name_book import NameBook
from filler.word.render_limits import RenderLimits


def word_file(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def body_of(data: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


def texts_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def test_the_body_is_what_docxtpl_makes():
    """Byte for byte the same document.xml."""
    data = word_file("{{ name }}", "{%p for m in members %}", "{{ m.age }}", "{%p endfor %}")
    context = {"name": "测试甲<&>", "members": [{"age": "3"}, {"age": "4"}]}
    ours = CompiledTemplate(data, "x").render(context)
    theirs = DocxTemplate(io.BytesIO(data))
    theirs.render(context, autoescape=True)
    stream = io.BytesIO()
    theirs.save(stream)
    assert texts_of(ours) == texts_of(stream.getvalue())
    parsed = docx.Document(io.BytesIO(ours)).element.body.xml
    assert parsed == docx.Document(stream).element.body.xml


def test_rendering_twice_gives_the_same_bytes():
    """Nothing of one document stays in the next."""
    template = CompiledTemplate(word_file("{{ name }}"), "x")
    first = template.render({"name": "测试甲"})
    template.render({"name": "测试乙"})
    assert template.render({"name": "测试甲"}) == first


def test_every_mistake_of_a_template_is_named():
    """Unknown tag, field without a place, half a tag."""
    data = word_file("{{ nam }}", "{ phone }")
    with pytest.raises(TemplateError) as caught:
        CompiledTemplate(
            data, "x.docx", NameBook(frozenset({"name", "phone"}), {}), {"name": "姓名"}
        )
    message = str(caught.value)
    assert "“nam”不是本表字段" in message
    assert "没有地方印“姓名”" in message
    assert "不是完整的标签" in message


@pytest.mark.parametrize("tag", ["{{ name.upper() }}", "{{ name|元(1) }}", "{% set a = 1 %}"])
def test_templates_cannot_call_anything(tag):
    """A template holds names, loops and conditions only."""
    with pytest.raises(TemplateError, match="不允许的写法"):
        CompiledTemplate(word_file(tag), "x.docx")


def test_what_is_no_word_file_is_refused():
    """A renamed PDF is named as such."""
    with pytest.raises(TemplateError, match="不是完好的"):
        CompiledTemplate(b"%PDF-1.4", "x.docx")


def test_line_breaks_and_tabs_come_out():
    """A long text keeps its lines."""
    data = CompiledTemplate(word_file("{{ text }}"), "x").render({"text": "一\n二\t三"})
    assert texts_of(data) == ["一\n二\t三"]
    assert "<w:br/>" in body_of(data)


def test_the_qr_is_drawn_for_each_document():
    """Two numbers, two pictures."""
    template = CompiledTemplate(word_file("{{ qr }}{{ name }}"), "x")
    pictures = []
    for number in ("0001", "0002"):
        data = template.render({"name": "甲", "qr": ""}, f"MZ:DB-01:V1:DB-103200-2018-{number}")
        archive = zipfile.ZipFile(io.BytesIO(data))
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
        pictures.append(archive.read(media[0]))
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("bad", ["\x0b", "\x00", "\x1b", "\ud800", "\uffff"])
def test_what_word_cannot_hold_is_refused_by_field(bad):
    """Neither dropped nor a broken file: the field and the place are named."""
    template = CompiledTemplate(word_file("{{ name }}"), "x", required={"name": "姓名"})
    with pytest.raises(RenderError, match=r"姓名的第 3 个字符（U\+"):
        template.render({"name": f"甲乙{bad}"})


@pytest.mark.parametrize("text", ["𠮷·䶮", "a&b<c>d", "一\n二", "]]>", " 前后 "])
def test_rare_characters_come_out_as_given(text):
    """Nothing of them is lost or changed."""
    data = CompiledTemplate(word_file("{{ name }}"), "x").render({"name": text})
    assert texts_of(data) == [text]


def test_a_carriage_return_is_a_line_break():
    """Texts typed on Windows keep their lines."""
    data = CompiledTemplate(word_file("{{ name }}"), "x").render({"name": "一\r\n二\r三"})
    assert texts_of(data) == ["一\n二\n三"]


def test_a_value_that_does_not_come_out_is_named():
    """A condition hides it: the clerk learns which."""
    rows = "{% for m in members %}{{ m.m_name }}{% endfor %}"
    source = f"{{% if show %}}{{{{ name }}}}{rows}{{% endif %}}{{{{ show }}}}"
    labels = {"name": "姓名", "members.m_name": "家庭成员·姓名"}
    template = CompiledTemplate(word_file(source), "x", required=labels)
    with pytest.raises(RenderError) as error:
        template.render({"name": "甲", "show": "", "members": [{"m_name": ""}, {"m_name": "乙"}]})
    assert "2 项内容没有印出" in str(error.value)
    assert "姓名" in str(error.value)
    assert "家庭成员第2行姓名" in str(error.value)


def test_only_values_that_may_not_come_out_are_doubted():
    """What is printed in any case does, whatever stands beside it in a condition."""
    source = "{{ name }}{% if show %}{{ note }}{% endif %}{{ show }}"
    template = CompiledTemplate(word_file(source), "x", required={"name": "姓名", "note": "备注"})
    assert texts_of(template.render({"name": "甲", "show": "", "note": ""})) == ["甲"]
    assert texts_of(template.render({"name": "甲", "show": "", "note": "甲"})) == ["甲"]
    with pytest.raises(RenderError, match="1 项内容没有印出：备注"):
        template.render({"name": "甲", "show": "", "note": "乙"})


def test_a_rendering_keeps_to_its_limits():
    """A template cannot loop over more rows than allowed."""
    data = word_file("{%p for m in members %}", "{{ m.age }}", "{%p endfor %}")
    template = CompiledTemplate(data, "x", limits=RenderLimits(rows=2))
    template.render({"members": [{"age": "3"}] * 2})
    with pytest.raises(RenderError, match="members 有 3 行"):
        template.render({"members": [{"age": "3"}] * 3})
