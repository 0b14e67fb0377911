"""What a strict reader says of a Word file: the schemas of ECMA-376 and Word's own demands."""

import hashlib
import io
import tempfile
import zipfile
from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator

_READER = OpenXmlValidator(file_format=FileFormat.OFFICE_2019)
#: Not demanded by the standard: Word takes its own theme and fonts.
_NOT_DEMANDED = ("relationships/fontTable' is missing", "relationships/theme' is missing")
_told: dict[bytes, list[str]] = {}  #: by what is in a file: many tests ask of the same blank one


def faults_of(docx: bytes) -> list[str]:
    """Part and fault, of all that is wrong."""
    digest = _digest(docx)
    if digest not in _told:
        _told[digest] = _read(docx)
    return [*_told[digest]]


def _digest(docx: bytes) -> bytes:
    """Of names and parts in their order; when it was packed is nobody's fault."""
    found = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        for part in packed.infolist():
            found.update(f"{part.filename}\0{part.file_size}\0".encode())
            found.update(packed.read(part))
    return found.digest()


def _read(docx: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.docx"
        file.write_bytes(docx)
        found = _READER.validate(file).errors
    return [
        f"{one.part_uri} {one.path} {one.description}"
        for one in found
        if not any(words in one.description for words in _NOT_DEMANDED)
    ]
