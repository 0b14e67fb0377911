"""What a reader of PDF/A-2b (ISO 19005-2) would object to in a file, as far as it is seen here.

veraPDF is in no package of PyPI, npm or Debian. Asked is what the file says of itself, what
tools most often leave out when they put pages together, and of every object in it whether
it is of a kind that the standard forbids.
"""

import io
import re

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

_NS = "http://www.aiim.org/pdfa/ns/id/"
_BASE = frozenset(("/FontFile", "/FontFile2", "/FontFile3"))
#: 6.5.1: what does something when it is opened or clicked.
_ACTIONS = frozenset((
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState",
    "/Rendition", "/Trans", "/GoTo3DView", "/JavaScript",
))  # fmt: skip
#: 6.3.1: annotations that are no text, link, mark or field.
_ANNOTATIONS = frozenset(("/3D", "/Sound", "/Screen", "/Movie"))
_HIDDEN = 1 | 2 | 32 | 256  #: invisible, hidden, not viewed, viewed now and then
_PRINTED = 4
#: 6.2.10: how what lies above is mixed with what lies below.
_BLENDS = frozenset((
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten",
    "/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue",
    "/Saturation", "/Color", "/Luminosity",
))  # fmt: skip
_COMPOSITE = {"/CIDFontType0", "/CIDFontType2"}


def faults_of_pdf(data):
    """Sentences; none: no fault was found."""
    return list(_faults(data, pypdf.PdfReader(io.BytesIO(data))))


def _faults(data, reader):
    head = data.split(b"\n", 2)
    if not re.match(rb"%PDF-1\.[0-7]\r?$", head[0]):
        yield f"begins with {head[0]!r}"
    if head[1][:1] != b"%" or not all(byte > 127 for byte in head[1][1:5]):
        yield "has no comment that says it is binary"
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "goes on behind its end"
    if "/ID" not in reader.trailer:
        yield "has no identity"
    if "/Encrypt" in reader.trailer:
        yield "is encrypted"
    yield from _faults_of_root(reader.root_object)
    found = list(_all_in(reader.trailer, set()))
    fonts = [one for one in found if one.get("/Type") == "/Font"]
    if not fonts:
        yield "has no font"
    for one in found:
        yield from _faults_of_object(one)


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
    form = root.get("/AcroForm", DictionaryObject()).get_object()
    if form.get("/NeedAppearances") or "/XFA" in form:
        yield "has fields that a reader must draw itself"


def _all_in(one, seen):
    """Every dictionary and stream that the file leads to, each once."""
    waiting = [one]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (key := (one.idnum, one.generation)) in seen:
                continue
            seen.add(key)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            yield one
            waiting.extend(one.raw_get(name) for name in one)
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))


def _faults_of_object(one):
    kind, below = one.get("/Type"), one.get("/Subtype")
    if isinstance(one, StreamObject):
        yield from _faults_of_stream(one)
    if kind == "/Font":
        yield from _faults_of_font(one)
    if one.get("/S") in _ACTIONS:
        yield f"does something by itself: {one['/S']}"
    if below in _ANNOTATIONS or ("/Rect" in one and below and not _is_printed(one)):
        yield f"has a mark that is not printed: {below}"
    blend = one.get("/BM", "/Normal")
    if blend not in _BLENDS:
        yield f"mixes colours by {blend}"
    if "/DeviceCMYK" in (one.get("/CS"), one.get("/ColorSpace")):
        yield "has colours of a printing press"


def _is_printed(mark):
    flags = int(mark.get("/F", 0))
    return mark["/Subtype"] == "/Popup" or (flags & _PRINTED and not flags & _HIDDEN)


def _faults_of_stream(stream):
    filters = stream.get("/Filter", ())
    names = {str(filters)} if isinstance(filters, str) else {str(one) for one in filters}
    if names & {"/LZWDecode", "/Crypt"}:
        yield f"is packed by {names}"
    if stream.get("/Subtype") == "/Image" and (
        stream.get("/Interpolate") or {"/Alternates", "/OPI"} & set(stream)
    ):
        yield "has a picture that is not drawn as it is"
    if stream.get("/Subtype") == "/PS" or {"/Ref", "/OPI"} & set(stream):
        yield "has a form of another file"


def _faults_of_font(font):
    """Its letters are in the file, and which of them is meant is said."""
    if font["/Subtype"] in ("/Type0", "/Type3"):
        return
    name = font.get("/BaseFont", "?")
    described = font.get("/FontDescriptor", DictionaryObject()).get_object()
    files = [described[key].get_object() for key in _BASE if key in described]
    if not files or not all(file.get_data() for file in files):
        yield f"the font {name} is not in the file"
    if font["/Subtype"] in _COMPOSITE and "/CIDSystemInfo" not in font:
        yield f"the font {name} does not say which signs it counts"
    if font["/Subtype"] == "/CIDFontType2" and "/CIDToGIDMap" not in font:
        yield f"the font {name} does not say which letter is which sign"
