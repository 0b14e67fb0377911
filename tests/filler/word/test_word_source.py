"""The parts of a template as Jinja sources."""

import re

import pytest

from filler.errors import TemplateError
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
