"""What was issued of which case, and whom the issued lists name."""

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from filler.models import Issued, KnownPerson, NamedPerson
from filler.records.issued_papers import IssuedPaper, ListedPerson, issued_papers, listed_people

pytestmark = pytest.mark.django_db
CASE = "DB-103200-2018-0001"
PLACE = {"town": "钟宝镇", "village": "旧城村"}
ID = "11010519491231002X"


def keep(form_id: str, *, place=PLACE, case_no=CASE, **answers: str) -> Issued:
    issued = Issued.objects.create(
        form_id=form_id, version="1", case_no=case_no, file_name="x", answers=answers, sha256="0"
    )
    KnownPerson.objects.create(issued=issued, name="测试甲", id_no=ID, **place)
    NamedPerson.objects.create(issued=issued, name="测试乙", id_no="", **place)
    return issued


def test_documents_in_force_are_told_with_their_person():
    """Those that were corrected or put away, or are of no case or place, are not."""
    old = keep("DB-01", apply_date="2018年5月7日")
    new = keep("DB-01", apply_date="2018-05-08")
    new.corrects = old
    new.save()
    away = keep("DB-02")
    away.stopped_at = timezone.now()
    away.save()
    keep("ZH-01", case_no="")
    keep("DB-05", place={"town": "", "village": ""})
    keep("DB-03", place={"town": "城关镇", "village": "蔬菜村"})
    told = IssuedPaper(*PLACE.values(), CASE, "DB-01", "测试甲", ID, "2018-05-08", localdate())
    assert issued_papers("钟宝镇") == [told]
    assert issued_papers("钟宝镇", "旧城村") == [told]
    assert [one.form_id for one in issued_papers()] == ["DB-01", "DB-03"]
    assert issued_papers("钟宝镇", "红星村") == []


def test_issued_lists_name_people_and_their_scheme():
    """Of the forms asked for, in the place asked for."""
    keep("GS-04", scheme="低保")
    keep("DB-03")
    keep("DB-01")
    found = listed_people({"GS-04", "DB-03"}, "钟宝镇", "旧城村")
    named = (*PLACE.values(), "GS-04", "低保", "测试乙", "", localdate())
    assert ListedPerson(*named) in found
    assert {(one.form_id, one.scheme) for one in found} == {("GS-04", "低保"), ("DB-03", "")}
    assert listed_people({"GS-04"}, "城关镇") == []
