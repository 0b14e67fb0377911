"""The parts of a Word file that are filled in, however they are called."""

import io
import zipfile

import docx
import pytest
from docx.opc.packuri import PackURI
from lxml import etree

from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from filler.word.part_names import filled_parts, use_usual_names
from tests.filler.word_files import new_document, saved, with_lines
from tests.strict_reader import faults_of

RELATIONS = "_rels/.rels"
CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


@pytest.fixture(scope="module")
def of_the_web():
    """As Word on the web writes it: document2.xml, and a header of another name."""
    document = with_lines("{{ a }}")
    document.sections[0].header.paragraphs[0].text = "{{ b }}"
    document.part.partname = PackURI("/word/document2.xml")
    header = document.sections[0].header.part
    header.partname = PackURI("/word/top.xml")
    return saved(document)


def texts_of(data):
    document = docx.Document(io.BytesIO(data))
    return document.paragraphs[0].text, document.sections[0].header.paragraphs[0].text


def with_relations(change):
    """A sound file whose own relations were changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(with_lines("{{ a }}")))) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == RELATIONS else data)
    return stream.getvalue()


def test_a_file_of_word_on_the_web_is_filled(of_the_web):
    """Its parts get the names that Word gives them."""
    assert check_template(of_the_web, "x").problems == ()
    made = CompiledTemplate(of_the_web, "x").render({"a": "甲", "b": "乙"})
    assert texts_of(made) == ("甲", "乙")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "word/document.xml" in archive.namelist()
        assert "word/document2.xml" not in archive.namelist()
    assert faults_of(made) == faults_of(saved(new_document()))


def test_filled_parts_are_known_by_their_relations(of_the_web):
    """And those of the usual names, even in a file that says nothing."""
    with zipfile.ZipFile(io.BytesIO(of_the_web)) as archive:
        assert {"word/document2.xml", "word/top.xml"} <= filled_parts(archive)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/footer3.xml", "<w/>")
        assert "word/footer3.xml" in filled_parts(archive)


def test_usual_names_stay(tmp_path):
    """A free number is taken for another one."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "一"
    document.sections[0].first_page_header.paragraphs[0].text = "二"
    first, second = (
        part for part in document.part.package.iter_parts() if "header" in str(part.partname)
    )
    first.partname, second.partname = PackURI("/word/header1.xml"), PackURI("/word/x.xml")
    use_usual_names(document)
    assert [str(one.partname) for one in (first, second)] == [
        "/word/header1.xml",
        "/word/header2.xml",
    ]


@pytest.mark.parametrize("count", [0, 2])
def test_properties_told_never_or_twice_make_no_crash(count):
    """The file gets them once."""

    def change(data):
        root = etree.fromstring(data)
        (own,) = (one for one in root if one.get("Type") == CORE_KIND)
        for number in range(1, count):
            root.append(etree.fromstring(etree.tostring(own)))
            root[-1].set("Id", f"again{number}")
        if not count:
            root.remove(own)
        return etree.tostring(root)

    data = with_relations(change)
    assert check_template(data, "x").problems == ()
    made = CompiledTemplate(data, "x").render({"a": "甲"})
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.read(RELATIONS).count(CORE_KIND.encode()) == 1


def test_properties_of_another_kind_make_no_crash():
    """A part that only calls itself so."""
    data = with_relations(
        lambda told: told.replace(b'Target="docProps/core.xml"', b'Target="word/styles.xml"')
    )
    assert check_template(data, "x").problems == ()
    assert CompiledTemplate(data, "x").render({"a": "甲"})
