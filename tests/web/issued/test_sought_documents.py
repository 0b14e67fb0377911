"""Which documents are found, and that nobody finds what may not be seen."""

import itertools

import pytest
from django.http import QueryDict

from filler.models import Issued, KnownPerson, NamedPerson
from minzheng.accounts.areas import Area
from minzheng.web.forms.record_gate import may_see
from minzheng.web.gate.office import forms
from minzheng.web.issued.sought_documents import Sought, narrowed, read_sought, seen_documents

ID_NO, PHONE = "612328196001010019", "13991500001"


def keep(form_id: str = "DB-01", by: str = "zhang", number: int = 1, **answers: str) -> Issued:
    """A document with these answers."""
    dossier = form_id.partition("-")[0]
    return Issued.objects.create(
        form_id=form_id, version="1", case_no=f"{dossier}-103200-2018-{number:04}",
        file_name="一.docx", answers=answers, issued_by=by, sha256=str(number),
    )  # fmt: skip


def test_the_list_and_the_gate_agree(db):
    """Every document with every account: listed exactly if it may be seen."""
    places = ({"town": "钟宝镇", "village": "旧城村"}, {"town": "城关镇", "village": "文彩村"}, {})
    kept = [
        keep(form, by, number, **place)
        for number, (form, by, place) in enumerate(
            itertools.product(("DB-01", "ET-01"), ("zhang", "own"), places)
        )
    ]
    Issued.objects.filter(pk=kept[0].pk).update(stopped_at="2026-01-01T00:00:00Z")
    areas = [
        Area(), Area("钟宝镇"), Area("钟宝镇", "旧城村"), Area("城关镇", "旧城村"),
        Area(is_nothing=True), Area("钟宝镇", forbidden=frozenset({"ET"})),
    ]  # fmt: skip
    for area, username in itertools.product(areas, ("zhang", "own", "other")):
        listed = set(seen_documents(area, username))
        assert listed == {one for one in Issued.objects.all() if may_see(one, area, username)}


@pytest.fixture
def two(db) -> tuple[Issued, Issued]:
    """An application of 张三, and a list that names 李四."""
    first = keep(town="钟宝镇", village="旧城村")
    Issued.objects.filter(pk=first.pk).update(id_no=ID_NO)
    KnownPerson.objects.create(
        issued=first, name="张三", pinyin="zhangsan", initials="zs", id_no=ID_NO, phone=PHONE
    )
    second = keep("DB-03", "li", 2, town="城关镇")
    NamedPerson.objects.create(issued=second, name="李四", id_no="612328197001010022")
    return first, second


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ({"text": "张"}, [0]),
        ({"text": "zs"}, [0]),
        ({"text": "ZHANGSAN"}, [0]),
        ({"text": "李四"}, [1]),
        ({"text": ID_NO}, [0]),
        ({"text": "612328 19600101 0019"}, [0]),
        ({"text": ID_NO[:17]}, []),
        ({"text": PHONE}, [0]),
        ({"text": PHONE[:8]}, []),
        ({"text": "612328197001010022"}, [1]),
        ({"text": "db-103200-2018-0002"}, [1]),
        ({"text": "申请"}, [0]),
        ({"text": "没有的人"}, []),
        ({"form_id": "DB-03"}, [1]),
        ({"town": "城关镇"}, [1]),
        ({"town": "钟宝镇", "village": "旧城村"}, [0]),
        ({"issuer": "li"}, [1]),
        ({"text": "张", "issuer": "li"}, []),
        ({}, [1, 0]),
    ],
)
def test_a_document_is_found_by_what_a_clerk_knows(two, asked, finds):
    """Persons, numbers, cases, titles; several at once; never by a part of a number."""
    found = narrowed(seen_documents(Area(), "zhang"), Sought(**asked), forms().forms)
    assert sorted(found, key=two.index) == [two[one] for one in sorted(finds)]


def test_a_document_is_found_by_its_number(two):
    """The 文书号 that is printed on its page."""
    asked = Sought(text=str(two[1].pk))
    assert list(narrowed(seen_documents(Area(), "a"), asked, ())) == [two[1]]


def test_a_document_is_found_by_its_day(two):
    """Both ends belong to it; the day is the county's, not Greenwich's."""
    Issued.objects.filter(pk=two[0].pk).update(issued_at="2026-03-01T17:00:00Z")
    for since, until, is_found in (
        ("2026-03-02", "2026-03-02", True),
        ("2026-03-01", "2026-03-01", False),
    ):
        sought = read_sought(QueryDict(f"since={since}&until={until}"), 1)
        found = narrowed(seen_documents(Area(), "a"), sought, ())
        assert (two[0] in found) == is_found


def test_what_is_no_day_is_said():
    """And is not asked for; the other conditions hold."""
    sought = read_sought(QueryDict("since=去年&form=DB-01"), 1)
    assert (sought.since, sought.form_id) == (None, "DB-01")
    assert [one.where for one in sought.problems] == ["出具日期从"]


def test_a_personal_number_does_not_stand_in_the_address():
    """Its token finds it again for whoever asked, and nothing for others."""
    sought = Sought(text=ID_NO)
    address = sought.address(1)
    assert ID_NO not in address
    assert read_sought(QueryDict(address[1:]), 1).text == ID_NO
    strange = read_sought(QueryDict(address[1:]), 2)
    assert (strange.text, len(strange.problems)) == ("", 1)
