"""What is read in an instant does not wait behind scans."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from archive_indexer.documents import Extraction
from archive_indexer.extract import effort, extract_pages
from archive_indexer.extract.effort import (
    READY,
    SLOW,
    Among,
    AsSent,
    Carefully,
    GetReady,
    extract_if_quick,
    extract_scan,
    is_quick,
)
from archive_indexer.extract.limits import Limits
from archive_indexer.reading.hand.name_odds import NOBODY, people_near
from minzheng.county.config import PROJECT_FOLDER
from minzheng.external.ocr import ocr_engine
from tests.archive_indexer.extract.made.made_files import LIMITS, NOTE, put, zip_of, zipped


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text on each page; an empty page is a scan without its picture."""
    writer, stream = PdfWriter(), io.BytesIO()
    for text in pages:
        page = writer.add_blank_page(200, 100)
        if text:
            page.merge_page(_written(text))
    writer.write(stream)
    return stream.getvalue()


def _written(text: str):
    body = f"BT /F1 9 Tf 10 50 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(body), body),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\n" % table
    return PdfReader(io.BytesIO(out + b"startxref\n%d\n%%%%EOF" % start)).pages[0]


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (9, 9)).save(stream, "PNG")
    return stream.getvalue()


def document(media: bytes, name: str = "media/image1.png") -> bytes:
    return zip_of(("word/document.xml", b"<x/>"), (f"word/{name}", media))


@pytest.mark.parametrize(
    ("name", "content", "is_one"),
    [
        ("a.txt", NOTE.encode(), True),
        ("a.jpg", picture(), False),
        ("a.zip", zipped(a="x"), False),
        ("text.pdf", pdf("a line of text long enough"), True),
        ("mixed.pdf", pdf("a line of text long enough", ""), False),
        ("broken.pdf", b"%PDF-1.4 broken", True),
        ("unknown.xyz", b"\x00\x01\x02", True),
        ("code.docx", document(b"x" * 900), True),
        ("scan.docx", document(b"x" * 30_000), False),
        ("drawn.docx", document(b"x" * 30_000, "media/image1.emf"), False),
        ("laid_in.docx", document(b"x" * 30_000, "embeddings/oleObject1.bin"), False),
        ("small.docx", document(b"x" * 900, "embeddings/a.xlsx"), True),
        ("scan.rtf", b"{\\rtf1 {\\pict\\pngblip 89504e47" + b"0" * 30_000 + b"}}", False),
        ("long.rtf", b"{\\rtf1 " + b"text " * 9_000 + b"}", True),
    ],
)
def test_text_through_and_through_is_quick(tmp_path: Path, name, content, is_one):
    """What is broken or unknown is told at once, too."""
    file = put(tmp_path, name, content)
    assert is_quick(file) == is_one
    assert (extract_if_quick(file, LIMITS) is SLOW) != is_one


def test_a_large_file_and_a_thick_pdf_wait_among_the_scans(tmp_path: Path, monkeypatch):
    """They would keep the others waiting."""
    monkeypatch.setattr(effort, "_MOST_PAGES", 2)
    thick = put(tmp_path, "a.pdf", pdf(*["a line of text long enough"] * 3))
    assert not is_quick(thick)
    monkeypatch.setattr(effort, "_MOST_BYTES", 3)
    assert not is_quick(put(tmp_path, "a.txt", NOTE.encode()))


@pytest.mark.parametrize(
    ("limit", "name", "content"),
    [(("_MOST_BYTES", 3), "a.txt", b"abc"),
     (("_MOST_PAGES", 2), "a.pdf", pdf(*["twelve signs"] * 2)),
     (("_LEAST_CHARACTERS", 12), "a.pdf", pdf("twelve signs"))],
)  # fmt: skip
def test_a_file_at_the_limit_is_quick(tmp_path: Path, monkeypatch, limit, name, content):
    """The next one is not."""
    limit, value = limit
    file = put(tmp_path, name, content)
    monkeypatch.setattr(effort, limit, value)
    assert is_quick(file)
    monkeypatch.setattr(effort, limit, value + (1 if limit == "_LEAST_CHARACTERS" else -1))
    assert not is_quick(file)


