"""How a case stands: the page of the case, 查人 and 齐全情况 say the same of the same papers."""

import datetime as dt
import random
import re

import pytest
from django.utils import timezone

from filler.models import Issued
from filler.records.named_people import note_named
from filler.records.people_store import note_person
from minzheng.accounts.areas import Area
from minzheng.web.gate.standings import case_steps, is_told_whole, steps_of_cases, survey_of
from tests.web.conftest import closed_up, put_paper

NAME, ID, OTHER = "测试甲", "11010519491231002X", "测试乙"
PLACE = {"town": "钟宝镇", "village": "旧城村"}
#: A dossier, its own papers, its lists, what may end it.
KINDS = (
    ("DB", "低保", ("DB-01", "COM-01", "COM-03", "DB-02", "DB-05"), ("COM-05", "GS-04", "DB-03")),
    ("TK", "特困", ("TK-01", "COM-01", "TK-02", "TK-03", "TK-06"), ("COM-05", "TK-07", "COM-04")),
    ("LS", "临时救助", ("LS-01", "LS-02", "LS-06"), ("COM-05", "LS-04")),
    ("CB", "残疾人两项补贴", ("CB-01", "CB-05", "CB-06"), ("COM-05", "CB-07")),
)


def issue(form_id: str, case_no: str, day: dt.date, **answers: object) -> Issued:
    given = PLACE | {"apply_date": str(day), "c_date": str(day)} | answers
    issued = Issued.objects.create(
        form_id=form_id, version="1", case_no=case_no, file_name=f"{form_id}.docx", answers=given,
        sha256="0", issued_by="别人",
    )  # fmt: skip
    note_person(issued)
    note_named(issued)
    return issued


def some_case(seed: int) -> tuple[str, dt.date]:
    """A case in some state: issued, sent up, corrected, listed, scanned, perhaps ended."""
    draw = random.Random(seed)
    code, scheme, own, lists = KINDS[seed % len(KINDS)]
    case_no, day = f"{code}-103200-2026-0001", dt.date(2026, draw.choice((2, 5, 9)), 7)
    whose = {"name": NAME, "id_no": ID}
    for place, form_id in enumerate(own[: draw.randint(1, len(own))]):
        at = day + dt.timedelta(days=20 * place)
        one = issue(form_id, case_no, at, **whose)
        if draw.random() < 0.2:
            Issued.objects.filter(pk=one.pk).update(waits_for="c")
        elif draw.random() < 0.2:
            again = issue(form_id, case_no, at, **whose)
            Issued.objects.filter(pk=again.pk).update(corrects=one.pk)
    for form_id in lists:
        row = {"name": draw.choice((NAME, OTHER)), "village": "旧城村", "id_no": ""}
        where = PLACE | ({"village": ""} if form_id in ("LS-04", "CB-07") else {})
        issue(form_id, "GS-103200-2026-0001", day, scheme=scheme, rows=[row], **where)
    if draw.random() < 0.4:
        decision = draw.choice(("停发", "减发"))
        issue("COM-07", case_no, day + dt.timedelta(days=90), addressee=NAME, decision=decision)
    for form_id in draw.sample([*own, "COM-05"], 3):
        about = {"form_id": form_id, "year": "2026", "name": f"{code} {form_id}"}
        if form_id == "COM-05":
            put_paper(*PLACE.values(), f"{scheme}公示单 {OTHER}", dossier="GS", **about,
                      persons=(draw.choice((NAME, OTHER)),))  # fmt: skip
        else:
            put_paper(*PLACE.values(), f"{NAME} {ID}", dossier=code, **about, case_no=case_no,
                      person=NAME)  # fmt: skip
    return case_no, draw.choice((day + dt.timedelta(days=30), dt.date(2027, 3, 1)))


def of_case_page(page: str) -> dict[str, tuple[str, str]]:
    """Of each step its mark and what is said of it, with its day."""
    step = r"<b>(\w+)</b><span class=\"state (\w+)\">([^<]*)"
    found = re.findall(step + r"(?:<small>([^<]*(?:到期|已过期))</small>)?", closed_up(page))
    return {
        name: (look, "，".join(filter(None, (said.strip(), due))))
        for name, look, said, due in found
    }


def of_person_page(page: str, case_no: str) -> dict[str, tuple[str, str]]:
    line = next(part for part in closed_up(page).split('class="case-line"') if case_no in part)
    line = line[: line.index("</ol>")]
    found = re.findall(r"<li class=\"(\w+)\"><b>(\w+)</b><small>([^<]*)</small>", line)
    return {name: (look, said) for look, name, said in found}


def of_cell(page: str, case_no: str) -> tuple[set[str], dict[str, str]]:
    """What the case lacks, and what is said of steps that are still to come."""
    rows = (row for row in closed_up(page).split("<tr>") if case_no in row)
    row = next(rows, "")
    lacks = set(re.findall(r"<span><b>(\w+)</b>", row))
    waits = re.findall(r"<span class=\"not-due\"><b>(\w+)</b><small>([^<]*)</small>", row)
    return lacks, dict(waits)


