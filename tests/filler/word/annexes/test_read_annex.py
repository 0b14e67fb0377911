"""What may be put into a form, and how it is taken in, issued, kept and printed again."""

import io
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from filler.fill_form import fill_form
from filler.form.form_data import Refused
from filler.form.photo_names import named_annex
from filler.records.case_store import DatabaseCaseStore
from filler.records.photo_shelf import MemoryPhotos, photos_of_folder
from filler.records.put_away import erase_documents
from filler.reissue import reissue
from filler.word.annexes.read_annex import (
    BadAnnexError,
    find_annex_problems,
    take_annex,
    take_uploads,
)
from minzheng.external.photos import PhotoLimits
from tests.filler.conftest import TODAY
from tests.filler.word.annexes.form_with_files import FORM, form_with_files, with_files
from tests.filler.word.test_photo_rooms import picture
from tests.filler.word_files import saved, with_lines


def told(document):
    return "；".join(one.what for one in find_annex_problems(saved(document)))


def changed(part, old, new):
    """A Word file with something in a part replaced; a part that is not there is added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(with_lines("甲")))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[part] = members.get(part, old).replace(old, new)
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04", "不是完好的"), ("文字".encode(), "不是完好的"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"x", "旧的 .doc"),
        (changed("word/vbaProject.bin", b"x", b"x"), "带有宏"),
        (changed("word/document.xml", b"<w:sectPr", b"<w:altChunk/><w:sectPr"), "altChunk"),
        (changed("word/_rels/document.xml.rels", b"</Relationships>",
                 b'<Relationship Id="rX" Type="http://x/image" Target="http://x/a.png"'
                 b' TargetMode="External"/></Relationships>'), "文件之外"),
        (changed("word/document.xml", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                 b"http://purl.oclc.org/ooxml/wordprocessingml/main"), "Strict"),
    ],
)  # fmt: skip
def test_what_could_harm_or_cannot_be_read_is_refused_by_name(data, what):
    """As a template is."""
    assert what in find_annex_problems(data)[0].what


def test_what_would_be_lost_is_refused_by_name():
    """Sections, columns, landscape pages, unfilled tags, words in headers."""
    fine = with_lines("一、经过")
    fine.sections[0].footer.paragraphs[0].text = "第 1 页 共 2 页"
    assert told(fine) == ""
    wrong = with_lines("甲")
    wrong.add_section()
    wrong.sections[-1].orientation = WD_ORIENT.LANDSCAPE
    wrong.sections[-1].page_width, wrong.sections[-1].page_height = 15840000, 10000000
    wrong.sections[-1]._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2"/>'))
    wrong.sections[0].header.paragraphs[0].text = "某某公司"
    for old in wrong.sections[-1]._sectPr.findall(qn("w:cols"))[:-1]:
        wrong.sections[-1]._sectPr.remove(old)
    assert told(wrong) == (
        "附件分了节，放不进表里；附件是横版，放进表里会缺边；附件分了栏，放进表里就没有了；"
        "附件的页眉页脚里有字（某某公司），放进表里就没有了"
    )
    assert "{{ name }}" in told(with_lines("姓名：{{ name }}"))


def test_a_file_is_named_by_its_content_and_its_name(tmp_path):
    """Without folders; one that is too large is not taken."""
    shelf, data = MemoryPhotos(), saved(with_lines("甲"))
    name = named_annex(take_annex("C:\\文件\\调查 报告:1.docx", data, shelf, PhotoLimits()))
    assert (name.file_name, shelf.get(name.sha256)) == ("调查_报告_1.docx", data)
    with pytest.raises(BadAnnexError) as error:
        take_annex("a.docx", data, shelf, PhotoLimits(most_bytes=10))
    assert "超过" in error.value.what


def test_files_beside_the_answers_are_taken_in_wherever_they_are_named(catalogue, tmp_path):
    """Annexes and photos in rows; what is missing or wrong is told with its row."""
    spec, shelf = form_with_files(catalogue, tmp_path), MemoryPhotos()
    (tmp_path / "报告.docx").write_bytes(saved(with_lines("甲")))
    (tmp_path / "门.png").write_bytes(picture())
    rows = [{"s_what": "门", "照片": "门.png"}, {"s_photo": "窗.png"}, {"s_photo": "报告.docx"}]
    answers = {"调查报告": "报告.docx", "shots": rows}
    find = photos_of_folder(tmp_path)
    taken, problems = take_uploads(spec, answers, find, shelf, PhotoLimits())
    assert taken["调查报告"].startswith("annex:")
    assert taken["shots"][0]["照片"].startswith("photo:")
    assert [(one.where, one.field) for one in problems] == [
        ("现场照片第 2 行照片", "shots[1].s_photo"), ("现场照片第 3 行照片", "shots[2].s_photo"),
    ]  # fmt: skip
    _, problems = take_uploads(spec, {"report": "门.png"}, find, shelf, PhotoLimits())
    assert problems[0].what == "“门.png”不是完好的 .docx 文件"


@pytest.mark.django_db
def test_a_document_with_annex_and_photos_is_made_again_to_the_letter(
    catalogue, answers_of, tmp_path
):
    """Kept by content; gone with the last document that holds them."""
    own = with_files(catalogue, tmp_path)
    store = DatabaseCaseStore(tmp_path / "issued")
    report = saved(with_lines("入户调查经过", "调查结论"))
    (tmp_path / "报告.docx").write_bytes(report)
    (tmp_path / "门.png").write_bytes(picture())
    named = {"report": "报告.docx", "shots": [{"s_what": "大门", "s_photo": "门.png"}]}
    answers, wrong = take_uploads(
        own.form(FORM), answers_of(FORM) | named, photos_of_folder(tmp_path), store.photos,
        PhotoLimits(),
    )  # fmt: skip
    assert not wrong
    issued = fill_form(FORM, answers, issued_by="测试员", today=TODAY, catalogue=own, store=store)
    assert not isinstance(issued, Refused), issued.problems
    document = docx.Document(io.BytesIO(issued.docx))
    text = [one.text for one in document.paragraphs]
    assert text[text.index("入户调查经过") + 1] == "调查结论"
    assert document.tables[-1].cell(0, 0).text == "大门"
    assert len(list(document.tables[-1]._tbl.iter(qn("a:blip")))) == 1
    assert reissue(*store.printed(issued.number)) == issued.docx
    kept = {one.suffix for one in (store.folder / "photos").rglob("*") if one.is_file()}
    assert kept == {".docx", ".jpg"}
    erase_documents([issued.number], store.folder)
    assert not [one for one in (store.folder / "photos").rglob("*") if one.is_file()]


def test_files_that_are_gone_stop_the_document(catalogue, answers_of, store, tmp_path):
    """Each is told where it stands."""
    own = with_files(catalogue, tmp_path)
    answers = answers_of(FORM) | {
        "report": f"annex:{'1' * 64}:报告.docx",
        "shots": [{"s_what": "门", "s_photo": f"photo:{'2' * 64}:4x3"}],
    }
    refused = fill_form(FORM, answers, issued_by="测试员", today=TODAY, catalogue=own, store=store)
    assert [(one.where, one.what) for one in refused.problems] == [
        ("调查报告", "附件找不到了"), ("现场照片第 1 行照片", "照片找不到了"),
    ]  # fmt: skip
    answers["report"] = "报告.docx"
    refused = fill_form(FORM, answers, issued_by="测试员", today=TODAY, catalogue=own, store=store)
    assert refused.problems[0].what == "“报告.docx”不是附件"


@pytest.mark.parametrize("form_id", ["ZF-04", "DB-04"])
def test_a_form_of_ours_is_called_that(fill, answers_of, form_id):
    """Upright or across: its code would stand on no page of the other form."""
    document = fill(form_id, answers_of(form_id))
    (problem,) = find_annex_problems(document.docx)
    assert problem.what.startswith(f"附件是本系统出具的表（{form_id} v1 ")
    assert "单独打印" in problem.do
