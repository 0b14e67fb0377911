"""A Word or Excel file tells its maker, its title and its day, and nothing of others."""

import datetime as dt
import io
import zipfile

import docx
import openpyxl
import pytest
from lxml import etree

from minzheng.external.files.file_properties import (
    APP,
    CORE,
    PRODUCT,
    FileProperties,
    core_xml,
    make_room,
    retold,
)

TOLD = FileProperties("镇坪县民政局", "审核<表> & 单", dt.date(2026, 11, 23), "MZ:DB-02:V1:-")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def members_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word_file():
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("甲")
    document.save(stream)
    return stream.getvalue()


def excel_file():
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("make", [word_file, excel_file])
def test_what_the_library_told_is_gone(make):
    """Neither its name nor its day, picture or program."""
    members = members_of(retold(make(), TOLD))
    everything = b"".join(members.values())
    for foreign in (b"python-docx", b"openpyxl", b"2013-12-23", b"Microsoft Excel", b"Macintosh"):
        assert foreign not in everything
    assert not [name for name in members if "thumbnail" in name]
    assert f"<Application>{PRODUCT}</Application>".encode() in members[APP]


def test_what_is_told_is_read_by_others():
    """Marks of XML in a title are text."""
    for told in (
        docx.Document(io.BytesIO(retold(word_file(), TOLD))).core_properties,
        openpyxl.load_workbook(io.BytesIO(retold(excel_file(), TOLD))).properties,
    ):
        assert told.title == "审核<表> & 单"
        assert told.identifier == "MZ:DB-02:V1:-"
        assert getattr(told, "author", None) or told.creator == "镇坪县民政局"
        for day in (told.created, told.modified):
            assert day.replace(tzinfo=None) == dt.datetime(2026, 11, 23)


def test_the_same_file_tells_the_same_bytes():
    """No day of today, no order by chance."""
    data = excel_file()
    assert retold(data, TOLD) == retold(data, TOLD)
    assert core_xml(TOLD) == core_xml(TOLD)


def test_the_content_is_not_touched():
    """Every other member is the same to the byte."""
    data = word_file()
    before, after = members_of(data), members_of(retold(data, TOLD))
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {CORE, APP, "_rels/.rels", "[Content_Types].xml"}
    assert set(before) - set(after) == {"docProps/thumbnail.jpeg"}


def package(*relations):
    types = f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="a/b"/>'
    types += '<Override PartName="/p/core7.xml" ContentType="c/d"/></Types>'
    inside = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"{mode}/>'
        for name, kind, target, mode in relations
    )
    rels = f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
    return {"[Content_Types].xml": types.encode(), "_rels/.rels": rels.encode()}


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (f"{_PACKAGE}/relationships/metadata/core-properties", "/p/core7.xml"),
        (f"{_OFFICE}/relationships/extended-properties", "p/app7.xml"),
        (f"{_OFFICE}/relationships/custom-properties", "docProps/custom.xml"),
        (f"{_PACKAGE}/relationships/metadata/thumbnail", "./docProps/thumbnail.emf"),
        (f"{_STRICT}/extendedProperties", "p/app7.xml"),
        (f"{_STRICT}/customProperties", "docProps/custom.xml"),
    ],
)
def test_properties_under_any_name_go(kind, target):
    """With what says what kind of member they are."""
    before = package(("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml", ""),
                     ("rIdP1", kind, target, ""))  # fmt: skip
    changed, gone = make_room(before)
    assert gone == {target.removeprefix("/").removeprefix("./")}
    relations = etree.fromstring(changed["_rels/.rels"])
    assert [one.get("Target") for one in relations] == ["word/document.xml", CORE, APP]
    assert len({one.get("Id") for one in relations}) == 3
    named = [one.get("PartName") for one in etree.fromstring(changed["[Content_Types].xml"])]
    assert named.count(f"/{CORE}") == named.count(f"/{APP}") == 1
    assert ("/p/core7.xml" in named) is ("core7" not in target)


def test_a_package_that_tells_nothing_tells_it_now():
    """Properties are added where there were none; a linked preview is no member."""
    told = ("rId2", f"{_PACKAGE}/relationships/metadata/thumbnail", "http://x/y.jpg",
            ' TargetMode="External"')  # fmt: skip
    changed, gone = make_room(package(told))
    assert not gone
    assert [one.get("Target") for one in etree.fromstring(changed["_rels/.rels"])] == [CORE, APP]


def test_without_a_day_none_is_told():
    """A template belongs to no day, and has no number."""
    xml = core_xml(FileProperties(PRODUCT, "")).decode()
    assert "dcterms:" not in xml.split(">", 2)[2]
    assert "identifier" not in xml and "title" not in xml
