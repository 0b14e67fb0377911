"""What a paper says of the law on every day on which a law begins or ends."""

import datetime as dt
import tomllib

import pytest

from filler.values.derive import derive
from filler.values.read_answers import read_answers
from filler.word.page_texts import page_texts
from minzheng.county.config import REGISTRY_FOLDER

TODAY = dt.date(2027, 1, 4)
#: As they stand in the file: what reads them for the forms is not asked here.
LAWS = tomllib.loads((REGISTRY_FOLDER / "laws.toml").read_text("utf-8"))["law"]
WORKS = ("BZ", "CB", "DB", "ET", "GL", "GS", "JZ", "LR", "LS", "TK", "YF", "YL", "ZF", "ZH", "ZZ")
D = dt.date
ONE_DAY = dt.timedelta(days=1)


def texts(catalogue, form_id, answers):
    spec = catalogue.form(form_id)
    data, problems = read_answers(spec, answers)
    assert not problems
    return page_texts(derive(spec, data, catalogue.facts, TODAY))


def days_of(work: str) -> list[dt.date]:
    """The first and last days of every law of a work, the days beside them, and today."""
    rows = [one for one in LAWS if work in one.get("articles", {})]
    firsts = [one["from"] for one in rows] + [one["to"] + ONE_DAY for one in rows if "to" in one]
    around = {day for first in firsts for day in (first - ONE_DAY, first)}
    return sorted(day for day in {*around, TODAY} if day >= D(2014, 1, 1))


def called(row) -> str:
    """A law as the paper names it; two editions of one law differ in the second part."""
    return f"《{row['title']}》（{row['doc_no']}）" if row.get("doc_no") else row["title"]


@pytest.mark.parametrize("work", WORKS)
def test_a_works_sheet_names_the_laws_of_its_day_and_no_other(catalogue, answers_of, work):
    """With the articles of just that edition; 15 works, every day on which one changes."""
    form_id, rows = f"{work}-00", [one for one in LAWS if work in one.get("articles", {})]
    days = days_of(work)
    assert rows
    assert days
    for day in days:
        basis = texts(catalogue, form_id, answers_of(form_id) | {"made_on": str(day)})["basis"]
        lines = basis.split("\n") if basis else []
        holding = [one for one in rows if one["from"] <= day <= one.get("to", D.max)]
        assert len(lines) == len(holding), (work, day, basis)
        for row, line in zip(holding, lines, strict=True):
            assert row["title"] in line, (work, day)
            assert row.get("doc_no", "") in line, (work, day)
            assert line.endswith(row["articles"][work] or line[-1]), (work, day)


def test_every_work_has_its_sheet_and_its_laws(catalogue):
    """No dossier is left out."""
    assert {spec.id for spec in catalogue.forms if spec.id.endswith("-00")} == {
        f"{work}-00" for work in WORKS
    }


#: One case of four times: what its papers are called, rest on, who decides, how long they hang.
TIMES = {
    D(2018, 5, 7): ("审核审批表", "民发〔2012〕220号", "民政局", "无规定"),
    D(2021, 8, 2): ("审核确认表", "民发〔2021〕57号", "医疗保障局", "无规定"),
    D(2025, 5, 6): ("审核确认表", "民发〔2021〕57号", "医疗保障局", "无规定"),
    D(2026, 8, 3): ("审核确认表", "社会救助法", "医疗保障局", "15"),
}


@pytest.mark.parametrize("day", TIMES)
def test_the_same_papers_of_four_times(catalogue, answers_of, day):
    """Title, basis, department and days are those of the day on the paper."""
    title, law, department, days = TIMES[day]
    approval = texts(
        catalogue, "DB-02", answers_of("DB-02") | {"apply_date": str(day), "accept_date": str(day)}
    )
    assert approval["title"].endswith(title)
    letter = texts(
        catalogue, "COM-07", answers_of("COM-07") | {"decide_date": str(day), "basis": ""}
    )
    assert law in letter["laws"]
    medical = texts(catalogue, "YL-01", answers_of("YL-01") | {"apply_date": str(day)})
    assert medical["b_seal"] == f"镇坪县{department}"
    village = texts(catalogue, "GS-07", answers_of("GS-07") | {"fill_date": str(day)})
    assert days in (village["least_days"] or "无规定")
    sheet = texts(catalogue, "GS-00", answers_of("GS-00") | {"made_on": str(day)})
    assert "审核公示7天" in sheet["days"].replace(" ", "")
    assert ("15天" in sheet["days"].replace(" ", "")) is (day.year == 2026)


def test_a_law_of_before_is_on_no_paper_of_after(catalogue, answers_of):
    """民发〔2012〕220号 ended, 社会救助法 had not begun."""
    for day, missing in (("2021-08-02", "220号"), ("2025-05-06", "社会救助法")):
        letter = texts(
            catalogue, "COM-07", answers_of("COM-07") | {"decide_date": day, "basis": ""}
        )
        assert missing not in letter["laws"]
