"""查档结果清单 as a Word document: A4 across, the heading row and the mark on every page."""

from archive_indexer.showing.result_list import COLUMNS, ResultList, Row
from minzheng.external.files.list_document import (
    HEI,
    SONG,
    ListDocument,
    cell,
    in_twips,
    paragraph,
    row,
    table_of,
)

_CENTRED = {"序号", "年度", "表", "日期", "页", "状态"}
_GAP = "　" * 10
_SIGNING = f"查档人（签字）：{_GAP}档案管理人（签字）：{_GAP}　　年　　月　　日"
_HASH_SIZE = 13  #: half points


def write_word(listed: ResultList) -> bytes:
    """The document's bytes."""
    title = f"{listed.bureau}查档结果清单"
    document = ListDocument(listed.properties, listed.mark, f"{listed.mark}　　", title)
    for name, value in listed.heading:
        document.add_line((f"{name}：", HEI), (value, SONG))
    widths = in_twips(width for _, width in COLUMNS)
    rows = (_row(number, one, widths) for number, one in enumerate(listed.rows, 1))
    return document.finish(table_of([name for name, _ in COLUMNS], widths, rows), _SIGNING)


def _row(number: int, one: Row, widths: list[int]) -> str:
    texts = (
        str(number), one.title, one.village, one.dossier, one.year, one.form_id, one.day,
        one.pages, one.place, one.state,
    )  # fmt: skip
    cells = "".join(
        cell(width, paragraph(text, is_centred=name in _CENTRED))
        for text, (name, _), width in zip(texts, COLUMNS, widths, strict=False)
    )
    half = len(one.sha256) // 2
    # broken in the middle: a hash is compared in halves, and fits the column
    digest = [one.sha256[:half], one.sha256[half:]]
    named = paragraph(one.path) + "".join(
        paragraph(part, _HASH_SIZE, font_latin="Courier New") for part in digest if part
    )
    return row(cells + cell(widths[-1], named))
