"""Everybody an issued document names: its subject, members of a household, rows of a list.

Told by the answers alone, so that documents of forms that are no longer there are read too:
an ID number belongs to the name beside it (`m_id` to `m_name`, `father_id` to `father`).
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from filler.form.case_history import same_number
from filler.models import Issued, NamedPerson
from filler.records.person_facts import NAMES, place_of
from minzheng.county.writing.id_card import birth_date
from minzheng.database.place_rows import bounds_of, of_town_or_none
from minzheng.prepared import Prepared

#: A child is called so whether or not the form asks for a number.
_CHILDREN = frozenset({"child", "child_name", "儿童姓名"})
#: Those whom money of a roster is for, and who fetches it.
_PAID = frozenset({"soldier", "family"})
#: Those whom a paper is about, or who stand in for them; officials are none of them.
_PARTIES = frozenset(
    {
        "applicant", "beneficiary", "carer", "dead", "ed_student", "emergency", "father",
        "guardian", "interviewee", "md_patient", "mother", "object", "parent", "relative",
    }
)  # fmt: skip
_WHOLE = frozenset({*NAMES, *_CHILDREN, *_PAID, *_PARTIES})
#: Fields that are called names and hold no person's.
_OTHERS = frozenset({"bank_name", "check_name", "issuer_name"})
#: The same where another field stands beside them: a policy, and whether one should have it.
_OTHERS_BESIDE = {"p_name": "p_should"}
_SHORTEST = 8  #: signs of a number, however it is written: most answers are shorter
_SHORTEST_OF_DIGITS = 15  #: of one that is written in ASCII: nothing becomes longer
_NAME = re.compile(r"[㐀-鿿·]{2,12}")


def named_in(answers: Mapping[str, Any], issued_on: dt.date) -> Iterator[dict[str, Any]]:
    """Name, ID number, day of birth and place of each, once a name and number."""
    seen, place = set(), place_of(answers)
    for name, id_no, is_child in _pairs(answers):
        if name and (name, id_no) not in seen:
            seen.add((name, id_no))
            born = birth_date(id_no) or (issued_on if is_child else None)
            yield {"name": name[:50], "id_no": id_no, "born": born, **place}


def note_named(issued: Issued) -> None:
    """Remember everybody a document names."""
    NamedPerson.objects.bulk_create(
        NamedPerson(issued=issued, **facts) for facts in facts_of_named(issued)
    )


def facts_of_named(issued: Issued) -> Iterator[dict[str, Any]]:
    """Everybody an issued document names, as columns."""
    return named_in(issued.answers, localtime(issued.issued_at).date())


def villages_told(answers: Mapping[str, Any]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The villages beside each name and number in the rows of a list, where the rows tell it."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    tables = (value for value in answers.values() if isinstance(value, list | tuple))
    for row in (row for table in tables for row in table if isinstance(row, Mapping)):
        village = place_of(row)["village"]
        for name, id_no, _ in _pairs(row) if village else ():
            found[name, id_no] = (*found.get((name, id_no), ()), village)
    return found


def people_in(town: str, village: str) -> tuple[tuple[str, str], ...]:
    """Name and ID number of everybody named in a village."""
    rows = NamedPerson.objects.filter(town=town, village=village)
    return tuple(rows.values_list("name", "id_no").distinct())


def born_after(day: dt.date, town: str = "", village: str = "") -> tuple[tuple[str, str, str], ...]:
    """Name, town and village of everybody named in an area who was born after a day."""
    towns, villages = bounds_of(town), (village,) if village else ()
    return tuple(_born_after(len(towns), bool(village)).all(day, *towns, *villages))


@cache
def _born_after(of_towns: int, has_village: bool) -> Prepared[tuple[str, str, str]]:
    """The question with as many places as are given: every masked page asks it."""

    def ask(day: Any, *places: Any) -> QuerySet[NamedPerson, tuple[str, str, str]]:
        rows = NamedPerson.objects.filter(of_town_or_none(places[:of_towns]), born__gt=day)
        if has_village:
            rows = rows.filter(village__in=("", places[-1]))
        return rows.values_list("name", "town", "village").distinct()

    return Prepared(ask)


def _pairs(answers: Any) -> Iterator[tuple[str, str, bool]]:
    """Names with their numbers, or none, and whether each is a child by its field."""
    if isinstance(answers, list | tuple):
        for row in answers:
            yield from _pairs(row)
    elif isinstance(answers, dict | Mapping):
        numbered = dict(_numbered(answers))
        for of, id_no in numbered.items():
            yield _text(answers[of]), id_no, of in _CHILDREN
        for key, value in answers.items():
            if not isinstance(value, str) and isinstance(value, list | tuple | Mapping):
                yield from _pairs(value)
            elif key not in numbered and _is_name(key) and _OTHERS_BESIDE.get(key) not in answers:
                yield _text(value), "", key in _CHILDREN


def _numbered(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields of names beside which an ID number stands, and the number."""
    for key, value in answers.items():
        text = str(value) if value else ""
        if len(text) < (_SHORTEST_OF_DIGITS if text.isascii() else _SHORTEST):
            continue
        id_no = same_number(text)
        of = _name_beside(key, answers) if birth_date(id_no) else ""
        if of:
            yield of, id_no


def _name_beside(key: str, answers: Mapping[str, Any]) -> str:
    """The field of the name that a field's number belongs to."""
    stem = key.removesuffix("_no").removesuffix("_id").removesuffix("身份证号").removesuffix("id")
    asked = (f"{stem}_name", stem, f"{stem}姓名", *(NAMES if key in ("id_no", "身份证号") else ()))
    begun = (one for one in answers if stem and one.startswith(stem) and one != key)
    texts = (one for one in (*asked, *begun) if one and isinstance(answers.get(one), str))
    return next((one for one in texts if _NAME.fullmatch(_text(answers[one]))), "")


@lru_cache(maxsize=4096)
def _is_name(key: str) -> bool:
    return key in _WHOLE or (key.endswith(("_name", "姓名")) and key not in _OTHERS)


def _text(value: Any) -> str:
    return "".join(str(value or "").split())
