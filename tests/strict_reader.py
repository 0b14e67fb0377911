"""What a strict reader says of a Word file: the schemas of ECMA-376 and Word's own demands."""

import tempfile
from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator

_READER = OpenXmlValidator(file_format=FileFormat.OFFICE_2019)
#: Not demanded by the standard: Word takes its own theme and fonts.
_NOT_DEMANDED = ("relationships/fontTable' is missing", "relationships/theme' is missing")


def faults_of(docx: bytes) -> list[str]:
    """Part and fault, of all that is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.docx"
        file.write_bytes(docx)
        found = _READER.validate(file).errors
    return [
        f"{one.part_uri} {one.path} {one.description}"
        for one in found
        if not any(words in one.description for words in _NOT_DEMANDED)
    ]
