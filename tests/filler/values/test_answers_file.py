"""A file of answers to fill in: every field explained, and used as it is."""

import re
import tomllib
from pathlib import Path

import pytest

from filler.values.answers_file import answers_template
from filler.values.read_answers import read_answers
from tests.shipped_forms import shipped_forms

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "answers"


@pytest.fixture(scope="module")
def catalogue():
    return shipped_forms()


def typed(fields):
    return {field.slug for field in fields if field.is_typed}


def test_every_form_has_each_typed_field_explained_once(catalogue):
    """And none that is computed or only signed."""
    for spec in catalogue.forms:
        text = answers_template(spec)
        answers = tomllib.loads(text)
        assert answers.pop("case_no") == ""
        assert set(answers) == typed(spec.fields), spec.id
        for field in (one for one in spec.fields if one.is_typed):
            assert re.search(rf"^# (──── )?{re.escape(field.label)}( ────)?｜", text, re.MULTILINE)
        for table in (one for one in spec.fields if one.type == "rows"):
            lines = text[text.index(f"[[{table.slug}]]\n") :]
            assert all(f"{slug} = " in lines for slug in typed(table.columns)), spec.id


def test_a_blank_file_answers_nothing(catalogue):
    """What is not filled in counts as if it were not there; defaults hold."""
    for spec in catalogue.forms:
        answers = tomllib.loads(answers_template(spec))
        named = [one.slug for one in spec.fields if one.row_names]
        for slug in named:
            answers.pop(slug)
        assert read_answers(spec, answers) == read_answers(spec, {}), spec.id


def test_filled_with_the_samples_it_reads_as_they_do(catalogue):
    """Every line is found and filled: nothing of a form is missing in its file."""
    for file in sorted(SAMPLES.glob("*.toml")):
        spec = catalogue.form(file.stem)
        sample = tomllib.loads(file.read_text("utf-8"))
        lines = answers_template(spec).split("[[", 1)[0]
        rows = {key: value for key, value in sample.items() if isinstance(value, list)}
        for key, value in sample.items():
            if key in rows and not isinstance(value[0], str):
                continue
            slug = next(one.slug for one in spec.fields if key in (one.slug, one.label))
            line, count = f"{slug} = {written(value)}", 0
            lines, count = re.subn(rf"^{slug} = .*$", lambda _, new=line: new, lines, flags=re.M)
            assert count == 1, (spec.id, key)
        tables = {key: value for key, value in rows.items() if not isinstance(value[0], str)}
        assert read_answers(spec, tomllib.loads(lines) | tables) == read_answers(spec, sample)


def written(value):
    """As a clerk writes it between the quotes."""
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("DB-02", "# 村民小组｜必填｜整数；1–99"),
        ("DB-02", "# 民族｜必填，不填则为“汉族”｜文字；2–10 字"),
        ("DB-02", "# 家庭住址｜必填，不填则同“户籍地址”｜文字；2–60 字"),
        ("DB-02", "# 异议处理结果｜“公示结果”为“有异议”时必填｜文字，可以几句；2–200 字"),
        ("DB-02", "# 可选：A类、B类、C类"),
        ("DB-02", "# 说明：A 重点、B 基本、C 一般保障户"),
        ("DB-02", '# 例：category = "A类"'),
        ("DB-02", '# 例：survey_date = "2018-05-07"'),
        ("DB-02", "# 镇人民政府审核意见｜必填，不填则由系统拟写｜文字，可以几句；2–150 字"),
        ("COM-01", '# 例：scheme = ["低保", "特困"]'),
        ("DB-02", "# ──── 共同生活家庭成员 ────｜必填，至少 1 行，最多 20 行"),
    ],
)
def test_a_field_is_explained(catalogue, form, line):
    """What it is, whether it is required, its kind, its choices, an example."""
    assert line in answers_template(catalogue.form(form)).splitlines()


def test_rows_that_have_names_are_there_with_them(catalogue):
    """The fifteen dossiers of a checklist; a column with a default is a remark."""
    answers = tomllib.loads(answers_template(catalogue.form("ZH-03")))
    assert len(answers["rows"]) == 15
    assert answers["rows"][0]["dossier"] == "低保"


def test_examples_are_right(catalogue):
    """Each example of a file is read as its field's kind."""
    for spec in catalogue.forms:
        text = answers_template(spec)
        examples = tomllib.loads("\n".join(re.findall(r"^# 例：(\w+ = .+)$", alone(text), re.M)))
        for photo in spec.photos:  # a file's name, which is taken in first
            examples.pop(photo)
        wrong = [problem.where for problem in read_answers(spec, examples)[1]]
        assert wrong == [], spec.id


def alone(text):
    """The part before the tables, whose examples are of columns."""
    return re.split(r"^# ──── .+ ────｜", text, maxsplit=1, flags=re.M)[0]
