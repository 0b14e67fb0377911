"""Whom a document is about, by its answers."""

from collections.abc import Mapping
from typing import Any

from minzheng.county.writing.pinyin import both

NAMES = ("name", "addressee", "patient", "elder", "child_name", "head", "姓名", "户主")
#: By slug, or by the label a clerk wrote in an answers file.
_IDS, _PHONES = ("id_no", "身份证号"), ("phone", "联系电话")
_TOWNS, _VILLAGES = ("town", "镇"), ("village", "村（社区）", "村")


def person_facts(answers: Mapping[str, Any]) -> dict[str, str]:
    """Name, its pinyin and initials, ID number, phone and place; empty without a name."""
    name = _text(answers, NAMES)[:50]
    if not name:
        return {}
    syllables, initials = both(name)
    return {
        "name": name,
        "pinyin": "".join(syllables)[:200].lower(),
        "initials": "".join(initials)[:50].lower(),
        "id_no": _text(answers, _IDS).upper()[:18],
        "phone": _text(answers, _PHONES)[:20],
        **place_of(answers),
    }


def place_of(answers: Mapping[str, Any]) -> dict[str, str]:
    """The town and village a document belongs to."""
    return {
        "town": _text(answers, _TOWNS)[:60],
        "village": _text(answers, _VILLAGES)[:30],
    }


def _text(answers: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    given = next((str(answers[key]) for key in keys if answers.get(key)), "")
    return "".join(given.split())
