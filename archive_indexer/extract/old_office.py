"""Old Office files (doc, wps, ppt, dps): LibreOffice makes new ones of them, which are read.

Of a PDF made of them remarks, notes and hidden words would be missing.
"""

import tempfile
from dataclasses import replace
from pathlib import Path

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.office.slides import read_pptx
from archive_indexer.extract.word import read_word
from minzheng.external.libreoffice import (
    LibreOfficeMissingError,
    convert_with_libreoffice,
    lacks_part_for,
)
from minzheng.external.run_program import ProgramFailedError

_NEW_KINDS = {"doc": ("docx", read_word), "ppt": ("pptx", read_pptx)}


#: What Debian calls the part of LibreOffice that opens a kind.
_PACKAGES = {"doc": "libreoffice-writer-nogui", "ppt": "libreoffice-impress-nogui"}


def read_old_office(file: Path, limits: Limits, kind: str) -> Extraction:
    """The document as LibreOffice understands it."""
    made_kind, read = _NEW_KINDS[kind]
    with tempfile.TemporaryDirectory(prefix="minzheng-doc-") as folder:
        copy = Path(folder) / f"paper.{kind}"
        copy.write_bytes(file.read_bytes())
        try:
            (made,) = convert_with_libreoffice([copy], Path(folder), made_kind)
        except LibreOfficeMissingError as error:
            raise UnreadableError(
                "旧版 Office 文件要靠 LibreOffice 识别，本机没有安装。"
                "请安装后重试，或用 Word、WPS 另存为 docx 放回原处"
            ) from error
        except ProgramFailedError as error:
            raise UnreadableError(_why_not(kind, made_kind)) from error
        return replace(read(made, limits), kind=kind)


def _why_not(kind: str, made_kind: str) -> str:
    """A file that is sound is not called broken where only a part of LibreOffice is missing."""
    if lacks_part_for(kind):
        return (
            f"本机的 LibreOffice 少装了一部分（{_PACKAGES[kind]}），读不了旧版 {kind}。"
            f"请安装后重试，或用 Office、WPS 另存为 {made_kind} 放回原处"
        )
    return f"旧版 Office 文件打不开。请用 Office 或 WPS 另存为 {made_kind} 放回原处"
