"""The application and the decision of 低保, by the grids of the domain report (A.6)."""

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
from script.drawing.marks import DECIDERS_OPINION
from script.drawing.paper import Grid, label, tag, value
from script.drawing.people import draw_continuation, draw_members, draw_supporters
from script.drawing.wording import SIGNATURE, SMALL, apart, counted, dated, or_none, roomy


def draw_application() -> Document:
    """DB-01 最低生活保障申请书."""
    paper = portrait()
    draw_place(paper, "填表日期:" + dated("fill_date"), SMALL)
    grid = paper.grid(EIGHT)
    photo = ("照\n\n片", 2)
    grid.row(
        label("姓名", size=SMALL), value(tag("name"), size=10), label("性别", size=SMALL), value(tag("gender")),
        label("民族", size=SMALL), value(tag("ethnicity")), value(photo[0], 2, merge="restart"), height=9,
    )  # fmt: skip
    tail = value("", 2, merge="continue")
    grid.row(
        label("身份证号", size=SMALL), value(tag("id_no"), 3), label("出生\n年月", size=SMALL),
        value(tag("birth_date"), size=SMALL), tail, height=9,
    )  # fmt: skip
    grid.row(
        label("户籍地址", size=SMALL),
        value(tag("hukou_addr"), 5, align="left", size=SMALL),
        tail,
        height=9,
    )
    grid.row(
        label("家庭住址", size=SMALL), value(tag("live_addr"), 3, align="left", size=SMALL),
        label("电话", size=SMALL), value(apart("phone", "near_phone", "、"), size=SMALL), tail, height=9,
    )  # fmt: skip
    draw_pairs(
        grid,
        ("婚姻", "marital", 1),
        ("文化\n程度", "education", 1),
        ("健康", "health", 1),
        ("劳动\n能力", "labor", 1),
    )
    draw_pairs(
        grid,
        ("年龄", "{{ age }}", 1),
        ("户口", "hukou_type", 1),
        ("所患\n疾病", "disease", 1),
        ("建档\n立卡", "is_poor", 1),
    )
    grid.row(
        label("残疾人\n证号", size=SMALL), value(tag("dis_cert"), 3), label("残疾", size=SMALL),
        value("{{ dis_type }} {{ dis_level }}", size=SMALL), label("单人户", size=SMALL),
        value(tag("single_apply"), size=SMALL),
    )  # fmt: skip
    grid.row(
        label("申请类别", size=SMALL),
        value(tag("apply_kind_boxes"), 3, align="left", size=SMALL),
        label("申请\n方式", size=SMALL),
        value(tag("apply_mode_boxes"), 3, align="left", size=SMALL),
        height=11,
    )
    grid.row(
        label("代办人", size=SMALL), value("{{ agent_name }}\n{{ agent_rel }}", size=SMALL),
        label("证件", size=SMALL), value("{{ agent_id }}", 2, size=SMALL), value("{{ agent_phone }}", size=SMALL),
        label("原因", size=SMALL), value(tag("agent_reason"), size=9), height=10,
    )  # fmt: skip
    paper.gap()
    draw_members(paper)
    draw_supporters(paper)
    paper.page_break()
    draw_income(paper)
    draw_assets(paper)
    draw_rigid(paper)
    grid = paper.grid((24, 61, 24, 61))
    grid.row(label("致困原因", size=SMALL), value(tag("cause_boxes"), 3, align="left", size=SMALL))
    grid.row(
        label("申请理由", size=SMALL),
        value(tag("reason"), 3, align="left", vertical="top"),
        height=45,
    )
    grid.row(
        label("户名", size=SMALL),
        value(tag("bank_holder")),
        label("开户行", size=SMALL),
        value(tag("bank_name"), size=SMALL),
    )
    grid.row(
        label("账号\n(一卡通)", size=SMALL),
        value(tag("bank_no")),
        label("近亲属\n关系", size=SMALL),
        value("与经办人员、村干部:{{ relative_decl_boxes }}", size=SMALL),
    )
    grid.row(label("所附材料", size=SMALL), value(tag("attach_boxes"), 3, align="left", size=SMALL))
    promise = (
        "　　本人承诺:以上所填内容及所附材料真实、完整;家庭人口、收入、财产发生变化时及时报告;"
        "如有虚报、隐瞒,愿退回所领低保金并承担相应责任。"
    )
    grid.row(
        label("承诺", size=SMALL, merge="restart"),
        value(promise, 3, align="left", size=SMALL, open_sides=("bottom",), vertical="top"), height=14,
    )  # fmt: skip
    grid.row(
        label("", merge="continue"),
        value(
            "申请人签字(按印):" + SIGNATURE + "　" + dated("apply_date"),
            3,
            align="right",
            open_sides=("top",),
            vertical="bottom",
        ),
        height=14,
    )
    grid.row(
        label("受理", size=SMALL),
        value("受理人签字:" + SIGNATURE + "　" + dated("accept_date"), 3, align="right"),
        height=14,
    )
    draw_continuation(paper)
    return paper.finish()


