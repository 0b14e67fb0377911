"""What lies just on either side of a limit: numbers, days, tables of the registry."""

import datetime as dt
import os
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from stdnum.cn import ric

from minzheng.county import masking
from minzheng.county.config import current_config, load_config
from minzheng.county.errors import ConfigError, RegistryError
from minzheng.county.form_code import find_line, read_qr
from minzheng.county.form_marks import as_label
from minzheng.county.registry.completeness import (
    Step,
    load_completeness,
    load_title_words,
    load_yearly_duties,
)
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.eligibility import (
    band_of,
    excluded_by,
    family_classes,
    is_severe,
    load_eligibility,
)
from minzheng.county.registry.paper_words import PaperKind, load_paper_words
from minzheng.county.registry.places import find_group_no, load_places
from minzheng.county.registry.questions import load_questions
from minzheng.county.registry.registry_entries import find_overlaps, read_entries
from minzheng.county.registry.registry_files import find_file_problems
from minzheng.county.registry.standards import laws_on, limit_on, standard_on
from minzheng.county.registry.synonyms import load_lookalikes, load_synonyms
from minzheng.county.registry.terms import is_term, term_on
from minzheng.county.registry.working_days import load_calendar
from minzheng.county.sign_fields import SignField, load_sign_fields
from minzheng.county.toml_files import explain
from minzheng.county.writing import id_card
from minzheng.county.writing.chinese_dates import month_after, parse_date, parse_month, term_end
from minzheng.county.writing.chinese_text import fold_for_search, fold_with_offsets, normalise_name
from minzheng.county.writing.money_words import amount_words, parse_money

D = dt.date
TODAY = D(2026, 11, 23)
ELDER = "11010519491231002X"


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def wrong(load, folder: Path) -> list[str]:
    """What a table says of itself; nothing when it is right."""
    try:
        load(folder)
    except RegistryError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("number", "is_sound"),
    [
        (ELDER, True), ("110105194912310021", False), ("110105194913310029", False),
        ("1101051949123100", False), ("", False),
    ],
)  # fmt: skip
def test_a_sound_number_has_a_day_and_its_check_digit(number, is_sound):
    """Both, not either."""
    assert id_card.is_sound(number) == is_sound


@pytest.mark.parametrize(
    ("number", "is_known"),
    [("11" + ELDER[2:], True), ("16" + ELDER[2:], False), ("65" + ELDER[2:], True),
     ("66" + ELDER[2:], False), ("83" + ELDER[2:], True), ("00" + ELDER[2:], False)],
)  # fmt: skip
def test_a_number_begins_with_a_province(number, is_known):
    """GB/T 2260."""
    assert id_card.has_known_province(number) == is_known


@pytest.mark.parametrize(
    ("born_on", "fault"),
    [("19000101", ""), ("18991231", "至今之间"), ("20261123", ""), ("20261124", "至今之间")],
)
def test_nobody_was_born_before_1900_or_after_today(born_on, fault):
    """Both ends belong to what may be."""
    body = f"110105{born_on}002"
    found = id_card.find_fault(body + ric.calc_check_digit(body + "0"), TODAY)
    assert bool(found) == bool(fault)
    assert fault in found


def test_a_man_has_an_odd_number_and_everybody_age_nought_at_birth():
    """The 17th digit; the day of birth counts."""
    assert id_card.sex("110105194912310013") == "男"
    assert id_card.age_on(ELDER, D(1949, 12, 31)) == 0
    assert id_card.age_on(ELDER, D(1949, 12, 30)) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("99.5.7", D(2099, 5, 7)),
        ("0100.5.7", D(100, 5, 7)), ("2018年二月三日", None),
        ("二〇一八年五月十日", D(2018, 5, 10)),
        ("二〇一八年五月三十号", D(2018, 5, 30)), ("2018/5", None), ("二〇一八年五月", None),
    ],
)  # fmt: skip
def test_dates_are_read_to_their_edges(text, day):
    """A year of two digits is of this century; a month alone is no day."""
    assert parse_date(text) == day


