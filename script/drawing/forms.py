"""How each form is laid out: the 8-column grids of the domain report (A.6, 3.5)."""

from collections.abc import Callable, Sequence

from docx.document import Document

from script.drawing.paper import SONG_TITLE, Grid, Paper, label, tag, value

PORTRAIT = (210, 297, (20, 20, 25, 20))
EIGHT = (20, 23, 16, 21, 18, 32, 20, 20)
MEMBERS = (20, 16, 41, 10, 19, 18, 18, 18, 10)
BLANK_DATE = "　　年　月　日"
SMALL = 10.5
PLACE = "{{ town or '　　　　镇' }}　{{ village or '　　　　村' }}"
#: Room for a signature; spaces at the end of a line would not be laid out.
SIGNATURE = "_" * 16


def dated(slug: str) -> str:
    """A date, or room to write one."""
    return "{{ " + f'{slug} or "{BLANK_DATE}"' + " }}"


def _portrait(title: str = "{{ title }}", size: float = 22) -> Paper:
    paper = Paper(*PORTRAIT)
    paper.line(title, font=SONG_TITLE, size=size, align="center", after=6)
    return paper


def _head(paper: Paper, right: str = "编号:{{ case_no }}") -> None:
    paper.two_ends(PLACE + "　{{ group_no or '　　' }} 组", right)


def _pairs(grid: Grid, *pairs: tuple[str, str, int], height: float = 9) -> None:
    """A row of labels with their fields; each field says how many columns it spans."""
    cells = []
    for text, slug, span in pairs:
        small = len(text) > 4
        cells.append(label(text, size=SMALL if small else 12))
        shown = slug if slug.startswith("{{") else tag(slug)
        cells.append(value(shown, span, size=SMALL))
    grid.row(*cells, height=height)


MEMBER_COLUMNS = (
    ("姓名", "m_name"), ("与户主\n关系", "m_rel"), ("身份证号", "m_id"), ("年龄", "m_age"),
    ("健康\n(残疾)", "m_health"), ("劳动\n能力", "m_labor"), ("就业\n就学", "m_job"),
    ("月收入\n(元)", "m_income_month"), ("是否\n保障", "m_insured"),
)  # fmt: skip
SUPPORTERS = (20, 16, 41, 26, 12, 19, 18, 18)
SUPPORTER_COLUMNS = (
    ("姓名", "s_name"), ("关系", "s_rel"), ("身份证号", "s_id"), ("电话", "s_phone"),
    ("人口", "s_hh_size"), ("职业", "s_job"), ("家庭\n月收入", "s_income_month"),
    ("月赡(抚、\n扶)养费", "s_fee_month"),
)  # fmt: skip


def draw_people(
    paper: Paper,
    title: str,
    table: str,
    widths: Sequence[float],
    columns: Sequence[tuple[str, str]],
) -> None:
    grid = paper.grid(widths)
    grid.row(label(title, len(widths), SMALL), height=7, header=True)
    grid.row(
        *(label(text, size=9 if len(text) > 7 else SMALL) for text, _ in columns),
        height=11,
        header=True,
    )
    cells = (value(tag(f"p.{slug}"), size=9 if slug.endswith("_id") else 10) for _, slug in columns)
    grid.loop(table, "p", *cells)


def _members(paper: Paper) -> None:
    draw_people(paper, "共同生活家庭成员", "members_first", MEMBERS, MEMBER_COLUMNS)
    paper.gap()


def _supporters(paper: Paper) -> None:
    title = "不共同生活的赡(抚、扶)养义务人"
    draw_people(paper, title, "supporters_first", SUPPORTERS, SUPPORTER_COLUMNS)
    paper.gap()


