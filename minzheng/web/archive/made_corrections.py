"""Corrections that were made: who made them, who may take them back, how pages show them."""

from typing import Any

from django.http import HttpRequest

from archive_indexer.disk.file_names import as_shown
from archive_indexer.filing.keepers_words import FIELDS
from archive_indexer.models import Correction
from archive_indexer.stores.corrections import files_corrected, scope_of
from minzheng.accounts.rights import Right, may
from minzheng.web.archive.correction_form import OF_THE_PAPER
from minzheng.web.gate.office import area, county, signed_in


def who_corrects(request: HttpRequest) -> str:
    """Name and account, as the record of corrections keeps them."""
    person = signed_in(request)
    return f"{person.first_name} {person.username}".strip()


def may_take_back(request: HttpRequest, correction: Correction) -> bool:
    """A correction of a file one sees; of a folder only where its reach is within one's own."""
    if not correction.is_folder:
        files = files_corrected(correction)
        return files.filter(area(request).as_filter()).exists()
    scope = scope_of(correction)
    place = area(request)
    is_within = place.covers(scope.town, scope.village)
    return is_within and place.forbidden <= scope.hidden_dossiers


def described(request: HttpRequest, made: Any) -> list[dict[str, Any]]:
    """Corrections as the pages show them; what stands on a paper only to its readers."""
    is_read = may(signed_in(request), Right.VIEW)
    names = {one.code: one.short_name for one in county().dossiers.all}
    rows: list[dict[str, Any]] = [
        {
            "one": one,
            "what": FIELDS[one.field],
            "value": names.get(one.value, one.value.replace("/", "")) or "（没有）",
            "before": _before(one, names),
            "path": as_shown(one.path) or "档案文件夹最上层",
            "may_take_back": one.taken_back_at is None and may_take_back(request, one),
        }
        for one in made
        if is_read or one.field not in OF_THE_PAPER
    ]
    return rows


def deeds_in(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The deeds of many files among some corrections that can still be taken back, each once."""
    deeds: dict[str, dict[str, Any]] = {}
    for row in rows:
        one = row["one"]
        if one.deed and one.taken_back_at is None:
            made = Correction.objects.filter(deed=one.deed, taken_back_at=None)
            count = made.values("path").distinct().count()
            deeds.setdefault(one.deed, {"deed": one.deed, "one": one, "count": count})
    return list(deeds.values())


def _before(one: Correction, names: dict[str, str]) -> str:
    was = str(one.before.get("value", ""))
    return names.get(was, was.replace("/", "")) or "（没有）"
