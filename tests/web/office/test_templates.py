"""The administrator replaces the Word template of a form."""

import io

import docx
import pytest

from minzheng.web.gate.office import forms
from tests.web.office.conftest import FORM, changed_template, replace_template, upload_template


def test_every_form_is_listed_with_its_version(template_desk):
    """By dossier, or those whose name holds a word."""
    page = template_desk.get("/templates").content.decode()
    assert all(f'href="/templates/{spec.id}"' in page for spec in forms().forms)
    assert 'class="group folds" id="DB"' in page  # on a phone, where all are 13,000 px
    found = template_desk.get("/templates?q=临时救助").content.decode()
    assert "folds" not in found
    assert "LS-01" in found
    assert "DB-01" not in found
    assert "没有名称或编号中有" in template_desk.get("/templates?q=没有这张").content.decode()
    assert template_desk.get("/templates/XX-01").status_code == 404


def test_faults_are_said_with_their_places_and_marked(template_desk, templates):
    """In Chinese and as comments in a copy; nothing is replaced."""
    before = forms().form(FORM).docx.read_bytes()
    answer = upload_template(template_desk, changed_template("家里有 {{ 姓明 }} 口人，{{ 电话"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "姓明" in page
    assert "处要改，没有换上" in page
    marked = template_desk.get(f"/templates/{FORM}/marked").content
    assert any("姓明" in one.text for one in docx.Document(io.BytesIO(marked)).comments)
    assert forms().form(FORM).docx.read_bytes() == before
    posted = {"sha256": answer.context["sha256_new"], "seen": answer.context["sha256"]}
    assert (
        template_desk.post(f"/templates/{FORM}/use", {**posted, "edition": "2"}).status_code == 422
    )
    assert forms().form(FORM).docx.read_bytes() == before


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
def test_what_is_no_template_is_refused(template_desk, data, name, said):
    """By its ending, size and content; without a marked copy nothing is offered."""
    answer = upload_template(template_desk, data, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert template_desk.get(f"/templates/{FORM}/marked").status_code == 404


@pytest.mark.parametrize("edition", ["", "two", "2;", "123", '2"\nx = "'])
def test_a_version_that_cannot_be_printed_is_refused(template_desk, edition):
    """It stands in the QR code."""
    answer = replace_template(template_desk, changed_template(), edition)
    assert answer.status_code == 422
    assert "不能用" in answer.content.decode()
    assert forms().form(FORM).version == "1"


def test_the_same_template_is_not_a_new_version(template_desk):
    """Nothing to put in place."""
    page = upload_template(template_desk, forms().form(FORM).docx.read_bytes()).content.decode()
    assert "完全相同" in page