def draw_continuation(paper: Paper, with_supporters: bool = True) -> None:
    """The continuation sheet (续表): people who found no row on the form itself."""
    wanted = "members_more or supporters_more" if with_supporters else "members_more"
    paper.line(f"{{%p if {wanted} %}}")
    paper.line(
        "{{ title }}(续表)", font=SONG_TITLE, size=18, align="center", new_page=True, after=6
    )
    _head(paper)
    paper.line("户主(申请人):{{ name }}　身份证号:{{ id_no }}", align="left", after=6)
    paper.line("{%p if members_more %}")
    draw_people(paper, "共同生活家庭成员(续)", "members_more", MEMBERS, MEMBER_COLUMNS)
    paper.gap(6)
    paper.line("{%p endif %}")
    if with_supporters:
        paper.line("{%p if supporters_more %}")
        title = "不共同生活的赡(抚、扶)养义务人(续)"
        draw_people(paper, title, "supporters_more", SUPPORTERS, SUPPORTER_COLUMNS)
        paper.gap(6)
        paper.line("{%p endif %}")
    paper.two_ends("填表人签字:" + SIGNATURE, "年　　月　　日")
    paper.line("{%p endif %}")


def _income(paper: Paper) -> None:
    grid = paper.grid((29, 20, 29, 20, 29, 16, 16, 11))
    grid.row(label("家庭收入(元/年)", 8, SMALL), height=7)
    _money_row(
        grid, "inc_wage", "工资性收入", "inc_farm", "种植养殖净收入", "inc_business", "经营净收入"
    )
    _money_row(
        grid,
        "inc_property",
        "财产净收入",
        "inc_transfer",
        "转移净收入",
        "inc_support",
        "赡(抚、扶)养费",
    )
    _money_row(
        grid, "inc_other", "其他收入", "inc_total", "年收入合计", "cost_rigid", "可扣减刚性支出"
    )
    grid.row(
        label("人均年收入", size=SMALL), value(tag("per_capita_year"), size=SMALL),
        label("人均月收入", size=SMALL), value(tag("per_capita_month"), size=SMALL),
        label("家庭人口", size=SMALL), value("{{ hh_size }} 人", 3, size=SMALL),
    )  # fmt: skip
    paper.gap()


def _money_row(grid: Grid, *names: str) -> None:
    a, a_text, b, b_text, c, c_text = names
    grid.row(
        label(a_text, size=SMALL), value(tag(a), size=SMALL),
        label(b_text, size=SMALL), value(tag(b), size=SMALL),
        label(c_text, size=9 if len(c_text) > 7 else SMALL), value(tag(c), 3, size=SMALL), height=8,
    )  # fmt: skip


def _assets(paper: Paper) -> None:
    grid = paper.grid((20, 46, 26, 26, 26, 26))
    grid.row(label("家庭财产", 6, SMALL), height=7)
    grid.loop(
        "house", "h",
        label("住房", size=SMALL), value(tag("h.house_addr"), size=SMALL, align="left"),
        value(tag("h.house_struct"), size=SMALL), value("{{ h.house_area }} ㎡", size=SMALL),
        label("权属", size=SMALL), value(tag("h.house_own"), size=SMALL),
    )  # fmt: skip
    rows = (
        ("机动车", "vehicle", "存款(元)", "deposit", "证券(元)", "security"),
        ("工商登记", "biz_reg", "保险(元)", "insurance", "承包地(亩)", "land_mu"),
        ("其他财产", "other_asset", "林地(亩)", "forest_mu", "", ""),
    )
    for row in rows:
        cells = []
        for text, slug in zip(row[::2], row[1::2], strict=True):
            cells += [
                label(text, size=SMALL),
                value(tag(slug) if slug else "", size=SMALL),
            ]
        grid.row(*cells, height=8)
    paper.gap()


def _rigid(paper: Paper) -> None:
    grid = paper.grid((20, 14, 20, 14, 20, 14, 20, 14, 20, 14))
    names = (
        "医疗自付",
        "rigid_med",
        "教育支出",
        "rigid_edu",
        "残疾康复",
        "rigid_dis",
        "因灾支出",
        "rigid_disaster",
        "合计",
        "rigid_total",
    )
    grid.row(label("刚性支出(近 12 个月,元)", 10, SMALL), height=7)
    grid.row(
        *(
            label(name, size=SMALL) if number % 2 == 0 else value(tag(name), size=9)
            for number, name in enumerate(names)
        ),
        height=8,
    )
    paper.gap()


