"""The files of forms, as those read them who look at papers."""

from zipfile import ZipFile

import pytest

from minzheng.county import form_files as read
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.form_files import WORD, form_files, shared_groups
from tests.county.tables import written

PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
PART = '<w:x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:x>'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "shared").mkdir()
    written(tmp_path / "shared", "groups.toml", 'id = "no form"\n[[town]]\nlabel = "甲"\n')
    written(tmp_path / "shared", "X-01.toml", 'id = "X-01"\ntitle = "表"\n')
    return tmp_path


def lay(folder, **parts):
    with ZipFile(folder / "shared" / "X-01.docx", "w") as package:
        for name, text in parts.items():
            package.writestr(f"word/{name}.xml", text)


def texts(trees):
    return [node.text for tree in trees for node in tree.iter(f"{WORD}t")]


def test_every_shipped_form_has_a_title_and_a_body():
    """And no group of fields is taken for a form."""
    forms = list(form_files(TEMPLATES_FOLDER))
    assert len({form.id for form in forms}) == len(forms) > 120
    assert all(form.has_title and len(form.body) for form in forms)


def test_what_is_printed_comes_in_the_order_of_the_package(folder):
    """Headers and footers too; nothing of settings."""
    lay(
        folder, header1=PART.format(PARAGRAPH.format("头")), settings=PART.format(""),
        document=PART.format(PARAGRAPH.format("身")), footer2=PART.format(PARAGRAPH.format("脚")),
    )  # fmt: skip
    (form,) = form_files(folder)
    assert texts(form.parts()) == ["头", "身", "脚"]
    assert texts([form.body]) == ["身"]


def test_the_body_is_read_once_whoever_asks(folder, monkeypatch):
    """It is most of a Word file."""
    lay(folder, document=PART.format(""))
    (form,) = form_files(folder)
    body = form.body
    monkeypatch.setattr(read.etree, "fromstring", None)
    assert form.parts() == [body]


@pytest.mark.parametrize("parts", [{}, {"document": "<w:x"}, {"header1": "<w:x"}])
def test_a_word_file_that_cannot_be_read_prints_nothing(folder, parts):
    """Its form is known all the same."""
    if parts:
        lay(folder, **parts)
    (form,) = form_files(folder)
    assert texts([form.body, *form.parts()]) == []


def test_what_is_no_form_is_passed_over(folder):
    """Broken, without an id, or with one that is no text; groups are read apart."""
    for name, text in (("X-02", "id ="), ("X-03", "id = 3"), ("X-04", 'title = "表"')):
        written(folder / "shared", f"{name}.toml", text)
    (folder / "shared" / "X-05.toml").write_bytes(b'id = "\xff"')
    written(folder / "shared", "X-06.toml", 'id = "X-06"')
    assert [(form.id, form.has_title) for form in form_files(folder)] == [
        ("X-01", True), ("X-06", False),
    ]  # fmt: skip
    assert shared_groups(folder)["town"] == [{"label": "甲"}]
    assert shared_groups(folder / "shared") == {}
