"""A print run that is only a step to a PDF: without what prints nothing and takes LibreOffice long.

- Ranges that may be edited: LibreOffice holds each against all others of the file, and a visit
  form has 26.
- The field around 共y页: LibreOffice does not know it and keeps it as a range, too; what it
  shows is the field inside.
- Looks of paragraph marks that are those of the text before them.
"""

import io
import re
import zipfile
from functools import lru_cache
from pathlib import Path

from minzheng.external.files.whole_file import write_whole

_RANGE = re.compile(rb"<w:perm(?:Start|End)\b[^<>]*/>")
_LOOK = rb"(?:<w:[^<>]*/>)*"
_MARK = b"<w:rPr>"  #: begins the look of a paragraph's mark
_TEXT = b"</w:rPr></w:pPr><w:r><w:rPr>"  #: ends it; the look of the text follows at once
_FIRST_RUN = re.compile(rb"(%s)</w:rPr><w:t(?: [^<>]*)?>[^<]" % _LOOK)
_PROPERTIES, _OF_LISTS = b"<w:pPr>", (b"<w:numPr", b"<w:pStyle")
_COMPLEX_SIZE = re.compile(rb"<w:szCs [^<>]*/>")  #: of Arabic letters and the like
_RUN = rb"<w:r>(?:<w:rPr>%s</w:rPr>)?%%s</w:r>" % _LOOK
_BEGIN, _SEPARATE, _END = (
    _RUN % (b'<w:fldChar w:fldCharType="%s"/>' % kind) for kind in (b"begin", b"separate", b"end")
)
_PLAIN = _RUN % rb"<w:(?:t|instrText)\b[^<>]*>[^<>]*</w:(?:t|instrText)>"
_OF_SECTION = b" SECTIONPAGES "
_PAGES_OF_SECTION = re.compile(
    _BEGIN
    + _RUN % rb"<w:instrText\b[^<>]*>%s</w:instrText>" % _OF_SECTION
    + _SEPARATE
    + rb"(%s%s%s%s%s%s%s)" % (_PLAIN, _BEGIN, _PLAIN, _SEPARATE, _PLAIN, _END, _PLAIN)
    + _END
)
_QUICK_LEVEL = 1  #: it is read once
_PICTURES = "word/media/"
_MOST_OF_A_CODE = 4 << 10  #: bytes; that of a form has some 450


def make_lean(run: Path) -> None:
    """Write a run anew without what prints nothing; all else stays as it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(run) as read, zipfile.ZipFile(made, "w") as written:
        for info in read.infolist():
            data = read.read(info)
            kept = _leaner(data) if info.filename.endswith(".xml") else data
            written.writestr(info, kept, info.compress_type, _QUICK_LEVEL)
    write_whole(run, made.getvalue())


def _leaner(part: bytes) -> bytes:
    part = _RANGE.sub(b"", part)
    if _OF_SECTION in part:
        part = _PAGES_OF_SECTION.sub(rb"\1", part)
    return _without_marks(part)


def _without_marks(part: bytes) -> bytes:
    """Without words a paragraph is as high as its mark, and a list's number looks like it."""
    pieces = part.split(_TEXT)
    made = pieces[:1]
    for piece in pieces[1:]:
        before, _, look = made[-1].rpartition(_MARK)
        text = _FIRST_RUN.match(piece)
        if text and _are_alike(look, text[1]) and not _may_be_listed(before):
            made[-1] = before
            made += (b"</w:pPr><w:r><w:rPr>", piece)
        else:
            made += (_TEXT, piece)
    return b"".join(made)


def _may_be_listed(before: bytes) -> bool:
    """Whether a paragraph stands in a list, by itself or by a style."""
    properties = before[before.rfind(_PROPERTIES) :]
    return any(one in properties for one in _OF_LISTS)


@lru_cache(maxsize=256)
def _are_alike(mark: bytes, text: bytes) -> bool:
    return _COMPLEX_SIZE.sub(b"", mark) == _COMPLEX_SIZE.sub(b"", text)


def holds_only_codes(run: Path) -> bool:
    """Whether its pictures are all as small as a code, so that no photo is among them."""
    with zipfile.ZipFile(run) as read:
        pictures = (one for one in read.infolist() if one.filename.startswith(_PICTURES))
        return all(one.file_size <= _MOST_OF_A_CODE for one in pictures)
