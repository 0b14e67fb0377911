"""The text of the book as Word's XML: its cover, its contents, its chapters, the versions."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from minzheng.county.registry.laws import Law, Laws
from minzheng.county.registry.standards import Limit, Standard
from minzheng.county.registry.terms import Term
from minzheng.county.writing.chinese_dates import print_date
from minzheng.external.files.list_document import HEI
from minzheng.policies.book_parts import (
    KAI,
    blank_room,
    body,
    chapter_head,
    contents_line,
    point,
    said,
    section_end,
    section_head,
    small_head,
    table,
)
from minzheng.policies.chapters import Chapter
from minzheng.policies.flow_drawing import AROUND, draw_flow, height_of
from minzheng.policies.histories import successors

_NUMBERS = "一二三四五六七八九十"
_MARKS_A_CHAPTER = 10
VERSIONS = "附录　政策沿革"
_VERSIONS_MARK = "versions"
#: What stands in the tables where nothing is known.
NOTHING = "—"
_CENTRED = '<w:jc w:val="center"/>'
_TITLE = '<w:spacing w:before="0" w:after="200"/>'
_CAPTION = '<w:spacing w:before="40" w:after="120"/>'


class Entry(NamedTuple):
    """A line of the contents."""

    text: str
    mark: str
    is_chapter: bool


class _Part(NamedTuple):
    title: str
    xml: Callable[[Chapter], Iterator[str]]


def cover(county: str, bureau: str, day: dt.date) -> str:
    """The cover and the page that says what the book is made of."""
    centred = '<w:spacing w:before="{}" w:after="0"/><w:jc w:val="center"/>'
    return "".join((
        said(county, size=52, font=HEI, look=centred.format(2800)),
        said("民政政策汇编", size=84, font=HEI, look=centred.format(360)),
        said("（十五项工作）", size=36, font=KAI, look=centred.format(360)),
        said(f"截至 {print_date(day)}", size=32, font=KAI, look=centred.format(4200)),
        said(bureau, size=32, font=KAI, look=centred.format(200)),
        section_end(),
    ))  # fmt: skip


def preface(chapters: Sequence[Chapter], day: dt.date) -> Iterator[str]:
    """What the book is made of, and what in it the county has still to settle."""
    laws = {law.id for one in chapters for law in one.laws}
    marked = sum(one.marked for one in chapters)
    yield said("编印说明", size=36, font=HEI, look=f"{_TITLE}{_CENTRED}")
    yield body(
        f"本册收录 {len(chapters)} 项民政工作在 {print_date(day)}有效的政策文件 {len(laws)} 件，"
        "以及各项工作的流程、重点、办事指南、用表、公开、标准和期限。政策变动后，按新的日期重新编印。"
    )
    yield body(
        "内容取自系统登记的法规政策、保障标准、期限、限额和各专档的工作须知、用表，没有另外录入；"
        "登记数据改了，本册随之改变。"
    )
    if marked:
        yield body(
            f"表中“备注”写“示例”“待核”的共 {marked} 处，是没有核定的数值、条号或日期，"
            "县民政局按文件核定之前，不能作为依据。"
        )
    yield section_end()


def contents(entries: Sequence[Entry], pages: Mapping[str, int]) -> str:
    """The contents, each line with the page its heading stands on."""
    head = said("目　录", size=36, font=HEI, look=f"{_TITLE}{_CENTRED}")
    lines = "".join(
        contents_line(one.text, one.mark, pages.get(one.mark), is_chapter=one.is_chapter)
        for one in entries
    )
    return head + lines + section_end(numbers='w:fmt="upperRoman" w:start="1"')


def entries_of(chapters: Sequence[Chapter]) -> list[Entry]:
    """Every line of the contents."""
    lines = []
    for one in chapters:
        lines.append(Entry(chapter_title(one), _mark(one), is_chapter=True))
        lines += [
            Entry(f"{_numbered(at)}{part.title}", _mark(one, at), is_chapter=False)
            for at, part in enumerate(_PARTS, start=1)
        ]
    return [*lines, Entry(VERSIONS, _VERSIONS_MARK, is_chapter=True)]


def chapter_title(chapter: Chapter) -> str:
    """第一章　低保."""
    tens = "十" if chapter.number > len(_NUMBERS) else ""
    number = tens + _NUMBERS[(chapter.number - 1) % len(_NUMBERS)]
    return f"第{number}章　{chapter.dossier.short_name}"


def chapter_text(chapter: Chapter, *, is_sketch: bool = False) -> str:
    """A chapter without the end of its section; of a sketch the flow is only room on the page."""
    first = chapter.number * _MARKS_A_CHAPTER
    told = [chapter_head(chapter_title(chapter), _mark(chapter), first)]
    told.append(table(("专档", "主管部门", "服务对象"), (52, 34, 70), [
        (chapter.dossier.name, chapter.department, chapter.sheet.serves or chapter.dossier.serves)
    ]))  # fmt: skip
    for at, part in enumerate(_PARTS, start=1):
        told.append(section_head(f"{_numbered(at)}{part.title}", _mark(chapter, at), first + at))
        told += (_flow_room if is_sketch and part.xml is _flow else part.xml)(chapter)
    return "".join(told)


def versions_text(laws: Laws, day: dt.date) -> str:
    """The appendix: what is over by the day, and what replaced it."""
    head = chapter_head(VERSIONS, _VERSIONS_MARK, 1)
    over = sorted((one for one in laws.all if one.end < day), key=lambda one: one.end)
    if not over:
        return head + body("没有已失效的政策文件。")
    rows = [(f"《{one.title}》", one.doc_no, _days(one), _replacing(one, laws)) for one in over]
    when = f"到 {print_date(day)}已经失效的政策文件，和接替它的文件。"
    told = body(f"{when}旧案卷、旧公示按当时有效的查对。")
    return head + told + table(("政策文件", "文号", "起止", "接替的文件"), (46, 34, 34, 42), rows)


def _laws(chapter: Chapter) -> Iterator[str]:
    rows = [
        (str(at), one.title, one.doc_no or NOTHING, str(one.start),
         one.articles.get(chapter.dossier.code, "") or NOTHING, one.mark)
        for at, one in enumerate(chapter.laws, start=1)
    ]  # fmt: skip
    if not rows:
        yield body("这一天没有登记有效的政策文件。")
        return
    yield table(("序", "名称", "文号", "施行", "条款", "备注"), (8, 48, 32, 24, 34, 12), rows)


def _flow(chapter: Chapter) -> Iterator[str]:
    if not chapter.flow:
        yield body("没有登记工作程序。")
        return
    title = f"{chapter.dossier.short_name}工作流程图"
    yield draw_flow(chapter.flow, chapter.number, title)
    optional = any(not one.is_needed for one in chapter.flow)
    legend = "；虚线框的按需要办理" if optional else ""
    caption = f"图 {chapter.number}　{title}（左：由谁办；右：时限、用表{legend}）"
    yield said(caption, size=18, font=KAI, look=f"{_CAPTION}{_CENTRED}")


def _flow_room(chapter: Chapter) -> Iterator[str]:
    """As much room as the flow takes; LibreOffice lays it out three times as fast."""
    told = list(_flow(chapter))
    if chapter.flow:
        told[0] = blank_room(height_of(chapter.flow), AROUND)
    yield from told


def _points(chapter: Chapter) -> Iterator[str]:
    sheet = chapter.sheet
    for title, lines, sign in (
        ("工作内容", sheet.content, ""), ("工作标准", sheet.standard, ""),
        ("工作要求（逐项自查）", sheet.demands, "□"),
    ):  # fmt: skip
        if lines:
            yield small_head(title)
            yield from (point(one, sign or f"{at}.") for at, one in enumerate(lines, start=1))


def _guide(chapter: Chapter) -> Iterator[str]:
    sheet = chapter.sheet
    rows = [
        (str(at), step.name, step.how or NOTHING, step.who, step.limit, step.papers)
        for at, step in enumerate(sheet.steps, start=1)
    ]
    if rows:
        heads = ("序", "环节", "怎么办", "由谁办", "时限", "用表、材料")
        yield table(heads, (8, 24, 48, 24, 26, 28), rows)
    told = (("责任层级", sheet.levels), ("办理时限", sheet.limit), ("保管期限", sheet.keeping))
    rows_below = [one for one in told if one[1]]
    if rows_below:
        yield table(("事项", "规定"), (26, 130), rows_below)


def _forms(chapter: Chapter) -> Iterator[str]:
    yield table(("表号", "名称", "种类", "用在哪一步"), (20, 76, 16, 46), [
        (one.spec.id, one.spec.short_title, one.spec.kind, "、".join(one.steps) or NOTHING)
        for one in chapter.forms
    ])  # fmt: skip


def _public(chapter: Chapter) -> Iterator[str]:
    rows = list(chapter.public)
    if chapter.private:
        rows.append(("不得出现在", chapter.private))
    if not rows:
        yield body("没有登记须公开的表。")
        return
    yield table(("环节", "公示、公布用的表"), (30, 126), rows)


def _amounts(chapter: Chapter) -> Iterator[str]:
    standards = [
        (f"{one.scheme}（{one.hukou_type}）", f"{one.month_amount:.2f} 元/人·月", one)
        for one in chapter.standards
    ]
    limits = [
        (one.name, f"{one.amount.normalize():f} {_unit(one.name)}", one) for one in chapter.limits
    ]
    terms = [(chapter.called(one), f"{one.value} {one.unit}", one) for one in chapter.terms]
    told: list[tuple[str, str, Standard | Limit | Term]] = [*standards, *limits, *terms]
    rows = [
        (name, value, _since(one.start, one.end), one.source, one.mark) for name, value, one in told
    ]
    if not rows:
        yield body("没有登记单独的标准和期限。")
        return
    yield table(("项目", "标准、期限", "起止", "依据", "备注"), (40, 30, 26, 48, 12), rows)


_PARTS = (
    _Part("政策文件", _laws), _Part("工作流程", _flow), _Part("工作重点", _points),
    _Part("办事指南", _guide), _Part("用表", _forms), _Part("公开", _public),
    _Part("标准和期限", _amounts),
)  # fmt: skip


def _numbered(at: int) -> str:
    return f"{_NUMBERS[at - 1]}、"


def _mark(chapter: Chapter, part: int = 0) -> str:
    return f"chapter{chapter.number}" + (f"part{part}" if part else "")


def _replacing(law: Law, laws: Laws) -> str:
    return "；".join(map(str, successors(law, laws.all))) or "没有登记接替的文件"


def _days(law: Law) -> str:
    return f"{law.start} 至 {law.end}"


def _since(start: dt.date, end: dt.date) -> str:
    return f"{start} 起" if end == dt.date.max else f"{start} 至 {end}"


def _unit(name: str) -> str:
    return "%" if "比例" in name else "元"
