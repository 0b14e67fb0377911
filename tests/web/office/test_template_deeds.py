"""A template put in place as a new version."""

import io

import docx
import pytest

from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from filler.reissue import reissue
from minzheng.accounts.models import AuditEntry
from minzheng.web.gate.office import config, forms
from minzheng.web.office.template_deeds import next_edition
from tests.web.office.conftest import FORM, changed_template, replace_template


def test_a_clean_template_becomes_a_new_version(template_desk, sign_in, posted, templates):
    """The next document prints it; those issued before can be printed again byte for byte."""
    clerk = sign_in()
    clerk.post(f"/forms/{FORM}", posted(FORM))
    old = Issued.objects.get()
    page = replace_template(template_desk, changed_template()).content.decode()
    assert "从现在起填的表印版本 2" in page
    assert forms().form(FORM).version == "2"
    assert 'version = "2"' in next(templates.rglob(f"{FORM}.toml")).read_text("utf-8")
    clerk.post(f"/forms/{FORM}", posted(FORM) | {"which_case": "new"})
    new = Issued.objects.exclude(pk=old.pk).get()
    store = DatabaseCaseStore(config().data_folder / "issued")
    assert (old.version, new.version) == ("1", "2")
    assert "监制" in text_of(store.path_of(new.sha256).read_bytes())
    again = reissue(*store.printed(old.pk))
    assert again == store.path_of(old.sha256).read_bytes()
    kept = AuditEntry.objects.filter(action="管理").order_by("-number").first()
    assert kept.what.startswith("更换模板 DB-01 版本 2")


def test_an_earlier_template_is_put_back_under_its_version(template_desk, templates):
    """And every version can be downloaded."""
    first = forms().form(FORM).docx.read_bytes()
    page = replace_template(template_desk, changed_template(), "2.1")
    assert template_desk.get(f"/templates/{FORM}/file?version=1").content == first
    seen = page.context["sha256"]
    template_desk.post(f"/templates/{FORM}/back", {"version": "1", "seen": seen})
    spec = forms().form(FORM)
    assert spec.docx.read_bytes() == first
    assert spec.version == "1"
    assert "换回第 1 版" in template_desk.get(f"/templates/{FORM}").content.decode()


@pytest.mark.parametrize(("old", "new"), [("1", "2"), ("2.9", "2.10"), ("9", "10"), ("A", "A")])
def test_the_next_version_is_offered(old, new):
    """One more than the last part."""
    assert next_edition(old) == new


def text_of(data: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
