"""What a batch leaves in a folder."""

import hashlib
import io
import zipfile

import docx
import pytest
from django.utils import timezone

from filler.form.form_data import IssuedDocument, Printed, RenderedDocument
from filler.models import Batch, Issued
from filler.print_run import pdf_files
from filler.print_run.files import BatchFiles, write_files
from filler.print_run.ledger import BatchLedger
from filler.print_run.pdf_files import PdfOutcome
from tests.filler.word_files import saved, with_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(tmp_path):
    """Two documents were issued."""
    made = BatchLedger(Batch.objects.create(key="测试", form_id="XX-01"), tmp_path / "issued")
    with made.transaction():
        for position, name in ((1, "甲"), (2, "乙")):
            data = saved(with_lines(name))
            document = RenderedDocument(
                "XX-01", "1", f"DB-103200-2018-000{position}", f"{name}.docx", data,
                hashlib.sha256(data).hexdigest(), Printed(b"t", b"{}", {}, ""),
            )  # fmt: skip
            made.store_for(name, "", position).keep(IssuedDocument(document, {}, "测试员"))
    return made


def quietly(stage, done, of):
    """Nobody waits."""


def text_of(file):
    return [one.text for one in docx.Document(str(file)).paragraphs if one.text]


def test_each_record_has_a_file_in_the_order_of_the_roster(ledger, tmp_path):
    """A file that is there already stays as it is: somebody may have written in it."""
    (tmp_path / "0002_乙.docx").write_bytes(b"mine")
    written = write_files(ledger, BatchFiles(folder=tmp_path), quietly)
    assert sorted(file.name for file in tmp_path.glob("*.docx")) == ["0001_甲.docx", "0002_乙.docx"]
    assert text_of(tmp_path / "0001_甲.docx") == ["甲"]
    assert (tmp_path / "0002_乙.docx").read_bytes() == b"mine"
    assert (written.records, written.without_pdf) == (2, ())
    assert not list(tmp_path.glob(".*"))


def test_all_records_stand_in_one_zip_and_one_document(ledger, tmp_path):
    """Packed documents are not packed again."""
    wanted = BatchFiles(packed=tmp_path / "all.zip", merged=tmp_path / "all.docx")
    write_files(ledger, wanted, quietly)
    with zipfile.ZipFile(wanted.packed) as archive:
        assert archive.namelist() == ["0001_甲.docx", "0002_乙.docx"]
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}
        first = archive.read("0001_甲.docx")
    assert docx.Document(io.BytesIO(first)).paragraphs[0].text == "甲"
    assert text_of(wanted.merged) == ["甲", "乙"]


def test_a_batch_that_issued_nothing_writes_no_print_run(tmp_path):
    """And says so by its count."""
    empty = BatchLedger(Batch.objects.create(key="空", form_id="XX-01"), tmp_path)
    wanted = BatchFiles(merged=tmp_path / "all.docx", merged_pdf=tmp_path / "all.pdf")
    assert write_files(empty, wanted, quietly).records == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("has_one", "asked"), [(False, ["甲", "乙"]), (True, ["乙"])])
def test_a_pdf_is_made_of_each_file_that_has_none(ledger, tmp_path, monkeypatch, has_one, asked):
    """What could not be converted is told with its record."""
    given = []

    def make(waiting, folder, told):
        given.extend(file.name for file in waiting)
        return PdfOutcome((), (waiting[-1],))

    monkeypatch.setattr(pdf_files, "make_pdfs", make)
    if has_one:
        (tmp_path / "0001_甲.pdf").write_bytes(b"%PDF")
    written = write_files(ledger, BatchFiles(folder=tmp_path, are_pdfs_single=True), quietly)
    assert [name.split("_")[1] for name in given] == [f"{name}.docx" for name in asked]
    assert [record.key for record in written.without_pdf] == ["乙"]


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        ({"are_pdfs_single": True}, []),
        ({"merged_pdf": True}, ["merged"]),
        ({"merged_pdf": True, "are_pdfs_single": True, "folder": True}, ["merged"]),
        ({"folder": True}, []),
        ({"folder": True, "are_pdfs_single": True}, ["single"]),
    ],
)
def test_pdfs_are_made_as_wanted(ledger, tmp_path, monkeypatch, wanted, made):
    """All in one, or one each beside its Word file; not both."""
    asked = []
    monkeypatch.setattr(
        pdf_files, "make_pdfs", lambda *_: asked.append("single") or PdfOutcome((), ())
    )
    monkeypatch.setattr(pdf_files, "make_merged_pdf", lambda *_: asked.append("merged") or [1])
    places = {"folder": tmp_path, "merged_pdf": tmp_path / "all.pdf"}
    written = write_files(
        ledger, BatchFiles(**{name: places.get(name, True) for name in wanted}), quietly
    )
    assert asked == made
    assert [one.key for one in written.without_pdf] == (["乙"] if made == ["merged"] else [])


def test_who_waits_is_told_every_fifty_files(tmp_path):
    """From the first on."""
    made = BatchLedger(Batch.objects.create(key="多", form_id="XX-01"), tmp_path / "issued")
    data = saved(with_lines("甲"))
    with made.transaction():
        for position in range(1, 52):
            document = RenderedDocument(
                "XX-01", "1", f"X-{position}", "甲.docx", data,
                hashlib.sha256(data).hexdigest(), Printed(b"t", b"{}", {}, ""),
            )  # fmt: skip
            made.store_for(str(position), "", position).keep(IssuedDocument(document, {}, "甲"))
    told = []
    (tmp_path / "out").mkdir()
    wanted = BatchFiles(folder=tmp_path / "out", merged=tmp_path / "all.docx")
    write_files(made, wanted, lambda *one: told.append(one))
    assert [one for one in told if one[0] == "写出文件"] == [
        ("写出文件", 0, 51), ("写出文件", 50, 51)
    ]  # fmt: skip
    assert [one[1] for one in told if one[0] == "合并成一份"] == [0, 50]


def test_a_document_that_is_only_stored_is_not_printed(ledger, tmp_path):
    """Its record stays issued: the next run of the batch makes no second one."""
    Issued.objects.filter(file_name="甲.docx").update(stopped_at=timezone.now())
    wanted = BatchFiles(packed=tmp_path / "all.zip")
    write_files(ledger, wanted, quietly)
    with zipfile.ZipFile(wanted.packed) as archive:
        assert archive.namelist() == ["0002_乙.docx"]
    assert [one.is_stopped for one in ledger.issued()] == [True, False]
