"""COM-03 入户调查表, with the photo page."""

from docx.document import Document

from script.drawing.forms.household import (
    EIGHT,
    draw_assets,
    draw_income,
    draw_pairs,
    draw_person,
    draw_place,
    draw_rigid,
    portrait,
)
from script.drawing.paper import SONG_TITLE, label, tag, value
from script.drawing.people import draw_continuation, draw_members, draw_supporters
from script.drawing.wording import SIGNATURE, SMALL, apart, counted, dated, or_none, roomy

#: 一次性, 每月, 每年.
_ONCE_OR_EVERY = (
    "{% if e.e_period == '一次' %}{{ e.e_period }}性{% else %}"
    + counted("e.e_period", "每", "")
    + "{% endif %}"
)


def draw_survey() -> Document:
    """COM-03 入户调查表, with the photo page."""
    paper = portrait()
    draw_place(paper)
    grid = paper.grid(EIGHT)
    draw_pairs(grid, ("调查事项", "scheme_boxes", 7))
    draw_person(grid, "户主姓名", apart("phone", "near_phone", "、"))
    draw_pairs(
        grid,
        ("婚姻", "marital", 1),
        ("健康", "health", 1),
        ("劳动\n能力", "labor", 1),
        ("残疾", "{{ dis_type }}{{ dis_level }}", 1),
    )
    draw_pairs(grid, ("残疾证号", "dis_cert", 3), ("调查\n日期", dated("survey_date"), 3))
    draw_pairs(grid, ("调查地点", "survey_place", 7))
    paper.gap()
    surveyors = paper.grid((24, 30, 56, 30, 30))
    surveyors.row(
        *(label(text, size=SMALL) for text in ("调查人", "姓名", "单位", "职务", "签字")), height=7
    )
    surveyors.loop(
        "surveyors",
        "p",
        value("{{ loop.index }}", size=SMALL),
        value(tag("p.sv_name"), size=SMALL),
        value(tag("p.sv_unit"), size=SMALL),
        value(tag("p.sv_post"), size=SMALL),
        value(""),
    )
    paper.gap()
    draw_members(paper)
    draw_supporters(paper)
    paper.page_break()
    draw_income(paper)
    draw_assets(paper)
    draw_rigid(paper)
    grid = paper.grid((24, 30, 30, 56, 30))
    grid.row(
        label("居住及\n生活状况", size=SMALL),
        value(tag("living"), 4, align="left", vertical="top", size=SMALL),
        height=25,
    )
    grid.row(
        *(label(text, size=SMALL) for text in ("邻里访问", "姓名", "电话", "反映情况", "签字")),
        height=7,
    )
    grid.loop(
        "neighbours",
        "n",
        value("{{ loop.index }}", size=SMALL),
        value(tag("n.nb_name"), size=SMALL),
        value(tag("n.nb_phone"), size=SMALL),
        value(tag("n.nb_say"), size=SMALL, align="left"),
        value(""),
        height=12,
    )
    grid.row(label("致困原因", size=SMALL), value(tag("cause_boxes"), 4, align="left", size=SMALL))
    grid.loop(
        "enjoyed",
        "e",
        label("已享受政策", size=SMALL),
        value(or_none("e.e_scheme"), 2, size=SMALL),
        value(counted("e.e_amount", "", " 元"), size=SMALL),
        value(_ONCE_OR_EVERY, size=SMALL),
    )
    grid.row(
        label("调查结论", size=SMALL),
        value(tag("conclusion"), 4, align="left", vertical="top", size=SMALL),
        height=25,
    )
    grid.row(label("调查意见", size=SMALL), value(tag("suggest_boxes"), 4, size=SMALL))
    grid.row(
        label("签字", size=SMALL),
        value(
            "被调查人签字(按印):" + SIGNATURE + "　村委会见证人签字:" + SIGNATURE,
            4,
            align="left",
            size=SMALL,
        ),
        height=16,
    )
    paper.gap()
    paper.line("入户调查照片", font=SONG_TITLE, size=18, align="center", new_page=True, after=4)
    paper.line(f"户主:{roomy('name')}　调查日期:" + dated("survey_date"), size=SMALL, after=6)
    photos = paper.grid((85, 85))
    photos.row(value(""), value(""), height=66)
    photos.row(label("房屋外景", size=SMALL), label("室内", size=SMALL), height=8)
    photos.row(value("", 2), height=110)
    photos.row(label("与户主合影", 2, SMALL), height=8)
    paper.line("照片应写明拍摄日期、拍摄人;可直接打印在本页,也可粘贴。", size=SMALL, before=6)
    draw_continuation(paper)
    return paper.finish()