def test_a_month_may_be_written_in_numerals():
    """And is not a day."""
    assert parse_month("二〇一八年十一月") == D(2018, 11, 1)
    assert parse_month("201813") is None
    assert month_after(D(2018, 11, 30)) == D(2018, 12, 1)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (D(2018, 1, 15), 12, D(2019, 1, 14)), (D(2018, 1, 1), 1, D(2018, 1, 31)),
        (D(2018, 1, 31), 1, D(2018, 2, 27)), (D(2018, 12, 5), 1, D(2019, 1, 4)),
        (D(2018, 11, 5), 1, D(2018, 12, 4)),
    ],
)  # fmt: skip
def test_a_term_ends_on_the_day_before(start, months, end):
    """Or on the last day but one of a month that is too short."""
    assert term_end(start, months) == end


@pytest.mark.parametrize(
    ("amount", "words"),
    [("0.01", "壹分"), ("9999999999.99", "玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
     ("1000", "壹仟元整"), ("10010", "壹万零壹拾元整"), ("100000000", "壹亿元整"),
     ("120000", "壹拾贰万元整"), ("1.05", "壹元零伍分")],
)  # fmt: skip
def test_the_largest_and_smallest_amounts_have_words(amount, words):
    """Zeros stand where the rules for bills want them."""
    assert amount_words(Decimal(amount)) == words


def test_an_amount_may_be_negative_in_figures():
    """With a sign, and with one decimal."""
    assert parse_money("-12.5") == Decimal("-12.50")
    assert parse_money("12.") is None


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("1234567890", masking.mask_id("1234567890")),
        ("123456*8901", masking.mask_id("12345678901")),
        ("1380000123", masking.mask_phone("1380000123")),
        ("138****1234", masking.mask_phone("13800001234")),
        ("张", masking.mask_name("张")),
        ("欧*", masking.mask_name("欧阳")), ("欧阳*", masking.mask_name("欧阳三")),
        ("23800001234", masking.mask_numbers_in("23800001234")),
        ("1101 0519 4913 3100 2X", masking.mask_numbers_in("1101 0519 4913 3100 2X")),
    ],
)  # fmt: skip
def test_what_is_hidden_begins_where_it_must(shown, text):
    """Short numbers and what is no number of a person stay."""
    assert text == shown


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Ａ B", "ab"), ("a\nb", "ab"), ("ab\u200bc", "abc"), ("测\x00试", "测试")],
)  # fmt: skip
def test_what_cannot_be_seen_is_not_searched(text, folded):
    """White space, control and format characters."""
    assert fold_for_search(text) == folded
    assert normalise_name("阿依．古丽") == "阿依·古丽"


def test_each_folded_character_knows_where_it_stood():
    """Inserted pinyin stands nowhere, a sign of two stands twice."""
    assert fold_with_offsets("網(wǎng)訊 ㎡?(x)") == ("网讯m2?(x)", (0, 7, 9, 9, 10, 11, 12, 13))


def test_a_step_is_needed_up_to_its_last_day():
    """A case without a day is not asked for what ended; what is only needed at times never."""
    step = Step("评议", frozenset(), until=D(2021, 6, 30))
    assert step.is_needed_on(D(2021, 6, 30))
    assert not step.is_needed_on(D(2021, 7, 1))
    assert not step.is_needed_on(None)
    assert Step("申请", frozenset()).is_needed_on(None)
    assert not Step("委托", frozenset(), only_if_needed=True).is_needed_on(D(2018, 5, 7))


SCHEME = '[[scheme]]\ndossier = "DB"\nstep = [{{ name = "申请", {} }}]\n'
YEARLY = '[[yearly]]\ndossier = "GS"\nname = "公示"\nforms = ["GS-01"]\n'


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (SCHEME.format('forms = ["DB-01"]'), 0), (SCHEME.format('lists = ["DB-01"]'), 0),
        (SCHEME.format('forms = ["DB-01"], until = 2021-06-30'), 0),
        (SCHEME.format('forms = ["DB-01"], until = "2021"'), 1), (SCHEME.format("forms = []"), 1),
        ('[[scheme]]\nstep = [{ name = "申请", forms = ["DB-01"] }]', 1),
        ('[[scheme]]\ndossier = "DB"\nstep = [{ forms = ["DB-01"] }]', 1),
        ('[[scheme]]\ndossier = "DB"\nstep = []', 1),
        (YEARLY, 0), (YEARLY + "times = 1", 0), (YEARLY + "times = 0", 1),
        (YEARLY + 'times = "一"', 1), (YEARLY.replace('dossier = "GS"\n', ""), 1),
        (YEARLY.replace('name = "公示"\n', ""), 1), (YEARLY.replace('"GS-01"', ""), 1),
        ('[title_words]\n"申请" = ["申请"]', 0), ('[title_words]\n"申请" = [""]', 1),
        ('[title_words]\n"申请" = [1]', 1), ('[title_words]\n"申请" = "申请"', 1),
    ],
)  # fmt: skip
def test_what_completeness_lacks_is_told_entry_by_entry(tmp_path, text, count):
    """What is whole is taken."""
    folder = written(tmp_path, "completeness.toml", text)
    for load in (load_completeness, load_yearly_duties, load_title_words):
        assert len(wrong(load, folder)) == count


