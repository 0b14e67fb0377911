"""Labels for the fifteen slots of a cabinet: three by five on a sheet, to be cut and stuck."""

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.lean_word import new_document
from minzheng.external.files.list_document import HEI, SONG, paragraph

_ACROSS = 3
_WIDE, _HIGH = 3515, 2835  #: twips: 62 × 50 mm
_MARGIN_MM = 12


class Label(NamedTuple):
    """What stands on the label of a slot."""

    no: str
    name: str
    place: str
    slot: str
    cabinet: str


def write_labels(labels: Sequence[Label], properties: FileProperties) -> bytes:
    """The sheet as a Word document."""
    document: Any = new_document(properties, ())
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    rows = "".join(
        _row(labels[start : start + _ACROSS]) for start in range(0, len(labels), _ACROSS)
    )
    grid = f'<w:gridCol w:w="{_WIDE}"/>' * _ACROSS
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{one} w:val="dashed" w:sz="4" w:color="888888"/>' for one in sides)
    table = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_WIDE * _ACROSS}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
    document.element.body.insert(0, parse_xml(table))
    end = '<w:pPr><w:spacing w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'
    document.element.body.insert(1, parse_xml(f"<w:p {nsdecls('w')}>{end}</w:p>"))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _row(labels: Sequence[Label]) -> str:
    height = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{_HIGH}" w:hRule="exact"/></w:trPr>'
    return f"<w:tr>{height}{''.join(map(_cell, labels))}</w:tr>"


def _cell(label: Label) -> str:
    look = f'<w:tcW w:w="{_WIDE}" w:type="dxa"/><w:vAlign w:val="center"/>'
    size = 44 if len(label.name) <= 5 else 34
    told = "".join((
        paragraph(f"民政专柜 {label.no}", 24, SONG, is_centred=True),
        paragraph(label.name, size, HEI, is_centred=True),
        paragraph(label.place, 24, SONG, is_centred=True),
        paragraph(f"{label.cabinet}　格位 {label.slot}".strip("　"), 20, SONG, is_centred=True),
    ))  # fmt: skip
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{told}</w:tc>"
