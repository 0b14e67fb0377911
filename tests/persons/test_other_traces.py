"""Rosters, corrections, saved searches and log entries that bear a person's name."""

from dataclasses import replace

import pytest
from django.utils import timezone

from archive_indexer.models import Correction
from filler.models import Batch, Draft
from filler.print_run.ledger import digest_person
from minzheng.accounts.audit_log import Action, Deed
from minzheng.accounts.models import Person, SavedSearch
from minzheng.inspection.doubts import Cited, Doubt
from minzheng.inspection.finding_store import (
    Said,
    blank_finding,
    keep_found,
    say,
    unit_of,
    words_of,
)
from minzheng.inspection.models import Finding
from minzheng.persons.holdings import Fate, Kind
from minzheng.persons.other_traces import other_traces
from minzheng.web.gate.office import audit_log
from tests.persons.conftest import ID, NAME, WHOM


def test_each_kind_is_found_with_its_fate(keep):
    """The log stays, as the law asks; everything else are working copies."""
    issued = keep(name=NAME, id_no=ID)
    batch = Batch.objects.create(key="a", form_id="DB-01", roster_name="名册.xlsx", issued_by="li")
    batch.rows.create(key="k", person=digest_person(ID), position=1, issued=issued)
    typed = Batch.objects.create(key="b", form_id="DB-01", roster_name="花名册.csv", issued_by="li")
    Batch.objects.create(key="c", form_id="DB-01", roster_name="", issued_by="li")
    Correction.objects.create(path="x", field="persons", value=NAME, by="li")
    SavedSearch.objects.create(person=Person.objects.create_user("li"), name="一", question=NAME)
    audit_log().record(Deed("li", "县级经办", "本机", Action.SEARCH, f"查“{NAME}”"))
    at = timezone.now()
    drafts = [
        Draft.objects.create(token=token, form_id="DB-01", by="li", saved_at=at, answers=answers)
        for token, answers in (("a", {"id_no": ID}), ("b", {"members": [{"m_name": NAME}]}),
                               ("c", {"name": "测试别人"}))
    ]  # fmt: skip
    rosters = {typed.pk: f"姓名,身份证号\n{NAME},{ID}\n".encode()}
    found = list(other_traces(WHOM, lambda one: rosters.get(one.pk), {"DB-01": "低保申请"}))
    assert [(one.kind, one.is_sure) for one in found] == [
        (Kind.DRAFT, True), (Kind.DRAFT, False), (Kind.BATCH, True), (Kind.BATCH, True),
        (Kind.CORRECTION, False), (Kind.SAVED, False), (Kind.AUDIT, False),
    ]  # fmt: skip
    assert [one.number for one in found[:2]] == [one.pk for one in drafts[:2]]
    assert found[0].title == "低保申请"
    assert {one.number for one in found[2:4]} == {batch.pk, typed.pk}
    assert {one.fate for one in found if one.kind is not Kind.AUDIT} == {Fate.ERASE}
    assert found[-1].fate is Fate.KEEP
    assert NAME in found[-1].title


@pytest.mark.django_db
def test_a_doubt_is_held_of_whom_it_names():
    """Sure by the number it was found by; the papers' words count as well."""
    paper = Cited("出具", 1, "DB-02", "审批表", "钟宝镇", "旧城村", "DB", "", (("姓名", NAME),))
    about = Doubt("held_twice", ("1",), "某人", "x", (paper,), "钟宝镇", "旧城村", "DB", "2018")
    named = replace(about, subject=("2",), papers=(), about=NAME)
    other = replace(about, subject=("3",), papers=(), about="测试无关")
    keep_found({unit_of(ID): [about], "村|钟宝镇|旧城村": [named, other]}, timezone.now())
    found = [one for one in other_traces(WHOM, lambda batch: None, {}) if one.kind is Kind.DOUBT]
    assert [(one.is_sure, one.fate) for one in found] == [(True, Fate.BLANK), (False, Fate.BLANK)]


@pytest.mark.django_db
def test_a_doubt_without_the_person_keeps_its_state():
    """Blanked wherever the name stands; the verdict stays."""
    paper = Cited("出具", 1, "DB-02", "审批表", "钟宝镇", "旧城村", "DB", "", (("姓名", NAME),))
    place = ("钟宝镇", "旧城村", "DB", "2018")
    about = Doubt("held_twice", ("1",), NAME, f"{NAME} 与 x", (paper,), *place)
    keep_found({unit_of(ID): [about]}, timezone.now())
    say(Finding.objects.get(), Said("属实", f"{NAME}已去世"), "甲", timezone.now())
    blank_finding(Finding.objects.get().pk, lambda text: text.replace(NAME, "■"))
    one = Finding.objects.get()
    assert NAME not in words_of(one) and one.state == "属实"
