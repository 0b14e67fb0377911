"""PDFs in groups: a hung or broken conversion costs only its file."""

import stat
from pathlib import Path

import docx
import pypdf
import pytest

from filler.errors import BatchError
from filler.print_run import pdf_files
from filler.print_run.pdf_files import make_merged_pdf, make_pdfs
from minzheng.external import libreoffice
from script.word_pieces import Pieces
from tests.archival_reader import faults_of_pdf

#: Converts every file it is given, but hangs at one that is called 挂, and dies at 坏.
FAKE = """#!/bin/sh
for last; do
  case "$last" in --outdir) next=1;; *) [ "$next" = 1 ] && out=$last && next=2;; esac
done
for file; do
  case "$file" in
    *挂*.docx) sleep 600;;
    *坏*.docx) exit 1;;
    *.docx) cp "$FAKE_PDF" "$out/$(basename "$file" .docx).pdf";;
  esac
done
"""


@pytest.fixture
def fake_office(tmp_path, monkeypatch):
    """A LibreOffice that hangs and dies as told by the names of its files."""
    program = tmp_path / "soffice"
    program.write_text(FAKE, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    page = tmp_path / "page"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(page)
    monkeypatch.setenv("FAKE_PDF", str(page))
    monkeypatch.setattr(libreoffice, "find_program", lambda *_: str(program))


def files(folder: Path, *names: str) -> list[Path]:
    made = [folder / f"{name}.docx" for name in names]
    for file in made:
        file.write_bytes(b"")
    return made


def test_a_hung_converter_is_killed_and_the_others_are_made(fake_office, tmp_path):
    """As is one that dies: each file is tried alone once more."""
    given = files(tmp_path, "甲", "挂", "乙", "坏", "丙")
    done: list[int] = []
    outcome = make_pdfs(given, tmp_path, done.append, seconds=1)
    assert [file.stem for file in outcome.made] == ["甲", "乙", "丙"]
    assert [file.stem for file in outcome.failed] == ["挂", "坏"]
    assert done == [5]


def test_a_record_that_breaks_a_run_is_left_out_alone(tmp_path, monkeypatch):
    """The run is halved until only the bad record fails."""

    def convert(given, folder, seconds, **_):
        (file,) = given
        if "坏" in docx.Document(str(file)).paragraphs[0].text:
            raise libreoffice.ProgramFailedError
        made = folder / f"{file.stem}.pdf"
        writer = pypdf.PdfWriter()
        writer.add_blank_page(100, 100)
        writer.write(made)
        return [made]

    def merge(documents, file):
        document = docx.Document()
        document.add_paragraph("".join(one.decode() for one in documents))
        document.save(str(file))

    monkeypatch.setattr(pdf_files, "convert_to_pdf", convert)
    monkeypatch.setattr(pdf_files, "merge_to_file", merge)
    names = ["甲", "乙", "坏", "丁", "戊"]
    failed = make_merged_pdf(5, lambda number: names[number].encode(), tmp_path / "all.pdf")
    assert failed == [2]
    assert len(pypdf.PdfReader(tmp_path / "all.pdf").pages) == 2  # of 甲乙 and of 丁戊


def test_several_runs_are_converted_by_one_call(tmp_path, monkeypatch):
    """A run that breaks it costs the others nothing but a call of their own."""
    calls: list[list[str]] = []

    def convert(given, folder, seconds, **_):
        calls.append([file.stem for file in given])
        made = []
        for file in given:
            writer = pypdf.PdfWriter()
            writer.add_blank_page(100, 100)
            writer.write(folder / f"{file.stem}.pdf")
            made.append(folder / f"{file.stem}.pdf")
            if "坏" in file.read_text(encoding="utf-8"):
                raise libreoffice.ProgramFailedError
        return made

    def merge(documents, file):
        file.write_bytes(b"".join(documents))

    monkeypatch.setattr(pdf_files, "RUN", 2)
    monkeypatch.setattr(pdf_files, "_RUNS_A_CALL", 3)
    monkeypatch.setattr(pdf_files, "_workers", lambda: 1)
    monkeypatch.setattr(pdf_files, "convert_to_pdf", convert)
    monkeypatch.setattr(pdf_files, "merge_to_file", merge)
    monkeypatch.setattr(pdf_files, "make_lean", lambda run: None)
    monkeypatch.setattr(pdf_files, "holds_only_codes", lambda run: True)
    names, told = "甲乙丙丁戊己庚坏壬", list[int]()
    failed = make_merged_pdf(
        len(names), lambda number: names[number].encode(), tmp_path / "all.pdf", told.append
    )
    assert failed == [7]
    assert calls == [["0-2", "2-4", "4-6"], ["6-8", "8-9"], ["6-8"], ["6-7"], ["7-8"], ["8-9"]]
    assert told == [6, 9]
    assert len(pypdf.PdfReader(tmp_path / "all.pdf").pages) == 5


def test_when_nothing_can_be_converted_it_is_said(tmp_path, monkeypatch):
    """And no file is left."""

    def fail(*_, **__):
        raise libreoffice.ProgramFailedError

    monkeypatch.setattr(pdf_files, "convert_to_pdf", fail)
    monkeypatch.setattr(pdf_files, "merge_to_file", lambda *_: None)
    monkeypatch.setattr(pdf_files, "make_lean", lambda run: None)
    monkeypatch.setattr(pdf_files, "holds_only_codes", lambda run: True)
    with pytest.raises(BatchError, match="一份也没有"):
        make_merged_pdf(2, lambda _: b"", tmp_path / "all.pdf")
    assert not list(tmp_path.iterdir())


def test_runs_joined_are_archival(tmp_path, monkeypatch):
    """PDF/A-2b, as each of them is."""
    monkeypatch.setattr(pdf_files, "RUN", 1)
    monkeypatch.setattr(pdf_files, "merge_to_file", lambda made, file: file.write_bytes(*made))
    document = docx.Document()
    document.add_paragraph("测试甲")
    document.save(str(tmp_path / "one.docx"))
    data = (tmp_path / "one.docx").read_bytes()
    assert make_merged_pdf(2, lambda _: data, tmp_path / "all.pdf") == []
    assert len(pypdf.PdfReader(tmp_path / "all.pdf").pages) == 2
    assert faults_of_pdf((tmp_path / "all.pdf").read_bytes()) == []


@pytest.fixture(scope="module")
def pieces():
    return Pieces()


def test_forms_of_every_kind_come_out_archival(pieces, tmp_path):
    """Locked fields, A3, photos, writing that stands, an annex, a run of several; each with QR."""
    makers = (
        "protected_form",
        "large_notice",
        "photos",
        "checkboxes",
        "spine",
        "annex",
        "print_run",
    )
    given = [tmp_path / f"{maker}.docx" for maker in makers]
    for file in given:
        file.write_bytes(getattr(pieces, file.stem)())
    made = libreoffice.convert_to_pdf(given, tmp_path)
    told = {file.stem: faults_of_pdf(file.read_bytes()) for file in made}
    assert told == {maker: [] for maker in makers}
    with_pictures = pypdf.PdfReader(tmp_path / "photos.pdf")
    assert len(with_pictures.pages[0].images) >= 3  # two photos and the code


def test_runs_with_photos_joined_and_cut_are_archival(pieces, tmp_path, monkeypatch):
    """A print run as one PDF, and as a PDF each."""
    documents = [pieces.photos(), pieces.photos()]
    monkeypatch.setattr(pdf_files, "RUN", 1)
    assert make_merged_pdf(2, documents.__getitem__, tmp_path / "all.pdf") == []
    assert faults_of_pdf((tmp_path / "all.pdf").read_bytes()) == []
    monkeypatch.setattr(pdf_files, "RUN", 2)
    given = [tmp_path / f"{number}.docx" for number in (1, 2)]
    for file, document in zip(given, documents, strict=True):
        file.write_bytes(document)
    outcome = make_pdfs(given, tmp_path, lambda _: None)
    assert [faults_of_pdf(file.with_suffix(".pdf").read_bytes()) for file in outcome.made] == [
        [],
        [],
    ]
