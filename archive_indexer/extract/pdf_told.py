"""What a PDF's page tells beside its text: answers in its form, remarks, what lies in it unread.

The text layer holds none of these: they are drawn over the page by whoever shows it.
"""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import pypdfium2
from lxml import etree
from pypdfium2 import raw

from archive_indexer.documents import LineSource, TextLine
from archive_indexer.extract.rare.pdf_names import as_meant

Box = tuple[float, float, float, float]
#: Where a place of the page's own coordinates is shown, 0–1.
ShownAt = Callable[[float, float], tuple[float, float]]

_MOST_BOOKMARKS = 5000
_MOST_MARKS = 2000  #: annotations of a page that are looked at
_TICKED = "☑"
_NO_WORDS = frozenset({"yes", "on", "off", "true", "1", "0", "是", "choice1", "checked"})
_SILENT = frozenset({raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_LINK})
#: What holds more than it shows.
_HOLDS_MORE = {
    raw.FPDF_ANNOT_SOUND: "录音",
    raw.FPDF_ANNOT_MOVIE: "视频",
    raw.FPDF_ANNOT_SCREEN: "视频",
    raw.FPDF_ANNOT_RICHMEDIA: "多媒体",
}
#: Drawn with their words on the page; those of others open when clicked.
_DRAWN = frozenset({raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP})
_DRAWN_BY_LOOK = frozenset({*_DRAWN, raw.FPDF_ANNOT_WATERMARK})
_PLACEHOLDER = re.compile(
    r"please\s+wait|请稍候|请稍等|content is being loaded|不能显示此(?:类|文档)"
    r"|to view the full contents",
    re.IGNORECASE,
)
_ICONS = frozenset({raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FILEATTACHMENT, raw.FPDF_ANNOT_SOUND})
_AROUND_ICON = 0.3  #: of its sides; some are drawn larger than their place
_MARK_OF_UTF16 = "þÿ"
_NO_PLACE: Box = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Told:
    """Lines drawn on a page, remarks that open when clicked, and what was not read."""

    drawn: tuple[TextLine, ...] = ()
    remarks: tuple[TextLine, ...] = ()
    unread: tuple[str, ...] = ()
    icons: tuple[Box, ...] = ()  #: small pictures to be clicked: no words
    looks: tuple[Box, ...] = ()  #: signatures and stamps, whose words stand in their look alone


def told_on(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, shown_at: ShownAt) -> Told:
    """The answers and remarks of one page."""
    drawn: list[TextLine] = []
    remarks: list[TextLine] = []
    icons: list[Box] = []
    looks: list[Box] = []
    holds: dict[str, int] = {}
    attached: list[str] = []
    count = max(0, raw.FPDFPage_GetAnnotCount(page.raw))
    for number in range(min(count, _MOST_MARKS)):
        mark = raw.FPDFPage_GetAnnot(page.raw, number)
        if not mark:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(mark)
            if kind in _HOLDS_MORE:
                holds[_HOLDS_MORE[kind]] = holds.get(_HOLDS_MORE[kind], 0) + 1
            if kind == raw.FPDF_ANNOT_FILEATTACHMENT:
                attached.append(
                    _name_of(
                        pypdfium2.PdfAttachment(raw.FPDFAnnot_GetFileAttachment(mark), document)
                    )
                )
            if kind in _ICONS:
                icons.append(_wider(_box(mark, shown_at)))
            line = _line_of(document, mark, kind, shown_at)
            looks += _look_of(document, mark, kind, shown_at) if line is None else ()
        finally:
            raw.FPDFPage_CloseAnnot(mark)
        if line is not None:
            is_drawn = line.source == "field" or kind in _DRAWN
            (drawn if is_drawn else remarks).append(line)
    unread = list(_say_attached(attached))
    unread += [f"含 {number} 段{kind}，未识别" for kind, number in holds.items()]
    if count > _MOST_MARKS:
        unread.append(f"批注超过 {_MOST_MARKS} 条，其余 {count - _MOST_MARKS} 条未读")
    return Told(tuple(drawn), tuple(remarks), tuple(unread), tuple(icons), tuple(looks))


