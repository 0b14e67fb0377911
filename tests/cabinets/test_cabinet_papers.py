"""The papers of a cabinet are the county's own forms, printed in one run."""

import html
import io
import re
import zipfile

import docx
import pytest

from minzheng.cabinets.cabinet_papers import CabinetPapers
from minzheng.external.files.file_properties import FileProperties
from tests.cabinets.conftest import TODAY


@pytest.fixture
def papers(catalogue, cabinet):
    """Prints for the cabinet."""
    told = FileProperties("镇坪县民政局", "民政专柜", TODAY)
    return CabinetPapers(catalogue, cabinet, {}, TODAY, "镇坪县", told)


def words(data):
    text = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def test_the_whole_is_form_zh_03(papers):
    """With fifteen rows and their sums."""
    told = words(papers.whole())
    assert "民政专柜总目录" in told
    assert re.search("合计盒数[：:]\\s*3", told)


def test_each_box_has_its_catalogue(papers, cabinet):
    """One after the other, with the numbers of DA/T 13."""
    told = words(papers.catalogue_of(cabinet.boxes))
    assert told.count("卷内（归档文件）目录") == 3
    for one in cabinet.items:
        assert one.archive_no in told


def test_each_box_has_its_cover_and_its_spine(papers, cabinet):
    """On paper of their own size."""
    for made in (papers.covers(cabinet.boxes), papers.spines(cabinet.boxes)):
        document = docx.Document(io.BytesIO(made))
        assert len(document.sections) == 3
        assert "低保专档" in words(made)


def test_all_of_it_is_one_file(papers, cabinet):
    """Without boxes the labels and the whole alone."""
    packed = zipfile.ZipFile(io.BytesIO(papers.everything("MZ-1", cabinet.boxes)))
    assert [one[0] for one in packed.namelist()] == list("12345")
    assert "MZ-1" in words(packed.read("1 格位标签.docx"))
    empty = zipfile.ZipFile(io.BytesIO(papers.everything("MZ-1", ())))
    assert len(empty.namelist()) == 2
