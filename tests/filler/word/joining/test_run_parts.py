"""The parts of a print run as they are written."""

import io
import zipfile

import pytest

from filler.word.joining.record_package import RecordPackage, Related
from filler.word.joining.run_parts import RunParts
from tests.filler.print_run.records import record

TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Override PartName="/word/gone.xml" ContentType="a"/>'
    b'<Override PartName="/word/here.xml" ContentType="b"/></Types>'
)


@pytest.fixture
def stream():
    return io.BytesIO()


@pytest.fixture
def archive(stream):
    return zipfile.ZipFile(stream, "w")


@pytest.fixture
def parts(archive):
    return RunParts(archive)


def test_alike_parts_that_stand_alone_are_copied_once(parts):
    """A picture on every paper is one picture."""
    first, second = (RecordPackage.open(record("测试甲")) for _ in range(2))
    other = RecordPackage.open(record("测试乙"))
    name = "word/charts/chart1.xml"
    copies = [parts.copy(package, name, {}) for package in (first, second, other)]
    assert copies[0] == copies[1] != copies[2]
    assert parts.kinds[copies[0]].endswith("chart+xml")


def test_a_part_is_copied_with_all_it_is_related_to(parts, archive):
    """Each under a new name, its relations rewritten; addresses outside stay."""
    package = RecordPackage.open(record("测试甲"))
    made = parts.copy(package, "word/document.xml", {})
    relations = archive.read(made.replace("word/", "word/_rels/") + ".rels").decode()
    assert "charts/chart1" in relations
    assert 'Target="charts/chart1.xml"' not in relations
    parts.write_relations("word/x.xml", [("rId1", Related("k/hyperlink", "http://a?b&c", True))])
    text = archive.read("word/_rels/x.xml.rels").decode()
    assert 'Target="http://a?b&amp;c" TargetMode="External"' in text


def test_kinds_are_told_of_parts_that_are_there(parts, archive):
    """Of those only, and each once."""
    parts.write("word/here.xml", b"<a/>")
    parts.write("word/new.xml", b"<a/>", "c")
    parts.defaults = {"png": "image/png"}
    parts.write_kinds(TYPES)
    text = archive.read("[Content_Types].xml").decode()
    assert "gone" not in text
    assert text.count("/word/here.xml") == text.count("/word/new.xml") == 1
    assert 'Extension="png"' in text


def test_new_names_are_free(parts):
    """Numbers are counted on until one is."""
    parts.write("word/header1002.xml", b"<a/>")
    assert parts.new_name("word/header1.xml") == "word/header1003.xml"
