"""Which papers a case must have."""

import datetime as dt
import shutil

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.required_papers import Scheme, Step, load_required_papers
from tests.county.tables import written, wrong

REQUIRED = load_required_papers()


def test_every_scheme_is_a_dossier_of_ours():
    """And the order of the work begins with the application."""
    schemes = REQUIRED.schemes
    codes = {dossier.code for dossier in load_dossiers().all}
    assert schemes.keys() <= codes
    assert all(scheme.steps[0].name in {"申请", "登记"} for scheme in schemes.values())


def test_a_number_a_form_once_had_is_read_as_todays(tmp_path):
    """A county's own table of before names 公示单 as GS-02, 公示情况报告 as GS-05."""
    text = """
        [[scheme]]
        dossier = "DB"
        forbidden = ["GS-02"]
        step = [{ name = "公示", lists = ["COM-05", "GS-02", "GS-05"] }]
    """
    scheme = load_required_papers(written(tmp_path, "completeness.toml", text)).schemes["DB"]
    assert scheme.steps[0].lists == {"COM-05", "COM-06"}
    assert scheme.forbidden == {"COM-05"}


def test_the_vote_was_needed_until_the_new_rules():
    """民发〔2021〕57号 made it an exception."""
    vote = REQUIRED.schemes["DB"].step_of("COM-04")
    assert vote.is_needed(dt.date(2018, 5, 7), dt.date(2018, 5, 7))
    assert not vote.is_needed(dt.date(2022, 5, 7), dt.date(2022, 5, 7))


@pytest.mark.parametrize(
    "text",
    [
        "[[scheme]]",
        '[[scheme]]\ndossier = "DB"\nstep = [{ name = "申请" }]',
        '[[yearly]]\ndossier = "GS"\nname = "公示"\nforms = ["GS-01"]\ntimes = 0',
        '[title_words]\n"申请" = "申请"',
        "x =",
    ],
)
def test_mistakes_are_named(tmp_path, text):
    """The file, the entry, what to write."""
    (tmp_path / "completeness.toml").write_text(text, "utf-8")
    with pytest.raises(RegistryError, match=r"completeness\.toml"):
        load_required_papers(tmp_path)


D = dt.date


def test_a_step_is_needed_up_to_its_last_day():
    """A case without a day is not asked for what ended; what is only needed at times never."""
    step = Step("评议", frozenset(), until=D(2021, 6, 30))
    assert step.is_needed(D(2021, 6, 30), D(2021, 6, 30))
    assert not step.is_needed(D(2021, 7, 1), D(2021, 7, 1))
    assert not step.is_needed(None, None)
    assert Step("申请", frozenset()).is_needed(None, None)
    assert not Step("委托", frozenset(), only_if_needed=True).is_needed(
        D(2018, 5, 7), D(2018, 5, 7)
    )


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
    assert len(wrong(load_required_papers, folder)) == count


def test_the_steps_of_a_scheme_are_found_by_form_and_name(tmp_path):
    """Lists prove a step for many; a duty that names no number is owed once."""
    text = SCHEME.format('forms = ["DB-01"], lists = ["DB-03"]') + YEARLY
    folder = written(tmp_path, "completeness.toml", text)
    required = load_required_papers(folder)
    scheme = required.schemes["DB"]
    assert scheme.step_of("DB-03") is scheme.step_named("申请") is scheme.steps[0]
    assert scheme.step_of("DB-09") is None
    assert scheme.step_named("别的") is None
    assert scheme.lists == {"DB-03"}
    assert required.yearly[0].times == 1


def test_help_first_is_not_published_before(tmp_path):
    """7.3: 公示 is of the ordinary 临时救助; its publication and payment are of both."""
    scheme, day, urgent = REQUIRED.schemes["LS"], D(2026, 8, 3), frozenset({"LS-02"})
    asked = {one.name for one in scheme.steps if one.is_needed(day, day, urgent)}
    assert asked == {"申请", "公布", "发放", "补充说明"}
    for applied_by in (frozenset(), frozenset({"LS-01"}), urgent | {"LS-01"}):
        assert scheme.step_named("公示").is_needed(day, day, applied_by)
    folder = written(
        tmp_path, "completeness.toml", SCHEME.format('forms = ["LS-01"], unless = "x"')
    )
    assert len(wrong(load_required_papers, folder)) == 1


def test_a_step_may_be_needed_from_a_day_on():
    """Of a case that may have begun before it nobody asks."""
    step = Step("公布", frozenset(), needed_from=D(2026, 7, 1))
    assert step.is_needed(D(2026, 7, 1), D(2026, 7, 1))
    assert not step.is_needed(D(2026, 6, 30), D(2026, 7, 1))
    assert not step.is_needed(None, None)


def test_some_steps_open_a_case():
    """Where none is named, any step of the scheme does."""
    steps = (Step("申请", frozenset()), Step("调查", frozenset()))
    assert [Scheme("DB", steps).opens(name) for name in ("申请", "调查", "走访")] == [
        True,
        True,
        False,
    ]
    some = Scheme("ZF", steps, opened_by=frozenset({"申请"}))
    assert [some.opens(name) for name in ("申请", "调查")] == [True, False]


def test_every_term_of_a_step_is_one_of_the_registry(tmp_path):
    """And it is a period, no number of people."""
    for name in ("terms.toml", "completeness.toml"):
        shutil.copy(REGISTRY_FOLDER / name, tmp_path / name)
    file = tmp_path / "completeness.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('within = ["办结·特困"]', 'within = ["评议小组人数"]', 1), "utf-8")
    with pytest.raises(RegistryError, match="评议小组人数"):
        load_required_papers(tmp_path)


def test_what_amounts_on_a_list_are_is_told_by_its_form_or_title():
    """A notice of payments is tried before a payment, that before a roster."""
    named = [
        ("GS-04", ""),
        ("DB-03", "发放"),
        ("", "旧城村发放公示"),
        ("", "发放花名册"),
        ("", "名单"),
    ]
    kinds = [REQUIRED.amount_on(*one) for one in named]
    assert [one.kind for one in kinds if one] == [
        "发放公示", "花名册", "发放公示", "发放表", "花名册",
    ]  # fmt: skip
    assert [one.is_summed for one in kinds if one] == [True, False, True, True, False]
    assert REQUIRED.amount_on("DB-01", "发放") is None
    assert REQUIRED.amount_on("", "申请书") is None


def test_every_list_that_pays_says_what_its_amounts_are():
    """Or has none."""
    told = frozenset[str]().union(*(one.forms for one in REQUIRED.amounts))
    paying = [scheme.step_named("发放") for scheme in REQUIRED.schemes.values()]
    assert frozenset[str]().union(*(step.lists for step in paying if step)) == told


def test_a_table_of_before_says_of_amounts_what_the_program_says(tmp_path):
    """A county that changed it earlier loses nothing."""
    shutil.copytree(REGISTRY_FOLDER, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "completeness.toml"
    before, _, rest = file.read_text(encoding="utf-8").partition("[[amount]]")
    file.write_text(before + "[[scheme]]" + rest.partition("[[scheme]]")[2], encoding="utf-8")
    assert load_required_papers(tmp_path).amounts == REQUIRED.amounts


def test_an_amount_that_is_not_whole_is_told(tmp_path):
    """With its place in the file."""
    written(tmp_path, "completeness.toml", '[[amount]]\nkind = "发放表"\n')
    with pytest.raises(RegistryError) as found:
        load_required_papers(tmp_path)
    assert "第 1 个 amount 写得不完整" in str(found.value.problems)
