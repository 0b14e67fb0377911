"""An empty Word document holds nothing it does not need."""

import datetime as dt
import io
import zipfile

from docx.oxml.ns import qn

from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.lean_word import new_document

TOLD = FileProperties("镇坪县民政局", "清单", dt.date(2026, 11, 23))


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return zipfile.ZipFile(stream)


def test_it_brings_few_members_and_no_preview():
    """Nine tenths smaller than the one python-docx begins with."""
    archive = saved(new_document(TOLD))
    assert set(archive.namelist()) == {
        "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml",
        "word/_rels/document.xml.rels", "word/document.xml", "word/settings.xml",
        "word/styles.xml",
    }  # fmt: skip
    assert sum(one.compress_size for one in archive.infolist()) < 3000


def test_its_language_is_chinese():
    """Else glyphs of other languages are taken."""
    defaults = new_document(TOLD).styles.element.find(qn("w:docDefaults"))
    (language,) = defaults.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_it_has_the_styles_asked_for():
    """Those of header and footer only where there are any."""
    assert [one.name for one in new_document(TOLD).styles] == ["Normal", "Normal Table", "Footer"]
    both = new_document(TOLD, ("Header", "Footer"))
    assert {"Header", "Footer"} < {one.name for one in both.styles}


def test_it_says_who_made_it():
    """Before anything is written into it."""
    told = new_document(TOLD).core_properties
    assert (told.author, told.title, told.last_modified_by) == (
        "镇坪县民政局",
        "清单",
        "镇坪县民政局",
    )


def test_headers_tables_and_pictures_can_be_added():
    """The parts it does not bring are made when they are needed."""
    document = new_document(TOLD, ("Header", "Footer"))
    document.sections[0].header.paragraphs[0].text = "眉"
    document.sections[0].footer.paragraphs[0].text = "脚"
    document.add_table(1, 1).cell(0, 0).text = "格"
    assert {"word/header1.xml", "word/footer1.xml"} < set(saved(document).namelist())
