"""Tables of a household's people, and the sheet for those who found no row."""

from collections.abc import Sequence

from script.drawing.paper import SONG_TITLE, Paper, label, tag, value
from script.drawing.wording import CASE_NO, PLACE, SIGNATURE, SMALL

MEMBERS = (20, 16, 41, 10, 19, 18, 18, 18, 10)
MEMBER_COLUMNS = (
    ("姓名", "m_name"), ("与户主\n关系", "m_rel"), ("身份证号", "m_id"), ("年龄", "m_age"),
    ("健康\n(残疾)", "m_health"), ("劳动\n能力", "m_labor"), ("就业\n就学", "m_job"),
    ("月收入\n(元)", "m_income_month"), ("是否\n保障", "m_insured"),
)  # fmt: skip
SUPPORTERS = (20, 16, 38, 26, 12, 19, 18, 21)
SUPPORTER_COLUMNS = (
    ("姓名", "s_name"), ("关系", "s_rel"), ("身份证号", "s_id"), ("电话", "s_phone"),
    ("人口", "s_hh_size"), ("职业", "s_job"), ("家庭\n月收入", "s_income_month"),
    ("月赡(抚、\n扶)养费", "s_fee_month"),
)  # fmt: skip


#: Title, column widths and columns of each table of people.
PEOPLE = {
    "members": ("共同生活家庭成员", MEMBERS, MEMBER_COLUMNS),
    "supporters": ("不共同生活的赡(抚、扶)养义务人", SUPPORTERS, SUPPORTER_COLUMNS),
}


def draw_people(
    paper: Paper,
    title: str,
    table: str,
    widths: Sequence[float],
    columns: Sequence[tuple[str, str]],
) -> None:
    """A table of people under its title, a row each."""
    grid = paper.grid(widths)
    grid.row(label(title, len(widths), SMALL), height=7, header=True)
    grid.row(
        *(label(text, size=SMALL) for text, _ in columns),
        height=11,
        header=True,
    )
    cells = (value(tag(f"p.{slug}"), size=9 if slug.endswith("_id") else 10) for _, slug in columns)
    grid.loop(table, "p", *cells)


def draw_members(paper: Paper) -> None:
    """Those who live together, as many as the form has rows for."""
    draw_people(paper, "共同生活家庭成员", "members_first", MEMBERS, MEMBER_COLUMNS)
    paper.gap()


def draw_supporters(paper: Paper) -> None:
    """Those who owe support and live elsewhere."""
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
    paper.two_ends(PLACE + "　{{ group_no or '　　' }} 组", CASE_NO)
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