def told_in(document: pypdfium2.PdfDocument) -> Told:
    """What belongs to the document and to no place in it: dynamic answers, files attached."""
    count = document.count_attachments()
    names = [_name_of(document.get_attachment(number)) for number in range(count)]
    answers = tuple(
        TextLine(text, _NO_PLACE, source="field") for text in dict.fromkeys(_xfa_answers(document))
    )
    return Told((), answers, _say_attached(names))


def bookmarks_in(document: pypdfium2.PdfDocument) -> Iterator[tuple[int, str]]:
    """The marks beside a document: the page that each leads to, from 0, and its name."""
    for mark in islice(document.get_toc(), _MOST_BOOKMARKS):
        title, place = " ".join(as_meant(mark.get_title()).split()), mark.get_dest()
        page = place.get_index() if place is not None else None
        if title:
            yield page or 0, title


def is_placeholder(document: pypdfium2.PdfDocument, text: str) -> bool:
    """Whether a page only asks for another program, which would draw the form."""
    is_dynamic = document.get_formtype() in (
        raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND
    )  # fmt: skip
    return is_dynamic and bool(_PLACEHOLDER.search(text))


def _line_of(
    document: pypdfium2.PdfDocument,
    mark: object,
    kind: int,
    shown_at: ShownAt,
) -> TextLine | None:
    if raw.FPDFAnnot_GetFlags(mark) & raw.FPDF_ANNOT_FLAG_HIDDEN or kind in _SILENT:
        return None
    source: LineSource = "note"
    if kind == raw.FPDF_ANNOT_WIDGET:
        text, source = _answer(document, mark), "field"
    else:
        text = " ".join(_contents(mark).split())
    return TextLine(text, _box(mark, shown_at), source=source) if text else None


def _look_of(
    document: pypdfium2.PdfDocument, mark: object, kind: int, shown_at: ShownAt
) -> tuple[Box, ...]:
    """The place of a mark that may show words and says none."""
    return (_box(mark, shown_at),) if _is_look(document, mark, kind) else ()


def _is_look(document: pypdfium2.PdfDocument, mark: object, kind: int) -> bool:
    """Whether a mark that says nothing may show words: a signature, a stamp."""
    if raw.FPDFAnnot_GetFlags(mark) & raw.FPDF_ANNOT_FLAG_HIDDEN:
        return False
    if kind != raw.FPDF_ANNOT_WIDGET:
        return kind in _DRAWN_BY_LOOK
    form = document.formenv.raw if document.formenv else None
    is_signed = raw.FPDFAnnot_HasKey(mark, b"AP")
    return bool(
        form
        and is_signed
        and raw.FPDFAnnot_GetFormFieldType(form, mark) == raw.FPDF_FORMFIELD_SIGNATURE
    )


def _contents(mark: object) -> str:
    """What a remark says; a FreeText of some programs says it only as rich text."""
    said = _value(mark, b"Contents")
    if said.strip():
        return said
    rich = _value(mark, b"RC")
    return re.sub(r"<[^>]*>", " ", rich) if rich else ""


def _answer(document: pypdfium2.PdfDocument, mark: object) -> str:
    """What stands in a field of a form."""
    form = document.formenv.raw if document.formenv else None
    if form is None:
        return " ".join(_value(mark, b"V").split())
    kind = raw.FPDFAnnot_GetFormFieldType(form, mark)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return _ticked(form, mark) if raw.FPDFAnnot_IsChecked(form, mark) else ""
    if kind in (raw.FPDF_FORMFIELD_LISTBOX, raw.FPDF_FORMFIELD_COMBOBOX):
        chosen = "、".join(_chosen(form, mark))
        return chosen or _field_text(raw.FPDFAnnot_GetFormFieldValue, form, mark)
    if kind == raw.FPDF_FORMFIELD_PUSHBUTTON:
        return _field_text(raw.FPDFAnnot_GetFormFieldAlternateName, form, mark)
    return _field_text(raw.FPDFAnnot_GetFormFieldValue, form, mark)