@pytest.mark.parametrize("seed", range(12))
def test_three_pages_say_the_same_of_a_case(seed, sign_in, monkeypatch):
    """Whatever was issued, sent up, corrected, listed, scanned or ended."""
    browser = sign_in()
    case_no, today = some_case(seed)
    monkeypatch.setattr(timezone, "localdate", lambda *_: today)
    told = of_case_page(browser.get(f"/cases/{case_no}").content.decode())
    assert told
    of_person = of_person_page(browser.get("/traces", {"name": NAME}).content.decode(), case_no)
    shown = {name: one for name, one in told.items() if not one[1].startswith(("按需要", "不需要"))}
    # Who looks a person up reads what was found, whoever works on the case what is to be done.
    assert of_person == {
        name: (look, said.replace("没做", "没有查到材料")) for name, (look, said) in shown.items()
    }
    code = case_no[:2]
    cell = browser.get(f"/completeness/103200/{code}/2026").content.decode()
    lacks, waits = of_cell(cell, case_no)
    assert lacks == {
        name for name, (look, said) in shown.items() if look == "missing" or "没有扫描件" in said
    }
    assert waits == {
        name: said
        for name, (_, said) in shown.items()
        if name not in lacks and not said.startswith("已归档")
    }


def test_cases_alone_stand_as_they_do_in_the_whole_county(db):
    """Many states at once, people of one name and number, lists that share theirs."""
    found = {some_case(seed)[0] for seed in range(24)}
    where = tuple(PLACE.values())
    issue("GS-04", "GS-103200-2026-0001", dt.date(2026, 8, 1), scheme="低保",
          rows=[{"name": f"{NAME}（乙）", "village": "旧城村"}])  # fmt: skip
    issue("COM-06", "GS-103200-2026-0001", dt.date(2026, 8, 9))
    put_paper(
        *where, f"评议对象：{NAME}，经评议同意", dossier="DB", year="2026", name="民主评议会议记录"
    )
    put_paper(*where, "入户调查", dossier="TK", year="2026", name="入户调查", person=NAME)
    whole = {one.subject.case_no: one.steps for one in survey_of(Area()).standings}
    told = steps_of_cases(Area(), dict.fromkeys(found, where))
    assert told.keys() == found
    assert told == {case_no: whole[case_no] for case_no in found}
    for case_no in found:
        assert steps_of_cases(Area(), {case_no: where}) == {case_no: whole[case_no]}


@pytest.mark.parametrize(
    ("place", "where", "is_whole"),
    [
        (Area(), ("钟宝镇", "旧城村"), True),
        (Area("钟宝镇"), ("钟宝镇", "旧城村"), True),
        (Area("城关镇"), ("钟宝镇", "旧城村"), False),
        (Area(), ("钟宝镇", ""), False),
        (Area(forbidden=frozenset({"DB"})), ("钟宝镇", "旧城村"), False),
        (Area(is_nothing=True), ("钟宝镇", "旧城村"), False),
    ],
)
def test_who_is_told_of_all_papers_of_a_case(place, where, is_whole, db):
    """Nobody outside the own place, nor of a dossier that is hidden."""
    issue("DB-01", "DB-103200-2026-0001", dt.date(2026, 2, 2), name=NAME, id_no=ID)
    assert is_told_whole(place, "DB-103200-2026-0001", where) == is_whole
    assert bool(steps_of_cases(place, {"DB-103200-2026-0001": where})) == is_whole


def test_a_case_outside_the_own_place_is_told_by_its_documents_alone(db):
    """Nothing of what others keep there."""
    one = issue("DB-01", "DB-103200-2026-0001", dt.date(2026, 2, 2), name=NAME, id_no=ID)
    issue("COM-01", "DB-103200-2026-0001", dt.date(2026, 2, 3), name=NAME, id_no=ID)
    where = tuple(PLACE.values())

    def there(place: Area) -> list[str]:
        steps = case_steps(place, one.case_no, where, [one])
        return [step.name for step in steps if step.is_there]

    assert there(Area()) == ["申请", "授权"]
    assert there(Area("城关镇")) == ["申请"]
    assert case_steps(Area(), "GS-103200-2026-0001", where, [one]) == ()


def test_nothing_is_surveyed_of_other_places(db):
    """Nor for somebody without a place."""
    issue("DB-01", "DB-103200-2026-0001", dt.date(2026, 2, 2), name=NAME, id_no=ID)
    assert len(survey_of(Area("钟宝镇")).standings) == 1
    assert not survey_of(Area(is_nothing=True)).standings
    assert not survey_of(Area("城关镇"), "钟宝镇").standings
    assert not survey_of(Area(forbidden=frozenset({"DB"}))).standings