def test_a_file_is_read_as_it_is_asked_for(tmp_path, monkeypatch):
    """By the larger model, not taken straight, among people that are known; else as usual."""
    seen = []

    def note(file: Path, limits: Limits) -> Extraction:
        manner = limits.manner
        seen.append((file, manner.is_careful, manner.is_as_sent, manner.people))
        return SLOW

    monkeypatch.setattr(extract_pages, "extract_pages", note)
    extract_scan(tmp_path, LIMITS)
    extract_scan(Carefully(tmp_path), LIMITS)
    as_sent = extract_scan(AsSent(tmp_path), LIMITS)
    both = extract_scan(Carefully(AsSent(tmp_path)), LIMITS)
    people = people_near([("测试甲", "")])
    extract_scan(Among(AsSent(tmp_path), people), LIMITS)
    extract_scan(Carefully(Among(tmp_path, people)), LIMITS)
    assert [one[1:] for one in seen] == [
        (False, False, NOBODY), (True, False, NOBODY), (False, True, NOBODY),
        (True, True, NOBODY), (False, True, people), (True, False, people),
    ]  # fmt: skip
    assert {one[0] for one in seen} == {tmp_path}
    assert as_sent.is_as_sent
    assert both.is_as_sent


def test_a_packed_file_is_not_itself_a_photo_as_it_was_sent(tmp_path, monkeypatch):
    """Its readers are told which of its photos are."""
    seen = []

    def note(file: Path, limits: Limits) -> Extraction:
        seen.append((limits.manner.is_as_sent, limits.manner.as_sent_inside))
        return SLOW

    monkeypatch.setattr(extract_pages, "extract_pages", note)
    inside = frozenset({"a" * 64})
    assert not extract_scan(AsSent(tmp_path, inside), LIMITS).is_as_sent
    assert seen == [(False, inside)]


def test_a_photo_as_it_was_sent_waits_among_the_scans(tmp_path):
    """The quick lane knows nothing of photos."""
    assert extract_if_quick(AsSent(put(tmp_path, "a.txt", NOTE.encode())), LIMITS) == SLOW


def test_a_reader_gets_ready_by_loading_what_reads(monkeypatch):
    """A reader of scans its models, too; nothing is read."""
    loaded: list[str] = []
    monkeypatch.setattr(extract_pages, "load_readers", lambda: loaded.append("readers"))
    monkeypatch.setattr(ocr_engine, "load_engine", lambda: loaded.append("models"))
    assert extract_if_quick(GetReady(), LIMITS) == READY
    assert loaded == ["readers"]
    assert extract_scan(GetReady(), LIMITS) == READY
    assert loaded == ["readers"] * 2 + ["models"]


_LOADED = """
import json, sys, django; django.setup()
from pathlib import Path
import archive_indexer.lanes, minzheng.inbox.cut_file
from archive_indexer.extract.effort import GetReady, extract_if_quick
from archive_indexer.extract.limits import Limits
DEAR = ("cv2", "onnxruntime", "pypdf", "pypdfium2", "py7zr", "python_calamine", "tifftools")
def loaded():
    return [one for one in DEAR if one in sys.modules]
limits = Limits()
told = [loaded()]
assert extract_if_quick(Path(sys.argv[1]), limits).pages[0].text == "测试甲"
told.append(loaded())
extract_if_quick(GetReady(), limits)
told.append(loaded())
print(json.dumps(told))
"""


def test_a_library_is_loaded_when_a_file_of_its_kind_is_read(tmp_path):
    """The service knows none of them; a text needs none; who gets ready has the daily ones."""
    file = put(tmp_path, "a.txt", "测试甲".encode())
    command = [sys.executable, "-c", _LOADED, str(file)]
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "minzheng.web.settings"}
    done = subprocess.run(
        command, cwd=PROJECT_FOLDER, env=env, capture_output=True, text=True, check=True
    )
    service, text, ready = json.loads(done.stdout)
    assert (service, text) == ([], [])
    assert {"cv2", "pypdf", "python_calamine"} <= set(ready)