def _ticked(form: object, mark: object) -> str:
    """A ticked box with what it stands for, where it has a name for people."""
    names = (
        _field_text(read, form, mark)
        for read in (
            raw.FPDFAnnot_GetFormFieldAlternateName,
            raw.FPDFAnnot_GetFormFieldExportValue,
        )
    )
    words = [name for name in names if name and name.lower() not in _NO_WORDS]
    return " ".join((_TICKED, *dict.fromkeys(words)))


def _chosen(form: object, mark: object) -> Iterator[str]:
    for number in range(max(0, raw.FPDFAnnot_GetOptionCount(form, mark))):
        if raw.FPDFAnnot_IsOptionSelected(form, mark, number):
            label = _wide_text(
                lambda held, size, at=number: raw.FPDFAnnot_GetOptionLabel(
                    form, mark, at, held, size
                )
            )
            if label.strip():
                yield label.strip()


def _field_text(read: Callable[..., int], form: object, mark: object) -> str:
    return " ".join(_wide_text(lambda held, size: read(form, mark, held, size)).split())


def _value(mark: object, key: bytes) -> str:
    return _wide_text(lambda held, size: raw.FPDFAnnot_GetStringValue(mark, key, held, size))


def _wide_text(read: Callable[..., int]) -> str:
    """A text that the library lays into room given to it, in UTF-16."""
    size = read(None, 0)
    if size <= 2:
        return ""
    held = ctypes.create_string_buffer(size)
    read(ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return as_meant(held.raw[:-2].decode("utf-16-le", errors="replace"))


def _box(mark: object, shown_at: ShownAt) -> Box:
    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(mark, rect):
        return _NO_PLACE
    one, other = shown_at(rect.left, rect.top), shown_at(rect.right, rect.bottom)
    sides = (
        min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    )  # fmt: skip
    left, top, right, bottom = (min(1.0, max(0.0, side)) for side in sides)
    return left, top, right, bottom


def _wider(box: Box) -> Box:
    x, y = (box[2] - box[0]) * _AROUND_ICON, (box[3] - box[1]) * _AROUND_ICON
    return box[0] - x, box[1] - y, box[2] + x, box[3] + y


def _say_attached(names: list[str]) -> tuple[str, ...]:
    return (f"含 {len(names)} 个附件（{'、'.join(names)}），未识别",) if names else ()


def _name_of(attached: pypdfium2.PdfAttachment) -> str:
    name = str(attached.get_name() or "未命名") if attached.raw else "未命名"
    if name.startswith(_MARK_OF_UTF16):  # some programs write the name as bytes
        name = name.encode("latin-1", errors="ignore")[2:].decode("utf-16-be", errors="ignore")
    return as_meant(name)


def _xfa_answers(document: pypdfium2.PdfDocument) -> Iterator[str]:
    """What was typed into a dynamic form: the leaves of its data."""
    for number in range(max(0, raw.FPDF_GetXFAPacketCount(document.raw))):
        name = _packet_name(document, number)
        content = _packet(document, number) if name in ("datasets", "") else b""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        tree = etree.fromstring(content, parser) if content.strip() else None
        if tree is not None:
            texts = (str(text).strip() for text in tree.itertext())
            yield from (" ".join(text.split()) for text in texts if text)


def _packet_name(document: pypdfium2.PdfDocument, number: int) -> str:
    size = raw.FPDF_GetXFAPacketName(document.raw, number, None, 0)
    held = ctypes.create_string_buffer(max(size, 1))
    raw.FPDF_GetXFAPacketName(document.raw, number, held, size)
    return held.value.decode("utf-8", errors="replace")


def _packet(document: pypdfium2.PdfDocument, number: int) -> bytes:
    size = ctypes.c_ulong()
    raw.FPDF_GetXFAPacketContent(document.raw, number, None, 0, size)
    held = ctypes.create_string_buffer(max(size.value, 1))
    raw.FPDF_GetXFAPacketContent(document.raw, number, held, size.value, size)
    return held.raw[: size.value]
