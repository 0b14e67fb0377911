"""The flow of a work drawn in Word: shapes, no picture, so that print and reading are sharp.

A column of steps with arrows between them; on the left who does it, on the right by when and on
which forms. A step that is taken only where it is called for has a dashed frame.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from minzheng.policies.chapters import FlowStep

_EMU_A_MM = 36000
_WIDE = 156.0  #: millimetres of the page between its margins
_WHO, _GAP = 31.0, 5.0
_STEP = 80.0
_BETWEEN = 5.0  #: of the arrow from one step to the next
_LINE = 4.6  #: of a line of text of 9 points
_INSET = 1.1
_SIGNS_A_LINE = 24  #: of the column of steps
_SIDE_SIGNS, _WHO_SIGNS = 10, 8
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_NAMESPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wpg": _GROUP,
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    }.items()
)
#: The room above and below the drawing.
AROUND = '<w:spacing w:before="60" w:after="60"/>'
_DARK, _SOFT = "1F4E4A", "EAF2F0"


@dataclass(frozen=True, slots=True)
class _Box:
    """A place in the drawing, in millimetres."""

    left: float
    top: float
    width: float
    height: float


def height_of(flow: Sequence[FlowStep]) -> float:
    """How many millimetres of the page the drawing takes."""
    last = list(_boxes(flow))[-1]
    return last.top + last.height + 0.5


def draw_flow(flow: Sequence[FlowStep], number: int, title: str) -> str:
    """A paragraph with the drawing; `number` tells its shapes from those of other drawings."""
    boxes, height = list(_boxes(flow)), height_of(flow)
    placed = enumerate(zip(flow, boxes, strict=True), start=1)
    parts = "".join(_step(one, box, at) for at, (one, box) in placed)
    arrows = "".join(_arrow(above, below) for above, below in pairwise(boxes))
    size = f'cx="{_emu(_WIDE)}" cy="{_emu(height)}"'
    inside = f'<a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/>'
    said = escape("；".join(_in_words(one) for one in flow), {'"': "&quot;"})
    return (
        f'<w:p {_NAMESPACES}><w:pPr>{AROUND}<w:jc w:val="center"/></w:pPr><w:r>'
        '<mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="{escape(title)}" descr="{said}"/>'
        f'<a:graphic><a:graphicData uri="{_GROUP}">'
        f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{inside}</a:xfrm></wpg:grpSpPr>"
        f"{parts}{arrows}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:t>{said}</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _boxes(flow: Sequence[FlowStep]) -> Iterator[_Box]:
    top = 0.5
    for one in flow:
        height = max(_lines(one), _side_lines(one), _who_lines(one)) * _LINE + 2 * _INSET
        yield _Box(_WHO + _GAP, top, _STEP, height)
        top += height + _BETWEEN


def _step(one: FlowStep, box: _Box, at: int) -> str:
    step = one.step
    name = _text(f"{at}. {step.name}", is_bold=True)
    how = _text(step.how) if step.how else ""
    who = _Box(0, box.top, _WHO, box.height)
    side_left = box.left + box.width + _GAP
    side = _Box(side_left, box.top, _WIDE - side_left, box.height)
    dash = "" if one.is_needed else '<a:prstDash val="dash"/>'
    line = f'<a:ln w="12700"><a:solidFill><a:srgbClr val="{_DARK}"/></a:solidFill>{dash}</a:ln>'
    fill = f'<a:solidFill><a:srgbClr val="{_SOFT}"/></a:solidFill>' if one.is_needed else _NO_FILL
    papers = _text("、".join(step.forms) or step.papers)
    return (
        _shape(box, "roundRect", f"{fill}{line}", name + how)
        + _shape(who, "rect", _NO_FILL + _NO_LINE, _text(step.who, align="right"))
        + _shape(side, "rect", _NO_FILL + _NO_LINE, _text(step.limit) + papers)
    )


_NO_FILL = "<a:noFill/>"
_NO_LINE = "<a:ln><a:noFill/></a:ln>"


def _arrow(above: _Box, below: _Box) -> str:
    top = above.top + above.height
    box = _Box(above.left + above.width / 2, top, 0, below.top - top)
    line = (
        f'<a:ln w="12700"><a:solidFill><a:srgbClr val="{_DARK}"/></a:solidFill>'
        '<a:tailEnd type="triangle"/></a:ln>'
    )
    return (
        f"<wps:wsp><wps:cNvCnPr/><wps:spPr>{_place(box)}"
        f'<a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>{line}</wps:spPr>'
        "<wps:bodyPr/></wps:wsp>"
    )


def _shape(box: _Box, kind: str, look: str, text: str) -> str:
    inset = _emu(_INSET)
    return (
        f'<wps:wsp><wps:cNvSpPr/><wps:spPr>{_place(box)}<a:prstGeom prst="{kind}"><a:avLst/>'
        f"</a:prstGeom>{look}</wps:spPr><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr wrap="square" lIns="{inset}" tIns="{_emu(0.4)}" rIns="{inset}" '
        f'bIns="{_emu(0.4)}" anchor="ctr"/></wps:wsp>'
    )


def _place(box: _Box) -> str:
    return (
        f'<a:xfrm><a:off x="{_emu(box.left)}" y="{_emu(box.top)}"/>'
        f'<a:ext cx="{_emu(box.width)}" cy="{_emu(box.height)}"/></a:xfrm>'
    )


def _text(text: str, *, is_bold: bool = False, align: str = "left") -> str:
    font = "黑体" if is_bold else "宋体"
    return (
        f'<w:p><w:pPr><w:spacing w:after="0" w:line="250" w:lineRule="exact"/>'
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" '
        f'w:hAnsi="Times New Roman" w:eastAsia="{font}"/><w:sz w:val="18"/>'
        f'<w:lang w:eastAsia="zh-CN"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def _lines(one: FlowStep) -> int:
    return 1 + _of(one.step.how, _SIGNS_A_LINE)


def _side_lines(one: FlowStep) -> int:
    papers = "、".join(one.step.forms) or one.step.papers
    return _of(one.step.limit, _SIDE_SIGNS) + _of(papers, _SIDE_SIGNS)


def _who_lines(one: FlowStep) -> int:
    return _of(one.step.who, _WHO_SIGNS)


def _of(text: str, signs: int) -> int:
    width = sum(1.0 if ord(sign) > 0x2E7F else 0.55 for sign in text)
    return -(-int(width * 10) // (signs * 10))


def _in_words(one: FlowStep) -> str:
    step = one.step
    more = "" if one.is_needed else "（按需）"
    return f"{step.name}{more}：{step.who}，{step.limit}"


def _emu(millimetres: float) -> int:
    return round(millimetres * _EMU_A_MM)
