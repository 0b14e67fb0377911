"""Rosters, corrections, saved searches and log entries that bear a person's name."""

from django.utils import timezone

from archive_indexer.models import Correction
from filler.models import Batch, Draft
from filler.print_run.ledger import digest_person
from minzheng.accounts.audit_log import Action, Deed
from minzheng.accounts.models import Person, SavedSearch
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