def test_the_steps_of_a_scheme_are_found_by_form_and_name(tmp_path):
    """Lists prove a step for many; a duty that names no number is owed once."""
    text = SCHEME.format('forms = ["DB-01"], lists = ["DB-03"]') + YEARLY
    folder = written(tmp_path, "completeness.toml", text)
    scheme = load_completeness(folder)["DB"]
    assert scheme.step_of("DB-03") is scheme.step_named("申请") is scheme.steps[0]
    assert scheme.step_of("DB-09") is None
    assert scheme.step_named("别的") is None
    assert scheme.lists == {"DB-03"}
    assert load_yearly_duties(folder)[0].times == 1


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("[web]\nport = 1\n", []), ("[web]\nport = 0\n", ["web.port"]),
        ("[web]\nport = 65535\n", []), ("[web]\nport = 65536\n", ["web.port"]),
        ("[archive]\nsettle_seconds = 1\n", []), ("[archive]\nsettle_seconds = 0.2\n", []),
        ("[archive]\nsettle_seconds = 0.1\n", ["archive.settle_seconds"]),
        ("[archive]\nsettle_seconds = true\n", ["archive.settle_seconds"]),
        ("[archive]\nverify_mb_a_day = 0\n", []), ("[archive]\nverify_mb_a_day = -1\n",
                                                  ["archive.verify_mb_a_day"]),
        ("[web]\nhost = ' '\n", ["web.host"]), ("[web]\nhost = 1\n", ["web.host"]),
        ('[publicity]\ncounting = "working"\n', []), ('[publicity]\ncounting = "x"\n',
                                                     ["publicity.counting"]),
        ("web = 1\n", ["web"]),
    ],
)  # fmt: skip
def test_a_setting_may_be_its_least_and_its_most(tmp_path, text, fields):
    """And nothing beyond."""
    try:
        load_config(written(tmp_path, "config.toml", text) / "config.toml")
        found = []
    except ConfigError as error:
        found = [problem.field for problem in error.problems]
    assert found == fields


@pytest.mark.parametrize("inbox", ["收件", "../旁边"])
def test_an_inbox_beside_the_archive_is_taken(tmp_path, inbox):
    """Only what overlaps is refused."""
    text = f'[archive]\ninbox = "{inbox}"\n'
    config = load_config(written(tmp_path, "config.toml", text) / "config.toml")
    assert config.inbox_folder == config.file.parent / inbox


def test_a_number_of_workers_that_is_given_is_kept(tmp_path):
    """Nought means as many as there are processors."""
    text = "[reading]\nworkers = 3\n"
    assert load_config(written(tmp_path, "config.toml", text) / "config.toml").worker_count == 3
    config = load_config(written(tmp_path, "config.toml", "") / "config.toml")
    assert config.worker_count == os.cpu_count()


def test_the_settings_are_those_named_by_the_environment(tmp_path, monkeypatch):
    """Else those that lie beside the program."""
    file = written(tmp_path, "config.toml", "[web]\nport = 8123\n") / "config.toml"
    monkeypatch.setenv("MINZHENG_CONFIG", str(file))
    assert current_config().port == 8123
    monkeypatch.delenv("MINZHENG_CONFIG")
    assert current_config().port == 8000


def test_departments_change_on_their_day():
    """The seal follows its own days."""
    medical = load_dossiers().by_code("YL")
    first, change = medical.departments[0][0], medical.departments[1][0]
    assert medical.department_on(change) == "医疗保障局"
    assert medical.department_on(change - dt.timedelta(days=1)) == "民政局"
    assert medical.seal_on(first) == medical.seal_on(change - dt.timedelta(days=1))
    assert medical.seal_on(change) != medical.seal_on(first)
    other = replace(medical, seals=((D(2018, 1, 1), "县政府"), (D(2019, 1, 1), "市政府")))
    assert other.seal_on(D(2018, 1, 1)) == "县政府"
    assert other.seal_on(D(2019, 1, 1)) == "市政府"
    assert other.seal_on(D(2017, 12, 31)) == "民政局"


