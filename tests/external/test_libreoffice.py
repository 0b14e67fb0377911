"""Word files become PDFs."""

import http.server
import threading
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from minzheng.external import libreoffice, run_program
from minzheng.external.libreoffice import (
    LibreOfficeMissingError,
    convert_to_pdf,
    convert_with_libreoffice,
)


def test_several_word_files_become_pdfs_in_one_call(tmp_path):
    """Each PDF holds its document's text; boxes to tick are alike, the first of a line too."""
    files = []
    for name in ("甲", "乙"):
        document = docx.Document()
        run = document.add_paragraph().add_run(f"□测试{name}□")
        run.font.name = "Times New Roman"
        run._r.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
        files.append(tmp_path / f"{name}.docx")
        document.save(str(files[-1]))
    made = convert_to_pdf(files, tmp_path)
    texts = [pypdf.PdfReader(file).pages[0].extract_text() for file in made]
    assert texts == ["□测试甲□", "□测试乙□"]
    assert {len(_fonts_in(file)) for file in made} == {1}


def test_libreoffice_does_not_try_its_drawing_at_each_start(tmp_path, monkeypatch):
    """As it does in a profile that no version has been in before: a second of processor."""
    left = _left_by_a_start(tmp_path, monkeypatch)
    assert "registrymodifications.xcu" in left
    assert "GraphicsRenderTests.log" not in left


def test_libreoffice_does_not_begin_twice(tmp_path, monkeypatch):
    """As it does in a profile that no build has been in before: a third of its start."""
    settings = _left_by_a_start(tmp_path, monkeypatch)["registrymodifications.xcu"]
    assert b"ooSetupInstCompleted" in settings
    assert b"OfficeRestartInProgress" not in settings


@pytest.mark.parametrize(
    ("name", "text", "build"),
    [
        ("versionrc", "[Version]\nAllLanguages=zh-CN\nbuildid=40(Build:2)\n", "40(Build:2)"),
        ("version.ini", "[Version]\r\nbuildid=420fe2d\r\nVendor=x\r\n", "420fe2d"),
        ("versionrc", "[Version]\nVendor=x\n", ""),
        ("other", "buildid=1", ""),
    ],
)
def test_a_profile_names_the_build_where_it_is_told(tmp_path, name, text, build):
    """Debian's file, that of Windows, one that says nothing, none: it starts all the same."""
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / name).write_bytes(text.encode())
    libreoffice._begin_profile(tmp_path / "profile", str(tmp_path / "program" / "soffice"))
    told = tmp_path / "profile" / "user" / "extensions" / "buildid"
    assert (told.read_text(encoding="utf-8") if told.exists() else "") == build


def _left_by_a_start(folder, monkeypatch) -> dict[str, bytes]:
    """The files in the profile of one conversion, when it has ended."""
    document, left = docx.Document(), dict[str, bytes]()
    document.save(str(folder / "one.docx"))
    run = libreoffice.run_program

    def run_and_look(command, seconds, own, *, is_offline):
        told = run(command, seconds, own, is_offline=is_offline)
        files = (file for file in Path(own["HOME"]).rglob("*") if file.is_file())
        left.update((file.name, file.read_bytes()) for file in files)
        return told

    monkeypatch.setattr(libreoffice, "run_program", run_and_look)
    convert_to_pdf([folder / "one.docx"], folder)
    return left


def _fonts_in(file):
    """The names of the fonts on the first page of a PDF."""
    fonts = pypdf.PdfReader(file).pages[0]["/Resources"]["/Font"].values()
    return {font.get_object()["/BaseFont"] for font in fonts}


def test_a_missing_libreoffice_says_what_to_install(tmp_path, monkeypatch):
    """No stack trace, but the package's name."""
    monkeypatch.setattr(libreoffice, "find_program", lambda *_: None)
    with pytest.raises(LibreOfficeMissingError, match="libreoffice-writer"):
        convert_to_pdf([tmp_path / "x.docx"], tmp_path)


_LINKED = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>测试甲<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm">
<draw:image xlink:href="ADDRESS/picture.png" xlink:type="simple"/></draw:frame></text:p>
<text:section text:name="s"><text:section-source xlink:href="SECRET" xlink:type="simple"/>
<text:p>节</text:p></text:section></office:text></office:body></office:document>"""


@pytest.fixture
def stranger():
    """A server on this machine that writes down whoever asks it: its address and its list."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.command)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *words):
            """Nothing on the terminal."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def linked_doc(tmp_path, stranger):
    """An old Word file with a linked picture and a linked text file."""
    secret = tmp_path / "secret.txt"
    secret.write_text("不给人看", encoding="utf-8")
    source = tmp_path / "paper.fodt"
    text = _LINKED.replace("ADDRESS", stranger[0]).replace("SECRET", secret.as_uri())
    source.write_text(text, encoding="utf-8")
    (made,) = convert_with_libreoffice([source], tmp_path, "doc", options=":MS Word 97")
    assert stranger[0].encode("utf-16-le") in made.read_bytes()
    stranger[1].clear()
    return made


@pytest.mark.parametrize("barrier", ["both", "settings alone", "system alone"])
def test_a_linked_picture_is_not_fetched(linked_doc, stranger, tmp_path, monkeypatch, barrier):
    """By the system's filter or by LibreOffice's settings: each holds without the other."""
    if barrier == "settings alone":
        monkeypatch.setattr(run_program, "_OFFLINE", ())
    if barrier == "system alone":
        empty = tmp_path / "registrymodifications.xcu"
        items = '<oor:items xmlns:oor="http://openoffice.org/2001/registry"/>'
        empty.write_text(items, encoding="utf-8")
        monkeypatch.setattr(libreoffice, "_SETTINGS", empty)
    (made,) = convert_to_pdf([linked_doc], tmp_path)
    text = pypdf.PdfReader(made).pages[0].extract_text()
    assert "测试甲" in text
    assert "不给人看" not in text
    assert stranger[1] == []


@pytest.mark.parametrize(
    ("libraries", "lacking"),
    [
        (["libswlo.so", "libsdlo.so"], []),
        (["libswlo.so"], ["ppt"]),
        (["swlo.dll"], ["ppt"]),
        ([], []),
    ],
)
def test_a_part_that_is_not_installed_is_told(tmp_path, monkeypatch, libraries, lacking):
    """Debian packs each by itself; of a folder that looks otherwise nothing is said."""
    for name in ("soffice", *libraries):
        (tmp_path / name).touch()
    monkeypatch.setattr(libreoffice, "find_program", lambda *names: str(tmp_path / "soffice"))
    assert [one for one in ("doc", "ppt") if libreoffice.lacks_part_for(one)] == lacking
