"""What a reader of PDF/A-2b (ISO 19005-2) would object to in a file, as far as it is seen here.

No validator is to be had as a package: asked is what the file says of itself, and what tools
most often leave out when they put pages together.
"""

import io
import re

import pypdf

_NS = "http://www.aiim.org/pdfa/ns/id/"
_BASE = frozenset(("/FontFile", "/FontFile2", "/FontFile3"))


def faults_of_pdf(data):
    """Sentences; none: no fault was found."""
    return list(_faults(data, pypdf.PdfReader(io.BytesIO(data))))


def _faults(data, reader):
    head = data.split(b"\n", 2)
    if not re.match(rb"%PDF-1\.[0-7]\r?$", head[0]):
        yield f"begins with {head[0]!r}"
    if head[1][:1] != b"%" or not all(byte > 127 for byte in head[1][1:5]):
        yield "has no comment that says it is binary"
    if "/ID" not in reader.trailer:
        yield "has no identity"
    if "/Encrypt" in reader.trailer:
        yield "is encrypted"
    yield from _faults_of_root(reader.root_object)
    for number, page in enumerate(reader.pages, 1):
        yield from (f"page {number}: {one}" for one in _faults_of_page(page))


def _faults_of_root(root):
    xmp = root["/Metadata"].get_object() if "/Metadata" in root else None
    text = xmp.get_data().decode() if xmp is not None else ""
    if xmp is None or "/Filter" in xmp:
        yield "has no metadata that can be read as they are"
    told = (re.search(rf"<pdfaid:{name}>(\w+)<", text) for name in ("part", "conformance"))
    if [one and one[1] for one in told] != ["2", "B"] or _NS not in text:
        yield "does not say that it is PDF/A-2b"
    intents = [one.get_object() for one in root.get("/OutputIntents", ())]
    if [one["/S"] for one in intents] != ["/GTS_PDFA1"]:
        yield "does not say of which device its colours are"
        return
    profile = intents[0]["/DestOutputProfile"].get_object()
    icc = profile.get_data()
    if icc[36:40] != b"acsp" or icc[16:20] != b"RGB " or profile["/N"] != 3:
        yield "has no profile of its colours"
    for name in ("/AA", "/JavaScript", "/EmbeddedFiles"):
        if name in root or name in root.get("/Names", {}):
            yield f"has {name}"


def _faults_of_page(page):
    for name, named in page["/Resources"].get("/Font", {}).items():
        font = named.get_object()
        below = [one.get_object() for one in font.get("/DescendantFonts", [font])]
        if not all(_BASE & set(one["/FontDescriptor"].get_object()) for one in below):
            yield f"the font {name} is not in the file"
