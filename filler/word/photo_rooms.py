"""Where a template leaves room for photos, and the photos fitted into it.

The room is the cell that holds the photo's tag, or the empty cell above its label; a
portrait's is the cell that says 照片. The photo is as large as the cell lets it be. A photo in
a row of a table has its room in the row that is repeated.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from filler.form.photo_names import named_photo
from filler.word.word_names import qn
from minzheng.county.loaded_later import LoadedLater

docx_oxml = LoadedLater("docx.oxml")  #: only what compiles a template makes elements

_TWIPS_PER_MM, _EMU_PER_MM = 1440 / 25.4, 36000
_MARGIN_MM = 4.0
_USUAL_MM = (80.0, 60.0)  #: of a tag outside tables
_LEAST_MM = 15.0
_NONE: Mapping[str, str] = MappingProxyType({})
_NOISE = re.compile(r"[\s（）()]")
_FIRST_DRAWING = 5001
_ROWS_APART = 100_000  #: photos of rows are numbered by their room and their row
_LOOP = re.compile(r"\{%\s*(?:tr\s+|p\s+|tc\s+)?for\s+(\w+)\s+in\s+(\w+)")
_PARTS = ("", "_first", "_more"), ("", "_首页", "_续表")
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
    """The room of one photo, or of the photos of a column."""

    name: str  #: of a column with its table: `members.m_photo`, `members_first.m_photo`
    number: int
    width_mm: float
    height_mm: float
    row: int = 0  #: counted from one; 0: it stands alone

    @property
    def relation(self) -> str:
        """The id by which the document names the picture."""
        return f"rIdPhoto{self._mark}"

    @property
    def member(self) -> str:
        """The picture's part below word/."""
        return f"media/photo{self._mark}.jpg"

    @property
    def _mark(self) -> str:
        return f"{self.number}_{self.row}" if self.row else str(self.number)

    def of_row(self, row: int) -> "PhotoRoom":
        """The same room in a row, counted from one."""
        return replace(self, row=row)

    def draw(self, text: str) -> Markup:
        """The photo a text names, as large as the room lets it be; nothing for none."""
        photo = named_photo(text)
        if photo is None:
            return Markup()
        scale = min(self.width_mm / photo.width, self.height_mm / photo.height) * _EMU_PER_MM
        return Markup(_DRAWING).format(
            cx=int(photo.width * scale),
            cy=int(photo.height * scale),
            number=self.number * _ROWS_APART + self.row if self.row else self.number,
            relation=self.relation,
        )


class PhotoRooms:
    """The rooms of a template."""

    def __init__(self, rooms: Iterable[PhotoRoom], in_rows: Iterable[PhotoRoom] = ()) -> None:
        self.by_name = {room.name: room for room in rooms}
        self.in_rows = {room.name: room for room in in_rows}

    @property
    def names(self) -> frozenset[str]:
        """Everything that has a room; a column, too, when both parts of its table have one."""
        both = {
            f"{table}.{column}"
            for table, _, column in (name.partition("_first.") for name in self.in_rows)
            if f"{table}_more.{column}" in self.in_rows
        }
        return frozenset({*self.by_name, *self.in_rows, *both})

    def draw(self, context: dict[str, Any], texts: Mapping[str, Any]) -> None:
        """Put drawings in place of names."""
        for name, room in self.by_name.items():
            context[name] = room.draw(str(texts.get(name, "")))
        for name, room in self.in_rows.items():
            table, _, column = name.partition(".")
            pairs = zip(context.get(table, ()), texts.get(table, ()), strict=True)
            rows = [
                {**row, column: room.of_row(number).draw(str(told.get(column, "")))}
                for number, (row, told) in enumerate(pairs, start=1)
            ]
            context |= {table: rows} if rows else {}

    def members(
        self, texts: Mapping[str, Any], photos: Mapping[str, bytes], kept: Mapping[str, bytes]
    ) -> dict[str, bytes]:
        """The pictures, and the parts that name them; nothing when there are no photos."""
        given = [(room, photo) for room, text in self._all(texts) if (photo := named_photo(text))]
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

    def _all(self, texts: Mapping[str, Any]) -> Iterator[tuple[PhotoRoom, str]]:
        for name, room in self.by_name.items():
            yield room, str(texts.get(name, ""))
        for name, room in self.in_rows.items():
            table, _, column = name.partition(".")
            for number, row in enumerate(texts.get(table, ()), start=1):
                yield room.of_row(number), str(row.get(column, ""))


def make_rooms(
    word: Any, labels: Mapping[str, str], in_rows: Mapping[str, str] = _NONE
) -> PhotoRooms:
    """Find the photos' rooms in a template's body; a room without tag gets it.

    Args:
        word: the template as docxtpl holds it.
        labels: photos by slug, with their labels.
        in_rows: columns of photos, and as they are called: `members.m_photo`, `家庭成员.照片`.
    """
    body = word.docx.element.body
    first = _FIRST_DRAWING + len(labels)
    return PhotoRooms(_find_rooms(body, labels), _find_row_rooms(body, in_rows, first))


def _find_row_rooms(body: Any, columns: Mapping[str, str], first: int) -> Iterator[PhotoRoom]:
    if not columns:
        return
    paragraphs = [(one, _text(one)) for one in body.iter(qn("w:p"))]
    loops = [match.groups() for _, text in paragraphs for match in _LOOP.finditer(text)]
    number = first
    for name, label in columns.items():
        (table, _, column), (table_label, _, column_label) = (
            name.partition("."),
            label.partition("."),
        )
        for part, part_label in zip(*_PARTS, strict=True):
            called = {table + part, re.sub(r"\W", "", table_label) + part_label}
            variables = {variable for variable, over in loops if over in called}
            tag = _column_tag(variables, (column, re.sub(r"\W", "", column_label)))
            found = next((one for one, text in paragraphs if variables and tag.search(text)), None)
            if found is not None:
                cell = next(found.iterancestors(qn("w:tc")), None)
                width, height = _size_mm(cell) if cell is not None else _USUAL_MM
                high = height if height > _LEAST_MM else min(_USUAL_MM[1], width)
                yield PhotoRoom(f"{table}{part}.{column}", number, width, high)
            number += 1


def _column_tag(variables: Iterable[str], names: Iterable[str]) -> re.Pattern[str]:
    owner, column = ("|".join(map(re.escape, sorted(one))) for one in (variables, names))
    return re.compile(rf"\{{\{{\s*(?:{owner})\.(?:{column})\s*\}}\}}")


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
    run, words = docx_oxml.OxmlElement("w:r"), docx_oxml.OxmlElement("w:t")
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
