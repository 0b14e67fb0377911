"""The administrator replaces the Word template of a form."""

import io
import shutil

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from filler.reissue import reissue
from filler.spec import form_catalogue
from filler.spec.form_catalogue import Catalogue, catalogue_of
from minzheng.accounts.models import AuditEntry, Role
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.external.changed_files import MadeOfFiles
from minzheng.web.gate import office
from minzheng.web.gate.office import config, county, forms
from minzheng.web.office.template_deeds import next_edition

FORM = "DB-01"


@pytest.fixture
def templates(tmp_path, monkeypatch):
    """A copy of the forms, and versions of this test alone."""
    folder = shutil.copytree(TEMPLATES_FOLDER, tmp_path / "templates")
    shutil.rmtree(config().data_folder / "versions", ignore_errors=True)
    monkeypatch.setattr(form_catalogue, "TEMPLATES_FOLDER", folder)

    def read_forms() -> Catalogue:
        return catalogue_of(config(), county(), folder)

    monkeypatch.setattr(office, "_forms", MadeOfFiles(read_forms, folder))
    return folder


@pytest.fixture
def desk(sign_in, templates):
    return sign_in(Role.ADMINISTRATOR)


def changed(text: str = "镇坪县民政局监制") -> bytes:
    """The template with another line, as somebody adds it in Word."""
    document = docx.Document(str(forms().form(FORM).docx))
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def upload(desk, data: bytes, name: str = "低保申请书.docx"):
    return desk.post(f"/templates/{FORM}/check", {"file": SimpleUploadedFile(name, data)})


def put_in_place(desk, data: bytes, edition: str = "2"):
    found = upload(desk, data).context
    posted = {"sha256": found["sha256_new"], "seen": found["sha256"], "edition": edition}
    return desk.post(f"/templates/{FORM}/use", posted, follow=True)


def text_of(data: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


def test_every_form_is_listed_with_its_version(desk):
    """By dossier, or those whose name holds a word."""
    page = desk.get("/templates").content.decode()
    assert all(f'href="/templates/{spec.id}"' in page for spec in forms().forms)
    found = desk.get("/templates?q=临时救助").content.decode()
    assert "LS-01" in found
    assert "DB-01" not in found
    assert "没有名称或编号中有" in desk.get("/templates?q=没有这张").content.decode()
    assert desk.get("/templates/XX-01").status_code == 404


def test_faults_are_said_with_their_places_and_marked(desk, templates):
    """In Chinese and as comments in a copy; nothing is replaced."""
    before = forms().form(FORM).docx.read_bytes()
    answer = upload(desk, changed("家里有 {{ 姓明 }} 口人，{{ 电话"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "姓明" in page
    assert "处要改，没有换上" in page
    marked = desk.get(f"/templates/{FORM}/marked").content
    assert any("姓明" in one.text for one in docx.Document(io.BytesIO(marked)).comments)
    assert forms().form(FORM).docx.read_bytes() == before
    posted = {"sha256": answer.context["sha256_new"], "seen": answer.context["sha256"]}
    assert desk.post(f"/templates/{FORM}/use", {**posted, "edition": "2"}).status_code == 422
    assert forms().form(FORM).docx.read_bytes() == before


def test_a_clean_template_becomes_a_new_version(desk, sign_in, posted, templates):
    """The next document prints it; those issued before can be printed again byte for byte."""
    clerk = sign_in()
    clerk.post(f"/forms/{FORM}", posted(FORM))
    old = Issued.objects.get()
    page = put_in_place(desk, changed()).content.decode()
    assert "从现在起填的表印版本 2" in page
    assert forms().form(FORM).version == "2"
    assert 'version = "2"' in next(templates.rglob(f"{FORM}.toml")).read_text("utf-8")
    clerk.post(f"/forms/{FORM}", posted(FORM))
    new = Issued.objects.exclude(pk=old.pk).get()
    store = DatabaseCaseStore(config().issued_folder)
    assert (old.version, new.version) == ("1", "2")
    assert "监制" in text_of(store.path_of(new.sha256).read_bytes())
    again = reissue(*store.printed(old.pk))
    assert again == store.path_of(old.sha256).read_bytes()
    kept = AuditEntry.objects.filter(action="管理").order_by("-number").first()
    assert kept.what.startswith("更换模板 DB-01 版本 2")


def test_an_earlier_template_is_put_back_under_its_version(desk, templates):
    """And every version can be downloaded."""
    first = forms().form(FORM).docx.read_bytes()
    page = put_in_place(desk, changed(), "2.1")
    assert desk.get(f"/templates/{FORM}/file?version=1").content == first
    seen = page.context["sha256"]
    desk.post(f"/templates/{FORM}/back", {"version": "1", "seen": seen})
    spec = forms().form(FORM)
    assert spec.docx.read_bytes() == first
    assert spec.version == "1"
    assert "换回第 1 版" in desk.get(f"/templates/{FORM}").content.decode()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"x", "a.pdf", "不是 .docx 文件"),
        (b"x", "a.docx", "不是完好的 .docx 文件"),
        (b"PK\x03\x04" + b"\0" * 60, "a.docx", "不是完好的 .docx 文件"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 99, "a.docx", "加了密码"),
        (b"x" * (10 * 2**20 + 1), "a.docx", "超过 10 MB"),
    ],
)
def test_what_is_no_template_is_refused(desk, data, name, said):
    """By its ending, size and content; without a marked copy nothing is offered."""
    answer = upload(desk, data, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert desk.get(f"/templates/{FORM}/marked").status_code == 404


@pytest.mark.parametrize("edition", ["", "two", "2;", "123", '2"\nx = "'])
def test_a_version_that_cannot_be_printed_is_refused(desk, edition):
    """It stands in the QR code."""
    answer = put_in_place(desk, changed(), edition)
    assert answer.status_code == 422
    assert "不能用" in answer.content.decode()
    assert forms().form(FORM).version == "1"


def test_the_same_template_is_not_a_new_version(desk):
    """Nothing to put in place."""
    page = upload(desk, forms().form(FORM).docx.read_bytes()).content.decode()
    assert "完全相同" in page


@pytest.mark.parametrize(("old", "new"), [("1", "2"), ("2.9", "2.10"), ("9", "10"), ("A", "A")])
def test_the_next_version_is_offered(old, new):
    """One more than the last part."""
    assert next_edition(old) == new
