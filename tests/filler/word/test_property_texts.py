"""Every file tells the truth about itself: the bureau, the title, the day of issue."""

import datetime as dt
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from filler.errors import TemplateError
from filler.fill_form import blank_form, fill_form
from filler.form.form_data import FormData, Printed
from filler.models import Issued
from filler.print_run.merge_documents import merge_documents
from filler.records.case_store import DatabaseCaseStore, MemoryCaseStore
from filler.reissue import reissue
from filler.spec.form_catalogue import Catalogue
from filler.values.derive import derive
from filler.word.compiled_template import CompiledTemplate
from filler.word.property_texts import run_properties
from minzheng.external.files.file_properties import APP, CORE
from tests.filler.conftest import TODAY
from tests.filler.word_files import new_document, saved
from tests.shipped_forms import shipped_forms

FORMS = shipped_forms().by_id
BUREAU = "试点县民政局"
BEFORE = Path(__file__).resolve().parents[2] / "samples" / "issued_before"
_FOREIGN = (b"python-docx", b"2013", b"Macintosh", b"Normal.dotm")


@pytest.fixture
def ours(catalogue):
    return replace(catalogue, facts=replace(catalogue.facts, bureau=BUREAU))


@pytest.fixture
def made(ours, answers_of):
    def make(form_id, catalogue=ours):
        return fill_form(
            form_id, answers_of(form_id), issued_by="测试员", today=TODAY,
            catalogue=catalogue, store=MemoryCaseStore(),
        )  # fmt: skip

    return make


def with_template(catalogue, form_id, data, folder):
    """The form with another template in place."""
    file = folder / f"{form_id}.docx"
    file.write_bytes(data)
    spec = replace(catalogue.form(form_id), docx=file)
    return Catalogue({form_id: spec}, catalogue.facts)


def members_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without_members(data, *names):
    """The package without some members, as another program might have written it."""
    members = members_of(data)
    for name in names:
        del members[name]
        for file in ("_rels/.rels", "[Content_Types].xml"):
            tag = rb'<[^<]*"/?' + re.escape(name).encode() + rb'"[^<]*/>'
            members[file] = re.sub(tag, b"", members[file])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def told_by(data):
    return docx.Document(io.BytesIO(data)).core_properties


def assert_true(data, title, code):
    """Bureau, title, day and code stand there; nothing of a library, nobody's name."""
    told = told_by(data)
    assert (told.author, told.last_modified_by) == (BUREAU, BUREAU)
    assert (told.title, told.identifier) == (title, code)
    day = dt.datetime(TODAY.year, TODAY.month, TODAY.day)
    assert [one.replace(tzinfo=None) for one in (told.created, told.modified)] == [day, day]
    members = members_of(data)
    properties = b"".join(content for name, content in members.items() if "docProps" in name)
    assert not [mark for mark in _FOREIGN if mark in properties]
    assert {name for name in members if "docProps" in name} == {CORE, APP}
    assert "测试" not in properties.decode()


#: What a campaign is called is typed, and might be anything.
TYPED_TITLES = {"ZF-11", "ZF-12"}


@pytest.mark.parametrize("form_id", sorted(FORMS))
def test_every_form_tells_its_bureau_its_title_and_its_day(form_id, made, ours):
    """Issued and blank; every person in the sample answers is called 测试…."""
    spec, issued = ours.form(form_id), made(form_id)
    printed = issued.printed.texts["title"]
    title = spec.short_title if "测试" in printed or form_id in TYPED_TITLES else printed
    assert_true(issued.docx, title, f"MZ:{form_id}:V{spec.version}:{issued.case_no}")
    has_gap = "__" in derive(spec, FormData(), ours.facts, TODAY).title
    title = spec.short_title if has_gap else derive(spec, FormData(), ours.facts, TODAY).title
    assert_true(blank_form(form_id, ours, TODAY), title, f"MZ:{form_id}:V{spec.version}:-")


def test_a_title_with_a_name_gives_way_to_the_name_of_the_form(made):
    """On paper it stands; in the properties no person does."""
    issued = made("TK-05")
    assert "测试" in issued.printed.texts["title"]
    assert told_by(issued.docx).title == "特困人员探访照料记录"


