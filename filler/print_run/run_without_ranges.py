"""A print run that is only a step to a PDF: without what is for those who type in it.

Ranges that may be edited print nothing, but LibreOffice holds each against all others of the
file: 26 a visit form made a ninth of the time that a run of a hundred takes.
"""

import io
import re
import zipfile
from pathlib import Path

from minzheng.external.files.whole_file import write_whole

_RANGE = re.compile(rb"<w:perm(?:Start|End)\b[^<>]*/>")
_QUICK_LEVEL = 1  #: it is read once
_PICTURES = "word/media/"
_MOST_OF_A_CODE = 4 << 10  #: bytes; that of a form has some 450


def drop_ranges(run: Path) -> None:
    """Write a run anew without ranges that may be edited; all else stays as it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(run) as read, zipfile.ZipFile(made, "w") as written:
        for info in read.infolist():
            data = read.read(info)
            is_xml = info.filename.endswith(".xml")
            kept = _RANGE.sub(b"", data) if is_xml else data
            written.writestr(info, kept, info.compress_type, _QUICK_LEVEL)
    write_whole(run, made.getvalue())


def holds_only_codes(run: Path) -> bool:
    """Whether its pictures are all as small as a code, so that no photo is among them."""
    with zipfile.ZipFile(run) as read:
        pictures = (one for one in read.infolist() if one.filename.startswith(_PICTURES))
        return all(one.file_size <= _MOST_OF_A_CODE for one in pictures)
