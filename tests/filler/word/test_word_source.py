"""The parts of a template as Jinja sources."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from filler.errors import TemplateError
from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from filler.word.word_source import TAGGED, open_word, read_sources
from tests.filler.word_files import new_document, saved, with_lines


def sources_of(document):
    return read_sources(open_word(saved(document), "x.docx"))


def test_the_body_comes_first_then_parts_with_tags():
    """A footer without braces never changes, and is no source."""
    document = with_lines("{{ name }}")
    document.sections[0].header.paragraphs[0].text = "{{ title }}"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    assert list(sources_of(document)) == [
        "word/document.xml",
        "word/header1.xml",
        "docProps/core.xml",
    ]


def test_a_tag_that_word_split_is_whole_again():
    """Runs end anywhere, also within braces."""
    document = new_document()
    paragraph = document.add_paragraph("{")
    for piece in ("{ na", "me }", "}"):
        paragraph.add_run(piece)
    source = sources_of(document)["word/document.xml"]
    assert "{{ name }}" in source
    assert TAGGED.search(source)


def test_the_tag_of_the_qr_becomes_a_picture():
    """Only the picture changes from document to document."""
    source = sources_of(with_lines("{{ qr }}"))["word/document.xml"]
    assert "{{ qr }}" not in source
    assert source.count("<w:drawing>") == 1


def test_drawings_are_numbered_over_all_parts():
    """Word refuses twins."""
    document = with_lines("{{ qr }}", "{{ qr }}")
    document.sections[0].footer.paragraphs[0].text = "{{ qr }}"
    numbers = re.findall(r'<wp:docPr [^>]*?id="(\d+)"', "".join(sources_of(document).values()))
    assert numbers == ["1001", "1002", "1003"]


def test_a_tag_in_the_properties_is_read():
    """The title of the file, for example."""
    document = with_lines("甲")
    document.core_properties.title = "{{ title }}"
    assert "{{ title }}" in sources_of(document)["docProps/core.xml"]


def test_full_width_braces_make_a_part_a_source_too():
    """What was meant as a tag must be found to be named."""
    document = with_lines("甲")
    document.sections[0].footer.paragraphs[0].text = "｛｛name｝｝"
    assert "word/footer1.xml" in sources_of(document)


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_file_is_refused_by_name(data):
    """With what to do."""
    with pytest.raises(TemplateError, match=r"x\.docx：不是完好的"):
        open_word(data, "x.docx")


def attached(target):
    """A file that names the template it was made from."""
    document = docx.Document()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    part = document.part._settings_part
    element = OxmlElement("w:attachedTemplate")
    element.set(qn("r:id"), part.relate_to(target, kind, is_external=True))
    part.element.insert(0, element)
    document.add_paragraph("{{ name }}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "target", ["Normal", "Normal.dotm", "file:///C:/kingsoft/office6/wps.dotx"]
)
def test_the_template_a_file_was_made_from_is_dropped(target):
    """Nothing is fetched when the document is opened; check and fill let it in, check tells."""
    data = attached(target)
    checked = check_template(data, "x.docx")
    assert checked.notes == (f"所附模板“{target}”不会带进文书",)
    assert not any("引用" in problem.what for problem in checked.problems)
    made = CompiledTemplate(data, "x").render({"name": "甲"})
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = [name for name in archive.namelist() if "settings" in name]
        whole = b"".join(map(archive.read, names))
    assert b"attachedTemplate" not in whole
    assert b"External" not in whole


def test_old_words_marks_of_dates_and_places_cut_no_tag():
    """Nobody sees them; what stands in them stays."""
    document = with_lines("{{ name }}")
    paragraph = document.paragraphs[0]
    run = paragraph._p.r_lst[0]
    mark = OxmlElement("w:smartTag")
    mark.append(OxmlElement("w:smartTagPr"))
    run.addprevious(mark)
    mark.append(run)
    run.text = "住{{ na"
    paragraph.add_run("me }}村")
    data = saved(document)
    assert check_template(data, "x.docx").problems == ()
    made = CompiledTemplate(data, "x").render({"name": "甲"})
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "住甲村"


def test_a_remark_alone_in_a_part_is_printed_nowhere():
    """A document issued before that was so comes out as it did."""
    document = with_lines("{# 备注 #}正文")
    data = saved(document)
    made = docx.Document(io.BytesIO(CompiledTemplate(data, "x").render({})))
    assert made.paragraphs[0].text == "正文"
    before = CompiledTemplate(data, "x", is_new=False).render({})
    assert docx.Document(io.BytesIO(before)).paragraphs[0].text == "{# 备注 #}正文"
