"""Issued documents and scans of them, laid straight into the tables."""

from collections.abc import Sequence
from typing import Any

from archive_indexer.documents import ArchiveFile, ExtractedPage, Extraction, Filing, Guess, Seal
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import archived_files, contents, filings
from filler.models import Issued

PLACE = {"town": "钟宝镇", "village": "旧城村"}
COUNTY_SEAL = "镇坪县民政局"


def issue(form_id: str, number: int, answers: dict[str, Any], **more: Any) -> Issued:
    """A document; `number` is the last part of its case number."""
    code = form_id.partition("-")[0]
    code = {"COM": "GS"}.get(code, code)
    given = {
        "version": "1", "case_no": f"{code}-103200-2018-{number:04d}", "file_name": "x.docx",
        "sha256": f"{number:064d}", "issued_by": "p0", **more,
    }  # fmt: skip
    return Issued.objects.create(form_id=form_id, answers={**PLACE, **answers}, **given)


def scan(
    case_no: str, form_id: str, seals: Sequence[str] = (), origin: Any = "ocr", **more: str
) -> ArchivedFile:
    """A scan that bears a code, with the words of its seals."""
    place = {**PLACE, **more}
    path = f"{place['town']}/{place['village']}/{form_id} {case_no} {len(seals)}.pdf"
    sha256 = f"{abs(hash(path)):064x}"[-64:]
    found = tuple(Seal((0.1, 0.1, 0.2, 0.2), "#c41c20", words) for words in seals)
    page = ExtractedPage(1, "字", origin=origin, seals=found)
    contents.keep_content(sha256, Extraction("pdf", (page,)))
    told = {**place, "dossier": case_no[:2], "form_id": form_id, "case_no": case_no}
    filing = Filing(**{part: Guess(value, 1.0, "码", "code") for part, value in told.items()})
    filings.keep_filing(ArchiveFile(path, 1, 1, sha256), filing)
    archived_files.mark_indexed([path])
    return ArchivedFile.objects.get(path=path)