def test_only_apart_dossiers_need_a_right_of_their_own():
    """Children and veterans."""
    apart = load_dossiers().apart_codes
    assert apart == {one.code for one in load_dossiers().all if one.is_apart}
    assert "DB" not in apart
    assert apart


BENEFITS = '[[{}]]\nbenefit = "甲"\n{}\nfrom = 2018-01-01\nto = 2018-12-31\nsource = "文件"\n'


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (BENEFITS.format("family", 'classes = ["低保"]'), []),
        (BENEFITS.format("family", "classes = []"), ["classes"]),
        (BENEFITS.format("family", "classes = [1]"), ["classes"]),
        (BENEFITS.format("family", 'classes = "低保"'), ["classes"]),
        (BENEFITS.format("band", 'scheme = "甲"\nname = "乙"\nleast = 70\nmost = 70'), []),
        (BENEFITS.format("band", 'scheme = "甲"\nname = "乙"\nleast = 70\nmost = 69'), ["least"]),
        (BENEFITS.format("band", 'scheme = "甲"\nname = "乙"\nleast = 0\nmost = 69'), []),
        (BENEFITS.format("band", 'scheme = "甲"\nname = "乙"\nleast = true\nmost = 69'), ["least"]),
    ],
)  # fmt: skip
def test_a_list_of_conditions_holds_words(tmp_path, text, fields):
    """And a band has its ends in order."""
    folder = written(tmp_path, "eligibility.toml", text)
    try:
        load_eligibility(folder)
        found = []
    except RegistryError as error:
        found = [problem.field for problem in error.problems]
    assert found == fields


@pytest.mark.parametrize(
    ("day", "holds"),
    [(D(2017, 12, 31), False), (D(2018, 1, 1), True), (D(2018, 12, 31), True),
     (D(2019, 1, 1), False)],
)  # fmt: skip
def test_what_is_dated_holds_from_its_first_to_its_last_day(tmp_path, day, holds):
    """Whatever the table."""
    days = 'from = 2018-01-01\nto = 2018-12-31\nsource = "文件"\n'
    written(tmp_path, "eligibility.toml", (
        f'[[severe]]\nuse = "甲"\ntypes = ["肢体"]\nlevels = ["一级"]\n{days}'
        f'[[family]]\nbenefit = "甲"\nclasses = ["低保"]\n{days}'
        f'[[excludes]]\nbenefit = "甲"\nheld = ["乙"]\n{days}'
        f'[[band]]\nscheme = "甲"\nname = "老"\nleast = 70\nmost = 79\n{days}'))  # fmt: skip
    written(tmp_path, "terms.toml", f'[[term]]\nname = "甲"\nvalue = 3\nunit = "天"\n{days}')
    written(tmp_path, "limits.toml", f'[[limit]]\nname = "甲"\namount = "3"\n{days}')
    of = 'scheme = "甲"\nhukou_type = "农村"\nmonth_amount = "3"'
    written(tmp_path, "standards.toml", f"[[standard]]\n{of}\n{days}")
    of = 'id = "a"\ntitle = "甲"\ndoc_no = "1"\nschemes = ["甲"]'
    written(tmp_path, "laws.toml", f"[[law]]\n{of}\n{days}")
    found = [
        is_severe("甲", "肢体", "一级", day, tmp_path),
        family_classes("甲", day, tmp_path) == ("低保",),
        excluded_by("甲", ("乙", "丙"), day, tmp_path) == ("乙",),
        band_of("甲", 70, day, tmp_path) == "老",
        band_of("甲", 79, day, tmp_path) == "老",
        term_on("甲", day, tmp_path) == 3,
        limit_on("甲", day, tmp_path) == 3,
        standard_on("甲", "农村", day, tmp_path) is not None,
        bool(laws_on("甲", day, tmp_path)),
    ]
    assert found == [holds] * len(found)
    assert not is_severe("甲", "视力", "一级", D(2018, 5, 7), tmp_path)
    assert not is_severe("甲", "肢体", "二级", D(2018, 5, 7), tmp_path)
    assert not is_severe("乙", "肢体", "一级", D(2018, 5, 7), tmp_path)
    assert family_classes("乙", D(2018, 5, 7), tmp_path) is None
    assert band_of("乙", 70, D(2018, 5, 7), tmp_path) == ""
    assert band_of("甲", 69, D(2018, 5, 7), tmp_path) == ""
    assert band_of("甲", 80, D(2018, 5, 7), tmp_path) == ""
    assert standard_on("甲", "城镇", D(2018, 5, 7), tmp_path) is None
    assert standard_on("乙", "农村", D(2018, 5, 7), tmp_path) is None
    assert laws_on("乙", D(2018, 5, 7), tmp_path) == ()


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ((1, 2), (3, 4), 0), ((1, 2), (2, 3), 1), ((3, 4), (1, 2), 0), ((2, 3), (1, 2), 1),
        ((1, 9), (3, 4), 1), ((3, 4), (1, 9), 1),
    ],
)  # fmt: skip
def test_entries_of_one_name_may_follow_but_not_overlap(first, second, count):
    """Whichever stands first; another name does not matter."""
    entries = [
        {"name": name, "from": D(2018, 1, start), "to": D(2018, 1, end)}
        for name, (start, end) in (("甲", first), ("甲", second), ("乙", (1, 9)))
    ]
    assert len(list(find_overlaps(Path("x.toml"), entries, ("name",)))) == count


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("n = 0", []), ("n = -1", ["n"]), ("n = true", ["n"]), ("n = 1.5", ["n"]),
        ('n = 1\namount = "295"', []), ('n = 1\namount = "x"', ["amount"]),
        ("n = 1\nto = 2018-12-31", []), ('n = 1\nto = "x"', ["to"]),
    ],
)  # fmt: skip
def test_the_numbers_of_an_entry_are_whole_and_not_negative(tmp_path, line, fields):
    """Days are days, amounts are amounts."""
    text = f'[[x]]\nname = "甲"\nfrom = 2018-01-01\n{line}\n'
    file = written(tmp_path, "x.toml", text) / "x.toml"
    try:
        read_entries(file, "x", ("name",), ("n",))
        found = []
    except RegistryError as error:
        found = [problem.field for problem in error.problems]
    assert found == fields