def _opinion(grid: Grid, title: str, text: str, sealed: str, signed: str, date: str) -> None:
    """An opinion cell of 38 mm: text on top, signature, seal and date at the foot."""
    span = len(grid.widths) - 1
    grid.row(
        label(title, merge="restart"),
        value(text, span, align="left", vertical="top", open_sides=("bottom",)),
        height=26,
    )
    foot = f"{signed}\n{{{{ {sealed} }}}}(盖章)　　{dated(date)}"
    grid.row(
        label("", merge="continue"),
        value(foot, span, align="right", vertical="bottom", open_sides=("top",)),
        height=17,
    )


def draw_application() -> Document:
    """DB-01 最低生活保障申请书."""
    paper = _portrait()
    _head(paper)
    grid = paper.grid(EIGHT)
    photo = ("照\n\n片", 2)
    grid.row(
        label("姓名"), value(tag("name"), size=10), label("性别"), value(tag("gender")),
        label("民族"), value(tag("ethnicity")), value(photo[0], 2, merge="restart"), height=9,
    )  # fmt: skip
    tail = value("", 2, merge="continue")
    grid.row(
        label("身份证号", size=11), value(tag("id_no"), 3), label("出生\n年月", size=SMALL),
        value(tag("birth_date"), size=SMALL), tail, height=9,
    )  # fmt: skip
    grid.row(
        label("户籍地址", size=11),
        value(tag("hukou_addr"), 5, align="left", size=SMALL),
        tail,
        height=9,
    )
    grid.row(
        label("家庭住址", size=11), value(tag("live_addr"), 3, align="left", size=SMALL),
        label("电话"), value("{{ phone }}{{ near_phone }}", size=SMALL), tail, height=9,
    )  # fmt: skip
    _pairs(
        grid,
        ("婚姻", "marital", 1),
        ("文化\n程度", "education", 1),
        ("健康", "health", 1),
        ("劳动\n能力", "labor", 1),
    )
    _pairs(
        grid,
        ("年龄", "{{ age }}", 1),
        ("户口", "hukou_type", 1),
        ("所患\n疾病", "disease", 1),
        ("建档\n立卡", "is_poor", 1),
    )
    grid.row(
        label("残疾人\n证号", size=SMALL), value(tag("dis_cert"), 3), label("残疾"),
        value("{{ dis_type }} {{ dis_level }}", size=SMALL), label("单人户", size=SMALL),
        value(tag("single_apply"), size=SMALL),
    )  # fmt: skip
    grid.row(
        label("申请类别", size=11),
        value(tag("apply_kind_boxes"), 3, align="left", size=SMALL),
        label("申请\n方式", size=SMALL),
        value(tag("apply_mode_boxes"), 3, align="left", size=SMALL),
        height=11,
    )
    grid.row(
        label("代办人", size=11), value("{{ agent_name }}\n{{ agent_rel }}", size=SMALL),
        label("证件"), value("{{ agent_id }}", 2, size=SMALL), value("{{ agent_phone }}", size=SMALL),
        label("原因"), value(tag("agent_reason"), size=9), height=10,
    )  # fmt: skip
    paper.gap()
    _members(paper)
    _supporters(paper)
    paper.page_break()
    _income(paper)
    _assets(paper)
    _rigid(paper)
    grid = paper.grid((24, 61, 24, 61))
    grid.row(label("致困原因", size=11), value(tag("cause_boxes"), 3, align="left", size=SMALL))
    grid.row(
        label("申请理由", size=11), value(tag("reason"), 3, align="left", vertical="top"), height=45
    )
    grid.row(
        label("户名", size=11),
        value(tag("bank_holder")),
        label("开户行", size=11),
        value(tag("bank_name"), size=SMALL),
    )
    grid.row(
        label("账号\n(一卡通)", size=SMALL),
        value(tag("bank_no")),
        label("近亲属\n关系", size=SMALL),
        value("与经办人员、村干部:{{ relative_decl_boxes }}", size=SMALL),
    )
    grid.row(label("所附材料", size=11), value(tag("attach_boxes"), 3, align="left", size=SMALL))
    promise = (
        "　　本人承诺:以上所填内容及所附材料真实、完整;家庭人口、收入、财产发生变化时及时报告;"
        "如有虚报、隐瞒,愿退回所领低保金并承担相应责任。"
    )
    grid.row(
        label("承诺", merge="restart"),
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
        label("受理"),
        value("受理人签字:" + SIGNATURE + "　" + dated("accept_date"), 3, align="right"),
        height=14,
    )
    draw_continuation(paper)
    return paper.finish()


