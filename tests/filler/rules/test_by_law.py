"""What begins or ends with a law: each rule, and the same forms in four days.

Each form has the title, basis, department and days of its own day.
"""

import datetime as dt
import io
import re
from dataclasses import replace
from decimal import Decimal

import docx
import pytest

from filler.fill_form import blank_form, read_form
from filler.form.form_data import Refused
from filler.form.opinions import DECIDER, hands_of, levels_of
from filler.spec.laws_of_forms import laws_of
from filler.word.form_template import load_template
from filler.word.page_texts import page_texts
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.laws import Decider
from minzheng.county.registry.standards import Standard, Standards
from script.golden import dump
from tests.filler.one_rule import born, case, paper, refused
from tests.shipped_forms import shipped_forms

BEFORE, SINCE = dt.date(2026, 6, 30), dt.date(2026, 7, 1)
ADULT, SUPPORTER = born(1950), born(1980)
CASE_NO = "DB-103200-2026-0001"
APPLIED = paper("DB-01", CASE_NO, members=[{"m_name": "测试甲", "m_id": ADULT}],
                supporters=[{"s_name": "测试乙", "s_id": SUPPORTER}])  # fmt: skip
SUPPORTERS = "supporters_sign(jiuzhufa, d, checked, rows.a, DB-01, supporters=s_name+s_id)"


def signing(expected, day, checked, *signers):
    rows = [{"a": one} for one in signers]
    known = {"past": (APPLIED,), "case_no": CASE_NO}
    return case(SUPPORTERS, expected, d=day, day=day, checked=checked, rows=rows, **known)


CHECKED = [
    case("demanded_until(jiuzhufa, d, kinds, 甲)", "kinds", d=BEFORE, kinds=("乙",)),
    case("demanded_until(jiuzhufa, d, kinds, 甲)", "", d=BEFORE, kinds=("甲",)),
    case("demanded_until(jiuzhufa, d, kinds, 甲)", "", d=SINCE, kinds=("乙",)),
    case("demanded_until(jiuzhufa, d, kinds, 甲)", "kinds", d=None, kinds=("乙",)),
    case("not_demanded(jiuzhufa, d, rows.a)", "", d=BEFORE, rows=[{"a": "存款证明"}]),
    case("not_demanded(jiuzhufa, d, rows.a)", "", d=None, rows=[{"a": "存款证明"}]),
    case("not_demanded(meiyou, d, rows.a)", "", d=SINCE, rows=[{"a": "存款证明"}]),
    case("not_demanded(jiuzhufa, d, rows.a)", "rows[1].a", d=SINCE,
         rows=[{"a": "病历"}, {"a": "存款证明"}]),
    signing("rows", BEFORE, "否", ADULT),
    signing("", BEFORE, "否", ADULT, SUPPORTER),
    signing("", SINCE, "否", ADULT),
    signing("rows", SINCE, "是", ADULT),
    signing("", SINCE, "是", ADULT, SUPPORTER),
]  # fmt: skip


@pytest.mark.parametrize("one", CHECKED, ids=str)
def test_a_rule_begins_or_ends_with_its_law(one):
    """On its first day, and not the day before."""
    assert refused(one) == ([one.expected] if one.expected else [])


D = dt.date
#: Before the new rules of 2021, after them, before the law of 2026, after it.
DAYS = (D(2018, 5, 7), D(2021, 8, 9), D(2025, 5, 7), D(2026, 8, 3))
SAMPLES = D(2018, 5, 7)
TODAY = D(2027, 3, 1)
CODES = [one.code for one in load_dossiers().all]


def moved(value, months):
    """The same answers so many months later."""
    if isinstance(value, dict):
        return {key: moved(one, months) for key, one in value.items()}
    if isinstance(value, list):
        return [moved(one, months) for one in value]
    if isinstance(value, dt.date):
        return later(value, months)
    if isinstance(value, str) and re.fullmatch(r"20\d\d-\d\d", value):
        return f"{later(D.fromisoformat(value + '-01'), months):%Y-%m}"
    return value


