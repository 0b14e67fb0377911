"""A document is printed again as it was, after its template was replaced."""

import io
import shutil
import zipfile
import zlib
from dataclasses import replace

import docx
import pytest

from filler.errors import RenderError
from filler.fill_form import blank_form, fill_form
from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from filler.reissue import reissue
from filler.spec.form_catalogue import Catalogue
from filler.word import word_package
from tests.filler.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_catalogue(catalogue, tmp_path):
    """DB-02 with a template that the test may replace."""
    spec = catalogue.form("DB-02")
    copy = tmp_path / "DB-02.docx"
    shutil.copy(spec.docx, copy)
    return Catalogue({"DB-02": replace(spec, docx=copy)}, catalogue.facts)


@pytest.fixture
def store(tmp_path):
    return DatabaseCaseStore(tmp_path / "issued")


@pytest.fixture
def issue(own_catalogue, store, answers_of):
    def run(corrects=None):
        case_no = Issued.objects.get(pk=corrects).case_no if corrects else ""
        answers = answers_of("DB-02") | ({"case_no": case_no} if case_no else {})
        return fill_form(
            "DB-02", answers, issued_by="测试员", today=TODAY,
            catalogue=own_catalogue, store=store, corrects=corrects,
        )  # fmt: skip

    return run


def members_of(data):
    """What a reader of the file sees."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def change_template(catalogue):
    """As somebody would in Word."""
    path = catalogue.form("DB-02").docx
    document = docx.Document(str(path))
    document.paragraphs[0].add_run("（2026 年改版）")
    document.save(str(path))


def test_a_replaced_template_does_not_change_what_was_issued(issue, store, own_catalogue):
    """The same bytes; new documents come from the new template."""
    first = issue()
    record = Issued.objects.get()
    change_template(own_catalogue)
    second = issue(record.pk)
    assert reissue(*store.printed(record.pk)) == first.docx
    latest = Issued.objects.order_by("pk").last()
    assert reissue(*store.printed(latest.pk)) == second.docx
    assert latest.template_sha256 != record.template_sha256
    assert latest.spec_sha256 == record.spec_sha256


def test_a_replaced_template_counts_without_a_restart(own_catalogue):
    """The next document has it."""
    before = blank_form("DB-02", own_catalogue, TODAY)
    change_template(own_catalogue)
    assert blank_form("DB-02", own_catalogue, TODAY) != before


def test_a_template_is_kept_once(issue, store):
    """By its content, however many documents come from it."""
    issue()
    issue(Issued.objects.get().pk)
    assert Issued.objects.count() == 2
    assert len(list((store.folder / "templates").glob("*.docx"))) == 1
    assert len(list((store.folder / "templates").glob("*.json"))) == 1


def test_what_would_come_out_differently_is_not_passed_off(issue, store):
    """The kept file is what counts."""
    issue()
    printed, sha256 = store.printed(Issued.objects.get().pk)
    with pytest.raises(RenderError, match="不一致"):
        reissue(replace(printed, qr="MZ:DB-02:V1:DB-103200-2018-9999"), sha256)


def test_a_document_packed_by_another_computer_is_the_same_by_its_parts(issue, store, monkeypatch):
    """Its bytes go with the processor; name, sum and length of each part do not."""
    first = issue()
    printed, sha256 = store.printed(Issued.objects.get().pk)

    def as_elsewhere(data, ending=zlib.Z_FINISH):
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        return packer.compress(data) + packer.flush(ending)

    monkeypatch.setattr(word_package, "quick_deflated", as_elsewhere)
    again = reissue(printed, sha256)
    assert again != first.docx
    assert members_of(again) == members_of(first.docx)
    texts = {**printed.texts, "title": "另一份"}
    with pytest.raises(RenderError, match="不一致"):
        reissue(replace(printed, texts=texts), sha256)


def test_a_document_from_before_has_no_parts(issue, store):
    """Said in words."""
    issue()
    Issued.objects.update(template_sha256="")
    with pytest.raises(RenderError, match="没有保存当时的模板"):
        store.printed(Issued.objects.get().pk)
