"""PDF/A-2b (ISO 19005-2, GB/T 23286): what a file says of itself, kept when pages are put together.

LibreOffice makes PDF/A; whoever joins or cuts its pages loses what the file as a whole says:
its metadata, whose colours it shows, its identity. That is added again behind the pages.
"""

import codecs
import hashlib
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minzheng.county.loaded_later import LoadedLater

if TYPE_CHECKING:
    import pypdf
    from pypdf import generic
else:  # a service starts without it
    pypdf, generic = LoadedLater("pypdf"), LoadedLater("pypdf.generic")


@dataclass(frozen=True, slots=True)
class ArchivalMarks:
    """What a PDF/A file says of the whole of itself."""

    metadata: bytes  #: XMP
    profile: bytes  #: ICC
    components: int
    condition: str  #: the name of the colours
    info: Mapping[str, str]


def archival_marks(file: Path) -> ArchivalMarks | None:
    """What a file says of itself; None when it is no PDF/A.

    Raises:
        PyPdfError: it is no PDF.
    """
    reader = pypdf.PdfReader(file)
    root = reader.root_object
    intents, metadata = root.get("/OutputIntents"), root.get("/Metadata")
    if not intents or metadata is None:
        return None
    intent: Any = intents[0].get_object()
    profile: Any = intent["/DestOutputProfile"].get_object()
    told: dict[str, str] = {name: str(value) for name, value in (reader.metadata or {}).items()}
    return ArchivalMarks(
        metadata.get_object().get_data(),
        profile.get_data(),
        int(profile["/N"]),
        str(intent["/OutputConditionIdentifier"]),
        told,
    )


def as_archival(pdf: bytes, marks: ArchivalMarks) -> bytes:
    """A PDF of pages of PDF/A files as PDF/A: their marks are written behind it."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    trailer: Any = reader.trailer
    first, number = int(trailer["/Size"]), int(trailer.raw_get("/Root").idnum)
    root = generic.DictionaryObject(reader.root_object)
    names = {name: f"{first + at} 0 R" for at, name in enumerate(("meta", "profile", "intent"))}
    for name in ("/StructTreeRoot", "/MarkInfo", "/Metadata", "/OutputIntents"):
        root.pop(name, None)
    body = io.BytesIO()
    root.write_to_stream(body)
    catalogue = body.getvalue().rstrip().removesuffix(b">>")
    told = f"/Metadata {names['meta']}\n/OutputIntents [{names['intent']}]\n>>"
    parts = {
        number: catalogue + told.encode(),
        first: _stream("/Type /Metadata /Subtype /XML", marks.metadata),
        first + 1: _stream(
            f"/N {marks.components} /Filter /FlateDecode", zlib.compress(marks.profile, 9)
        ),
        first + 2: (
            f"<</Type /OutputIntent /S /GTS_PDFA1 "
            f"/OutputConditionIdentifier {_text(marks.condition)} /Info {_text(marks.condition)} "
            f"/DestOutputProfile {names['profile']}>>"
        ).encode(),
        first + 3: _info(marks.info),
    }
    return _appended(pdf, parts, f"/Root {number} 0 R /Info {first + 3} 0 R")


def _appended(pdf: bytes, parts: Mapping[int, bytes], named: str) -> bytes:
    """The file with objects added or replaced, as PDF has it: what is there stays."""
    before = int(pdf[pdf.rindex(b"startxref") + len(b"startxref") :].split()[0])
    made = io.BytesIO()
    made.write(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    places: dict[int, int] = {}
    for number, content in parts.items():
        places[number] = made.tell()
        made.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = made.tell()
    made.write(b"xref\n")
    for number, place in sorted(places.items()):
        made.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    name = hashlib.sha256(made.getvalue()).hexdigest()[:32]
    trailer = f"/Size {max(places) + 1} /Prev {before} {named} /ID [<{name}> <{name}>]"
    made.write(f"trailer\n<<{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode())
    return made.getvalue()


def _stream(kind: str, data: bytes) -> bytes:
    return f"<<{kind} /Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def _info(told: Mapping[str, str]) -> bytes:
    return f"<<{' '.join(f'{name} {_text(value)}' for name, value in told.items())}>>".encode()


def _text(text: str) -> str:
    """As PDF writes any text: UTF-16, in hexadecimal."""
    data = text.encode() if text.isascii() else codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return f"<{data.hex()}>"