def draw_decision() -> Document:
    """DB-02 最低生活保障审核审批(确认)表."""
    paper = portrait()
    draw_place(paper)
    grid = paper.grid(EIGHT)
    draw_person(grid, "姓名", "phone")
    draw_pairs(
        grid,
        ("婚姻", "marital", 1),
        ("健康", "health", 1),
        ("就业", "job", 3),
    )
    draw_pairs(
        grid,
        ("家庭人口", f"{roomy('hh_size', 4)} 人", 1),
        ("保障\n人数", f"{roomy('insured_count', 4)} 人", 1),
        ("类别", "category", 1),
        ("致困\n原因", "cause", 1),
    )
    draw_pairs(
        grid, ("申请日期", dated("apply_date"), 3), ("近亲属\n备案", "relative_filed_boxes", 3)
    )
    paper.gap()
    draw_members(paper)
    grid = paper.grid(EIGHT)
    draw_pairs(
        grid,
        ("年收入\n(元)", "inc_total", 1),
        ("月人均", "per_capita_month", 1),
        ("保障\n标准", f"{roomy('std_month', 6)} 元/人·月", 1),
        ("补差额", "diff_amount", 1),
    )
    grid.loop(
        "extra_rows", "x",
        label("分类施保", size=SMALL), value(or_none("x.x_name"), 2, size=SMALL), value("{{ x.x_kind }}", 2, size=SMALL),
        value(counted("x.x_amount", "增发 ", " 元"), 3, size=SMALL),
    )  # fmt: skip
    draw_pairs(
        grid, ("月保障金\n(元)", "month_amount", 3), ("大写", "month_amount_cn", 3), height=10
    )
    draw_pairs(grid, ("核对报告\n编号", "check_report_no", 3), ("结论", "check_result_boxes", 3))
    grid.row(
        label("入户调查", size=SMALL),
        value(tag("survey_summary"), 7, align="left", vertical="top", size=SMALL),
        height=20,
    )
    grid.row(
        label("民主评议", size=SMALL),
        value(tag("vote_summary"), 7, align="left", vertical="top", size=SMALL),
        height=15,
    )
    public = '{{ pub_start or "　　年　月　日" }}至{{ pub_end or "　　年　月　日" }},地点:{{ pub_place }}\n结果:{{ pub_result_boxes }}　{{ pub_note }}'
    grid.row(label("公示情况", size=SMALL), value(public, 7, align="left", size=SMALL), height=12)
    grid.row(
        label("财产豁免", size=SMALL),
        value(tag("property_exempt"), 3, align="left", size=SMALL),
        label("县抽查", size=SMALL),
        value(apart("spot_check_boxes", "spot_note"), 3, size=SMALL),
    )
    _opinion(
        grid,
        "村(居)\n委会意见",
        "{{ v_opinion }}",
        "v_seal",
        "负责人签字:" + SIGNATURE,
        "v_date",
    )
    _opinion(
        grid,
        "镇人民\n政府审核\n意见",
        "{{ t_opinion }}",
        "t_seal",
        "经办人签字:" + SIGNATURE + "　负责人签字:" + SIGNATURE,
        "t_date",
    )
    _opinion(
        grid,
        DECIDERS_OPINION,
        "{{ c_opinion }}",
        "c_seal",
        "经办人签字:" + SIGNATURE + "　负责人签字:" + SIGNATURE,
        "c_date",
    )
    grid.row(
        label("决定机关", size=SMALL),
        value(tag("decided_by"), size=SMALL),
        label("依据", size=SMALL),
        value(tag("laws"), 5, align="left", size=9),
    )
    draw_pairs(grid, ("起发月份", "start_month", 3), ("低保\n证号", "cert_no", 3))
    draw_pairs(grid, ("档号", "archive_no", 7))
    draw_continuation(paper, with_supporters=False)
    return paper.finish()


def _opinion(grid: Grid, title: str, text: str, sealed: str, signed: str, date: str) -> None:
    """An opinion cell of 38 mm: text on top, signature, seal and date at the foot."""
    span = len(grid.widths) - 1
    grid.row(
        label(title, size=11, merge="restart"),
        value(text, span, align="left", vertical="top", open_sides=("bottom",), indent=True),
        height=26,
    )
    foot = f"{signed}\n{{{{ {sealed} }}}}(盖章)　　{dated(date)}"
    grid.row(
        label("", merge="continue"),
        value(foot, span, align="right", vertical="bottom", open_sides=("top",)),
        height=17,
    )
