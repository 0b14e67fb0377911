"""The roster DB-03 and the long notice GS-01 that is made of it."""

from docx.document import Document

from script.drawing.paper import SONG_TITLE, Paper, label, tag, value
from script.drawing.wording import CASE_NO, PLACE, SIGNATURE, SMALL, dated, roomy, while_it_hangs

ROSTER = (
    (8, "序\n号", "seq"), (12, "镇", "r_town"), (13, "村", "r_village"), (7, "组", "group_no"),
    (18, "户主\n姓名", "head"), (30, "身份证号", "id_no"), (9, "家庭\n人口", "hh_size"),
    (9, "保障\n人数", "insured"), (10, "类别", "category"), (14, "致困\n原因", "cause"),
    (15, "月保障金\n(元)", "month_amount"), (18, "起始\n月份", "start_month"),
    (9, "建档\n立卡", "is_poor"), (11, "近亲\n备案", "relative_filed"),
    (21, "开户行", "bank_name"), (32, "账号", "bank_no"), (20, "联系电话", "phone"),
    (11, "备注", "remark"),
)  # fmt: skip


def draw_roster() -> Document:
    """DB-03 花名册: A4 landscape, the heading on every page."""
    paper = Paper(297, 210, (15, 15, 24, 15))
    paper.line("{{ title }}", font=SONG_TITLE, size=18, align="center", after=4)
    paper.two_ends(PLACE, CASE_NO, SMALL, "统计截止:" + dated("as_of"))
    grid = paper.grid([width for width, _, _ in ROSTER], margin=0.5)
    grid.row(*(label(text, size=8.5) for _, text, _ in ROSTER), height=10, header=True)
    grid.loop("rows", "r", *(value(tag(f"r.{slug}"), size=8.5) for _, _, slug in ROSTER), height=5)
    sums = (roomy("sum_hh", 6), roomy("sum_person", 6), roomy("sum_amount", 12))
    total = "{} 户　{} 人　月保障金 {} 元".format(*sums)
    grid.row(label("合计", 2, 9), value(total, 16, align="left", size=SMALL), height=6)
    paper.gap(2)
    paper.two_ends("制表:" + SIGNATURE, "单位负责人:" + SIGNATURE, SMALL, "审核:" + SIGNATURE)
    seals = paper.grid((89, 89, 89), border="nil")
    seals.row(
        *(
            value(f"{{{{ {slug} }}}}(盖章)\n年　　月　　日", size=SMALL, vertical="bottom")
            for slug in ("v_seal", "t_seal", "c_seal")
        ),
        height=28,
    )
    return paper.finish()


NOTICE = (
    (16, "序号", "seq"), (36, "姓名", "name"), (18, "组", "group_no"), (24, "保障\n人数", "insured"),
    (26, "类别", "class"), (40, "月金额\n(元)", "month_amount"), (42, "起始月份", "start_month"),
    (28, "近亲属\n备案", "relative_filed"), (27, "备注", "remark"),
)  # fmt: skip


def draw_notice() -> Document:
    """GS-01 长期公示表: A3 portrait for the publicity column.

    Twenty-five people fit on a sheet; of a longer list the seals never stand alone on the last.
    """
    paper = Paper(297, 420, (25, 20, 25, 20))
    paper.line("{{ title }}", font=SONG_TITLE, size=32, align="center", after=4)
    paper.line(
        '({{ period or "　　年第　季度" }},数据截止 {{ as_of or "　　年　月　日" }})',
        size=16,
        align="center",
        after=4,
    )
    paper.line("救助标准:{{ standard }}", size=14, align="left", after=3)
    grid = paper.grid([width for width, _, _ in NOTICE])
    grid.row(*(label(text, size=14) for _, text, _ in NOTICE), height=13, header=True)
    grid.loop("rows", "r", *(value(tag(f"r.{slug}"), size=14) for _, _, slug in NOTICE), height=8.4)
    sums = (roomy("total_hh", 6), roomy("total_person", 6), roomy("total_amount", 12))
    total = "{} 户　{} 人　月金额合计 {} 元".format(*sums)
    grid.row(label("合计", 2, 14), value(total, 7, size=14), height=11)
    paper.line("政策依据:{{ policy_note }}", size=14, align="left", before=6, with_next=True)
    paper.line(
        "监督电话:村 {{ phone_v or LINE }}　镇 {{ phone_t or LINE }}　县民政局 {{ phone_c or LINE }}".replace(
            "LINE", f"'{SIGNATURE}'"
        ),
        size=14,
        align="left",
        with_next=True,
    )
    paper.line(
        "意见箱:{{ complaint_box or '________________' }}　　张贴日期:"
        + dated("post_date")
        + "　　"
        + while_it_hangs("张贴至少到", "hang_until", "post_date"),
        size=14,
        align="left",
        after=4,
        with_next=True,
    )
    seals = paper.grid((128.5, 128.5), border="nil")
    seals.row(
        *(
            value(f"{{{{ {slug} }}}}\n(盖章)\n年　　月　　日", size=16, vertical="bottom")
            for slug in ("v_seal", "c_seal")
        ),
        height=48,
    )
    return paper.finish()