def draw_decision() -> Document:
    """DB-02 最低生活保障审核审批(确认)表."""
    paper = _portrait()
    _head(paper)
    grid = paper.grid(EIGHT)
    _pairs(
        grid,
        ("姓名", "name", 1),
        ("性别", "gender", 1),
        ("年龄", "age", 1),
        ("民族", "ethnicity", 1),
    )
    _pairs(grid, ("身份证号", "id_no", 3), ("联系\n电话", "phone", 3))
    _pairs(grid, ("家庭住址", "live_addr", 5), ("户口", "hukou_type", 1))
    _pairs(
        grid,
        ("婚姻", "marital", 1),
        ("健康", "health", 1),
        ("就业", "job", 1),
        ("档号", "archive_no", 1),
    )
    _pairs(
        grid,
        ("家庭人口", "{{ hh_size }} 人", 1),
        ("保障\n人数", "{{ insured_count }} 人", 1),
        ("类别", "category", 1),
        ("致困\n原因", "cause", 1),
    )
    _pairs(grid, ("申请日期", dated("apply_date"), 3), ("近亲属\n备案", "relative_filed_boxes", 3))
    paper.gap()
    _members(paper)
    grid = paper.grid(EIGHT)
    _pairs(
        grid,
        ("年收入\n(元)", "inc_total", 1),
        ("月人均", "per_capita_month", 1),
        ("保障\n标准", "{{ std_month }} 元/人·月", 1),
        ("补差额", "diff_amount", 1),
    )
    _pairs(grid, ("核对报告\n编号", "check_report_no", 3), ("结论", "check_result_boxes", 3))
    grid.row(
        label("入户调查", size=11),
        value(tag("survey_summary"), 7, align="left", vertical="top", size=SMALL),
        height=20,
    )
    grid.row(
        label("民主评议", size=11),
        value(tag("vote_summary"), 7, align="left", vertical="top", size=SMALL),
        height=15,
    )
    public = '{{ pub_start or "　　年　月　日" }}至{{ pub_end or "　　年　月　日" }},地点:{{ pub_place }}\n结果:{{ pub_result_boxes }}　{{ pub_note }}'
    grid.row(label("公示情况", size=11), value(public, 7, align="left", size=SMALL), height=12)
    grid.row(
        label("财产豁免", size=11),
        value(tag("property_exempt"), 3, align="left", size=SMALL),
        label("县抽查", size=SMALL),
        value("{{ spot_check_boxes }}\n{{ spot_note }}", 3, align="left", size=SMALL),
    )
    grid.loop(
        "extra_rows", "x",
        label("分类施保", size=11), value(tag("x.x_name"), 2, size=SMALL), value("{{ x.x_kind }}", 2, size=SMALL),
        value("增发 {{ x.x_amount }} 元", 3, size=SMALL),
    )  # fmt: skip
    _pairs(grid, ("月保障金\n(元)", "month_amount", 3), ("大写", "month_amount_cn", 3), height=10)
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
        "县民政局\n意见",
        "{{ c_opinion }}",
        "c_seal",
        "经办人签字:" + SIGNATURE + "　负责人签字:" + SIGNATURE,
        "c_date",
    )
    _pairs(grid, ("起发月份", "start_month", 3), ("低保\n证号", "cert_no", 3))
    draw_continuation(paper, with_supporters=False)
    return paper.finish()