@pytest.mark.parametrize(
    ("text", "form_id", "version", "case_no"),
    [
        ("DB-01 v1 DB-103200-2018-0001", "DB-01", "1", "DB-103200-2018-0001"),
        ("COM-03S v1.2", "COM-03S", "1.2", ""),
    ],
)  # fmt: skip
def test_a_line_may_lack_its_case(text, form_id, version, case_no):
    """The form and its version are there."""
    code = find_line(text)
    assert (code.form_id, code.version, code.case_no) == (form_id, version, case_no)
    assert read_qr(code.qr_text()).case_no == case_no


def test_labels_are_compared_without_unit_and_colon():
    """Half-width brackets count as full ones."""
    assert as_label("月 收入(元/月)：") == "月收入"
    assert as_label("备注(一)") == "备注（一）"


def test_a_kind_of_paper_needs_its_word_and_enough_others():
    """One too few is another paper."""
    kind = PaperKind("户口簿", ("户口",), ("户主", "籍贯", "民族"), 2)
    assert kind.count_in("户口户主籍贯") == 2
    assert kind.count_in("户口户主") == 0
    assert kind.count_in("户主籍贯民族") == 0


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("测试周小兰", True),
        ("测试周小兰花", False),
        ("张", False),
        ("张小兰花", False),
        ("测试", False),
    ],
)
def test_a_name_has_one_or_two_given_characters(text, is_one):
    """One more in the samples, whose family is of two."""
    assert load_paper_words().is_name(text) == is_one


PAPER = '[[paper]]\nname = "甲"\nmust = ["乙"]\nwords = ["丙"]\nleast = 1\n'


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (("x", "x"), 0),
        (('name = "甲"\n', ""), 1),
        (('["乙"]', '"乙"'), 1),
        (('["丙"]', "[1]"), 1),
        (("least = 1", 'least = "一"'), 1),
    ],
)
def test_a_kind_of_paper_is_described_whole(tmp_path, change, count):
    """Its name, words and how many of them."""
    lists = {"persons": ("chief", "others", "columns", "staff", "lists", "before_names"),
             "values": ("archive_no", "amounts", "dates"), "not_names": ("words",)}  # fmt: skip
    head = "".join(
        f"[{table}]\n" + "".join(f'{name} = ["甲"]\n' for name in names)
        for table, names in lists.items()
    )
    written(tmp_path, "surnames.txt", "张\n")
    folder = written(tmp_path, "paper_words.toml", head + PAPER.replace(*change))
    assert len(wrong(load_paper_words, folder)) == count