@pytest.mark.parametrize("form_id", sorted(FORMS))
def test_a_template_brings_no_style_and_no_member_that_nothing_uses(form_id):
    """A library's default styles were 60 % of every file."""
    document = docx.Document(str(FORMS[form_id].docx))
    parts = [document.element.body, *(one.footer._element for one in document.sections)]
    marks = [qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle")]
    used = {mark.get(qn("w:val")) for part in parts for mark in part.iter(*marks)}
    used |= {"TableNormal"} & {
        "TableNormal" for part in parts if part.find(qn("w:tbl")) is not None
    }
    kept = {one.style_id for one in document.styles if one.style_id != "Normal"}
    assert kept == used
    names = set(members_of(FORMS[form_id].docx.read_bytes()))
    assert names == {
        "[Content_Types].xml", "_rels/.rels", CORE, APP, "word/document.xml",
        "word/_rels/document.xml.rels", "word/styles.xml", "word/settings.xml",
        "word/footer1.xml",
    }  # fmt: skip


def test_a_blank_form_is_mostly_its_own_page(ours):
    """The page, its foot and its QR are more than two thirds of the bytes."""
    with zipfile.ZipFile(io.BytesIO(blank_form("DB-01", ours, TODAY))) as archive:
        sizes = {one.filename: one.compress_size for one in archive.infolist()}
    own = sum(sizes[name] for name in sizes if re.match(r"word/(document|footer|media)", name))
    assert own > 2 / 3 * sum(sizes.values())


def test_a_foreign_template_comes_out_true(made, ours, tmp_path):
    """Author, company, own properties and preview of whoever drew it are not passed on."""
    document = docx.Document(str(FORMS["DB-02"].docx))
    told = document.core_properties
    told.author = told.last_modified_by = "测试王某"
    told.comments, told.keywords, told.title = "测试草稿", "测试", "{{ title }}"
    foreign = with_template(ours, "DB-02", saved(document), tmp_path)
    issued = made("DB-02", foreign)
    assert_true(issued.docx, issued.printed.texts["title"], issued.printed.qr)


def test_a_template_of_the_library_comes_out_true(tmp_path, ours):
    """With preview and all, as templates of the county may still be."""
    document = new_document()
    document.add_paragraph("{{ title }}")
    members = members_of(saved(document))
    assert "docProps/thumbnail.jpeg" in members
    compiled = CompiledTemplate(saved(document), "x")
    texts = {"title": "甲", "file:maker": BUREAU, "file:title": "甲"}
    texts |= {"file:day": TODAY.isoformat(), "file:identifier": "MZ:X"}
    assert_true(compiled.render(texts), "甲", "MZ:X")


@pytest.mark.parametrize("lost", [(CORE,), (CORE, APP)])
def test_a_template_without_properties_is_issued_and_re_issued(made, ours, tmp_path, lost):
    """No day of today gets into it on the way."""
    data = without_members(FORMS["DB-02"].docx.read_bytes(), *lost)
    assert CORE not in members_of(data)
    issued = made("DB-02", with_template(ours, "DB-02", data, tmp_path))
    assert_true(issued.docx, issued.printed.texts["title"], issued.printed.qr)
    assert reissue(issued.printed, issued.sha256) == issued.docx


def test_a_re_issue_tells_what_was_told_then(made, ours):
    """Whatever the bureau is called now: the texts were kept."""
    issued = made("DB-02")
    kept = replace(issued.printed, texts=json.loads(json.dumps(issued.printed.texts)))
    assert reissue(kept, issued.sha256) == issued.docx
    assert kept.texts["file:maker"] == BUREAU


def test_a_field_in_the_properties_only_is_printed_nowhere():
    """They stand on no paper; a template must print it on the page."""
    document = new_document()
    document.core_properties.author = "{{ name }}"
    with pytest.raises(TemplateError, match="没有地方印“姓名”"):
        CompiledTemplate(saved(document), "x", required={"name": "姓名"})


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(2))
def test_what_was_issued_before_files_told_the_truth_is_re_issued(number, tmp_path):
    """To the letter, as its row and its kept template say; see tests/samples/README.md."""
    row = json.loads((BEFORE / "issued.json").read_text("utf-8"))[number]
    shutil.copytree(BEFORE, tmp_path / "templates")
    record = Issued.objects.create(answers={}, issued_by="测试员", **row)
    printed, sha256 = DatabaseCaseStore(tmp_path).printed(record.pk)
    assert isinstance(printed, Printed)
    assert b"2013-12-23" in members_of(reissue(printed, sha256))[CORE]


def test_a_print_run_tells_of_no_single_case(made, ours):
    """The form, the bureau and the day; and the same bytes each time."""
    issued = [made("ZF-04").docx, made("ZF-04").docx]
    runs = []
    for _ in range(2):
        stream = io.BytesIO()
        merge_documents(issued, stream, run_properties(ours.form("ZF-04"), BUREAU, TODAY))
        runs.append(stream.getvalue())
    title = f"{ours.form('ZF-04').short_title}（合并打印）"
    assert_true(runs[0], title, "ZF-04")
    assert runs[0] == runs[1]
    names = zipfile.ZipFile(io.BytesIO(runs[0])).namelist()
    assert len(names) == len(set(names))
