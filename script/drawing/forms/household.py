"""What the household forms share: head, pairs, income, property and spending."""

from script.drawing.paper import SONG_TITLE, Grid, Paper, label, tag, value
from script.drawing.wording import CASE_NO, PLACE, SMALL, counted, or_none, roomy

EIGHT = (20, 23, 16, 21, 18, 32, 20, 20)


def portrait(title: str = "{{ title }}", size: float = 22) -> Paper:
    """A4 with the form's title."""
    paper = Paper(210, 297, (20, 20, 25, 20))
    paper.line(title, font=SONG_TITLE, size=size, align="center", after=6)
    return paper


def draw_place(paper: Paper, middle: str = "", size: float = 12) -> None:
    """Town, village and group at the left, the case number at the right."""
    paper.two_ends(PLACE + "　{{ group_no or '　　' }} 组", CASE_NO, size, middle)


def draw_pairs(grid: Grid, *pairs: tuple[str, str, int], height: float = 9) -> None:
    """A row of labels with their fields; each field says how many columns it spans."""
    cells = []
    for text, slug, span in pairs:
        cells.append(label(text, size=SMALL))
        shown = slug if slug.startswith("{{") else tag(slug)
        cells.append(value(shown, span, size=SMALL))
    grid.row(*cells, height=height)


def draw_person(grid: Grid, name: str, phone: str) -> None:
    """Who it is, and where to find them."""
    draw_pairs(
        grid,
        (name, "name", 1),
        ("性别", "gender", 1),
        ("年龄", "age", 1),
        ("民族", "ethnicity", 1),
    )
    draw_pairs(grid, ("身份证号", "id_no", 3), ("联系\n电话", phone, 3))
    draw_pairs(grid, ("家庭住址", "live_addr", 5), ("户口", "hukou_type", 1))


def draw_income(paper: Paper) -> None:
    """What the household earns in a year, and what it comes to for each."""
    grid = paper.grid((29, 20, 29, 20, 32, 14, 15, 11))
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
        label("家庭人口", size=SMALL), value(f"{roomy('hh_size', 4)} 人", 3, size=SMALL),
    )  # fmt: skip
    paper.gap()


def _money_row(grid: Grid, *names: str) -> None:
    a, a_text, b, b_text, c, c_text = names
    grid.row(
        label(a_text, size=SMALL), value(tag(a), size=SMALL),
        label(b_text, size=SMALL), value(tag(b), size=SMALL),
        label(c_text, size=SMALL), value(tag(c), 3, size=SMALL), height=8,
    )  # fmt: skip


def draw_assets(paper: Paper) -> None:
    """Houses, vehicles, money and land."""
    grid = paper.grid((20, 46, 26, 26, 26, 26))
    grid.row(label("家庭财产", 6, SMALL), height=7)
    grid.loop(
        "house", "h",
        label("住房", size=SMALL), value(or_none("h.house_addr"), size=SMALL, align="left"),
        value(tag("h.house_struct"), size=SMALL), value(counted("h.house_area", "", " ㎡"), size=SMALL),
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


def draw_rigid(paper: Paper) -> None:
    """Spending that nobody can avoid."""
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
