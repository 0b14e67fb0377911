"""What was read and where it belongs: kept for ever, so that no page is read twice."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction

from archive_indexer.documents import (
    ArchiveFile,
    ExtractedPage,
    Extraction,
    Filing,
    Guess,
    IndexedDocument,
    Seal,
    TextLine,
)
from archive_indexer.identify import Signature
from archive_indexer.models import ArchivedFile, Content, Page

#: Raised when the rules of reading change so that contents must be read anew.
READING_VERSION = 3
_BATCH = 500
#: What an inspector calls a file by its ending; everything else is 其他.
_KINDS = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".heic"), "照片"),
    **dict.fromkeys((".doc", ".docx", ".wps", ".rtf"), "Word"),
    **dict.fromkeys((".xls", ".xlsx", ".et", ".csv"), "Excel"),
    **dict.fromkeys((".txt", ".md"), "文本"),
    ".pdf": "PDF",
}


def content_of(sha256: str) -> Extraction | None:
    """What was read from a content, or None when it must be read."""
    content = Content.objects.filter(pk=sha256, reading_version=READING_VERSION).first()
    if content is None:
        return None
    pages = tuple(_unpack_page(page) for page in content.pages.order_by("number"))
    return Extraction(content.kind, pages, content.reason)


def page_of(sha256: str, number: int) -> ExtractedPage | None:
    """One page of a content."""
    page = Page.objects.filter(content_id=sha256, number=number).first()
    return _unpack_page(page) if page else None


def count_pages(sha256: str) -> int:
    """How many pages a content has."""
    return Page.objects.filter(content_id=sha256).count()


@transaction.atomic
def keep_content(sha256: str, extraction: Extraction) -> None:
    """Keep what was read from a content, in place of an older reading."""
    Content.objects.filter(pk=sha256).delete()
    content = Content.objects.create(
        sha256=sha256,
        kind=extraction.kind,
        reading_version=READING_VERSION,
        reason=extraction.reason,
    )
    Page.objects.bulk_create(_pack_page(content, page) for page in extraction.pages)


def keep_filing(file: ArchiveFile, filing: Filing) -> None:
    """Keep where a file belongs; it waits to be indexed."""
    ArchivedFile.objects.update_or_create(
        path=file.path,
        defaults={
            "sha256": file.sha256,
            "size": file.size,
            "mtime_ns": file.mtime_ns,
            "present": True,
            "state": "waiting",
            "reason": "",
            "filing": asdict(filing),
            **{key: _value(getattr(filing, key)) for key in ("town", "village", "dossier", "year")},
        },
    )


def mark_indexed(paths: Iterable[str]) -> None:
    """The index holds these files now."""
    todo = list(paths)
    for start in range(0, len(todo), _BATCH):
        batch = todo[start : start + _BATCH]
        ArchivedFile.objects.filter(path__in=batch, state="waiting").update(state="indexed")


def mark_failed(path: str, reason: str, file: ArchiveFile | None, filing: Filing) -> None:
    """A file could not be read; the reason is shown to people."""
    ArchivedFile.objects.update_or_create(
        path=path,
        defaults={
            "sha256": file.sha256 if file else "",
            "size": file.size if file else 0,
            "mtime_ns": file.mtime_ns if file else 0,
            "present": True,
            "state": "failed",
            "reason": reason,
            "filing": asdict(filing),
            **{key: _value(getattr(filing, key)) for key in ("town", "village", "dossier", "year")},
        },
    )


def mark_gone(path: str) -> None:
    """A file is no longer in the archive; what is known of it stays."""
    ArchivedFile.objects.filter(path=path).update(present=False, state="waiting")


def known_files() -> dict[str, tuple[Signature, bool]]:
    """Every present file: its signature, and whether it is done with."""
    rows = ArchivedFile.objects.filter(present=True).values_list(
        "path", "size", "mtime_ns", "state"
    )
    return {
        path: ((size, mtime_ns), state in ("indexed", "failed"))
        for path, size, mtime_ns, state in rows.iterator()
    }


def indexed_paths() -> set[str]:
    """Files that the index should hold."""
    return set(
        ArchivedFile.objects.filter(present=True, state="indexed").values_list("path", flat=True)
    )


def files_below(path: str) -> list[str]:
    """Present files in a folder that was moved or deleted as a whole."""
    return list(
        ArchivedFile.objects.filter(present=True, path__startswith=f"{path}/").values_list(
            "path", flat=True
        )
    )


def document_of(path: str) -> IndexedDocument | None:
    """A file as the index holds it, from what was read before."""
    row = ArchivedFile.objects.filter(path=path, present=True).first()
    if row is None:
        return None
    extraction = content_of(row.sha256)
    if extraction is None:
        return None
    return as_document(path, row.sha256, extraction.pages, filing_from(row.filing))


def file_of(path: str) -> ArchivedFile | None:
    """The row of a present file."""
    return ArchivedFile.objects.filter(path=path, present=True).first()


def as_document(
    path: str, sha256: str, pages: Iterable[ExtractedPage], filing: Filing
) -> IndexedDocument:
    """A file as the index holds it."""
    read = tuple(pages)
    return IndexedDocument(
        path=path,
        sha256=sha256,
        pages=tuple(page.text for page in read),
        kind=_KINDS.get(PurePosixPath(path).suffix.lower(), "其他"),
        origin="ocr" if any(page.origin == "ocr" for page in read) else "text",
        has_seal=_has_seal(read),
        case_no=_value(filing.case_no),
        town=_value(filing.town),
        village=_value(filing.village),
        dossier=_value(filing.dossier),
        year=_value(filing.year),
        form_id=_value(filing.form_id),
        person=_value(filing.person),
        title=_value(filing.title),
    )


def filing_from(stored: Mapping[str, Any]) -> Filing:
    """A filing as it was kept."""
    return Filing(**{key: Guess(**guess) if guess else None for key, guess in stored.items()})


def _has_seal(pages: Iterable[ExtractedPage]) -> bool | None:
    """Whether any page bears a red seal; None when no page was looked at as a picture."""
    looked_at = [bool(page.seals) for page in pages if page.origin == "ocr"]
    return any(looked_at) if looked_at else None


def _value(guess: Guess | None) -> str:
    return guess.value if guess else ""


def _pack_page(content: Content, page: ExtractedPage) -> Page:
    lines = [
        [line.text, line.box, line.confidence, *([line.raw] if line.raw else [])]
        for line in page.lines
    ]
    packed = json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode()
    return Page(
        content=content,
        number=page.number,
        text=page.text,
        lines=zlib.compress(packed),
        origin=page.origin,
        confidence=page.confidence,
        codes=list(page.codes),
        turns=page.turns,
        seals=[[seal.box, seal.colour, seal.words] for seal in page.seals],
    )


def _unpack_page(page: Page) -> ExtractedPage:
    lines = json.loads(zlib.decompress(page.lines))
    return ExtractedPage(
        number=page.number,
        text=page.text,
        lines=tuple(TextLine(text, tuple(box), *rest) for text, box, *rest in lines),
        origin=page.origin,  # type: ignore[arg-type]  # the column holds only origins
        confidence=page.confidence,
        codes=tuple(page.codes),
        turns=page.turns,
        seals=tuple(Seal(tuple(box), colour, words) for box, colour, words in page.seals),
    )
