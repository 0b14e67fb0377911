"""A Word file's zip: unchanged members packed once, fixed dates, the same bytes."""

import io
import zipfile

import pytest

from filler.word.word_package import FIXED_DATE, WordPackage, deflated


@pytest.fixture
def package():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.xml", b"<a/>")
        archive.writestr("word/b.xml", "<b>测试</b>".encode() * 100)
    return WordPackage(stream.getvalue(), {"a.xml": b"<A/>"})


def read(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {one.filename: archive.read(one) for one in archive.infolist()}


def test_members_come_out_in_their_order_changed_or_added(package):
    """What is changed keeps its place; what is new comes last."""
    made = read(package.write({"word/b.xml": b"new", "word/media/照片.jpg": b"jpg"}).docx)
    assert list(made) == ["a.xml", "word/b.xml", "word/media/照片.jpg"]
    assert list(made.values()) == [b"<A/>", b"new", b"jpg"]


def test_nothing_changed_is_the_package_itself(package):
    """With what was changed when it was made."""
    assert read(package.write({}).docx) == dict(package.contents)
    assert package.contents["a.xml"] == b"<A/>"


def test_a_writing_leaves_nothing_in_the_next(package):
    """The same texts give the same bytes."""
    before = package.write({"a.xml": b"1"})
    package.write({"a.xml": b"2", "more": b"3"})
    assert package.write({"a.xml": b"1"}) == before


def test_parts_are_known_by_what_they_hold(package):
    """However they are packed; another text, name or order is another file."""
    known = package.write({"a.xml": b"<a>1</a>"}).parts
    stored = {"a.xml": deflated(b"<a>1</a>", 0)}
    assert package.write({"a.xml": b"<a>1</a>"}, packed=stored).parts == known
    others = ({"a.xml": b"<a>2</a>"}, {"a.xml": b"<a>1</a>", "more": b""}, {"b.xml": b"<a>1</a>"})
    assert known not in {package.write(one).parts for one in others}


def test_every_date_is_fixed(package):
    """No clock in a document."""
    with zipfile.ZipFile(io.BytesIO(package.write({}).docx)) as archive:
        assert {one.date_time for one in archive.infolist()} == {FIXED_DATE}


def test_a_member_is_found_by_what_it_holds(package):
    """The QR's picture, whatever it is called."""
    assert package.find_member(b"<A/>") == "a.xml"
    assert package.find_member(b"<a/>") == ""