@pytest.mark.parametrize(
    ("text", "number"),
    [("十组", 10), ("十一组", 11), ("二十一组", 21), ("第９村民小组", 9)],
)
def test_numerals_of_groups_reach_over_ten(text, number):
    """十 alone is ten."""
    assert find_group_no(text) == number


HEAD = "town_code,town,village,kind,village_code,short_code,other_names,mark"
VILLAGE = "610927103,钟宝镇,旧城村,村,610927103200,103200,,"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (VILLAGE, ""), (VILLAGE.replace(",610927103200", ","), ""),
        (VILLAGE.replace("610927103200", "61092710320"), "12 位"),
        (VILLAGE.replace("610927103,", "61092710,"), "9 位"),
        (VILLAGE.replace(",103200,", ",10320,"), "6 位"), (VILLAGE.replace("村,村", "村,社区"), ""),
        (VILLAGE.replace("旧城村", ""), "为空"), (VILLAGE.replace("钟宝镇", ""), "为空"),
        (f"{VILLAGE}\n{VILLAGE.replace('旧城', '新')}", "“103200”与第 2 行重复"),
        (f"{VILLAGE}\n{VILLAGE.replace('103200', '103201')}", "“钟宝镇旧城村”与第 2 行重复"),
    ],
)  # fmt: skip
def test_a_village_has_all_its_codes(tmp_path, row, said):
    """The long one may still be open."""
    told = wrong(load_places, written(tmp_path, "towns_and_villages.csv", f"{HEAD}\n{row}\n"))
    assert len(told) == bool(said)
    assert said in "".join(told)


def test_places_are_found_by_town_and_code(tmp_path):
    """A name of two towns needs its town; a code that is not known belongs to nobody."""
    rows = [VILLAGE, VILLAGE.replace("103,钟宝镇", "104,外镇").replace("103200", "104200")]
    rows.append("610927103,钟宝镇,广场社区,社区,,103900,老街,")
    folder = written(tmp_path, "towns_and_villages.csv", "\n".join([HEAD, *rows]))
    places = load_places(folder)
    assert places.find_in("旧城村") == ()
    assert [one.town for one in places.find_in("外镇旧城村、钟宝镇旧城")] == ["外镇", "钟宝镇"]
    assert [one.village for one in places.find_in("钟宝镇 广场社区居委会")] == ["广场社区"]
    assert [one.name for one in places.villages] == ["旧城村", "旧城村"]
    assert places.by_short_code("103900").committee == "广场社区居民委员会"
    assert places.by_short_code("999999") is None
    assert places.code_of(places.by_short_code("103900")) == "610927103900"
    assert places.code_of(places.by_short_code("103200")) == "610927103200"
    assert places.village("老街", "钟宝镇") is places.by_short_code("103900")
    assert places.village("老街", "外镇") is None
    assert places.village("旧城村", "外镇").town == "外镇"
    assert places.town("外外镇") is None


QUESTION = '[[question]]\nno = 1\ntext = "问"\n'


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (QUESTION + 'search = ["低保"]', 0), (QUESTION + 'search = ["村:{village}"]', 0),
        (QUESTION + 'page = "/x/{hamlet}"', 1), (QUESTION + 'doubts = "a"', 0),
        (QUESTION + 'not_yet = "a"\nmeanwhile = ["{name}"]', 0),
        (QUESTION + 'not_yet = "a"\nmeanwhile = ["{nobody}"]', 1), (QUESTION, 1),
        (QUESTION.replace("no = 1", "no = 2") + 'doubts = "a"', 1),
        (QUESTION.replace('text = "问"', 'text = ""') + 'doubts = "a"', 1),
        (QUESTION + 'doubts = "a"\nstrange = "b"', 1), (QUESTION + 'doubts = "a"\npage = "b"', 1),
    ],
)  # fmt: skip
def test_a_question_has_one_way_and_known_blanks(tmp_path, text, count):
    """Whichever of the ways."""
    assert len(wrong(load_questions, written(tmp_path, "questions.toml", text))) == count


