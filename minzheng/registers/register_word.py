"""A register as a Word document: A4 across, its heading row and mark on every page."""

from minzheng.external.files.list_document import (
    SONG,
    ListDocument,
    cell,
    in_twips,
    paragraph,
    row,
    table_of,
)
from minzheng.registers.register_list import RegisterList

_GAP = "　" * 8
_SIGNING = f"制表人（签字）：{_GAP}审核人（签字）：{_GAP}　　年　　月　　日"


def write_word(listed: RegisterList) -> bytes:
    """The document's bytes."""
    document = ListDocument(listed.properties, listed.mark, "", listed.title)
    for line in listed.heading:
        document.add_line((line, SONG))
    widths = in_twips(listed.widths)
    rows = (
        row(
            "".join(cell(width, paragraph(text)) for text, width in zip(texts, widths, strict=True))
        )
        for texts in listed.rows
    )
    return document.finish(table_of(listed.columns, widths, rows), _SIGNING)
