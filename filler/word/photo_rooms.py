"""Where a template leaves room for photos, and the photos fitted into it.

The room is the cell that holds the photo's tag, or the empty cell above its label; a
portrait's is the cell that says 照片. The photo is as large as the cell lets it be.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from markupsafe import Markup

from filler.form.photo_names import named_photo

_TWIPS_PER_MM, _EMU_PER_MM = 1440 / 25.4, 36000
_MARGIN_MM = 4.0
_USUAL_MM = (80.0, 60.0)  #: of a tag outside tables
_LEAST_MM = 15.0
_NOISE = re.compile(r"[\s（）()]")
_FIRST_DRAWING = 5001
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_TYPES = "[Content_Types].xml"
DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_DRAWING = (
    "</w:t></w:r><w:r><w:drawing>"
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="{number}" name="照片 {number}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="照片 {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    '</a:graphic></wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


@dataclass(frozen=True, slots=True)
class PhotoRoom:
    """The room of one photo."""

    name: str
    number: int
    width_mm: float
    height_mm: float

    @property
    def relation(self) -> str:
        """The id by which the document names the picture."""
        return f"rIdPhoto{self.number}"

    @property
    def member(self) -> str:
        """The picture's part below word/."""
        return f"media/photo{self.number}.jpg"

    def draw(self, text: str) -> Markup:
        """The photo a text names, as large as the room lets it be; nothing for none."""
        photo = named_photo(text)
        if photo is None:
            return Markup()
        scale = min(self.width_mm / photo.width, self.height_mm / photo.height) * _EMU_PER_MM
        return Markup(_DRAWING).format(
            cx=int(photo.width * scale),
            cy=int(photo.height * scale),
            number=self.number,
            relation=self.relation,
        )


class PhotoRooms:
    """The rooms of a template."""

    def __init__(self, rooms: Iterator[PhotoRoom]) -> None:
        self.by_name = {room.name: room for room in rooms}

    def draw(self, context: dict[str, Any], texts: Mapping[str, Any]) -> None:
        """Put drawings in place of names."""
        for name, room in self.by_name.items():
            context[name] = room.draw(str(texts.get(name, "")))

    def members(
        self, texts: Mapping[str, Any], photos: Mapping[str, bytes], kept: Mapping[str, bytes]
    ) -> dict[str, bytes]:
        """The pictures, and the parts that name them; nothing when there are no photos."""
        given = [
            (room, photo)
            for name, room in self.by_name.items()
            if (photo := named_photo(str(texts.get(name, ""))))
        ]
        if not given:
            return {}
        related = "".join(
            f'<Relationship Id="{room.relation}" Type="{_KIND}" Target="{room.member}"/>'
            for room, _ in given
        )
        return {
            RELATIONS: _before(kept[RELATIONS], b"</Relationships>", related),
            _TYPES: _with_jpg(kept[_TYPES]),
            **{f"word/{room.member}": photos[photo.sha256] for room, photo in given},
        }


def make_rooms(word: Any, labels: Mapping[str, str]) -> PhotoRooms:
    """Find the photos' rooms in a template's body; a room without tag gets it."""
    return PhotoRooms(_find_rooms(word.docx.element.body, labels))


def _find_rooms(body: Any, labels: Mapping[str, str]) -> Iterator[PhotoRoom]:
    for number, (name, label) in enumerate(labels.items(), start=_FIRST_DRAWING):
        paragraph = _tagged(body, name, label)
        cell = next(paragraph.iterancestors(qn("w:tc")), None) if paragraph is not None else None
        if paragraph is None:
            cell = _room_by_label(body, label)
            if cell is None:
                continue
            _put_tag(cell, name)
        width, height = _size_mm(cell) if cell is not None else _USUAL_MM
        yield PhotoRoom(name, number, width, height)


def _tagged(body: Any, name: str, label: str) -> Any:
    """The paragraph that holds the photo's tag, by name or by label."""
    words = "|".join(re.escape(one) for one in (name, re.sub(r"\W", "", label)))
    tag = re.compile(rf"\{{\{{\s*(?:{words})\s*\}}\}}")
    return next((one for one in body.iter(qn("w:p")) if tag.search(_text(one))), None)


def _room_by_label(body: Any, label: str) -> Any:
    wanted = _NOISE.sub("", label)
    for cell in body.iter(qn("w:tc")):
        if _NOISE.sub("", _text(cell)) != wanted:
            continue
        if _size_mm(cell)[1] >= _LEAST_MM:
            return cell
        above = _cell_above(cell)
        if above is not None and not _text(above).strip() and _size_mm(above)[1] >= _LEAST_MM:
            return above
    return None


def _cell_above(cell: Any) -> Any:
    row = cell.getparent().getprevious()
    if row is None or row.tag != qn("w:tr"):
        return None
    at = _column(cell)
    return next((one for one in row.findall(qn("w:tc")) if _column(one) == at), None)


def _column(cell: Any) -> int:
    """In which grid column a cell begins."""
    return sum(_span(one) for one in cell.itersiblings(qn("w:tc"), preceding=True))


def _span(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(span.get(qn("w:val"), 1)) if span is not None else 1


def _size_mm(cell: Any) -> tuple[float, float]:
    """The room inside a cell, rows merged with it included."""
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    wide = float(width.get(qn("w:w"), 0)) / _TWIPS_PER_MM if width is not None else 0.0
    high = sum(_height_mm(row) for row in _rows_of(cell))
    return (
        wide - _MARGIN_MM if wide > _MARGIN_MM else _USUAL_MM[0],
        high - _MARGIN_MM if high > _MARGIN_MM else 0.0,
    )


def _rows_of(cell: Any) -> Iterator[Any]:
    row, at = cell.getparent(), _column(cell)
    yield row
    if _merge(cell) != "restart":
        return
    for following in row.itersiblings(qn("w:tr")):
        below = next((one for one in following.findall(qn("w:tc")) if _column(one) == at), None)
        if below is None or _merge(below) != "continue":
            return
        yield following


def _merge(cell: Any) -> str:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return "" if merge is None else str(merge.get(qn("w:val"), "continue"))


def _height_mm(row: Any) -> float:
    height = row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
    return float(height.get(qn("w:val"), 0)) / _TWIPS_PER_MM if height is not None else 0.0


def _put_tag(cell: Any, name: str) -> None:
    """The tag into the first paragraph; what stands there, `照片`, only without a photo."""
    for text in cell.iter(qn("w:t")):
        text.text = f"{{% if not {name} %}}{text.text or ''}{{% endif %}}"
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = f"{{{{ {name} }}}}"
    run.append(words)
    cell.find(qn("w:p")).append(run)


def _text(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def _before(data: bytes, end: bytes, added: str) -> bytes:
    return data.replace(end, added.encode() + end)


def _with_jpg(types: bytes) -> bytes:
    """Content types that know `.jpg`."""
    if b'Extension="jpg"' in types:
        return types
    return _before(types, b"</Types>", '<Default Extension="jpg" ContentType="image/jpeg"/>')
