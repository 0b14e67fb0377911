"""Scans of several pages, in the archive and in the index."""

import pytest
from PIL import Image

from archive_indexer.documents import (
    ArchiveFile,
    ExtractedPage,
    Extraction,
    Filing,
    Guess,
    IndexedDocument,
    TextLine,
)
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import archived_files, contents, filings
from minzheng.web.gate.office import config
from tests.web.conftest import laid_index, put_paper

WORD = "翻页的词"


def put_scan(path: str, texts: list[str], content: str) -> ArchivedFile:
    """A TIFF of pages 200 × 300, each with one line at a third of its height."""
    file = config().archive_folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    sheets = [Image.new("RGB", (200, 300), "white") for _ in texts]
    sheets[0].save(file, save_all=True, append_images=sheets[1:])
    pages = tuple(
        ExtractedPage(number, text, (TextLine(text, (0.1, 0.3, 0.9, 0.34)),), "ocr")
        for number, text in enumerate(texts, 1)
    )
    contents.keep_content(content, Extraction("tiff", pages))
    filing = Filing(town=Guess("钟宝镇", 1.0, "路径"), village=Guess("旧城村", 1.0, "路径"))
    filings.keep_filing(ArchiveFile(path, file.stat().st_size, 1, content), filing)
    archived_files.mark_indexed([path])
    document = IndexedDocument(
        path, content, tuple(texts), town="钟宝镇", village="旧城村", title=path
    )
    laid_index().lay(document)
    return ArchivedFile.objects.get(path=path)


@pytest.fixture
def scans(db) -> list[ArchivedFile]:
    """Two scans: the word on pages 2 and 4 of the first, on page 1 of the second."""
    return [
        put_scan("翻页/第3盒/0012_甲.tif", ["无", f"{WORD}一", "无", f"{WORD}二", "无"], "a" * 64),
        put_scan("翻页/乙.tif", [f"{WORD}三", "低保"], "b" * 64),
    ]


@pytest.fixture
def files(db) -> dict[str, ArchivedFile]:
    """Two files of 旧城村 in one folder, one of 得胜村, one that failed."""
    kept = {
        "one": put_paper("钟宝镇", "旧城村", "申请 测试甲", name="一"),
        "two": put_paper("钟宝镇", "旧城村", "申请 测试乙", name="二"),
        "far": put_paper("钟宝镇", "得胜村", "申请 测试丙", name="三"),
        "bad": put_paper("钟宝镇", "旧城村", "坏", name="坏"),
    }
    bad = kept["bad"]
    guessed = filings.filing_from(bad.filing)
    filings.mark_failed(bad.path, "PDF 文件已损坏", None, guessed)
    return kept


def as_posted(file: ArchivedFile, **changes: str) -> dict[str, str]:
    return {"place": f"{file.town}/{file.village}", "title": "", **changes}


def correct(browser, file: ArchivedFile, **changes: str):
    return browser.post(f"/files/{file.pk}/correct", as_posted(file, **changes), follow=True)
