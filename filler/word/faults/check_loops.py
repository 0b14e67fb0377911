"""Whether loops and conditions keep the rows, cells and paragraphs they stand in."""

from collections.abc import Iterator

from filler.word.faults.tag_blocks import Blocks, TagAt, find_tags
from filler.word.faults.template_text import Fault, PlacedText, read_row

_OWN_ROW = "开始标签、数据、结束标签各占一行"


def find_loop_faults(blocks: Blocks) -> Iterator[Fault]:
    """Tags that would drop or shift what stands around them."""
    for start, end in blocks.pairs:
        if start.prefix != end.prefix:
            what = f"{start.written} 与 {end.written} 写法不一致"
            yield Fault(what, f"两个标签都写成 {{%{start.prefix or end.prefix}", start.text)
        elif start.prefix == "tr":
            yield from _row_faults(start, end)
        elif start.prefix == "p":
            yield from _paragraph_faults(start, end)
        elif not start.prefix:
            yield from _inline_faults(start, end)


def _row_faults(start: TagAt, end: TagAt) -> Iterator[Fault]:
    outside = [tag for tag in (start, end) if tag.text.row is None]
    for tag in outside:
        yield Fault(f"{tag.written} 不在表格里", "表格外用 {%p", tag.text)
    if outside:
        return
    if start.text.row is end.text.row:
        yield Fault(f"{start.written} 与 {end.written} 写在同一行", _OWN_ROW, start.text)
        return
    if start.text.row.getparent() is not end.text.row.getparent():
        what = f"{start.written} 与 {end.written} 不在同一个表格"
        yield Fault(what, "移到同一个表格里", start.text)
    for tag in (start, end):
        if _row_without_tags(tag):
            what = f"{tag.written} 写在数据行上，这一行的其他内容会丢失"
            yield Fault(what, f"给标签单独加一行：{_OWN_ROW}", tag.text)


def _row_without_tags(tag: TagAt) -> str:
    """What else stands in the tag's row."""
    rest = "".join(read_row(tag.text.row))
    return rest.replace(tag.written, "", 1).strip()


def _paragraph_faults(start: TagAt, end: TagAt) -> Iterator[Fault]:
    if start.text.paragraph is end.text.paragraph:
        what = f"{start.written} 与 {end.written} 写在同一段"
        yield Fault(what, "去掉字母 p，或让开始、结束标签各占一段", start.text)
        return
    if start.text.paragraph.getparent() is not end.text.paragraph.getparent():
        what = f"{start.written} 与 {end.written} 不在同一格、同一处"
        yield Fault(what, "移到同一格；跨行用 {%tr", start.text)
    for tag in (start, end):
        if tag.text.text.replace(tag.written, "", 1).strip():
            what = f"{tag.written} 与其他文字同段，这些文字会丢失"
            yield Fault(what, "让标签单独占一段", tag.text)


def _inline_faults(start: TagAt, end: TagAt) -> Iterator[Fault]:
    if start.text.paragraph is end.text.paragraph:
        return
    if start.text.cell is not end.text.cell:
        what = f"{start.written} 到 {end.written} 跨了单元格，会把格子错开"
        yield Fault(what, f"跨行写成 {{%tr {start.words} %}}，{_OWN_ROW}", start.text)
    else:
        what = f"{start.written} 到 {end.written} 跨了段落"
        yield Fault(what, f"写成 {{%p {start.words} %}}，标签单独占一段", start.text)


def find_lost_branches(text: PlacedText) -> Iterator[Fault]:
    """`{%tr else %}` and `{%p else %}` need a row or paragraph of their own, too."""
    for tag in find_tags(text):
        if tag.keyword not in ("else", "elif"):
            continue
        if tag.prefix == "tr" and text.row is not None and _row_without_tags(tag):
            yield Fault(f"{tag.written} 写在数据行上", "给标签单独加一行", text)
        elif tag.prefix == "p" and text.text.replace(tag.written, "", 1).strip():
            yield Fault(f"{tag.written} 与其他文字同段", "让标签单独占一段", text)