def draw_survey() -> Document:
    """COM-03 入户调查表, with the photo page."""
    paper = _portrait()
    _head(paper)
    grid = paper.grid(EIGHT)
    _pairs(grid, ("调查事项", "scheme_boxes", 3), ("调查\n日期", dated("survey_date"), 3))
    _pairs(
        grid,
        ("户主姓名", "name", 1),
        ("性别", "gender", 1),
        ("年龄", "age", 1),
        ("民族", "ethnicity", 1),
    )
    _pairs(grid, ("身份证号", "id_no", 3), ("联系\n电话", "{{ phone }}{{ near_phone }}", 3))
    _pairs(grid, ("家庭住址", "live_addr", 5), ("户口", "hukou_type", 1))
    _pairs(
        grid,
        ("婚姻", "marital", 1),
        ("健康", "health", 1),
        ("劳动\n能力", "labor", 1),
        ("残疾", "{{ dis_type }}{{ dis_level }}", 1),
    )
    _pairs(grid, ("残疾证号", "dis_cert", 3), ("调查\n地点", "survey_place", 3))
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
    _members(paper)
    _supporters(paper)
    paper.page_break()
    _income(paper)
    _assets(paper)
    _rigid(paper)
    grid = paper.grid((24, 30, 30, 56, 30))
    grid.row(
        label("居住及生\n活状况", size=SMALL),
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
        value(tag("e.e_scheme"), 2, size=SMALL),
        value("{{ e.e_amount }} 元", size=SMALL),
        value("每 {{ e.e_period }}", size=SMALL),
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
    paper.line("户主:{{ name }}　调查日期:" + dated("survey_date"), size=SMALL, after=6)
    photos = paper.grid((85, 85))
    photos.row(value(""), value(""), height=66)
    photos.row(label("房屋外景", size=SMALL), label("室内", size=SMALL), height=8)
    photos.row(value("", 2), height=110)
    photos.row(label("与户主合影", 2, SMALL), height=8)
    paper.line("照片应写明拍摄日期、拍摄人;可直接打印在本页,也可粘贴。", size=SMALL, before=6)
    draw_continuation(paper)
    return paper.finish()


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
    paper.two_ends(PLACE, "编号:{{ case_no }}", SMALL, "统计截止:" + dated("as_of"))
    grid = paper.grid([width for width, _, _ in ROSTER], margin=0.5)
    grid.row(*(label(text, size=8.5) for _, text, _ in ROSTER), height=11, header=True)
    grid.loop(
        "rows", "r", *(value(tag(f"r.{slug}"), size=8.5) for _, _, slug in ROSTER), height=7.5
    )
    total = "合计:{{ sum_hh }} 户　{{ sum_person }} 人　月保障金 {{ sum_amount }} 元"
    grid.row(label("合计", 2, 9), value(total, 16, align="left", size=SMALL), height=8)
    paper.gap(4)
    paper.two_ends("制表:" + SIGNATURE, "单位负责人:" + SIGNATURE, SMALL, "审核:" + SIGNATURE)
    seals = paper.grid((89, 89, 89), border="nil")
    seals.row(
        *(
            value(f"{{{{ {slug} }}}}(盖章)\n年　　月　　日", size=SMALL, vertical="bottom")
            for slug in ("v_seal", "t_seal", "c_seal")
        ),
        height=40,
    )
    return paper.finish()


NOTICE = (
    (16, "序号", "seq"), (36, "姓名", "name"), (18, "组", "group_no"), (24, "保障\n人数", "insured"),
    (26, "类别", "class"), (40, "月金额\n(元)", "month_amount"), (42, "起始月份", "start_month"),
    (28, "近亲属\n备案", "relative_filed"), (27, "备注", "remark"),
)  # fmt: skip


def draw_notice() -> Document:
    """GS-01 长期公示表: A3 portrait for the publicity column."""
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
    grid.loop("rows", "r", *(value(tag(f"r.{slug}"), size=14) for _, _, slug in NOTICE), height=9)
    total = "{{ total_hh }} 户　{{ total_person }} 人　月金额合计 {{ total_amount }} 元"
    grid.row(label("合计", 2, 14), value(total, 7, size=14), height=11)
    paper.line("政策依据:{{ policy_note }}", size=14, align="left", before=6)
    paper.line(
        "监督电话:村 {{ phone_v or LINE }}　镇 {{ phone_t or LINE }}　县民政局 {{ phone_c or LINE }}".replace(
            "LINE", f"'{SIGNATURE}'"
        ),
        size=14,
        align="left",
    )
    paper.line(
        "意见箱:{{ complaint_box or '________________' }}　　张贴日期:" + dated("post_date"),
        size=14,
        align="left",
        after=4,
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


DRAWINGS: dict[str, Callable[[], Document]] = {
    "01_dibao/DB-01": draw_application,
    "01_dibao/DB-02": draw_decision,
    "01_dibao/DB-03": draw_roster,
    "shared/COM-03": draw_survey,
    "08_gongkai/GS-01": draw_notice,
}
