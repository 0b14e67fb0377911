"""Old Office files (doc, wps, ppt, dps): LibreOffice makes a PDF, which is then read."""

import tempfile
from dataclasses import replace
from pathlib import Path

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.pdf import read_pdf
from minzheng.external.libreoffice import LibreOfficeMissingError, convert_to_pdf
from minzheng.external.run_program import ProgramFailedError


def read_old_office(file: Path, limits: Limits, kind: str) -> Extraction:
    """The pages as LibreOffice lays them out."""
    with tempfile.TemporaryDirectory(prefix="minzheng-doc-") as folder:
        copy = Path(folder) / f"paper.{kind}"
        copy.write_bytes(file.read_bytes())
        try:
            (made,) = convert_to_pdf([copy], Path(folder))
        except LibreOfficeMissingError as error:
            raise UnreadableError(
                "旧版 Office 文件要靠 LibreOffice 识别，本机没有安装。"
                "请安装后重试，或用 Word、WPS 另存为 docx 放回原处"
            ) from error
        except ProgramFailedError as error:
            raise UnreadableError(
                "旧版 Office 文件打不开。请用 Word 或 WPS 另存为 docx 放回原处"
            ) from error
        return replace(read_pdf(made, limits), kind=kind)
