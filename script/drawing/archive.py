"""What a box of archived papers wears: cover, spine and 备考表 (DA/T 22-2015, 附录).

The box is 310 × 220 mm, its spine 20, 30 or 40 mm; cover and spine are cut out and pasted.
"""

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from script.drawing.paper import HEI, SONG_TITLE, Cell, Grid, Paper, label, tag, value
from script.drawing.wording import CASE_NO, PLACE, SIGNATURE, dated, roomy

BOX = (220, 310)
SPINES_MM = (20, 30, 40)
_SIDES = ("top", "left", "right", "bottom")
_COUNTY = "{{ county }}{{ town or '________镇' }}{{ village or '________村' }}"
_VILLAGE = "{{ county }}{{ town or '　　镇' }}{{ village or '　　村' }}"
_FILED = (
    (("全宗号", "fonds_no"), ("年度", "year")),
    (("保管期限", "period"), ("盒号", "box_no")),
)


def draw_cover() -> Document:
    """The front: whose papers, which dossier, which numbers."""
    paper = Paper(*BOX, (28, 25, 24, 25))
    paper.line(_COUNTY, font=SONG_TITLE, size=24, align="center", after=10)
    paper.line("民政专柜", font=SONG_TITLE, size=24, align="center", after=70)
    paper.line("{{ title or '________专档' }}", font=SONG_TITLE, size=48, align="center", after=80)
    name = paper.grid((34, 136))
    name.row(
        label("全宗名称", size=16, open_sides=_SIDES),
        value(tag("fonds"), size=16, open_sides=_SIDES[:3]),
        height=14,
    )
    paper.gap(14)
    grid = paper.grid((34, 51, 34, 51))
    for pair in _FILED:
        cells = [cell for text, slug in pair for cell in _pair(text, tag(slug))]
        grid.row(*cells, height=18)
    grid.row(*_pair("机构\n（问题）", tag("dossier"), 3), height=18)
    grid.row(*_pair("起止件号", _numbers("至", 12), 3), height=18)
    return paper.finish()


def draw_spine() -> Document:
    """The back, as wide as the box; blank, all three widths, each on its own page."""
    paper = Paper(*BOX, (14, 20, 24, 20))
    for millimetres in SPINES_MM:
        paper.line(f"{{%p if spine == '{millimetres}毫米' or not spine %}}")
        paper.gap()
        _strip(paper, millimetres)
        paper.line("{%p endif %}")
    return paper.finish()


def draw_remarks() -> Document:
    """备考表: what is to be known of the papers in the box, and who says so."""
    paper = Paper(210, 297, (20, 20, 25, 20))
    paper.line("{{ title }}", font=SONG_TITLE, size=22, align="center", after=8)
    paper.two_ends(PLACE, CASE_NO)
    grid = paper.grid((24, 32, 24, 33, 24, 33))
    grid.row(*_small("专档", "dossier"), *_small("年度", "year"), *_small("盒号", "box_no"))
    grid.row(*_small("件数", "items"), *_small("页数", "pages"), label(""), value(""))
    grid.row(
        label("盒内文件情况说明", 6, 14, open_sides=("bottom",)),
        height=14,
    )
    grid.row(
        value(tag("situation"), 6, "left", 14, vertical="top", open_sides=("top", "bottom")),
        height=110,
    )
    for who, person, day in (("整理", "maker", "made_on"), ("检查", "checker", "check_date")):
        sides = ("top",) if who == "检查" else ("top", "bottom")
        signed = f"{who}人:{roomy(person)}　签字:{SIGNATURE}　{who}日期:{dated(day)}"
        grid.row(value(signed, 6, "right", 12, open_sides=sides), height=16)
    return paper.finish()


def _strip(paper: Paper, millimetres: int) -> None:
    size = 12 if millimetres == SPINES_MM[0] else 14
    grid = paper.grid((millimetres,), margin=0.5)
    grid.row(value(f"{_VILLAGE}民政专柜", size=size), height=68, exact=True)
    _stand(grid)
    big = 27 if millimetres > SPINES_MM[0] else 22
    grid.row(
        value("{{ title or '　　　　专档' }}", size=big, font=SONG_TITLE), height=94, exact=True
    )
    _stand(grid)
    for pair in (*_FILED[0], *_FILED[1], ("起止件号", "")):
        text, slug = pair
        shown = tag(slug) if slug else _numbers("—", 3)
        grid.row(value(text, size=10, font=HEI), height=7)
        grid.row(value(shown, size=11), height=11)


def _stand(grid: Grid) -> None:
    """Writing from top to bottom."""
    properties = grid.table.rows[-1]._tr.find(qn("w:tc")).find(qn("w:tcPr"))
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "tbRlV")
    properties.insert_element_before(direction, "w:tcFitText", "w:vAlign", "w:hideMark")


def _pair(text: str, shown: str, span: int = 1) -> tuple[Cell, Cell]:
    return label(text, size=14), value(shown, span, size=14)


def _small(text: str, slug: str) -> tuple[Cell, Cell]:
    return label(text), value(tag(slug))


def _numbers(between: str, room: int) -> str:
    return f"{roomy('first_no', room)}{between}{roomy('last_no', room)}"
