"""Copies of the county's tables and forms that a test may replace, and who replaces them."""

import io
import shutil

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filler.spec import form_catalogue
from filler.spec.form_catalogue import Catalogue, catalogue_of
from minzheng.accounts.models import Role
from minzheng.county.config import REGISTRY_FOLDER, TEMPLATES_FOLDER
from minzheng.county.county import read_county
from minzheng.external.files.changed_files import MadeOfFiles
from minzheng.web.gate import office
from minzheng.web.gate.office import config, county, forms
from minzheng.web.office import registry_deeds

TABLE, FORM = "synonyms.txt", "DB-01"
BETTER = "低保=最低生活保障=农低=城低\n坝坝会=院坝会\n"


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """A copy of the tables, and versions of this test alone."""
    folder = shutil.copytree(REGISTRY_FOLDER, tmp_path / "registry")
    data = registry_deeds.config().data_folder / "versions"
    shutil.rmtree(data, ignore_errors=True)
    monkeypatch.setattr(registry_deeds, "folder", lambda: folder)
    monkeypatch.setattr(office, "_county", MadeOfFiles(lambda: read_county(folder), folder))
    return folder


def upload_table(desk, text: str | bytes, name: str = TABLE, file_name: str = ""):
    data = text.encode() if isinstance(text, str) else text
    posted = {"file": SimpleUploadedFile(file_name or name, data)}
    return desk.post(f"/registry/{name}/check", posted)


def replace_table(desk, text: str, name: str = TABLE):
    found = upload_table(desk, text, name).context
    posted = {"sha256": found["sha256_new"], "seen": found["sha256"], "why": "县里新词"}
    return desk.post(f"/registry/{name}/use", posted, follow=True)


@pytest.fixture
def registry_desk(sign_in, registry):
    return sign_in(Role.ADMINISTRATOR)


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
def template_desk(sign_in, templates):
    return sign_in(Role.ADMINISTRATOR)


def changed_template(text: str = "镇坪县民政局监制") -> bytes:
    """The template with another line, as somebody adds it in Word."""
    document = docx.Document(str(forms().form(FORM).docx))
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def upload_template(desk, data: bytes, name: str = "低保申请书.docx"):
    return desk.post(f"/templates/{FORM}/check", {"file": SimpleUploadedFile(name, data)})


def replace_template(desk, data: bytes, edition: str = "2"):
    found = upload_template(desk, data).context
    posted = {"sha256": found["sha256_new"], "seen": found["sha256"], "edition": edition}
    return desk.post(f"/templates/{FORM}/use", posted, follow=True)
