"""Whether a template leaves room for seals and signatures."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import Any

from docx.oxml.ns import qn

from filler.form.forms import Field, FormSpec
from filler.word.faults.template_text import Fault, PlacedText, read_row

SEAL_ROOM_MM = 38
SIGNATURE_ROOM_MM = 7
_LINE_MM, _MOST_LINES = 5, 2  #: a seal may rise over that many lines before its table
_TWIPS_PER_MM = 1440 / 25.4
_SEALED = re.compile(r"[（(](?:盖章|公章|印章)[）)]")
_SIGNED = re.compile(r"^.{0,20}(?:签[字名章收]|按印|手印)[）)]?[：:]?\s*$|签.{0,4}[：:]\s*_{4,}")
_NOISE = re.compile(r"[\s（）()]")
_LABEL_ENDS = re.compile(r"(人?签字按印|人?签字|人?签名|人?盖章|人?签章|人|\d+)$")
_SIGN_FREE_MM = 20
#: How wide what a signature is written over is, in millimetres.
_FREE_MM = {"_": 2.1, "\u3000": 4.2, " ": 1.0, "\t": 10.0}
_SIGN_LABEL = re.compile(r"(?:签[字名章]|按印)(?:[（(][^）)]*[）)])?[：:]([_\u3000 \t]*)")
_SEAL_MARK = re.compile(r"盖章|公章|印章|签章|[（(]章[）)]")
_SIGN_MARK = re.compile(r"签|按印|手印|[：:]\s*$|[：:][_\u3000 \t]{2}|_{3}")
_ROWS_OF_SEAL = 3


def find_room_faults(texts: Iterable[PlacedText], spec: FormSpec | None) -> Iterator[Fault]:
    """Seals and signatures of the spec without a place, or with too small a one."""
    texts = tuple(texts)
    seen: set[Any] = set()
    has_signs = not spec or any(field.type == "sign" for field in spec.fields)
    for text in texts:
        if text.row is None and not text.part:
            yield from _loose_faults(text, has_signs=has_signs)
        if text.row is None or text.row in seen:
            continue
        seen.add(text.row)
        yield from _seal_faults(text)
        if has_signs:
            yield from _signature_faults(text)
    for field in spec.fields if spec else ():
        if field.type in ("seal", "sign") and not _has_place(field, texts):
            kind = "盖章" if field.type == "seal" else "签字"
            yield Fault(f"没有给“{field.label}”{kind}的位置", f"加上“{field.label}”并留出空白")


def _seal_faults(text: PlacedText) -> Iterator[Fault]:
    if _SEALED.search("".join(read_row(text.row))):
        room = _height_mm(text.row) + _height_above_mm(text.row)
        if 0 < room < SEAL_ROOM_MM - 0.5:
            what = f"盖章处只有 {room:.0f} 毫米高，不足 {SEAL_ROOM_MM} 毫米"
            yield Fault(what, "加高这一行或上面相连的一行", text)


def _signature_faults(text: PlacedText) -> Iterator[Fault]:
    if _is_signed(text.row) and 0 < _height_mm(text.row) < SIGNATURE_ROOM_MM:
        what = f"签字处只有 {_height_mm(text.row):.0f} 毫米高"
        yield Fault(what, f"加高到 {SIGNATURE_ROOM_MM} 毫米以上", text)


def _is_signed(row: Any) -> bool:
    """A cell that asks for a signature, not one that tells of signatures."""
    return any(_SIGNED.search("".join(read_row(cell)).strip()) for cell in row.iter(qn("w:tc")))


def _height_mm(row: Any) -> float:
    height = row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
    return float(height.get(qn("w:val"), 0)) / _TWIPS_PER_MM if height is not None else 0.0


def _height_above_mm(row: Any) -> float:
    """What adjoins above: the row of the same opinion, or the lines before the table."""
    above = row.getprevious()
    if above is None or above.tag != qn("w:tr"):
        return _LINE_MM * len(list(takewhile(_is_paragraph, _before(row.getparent()))))
    if _SEALED.search("".join(read_row(above))):
        return 0.0
    return _height_mm(above)


def _before(table: Any) -> Iterator[Any]:
    return islice(table.itersiblings(preceding=True), _MOST_LINES)


def _is_paragraph(element: Any) -> bool:
    return bool(element.tag == qn("w:p"))


def _loose_faults(text: PlacedText, *, has_signs: bool) -> Iterator[Fault]:
    """A seal or signature in a line of its own, outside tables."""
    if _SEALED.search(text.text) and not _is_last(text.paragraph):
        room = sum(map(_line_mm, _blank_around(text.paragraph))) + _line_mm(text.paragraph)
        if room < SEAL_ROOM_MM - 0.5:
            what = f"盖章处上下只有 {room:.0f} 毫米空白，不足 {SEAL_ROOM_MM} 毫米"
            yield Fault(what, "在这一段前后加空行，或加大段前、段后间距", text)
    for match in _SIGN_LABEL.finditer(text.text) if has_signs else ():
        room = sum(_FREE_MM[letter] for letter in match[1])
        if match.end() < len(text.text) and room < _SIGN_FREE_MM:
            what = f"签字处只有 {room:.0f} 毫米宽"
            yield Fault(what, f"冒号后留 {_SIGN_FREE_MM} 毫米以上，如十个下划线", text)


def _blank_around(paragraph: Any) -> Iterator[Any]:
    """The empty lines before and after."""
    yield from takewhile(_is_blank, paragraph.itersiblings(preceding=True))
    yield from takewhile(_is_blank, paragraph.itersiblings())


def _is_blank(element: Any) -> bool:
    return _is_paragraph(element) and not "".join(read_row(element)).strip()


def _is_last(paragraph: Any) -> bool:
    """Whether the rest of the page is free."""
    rest = (one for one in paragraph.itersiblings() if one.tag != qn("w:sectPr"))
    return all(map(_is_blank, rest))


def _line_mm(paragraph: Any) -> float:
    """The height of a line with the space around it."""
    spacing = paragraph.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    if spacing is None:
        return _LINE_MM
    around = sum(float(spacing.get(qn(side), 0)) for side in ("w:before", "w:after"))
    is_exact = spacing.get(qn("w:lineRule"), "auto") in ("exact", "atLeast")
    line = float(spacing.get(qn("w:line"), 0)) / _TWIPS_PER_MM if is_exact else _LINE_MM
    return around / _TWIPS_PER_MM + line


def _has_place(field: Field, texts: tuple[PlacedText, ...]) -> bool:
    """By its tag, or by its label where something is to be sealed or signed.

    The label may be broken over lines and shortened (制表人: 制表).
    """
    tag = re.compile(r"\{\{\s*" + re.escape(field.slug) + r"\b")
    if any(tag.search(text.text) for text in texts):
        return True
    label = _LABEL_ENDS.sub("", _NOISE.sub("", field.label)) or field.label
    short = label[1:] if label[:1] in "镇县村" and len(label) > 2 else label
    mark = _SEAL_MARK if field.type == "seal" else _SIGN_MARK
    return any(
        short in _NOISE.sub("", words) and (mark.search(words) or has_gap)
        for words, has_gap in _places(texts)
    )


def _places(texts: tuple[PlacedText, ...]) -> Iterator[tuple[str, bool]]:
    """What stands together: a paragraph, or rows; and whether an empty cell is among it."""
    seen: set[Any] = set()
    for text in texts:
        if text.row is None:
            yield text.text, False
        elif text.row not in seen:
            seen.add(text.row)
            rows = [text.row, *islice(text.row.itersiblings(qn("w:tr")), _ROWS_OF_SEAL - 1)]
            cells = ("".join(read_row(cell)) for cell in text.row.iter(qn("w:tc")))
            has_gap = any(not cell.strip() for cell in cells)
            yield "\n".join("".join(read_row(row)) for row in rows), has_gap
