"""Issued documents that name a person: as subject, member of a household, row of a list."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from filler.models import Issued, KnownPerson
from filler.records.named_people import named_in
from minzheng.county.town_names import place_in_words
from minzheng.persons.holdings import Holding, Kind
from minzheng.persons.of_county import written_in
from minzheng.persons.whom import Identity, Whom

BY_CASE = "同名，是本人案件里的文书"


def documents_of(whom: Whom, titles: Mapping[str, str], scope: str = "") -> Iterator[Holding]:
    """Every document whose answers hold the number or the name; corrected editions too.

    Of one county, or of all.
    """
    found = [
        (one, identity)
        for one in _candidates(whom).filter(written_in(scope)).order_by("pk").iterator()
        if (identity := whom.stands_in(as_text(one.answers))) in (Identity.SURE, Identity.NAMED)
    ]
    cases = {one.case_no for one, identity in found if identity is Identity.SURE and one.case_no}
    for one, identity in found:
        is_own_case = one.case_no in cases
        because = BY_CASE if identity is Identity.NAMED and is_own_case else str(identity)
        yield _holding(one, whom, titles, because, identity is Identity.SURE or is_own_case)


def as_text(answers: Any) -> str:
    """All that answers say, one value a line."""
    if isinstance(answers, Mapping):
        rows = (as_text(value) for value in answers.values())
        return "\n".join(rows)
    if isinstance(answers, list | tuple):
        return "\n".join(map(as_text, answers))
    return "" if answers is None else str(answers)


def _candidates(whom: Whom) -> Any:
    """Answers are kept as JSON, in SQLite with escaped characters."""
    escaped = json.dumps(whom.name)[1:-1]
    asked = Q(answers__icontains=whom.name) | Q(answers__icontains=escaped)
    return Issued.objects.filter(
        asked | Q(id_no=whom.id_no) | Q(answers__icontains=whom.id_no) | Q(named__id_no=whom.id_no)
    ).distinct()


def _holding(
    one: Issued, whom: Whom, titles: Mapping[str, str], because: str, is_sure: bool
) -> Holding:
    day = localtime(one.issued_at)
    others = {
        (told["name"], told["id_no"])
        for told in named_in(one.answers, day.date())
        if told["id_no"] not in ("", whom.id_no)
        or (not told["id_no"] and told["name"] != whom.name)
    }
    is_subject = one.id_no == whom.id_no or (not one.id_no and not others)
    return Holding(
        Kind.DOCUMENT,
        one.pk,
        titles.get(one.form_id, one.form_id),
        because,
        is_sure,
        town=str(one.answers.get("town", "")),
        village=str(one.answers.get("village", "")),
        dossier=(one.case_no or one.form_id).partition("-")[0],
        year=str(day.year),
        case_no=one.case_no,
        form_id=one.form_id,
        names_others=not is_subject,
        sha256=one.sha256,
        path=one.file_name,
        told={
            "出具时间": f"{day:%Y-%m-%d %H:%M}",
            "出具人": one.issued_by,
            "第几版": one.edition,
            "已停止处理": "是" if one.stopped_at else "",
            "人员登记": _registered(one, whom),
        },
    )


def _registered(one: Issued, whom: Whom) -> str:
    """What the people store holds of the person from this document."""
    rows = KnownPerson.objects.filter(issued=one, name=whom.name, id_no__in=("", whom.id_no))
    told = ((row.name, row.id_no, row.phone, place_in_words(row.town, row.village)) for row in rows)
    return "；".join(" ".join(filter(None, row)) for row in told)