def later(day, months):
    count = day.year * 12 + day.month - 1 + months
    return D(count // 12, count % 12 + 1, min(day.day, 28))


@pytest.fixture
def read_on(catalogue, answers_of):
    """A form read with its sample answers moved to a day, and a few changes."""

    def run(form_id, day, **changes):
        months = (day.year - SAMPLES.year) * 12 + day.month - SAMPLES.month
        answers = moved(answers_of(form_id), months) | changes
        return read_form(catalogue.form(form_id), answers, today=TODAY, catalogue=catalogue)

    return run


@pytest.mark.parametrize(
    ("form_id", "titles"),
    [
        ("DB-02", ["最低生活保障审核审批表"] + ["最低生活保障审核确认表"] * 3),
        ("TK-03", ["特困人员救助供养审核审批表"] + ["特困人员救助供养审核确认表"] * 3),
        ("GS-03", ["镇坪县钟宝镇旧城村低保审批结果公布单"]
         + ["镇坪县钟宝镇旧城村低保确认结果公布单"] * 3),
    ],
)  # fmt: skip
def test_the_title_is_of_its_day(read_on, form_id, titles):
    """审批 until June 2021, 确认 from July."""
    assert [read_on(form_id, day).title for day in DAYS] == titles


@pytest.mark.parametrize("form_id", ["COM-07", "GS-01", "GS-03"])
def test_the_basis_of_a_notice_is_of_its_day(read_on, form_id):
    """What had ended is not named, what had not begun neither."""
    slug = "laws" if form_id == "COM-07" else "policy_note"
    told = [read_on(form_id, day, decision="不予确认").scope.text(slug) for day in DAYS]
    assert ["民发〔2012〕220号" in text for text in told] == [True, False, False, False]
    assert ["民发〔2021〕57号" in text for text in told] == [False, True, True, True]
    assert ["社会救助法" in text for text in told] == [False, False, False, True]


#: Forms on which the last hand decides nothing of a person's aid: an ability that is assessed,
#: relatives that are filed.
NO_DECISIONS = {"TK-02", "COM-08"}
DECISIONS = sorted(
    spec.id
    for spec in shipped_forms().forms
    if {*levels_of(spec)} & {"b", "e", "c"} or DECIDER in hands_of(spec).values()
    if spec.id not in NO_DECISIONS
)
#: The day of the decision, where it is not the county's.
DECIDED = {"YL-01": "b_date", "JZ-02": "e_date", "LS-03": "t_date"}


@pytest.mark.parametrize("form_id", DECISIONS)
def test_every_decision_names_its_basis_and_who_takes_it(catalogue, read_on, form_id):
    """Found by its fields: the law in force when it is taken, nothing before it is taken."""
    spec, day_of = catalogue.form(form_id), DECIDED.get(form_id, "c_date")
    assert {"decided_by", "laws"} <= {one.slug for one in spec.fields} or form_id == "ZF-10"
    slug = "basis" if form_id == "ZF-10" else "laws"
    resting = [catalogue.county.laws.named(one) for one in laws_of(spec, catalogue.county.laws)]
    for day in DAYS:
        scope = read_on(form_id, day).scope
        told = scope.text(slug)
        named = [one for one in resting if one and str(one) in told]
        assert all(one.holds_on(scope.date(day_of)) for one in named if one.schemes), (day, told)
        assert told or (form_id in FIRST_LAW and day < FIRST_LAW[form_id]), day
        assert scope.text("decided_by")
    assert not read_on(form_id, DAYS[-1], **{day_of: ""}).scope.text(slug)


#: No law of the registry spoke of it before.
FIRST_LAW = {"ET-02": D(2020, 1, 1), "ET-08": D(2020, 1, 1), "ZF-10": D(2026, 7, 1)}


@pytest.mark.parametrize(("day", "is_named"), [(D(2026, 6, 30), False), (D(2026, 7, 1), True)])
@pytest.mark.parametrize("form_id", ["DB-02", "TK-03", "TK-06", "LS-02", "COM-09"])
def test_the_day_of_the_decision_counts_not_of_the_application(read_on, form_id, day, is_named):
    """Applied for in May, decided on either side of the law's first day."""
    shown = read_on(form_id, D(2026, 5, 7), c_date=day).scope.text("laws")
    assert ("中华人民共和国社会救助法" in shown) is is_named


def test_where_the_province_says_so_the_town_decides_and_seals(catalogue, answers_of):
    """Told on the paper, with its seal; the county and its seal without the rule."""
    rule = Decider("镇", ("低保",), D(2018, 5, 7), dt.date.max)
    laws = replace(catalogue.county.laws, deciders=(rule,))
    by_town = replace(
        catalogue, facts=replace(catalogue.facts, county=replace(catalogue.county, laws=laws))
    )
    answers, spec = answers_of("DB-02"), catalogue.form("DB-02")
    for forms, office, seal in (
        (catalogue, "县民政局", "镇坪县民政局"),
        (by_town, "镇人民政府", "镇坪县钟宝镇人民政府"),
    ):
        shown = page_texts(read_form(spec, answers, today=TODAY, catalogue=forms).scope)
        assert (shown["decided_by"], shown["c_seal"]) == (office, seal)


def test_a_county_that_pays_by_classes_has_them_in_its_table(catalogue, answers_of):
    """社会救助法 18: by difference, or by classes; by difference where no class is registered."""
    row = Standard("分档定额", "农村B类", Decimal("260.00"), D(2018, 1, 1), dt.date.max)
    standards = Standards((*catalogue.county.standards.all, row))
    by_class = replace(
        catalogue,
        facts=replace(catalogue.facts, county=replace(catalogue.county, standards=standards)),
    )
    answers, spec = answers_of("DB-02"), catalogue.form("DB-02")
    for forms, category, amount in (
        (catalogue, "B类", "285.62"),
        (by_class, "A类", "285.62"),
        (by_class, "B类", "520.00"),
    ):
        asked = answers | {"category": category}
        shown = page_texts(read_form(spec, asked, today=TODAY, catalogue=forms).scope)
        assert shown["month_amount"] == amount


def test_lines_of_the_new_law_are_filled_from_the_table(catalogue, answers_of):
    """社会救助法 21, 22: the edge, last year's income, the share; typed where none is."""
    spec = catalogue.form("ZF-10")
    blank = {"edge_line": "", "disposable": "", "share_line": ""}
    shown = [
        page_texts(read_form(spec, answers_of("ZF-10") | blank | {"kind": kind}, today=TODAY,
                             catalogue=catalogue).scope)
        for kind in ("低保边缘家庭", "刚性支出困难家庭")
    ]  # fmt: skip
    asked = ("edge_known", "disposable_known", "share_known")
    assert [shown[0][slug] for slug in asked] == ["672.00", "", ""]
    assert [shown[1][slug] for slug in asked] == ["", "16000.00", "50.00"]


@pytest.mark.parametrize("code", CODES)
def test_the_basis_of_every_work_is_of_its_day(catalogue, read_on, code):
    """All fifteen; each law it names holds on the day, each has its place in the text."""
    laws = catalogue.county.laws
    for day in DAYS:
        text = read_on(f"{code}-00", day).scope.text("basis")
        held = laws.of_work(code, day)
        assert held
        assert all(f"{law}{law.articles[code]}" in text for law in held)
        ended = [law for law in laws.all if code in law.articles and not law.holds_on(day)]
        kept = {str(law) for law in held}
        assert not [str(law) for law in ended if str(law) in text and str(law) not in kept]


@pytest.mark.parametrize(
    ("code", "words", "named"),
    [
        ("DB", "《中华人民共和国社会救助法》", [False, False, False, True]),
        ("ZZ", "第十一条（任期五年）", [False, True, True, False]),
        ("ZZ", "第十四条（任期）", [False, False, False, True]),
        ("GS", "公布不少于15天", [False, False, False, True]),
        ("BZ", "第四条、第九条", [True, True, True, False]),
        ("ET", "个人信息保护法", [False, False, True, True]),
        ("YF", "第788号修订", [False, False, True, True]),
    ],
)
def test_what_changed_is_seen_in_the_work_notices(read_on, code, words, named):
    """Numbers of articles that are void are not printed."""
    texts = [read_on(f"{code}-00", day).scope.text("basis") for day in DAYS]
    assert [words in text for text in texts] == named


@pytest.mark.parametrize(
    ("form_id", "departments"),
    [
        ("YL-01", ["民政局"] + ["医疗保障局"] * 3),
        ("JZ-02", ["民政局"] + ["应急管理局"] * 3),
        ("YF-04", ["民政局"] + ["退役军人事务局"] * 3),
        ("YF-07", ["民政局"] + ["退役军人事务局"] * 3),
        ("YL-04", ["民政局"] + ["医疗保障局"] * 3),
    ],
)
def test_the_department_is_of_its_day(read_on, form_id, departments):
    """Whose seal decided then."""
    told = [read_on(form_id, day).scope.text("dept") for day in DAYS]
    assert told == departments


@pytest.mark.parametrize(
    ("form_id", "slug", "ends"),
    [
        ("COM-05", "pub_end", [7, 7, 7, 7]),
        ("GS-01", "hang_until", [None, None, None, 15]),
        ("GS-03", "hang_until", [None, None, None, 15]),
        ("GS-04", "hang_until", [None, None, None, 15]),
    ],
)
def test_days_of_publicity_are_of_kind_and_day(read_on, form_id, slug, ends):
    """Seven before a decision; fifteen for what a village publishes, since 2026."""
    start = "pub_start" if form_id == "COM-05" else "post_date"
    found = []
    for day in DAYS:
        scope = read_on(form_id, day).scope
        end = scope.date(slug)
        found.append((end - scope.date(start)).days if end else None)
    assert found == ends


@pytest.mark.parametrize("day", DAYS)
def test_the_days_of_the_village_are_printed(read_on, day):
    """On the register of what it publishes."""
    assert read_on("GS-07", day).scope.text("least_days") == ("15 天" if day.year == 2026 else "")


def problems_at(read, slug):
    return [one.what for one in read.problems if one.field == slug]


HEARD = {"heard_mode": "当面", "heard_opinion": "没有意见"}


@pytest.mark.parametrize(
    ("form_id", "decided", "changes"),
    [
        ("COM-09", "c_date", {}),
        ("COM-07", "decide_date", {"decision": "减发", "old_amount": "615", "new_amount": "375",
                                   "effective_month": "2026-09"}),
    ],
)  # fmt: skip
def test_the_person_is_heard_before_a_benefit_is_cut(read_on, form_id, decided, changes):
    """Asked for from the day of the law on, and before the decision."""
    silent = [bool(problems_at(read_on(form_id, day, **changes), "heard_mode")) for day in DAYS]
    assert silent == [False, False, False, True]
    on = read_on(form_id, DAYS[-1], **changes).scope.date(decided)
    heard = read_on(form_id, DAYS[-1], **changes, **HEARD, heard_date=on)
    assert not [one for one in heard.problems if one.field.startswith("heard")]
    late = read_on(form_id, DAYS[-1], **changes, **HEARD, heard_date=on + dt.timedelta(days=1))
    assert problems_at(late, "heard_date")
    undated = read_on(form_id, DAYS[-1], **changes, **HEARD)
    assert problems_at(undated, "heard_date")


def test_nobody_hears_the_dead(read_on):
    """But only who has died is passed over."""
    dead = {"decision": "停发", "new_amount": "0", "new_insured": 0, "heard_mode": "本人已死亡"}
    died = {"stop_cause": "死亡", "death_date": D(2027, 1, 4)}
    assert not problems_at(read_on("COM-09", DAYS[-1], **dead, **died), "heard_mode")
    alive = read_on("COM-09", DAYS[-1], **dead, stop_cause="迁出")
    assert problems_at(alive, "heard_mode")


def test_a_grant_needs_no_hearing(read_on):
    """Whoever gets more, or the same."""
    more = read_on("COM-09", DAYS[-1], decision="增发", new_amount="700.00")
    assert not problems_at(more, "heard_mode")


def test_household_papers_are_demanded_until_the_law(read_on):
    """What the county sees for itself is not asked of the person."""
    fewer = {"attach": ["病历"]}
    told = [bool(problems_at(read_on("DB-01", day, **fewer), "attach")) for day in DAYS]
    assert told == [True, True, True, False]


@pytest.mark.parametrize(
    ("item", "is_refused"), [("存款证明", True), ("户口簿复印件", True), ("住院病历", False)]
)
def test_nothing_is_asked_for_that_the_county_can_check(read_on, item, is_refused):
    """The notice names the office; before the law everything could be asked for."""
    asked = {"result": "补正", "missing": [{"item": item, "due": D(2027, 2, 1)}]}
    now = problems_at(read_on("COM-02", DAYS[-1], **asked), "missing[0].item")
    assert bool(now) is is_refused
    assert not problems_at(read_on("COM-02", DAYS[0], **asked), "missing[0].item")


def test_relief_in_distress_is_asked_for_where_it_happened(read_on):
    """Since the law; the place of the register before."""
    told = [problems_at(read_on("LS-01", day, residence_kind="户籍地"), "residence_kind")
            for day in DAYS]  # fmt: skip
    assert [bool(one) for one in told] == [False, False, False, True]
    here = read_on("LS-01", DAYS[-1], residence_kind="急难发生地")
    assert not problems_at(here, "residence_kind")


@pytest.mark.parametrize(
    ("form_id", "changes", "slug"),
    [
        ("ZF-10", {"rigid_total": "9000.00"}, "c_result"),
        ("ZF-10", {"disposable": "12000.00"}, "c_result"),
        ("ZF-10", {"kind": "低保边缘家庭", "edge_line": "1000.00"}, "c_result"),
        ("ZF-10", {"check_result": "不符合"}, "c_result"),
        ("ZF-10", {"publish_date": None}, "publish_date"),
        ("ZF-09", {"consent": "否"}, "consent"),
        ("ZF-09", {"apply_date": D(2026, 6, 30)}, "apply_date"),
        ("ZF-09", {"rigid_med": "0", "rigid_edu": "0"}, "rigid_total"),
        ("LS-07", {"note_date": D(2026, 8, 25)}, "late_reason"),
        ("LS-07", {"relief_date": D(2026, 6, 1), "end_date": D(2026, 6, 30)}, "end_date"),
    ],
)
def test_the_papers_of_the_new_law_are_checked(fill, answers_of, form_id, changes, slug):
    """As they stand in the samples they are whole; each change is refused at its place."""
    assert not isinstance(fill(form_id, answers_of(form_id)), Refused)
    answers = {key: one for key, one in (answers_of(form_id) | changes).items() if one is not None}
    found = fill(form_id, answers)
    assert isinstance(found, Refused)
    assert slug in [one.field for one in found.problems]


def test_an_edge_household_below_the_line_is_confirmed(fill, answers_of):
    """With the law and the county's department on its paper."""
    edge = {"kind": "低保边缘家庭", "edge_line": "1000.01", "disposable": "", "share_line": ""}
    issued = fill("ZF-10", answers_of("ZF-10") | edge)
    assert not isinstance(issued, Refused)
    table = docx.Document(io.BytesIO(issued.docx)).tables
    text = "\n".join(cell.text for one in table for cell in one._cells)
    assert "《中华人民共和国社会救助法》" in text
    assert "县民政局" in text


@pytest.mark.parametrize(("form_id", "day"), [("GS-01", "post_date"), ("GS-03", "post_date"),
                                              ("GS-04", "pay_date")])  # fmt: skip
def test_a_notice_says_until_when_it_hangs_where_a_term_holds(catalogue, answers_of, form_id, day):
    """Since 2026; before there was none, and no blank stands for it. A blank form has room."""
    label, blank = "张贴至少到", dump(blank_form(form_id, catalogue, TODAY))
    assert label in blank
    spec, template = catalogue.form(form_id), load_template(catalogue.form(form_id))
    for year, is_told in ((2018, False), (2026, True)):
        months = (year - 2018) * 12
        answers = moved(answers_of(form_id), months)
        read = read_form(spec, answers, today=TODAY, catalogue=catalogue)
        shown = page_texts(read.scope)
        assert bool(shown["hang_until"]) is is_told, (day, shown["hang_until"])
        assert (label in dump(template.render(shown, "测试"))) is is_told