def test_what_a_question_needs_may_stand_in_its_page(tmp_path):
    """Or in what is searched meanwhile."""
    text = QUESTION + 'not_yet = "a"\nmeanwhile = ["{name}", "年:{year}"]'
    (one,) = load_questions(written(tmp_path, "questions.toml", text))
    assert one.missing({}) == ["name"]
    assert one.query({"name": "测试甲", "year": ""}) == "测试甲"
    assert one.query({"name": "测试甲", "year": "2018"}) == "测试甲 年:2018"


@pytest.mark.parametrize(
    ("line", "is_right"),
    [
        ("低保=最低生活保障", True),
        ("低保=保", False),
        ("低保=低保", False),
        ("# 低保", True),
        (" ", True),
    ],
)
def test_synonyms_are_of_two_characters_and_lookalikes_of_one(tmp_path, line, is_right):
    """At least two different words stand for one another."""
    written(tmp_path, "synonyms.txt", f"{line}\n")
    written(tmp_path, "lookalikes.txt", "未=末\n")
    assert (not wrong(load_synonyms, tmp_path)) == is_right
    assert load_lookalikes(tmp_path).others("未") == ("末",)


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("retention.csv", "dossier,material,period,basis,mark\nDB,甲,D10,乙,\n", 0),
        ("retention.csv", "dossier,material,period,basis,mark\nDB,甲,Y,乙,\n", 0),
        ("retention.csv", "dossier,material,period,basis,mark\nDB,甲,D100,乙,\nDB,甲,,乙,\n", 2),
        ("retention.csv", "dossier,material,period,basis\nDB,甲,D10,乙\n", 1),
        ("holidays.csv", "date,kind,note\n2018-01-01,休,\n", 0),
        ("holidays.csv", "date,kind,note\n2018-01-01,休\n2018-01-02,休,,\n", 2),
        ("holidays.csv", "", 0),
    ],
)  # fmt: skip
def test_rows_are_as_wide_as_their_heading(tmp_path, name, text, count):
    """And a period is one that archives know."""
    assert len(find_file_problems(written(tmp_path, name, text), name)) == count


def test_who_signs_is_read_from_fields_columns_and_groups(tmp_path):
    """A group brings its fields; a file of groups is no form."""
    (tmp_path / "shared").mkdir()
    written(tmp_path / "shared", "groups.toml",
            'id = "XX"\n[[town]]\ntype = "sign"\nlabel = "镇负责人"\n')  # fmt: skip
    written(tmp_path / "shared", "XX-01.toml", (
        'id = "XX-01"\n[[section]]\ngroup = "town"\n[[section]]\n'
        'field = [{ type = "text", label = "甲" }, { type = "sign", label = "乙" },\n'
        '  { type = "rows", column = [{ type = "sign", label = "丙" }] }]\n'))  # fmt: skip
    assert load_sign_fields(tmp_path) == {
        "XX-01": (SignField("镇负责人", False), SignField("乙", False), SignField("丙", True))
    }


def test_a_kind_of_term_is_known_by_its_beginning(tmp_path):
    """But not by half a name."""
    days = 'from = 2018-01-01\nsource = "文件"\n'
    text = f'[[term]]\nname = "探访·高"\nvalue = 7\nunit = "天"\n{days}'
    folder = written(tmp_path, "terms.toml", text)
    assert is_term("探访", folder)
    assert is_term("探访·高", folder)
    assert not is_term("探", folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [('a = "x', "不合 TOML 格式"), ("a = ]", "第 1 行第 5 列"), ("[a", "不合 TOML 格式")],
)
def test_the_end_of_a_file_is_named(text, said):
    """A file that breaks off says so."""
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert said in explain(caught.value)
    assert ("末尾" in explain(caught.value)) == ("end of document" in str(caught.value))


def test_working_days_begin_and_end_where_the_office_opens(tmp_path):
    """Friday is worked, Saturday is not, unless a notice says so."""
    calendar = load_calendar(written(tmp_path, "holidays.csv", "date,kind\n2018-05-12,班\n"))
    days = [D(2018, 5, day) for day in (4, 5, 6, 7, 12)]
    assert list(map(calendar.is_working_day, days)) == [True, False, False, True, True]
    assert calendar.add_working_days(D(2018, 5, 4), 0) == D(2018, 5, 4)
    assert calendar.add_working_days(D(2018, 5, 4), 1) == D(2018, 5, 7)
