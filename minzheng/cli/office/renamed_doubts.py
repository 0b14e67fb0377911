"""Doubts of places that are called otherwise from now on: what people said of them stays theirs.

The name of a doubt is made of its subject, where a place may stand: looked at again, it is
found under a new name.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Model

from minzheng.database.town_rows import full
from minzheng.inspection.models import Finding

_Alike = tuple[object, ...]


def keep_verdicts(county: str, look_again: Callable[[], object]) -> int:
    """Let what was said of doubts hold under their new names; how many were named anew."""
    for row in Finding.objects.exclude(seen_with=""):
        row.seen_with = "|".join(_seen(county, word) for word in row.seen_with.split("|"))
        row.save(update_fields=["seen_with"])
    spoken = {_alike(one): one for one in _shown() if one.verdicts.exists()}
    if not spoken:
        return 0  # the service looks at all again by itself
    known = set(Finding.objects.values_list("pk", flat=True))
    look_again()
    fresh = [one for one in _shown() if one.pk not in known]
    return sum(_take_name(spoken[_alike(one)], one) for one in fresh if _alike(one) in spoken)


def _seen(county: str, word: str) -> str:
    return full(county, word) if "/" in word else word


def _shown() -> list[Finding]:
    return list(Finding.objects.filter(gone_at=None))


def _alike(one: Finding) -> _Alike:
    papers = sorted((str(paper["source"]), str(paper["number"])) for paper in one.papers)
    return (one.check_id, one.town, one.village, one.year, one.case_no, tuple(papers))


@transaction.atomic
def _take_name(spoken: Finding, fresh: Finding) -> bool:
    """The older row, with all that was said of it, stands for the doubt found just now."""
    spoken.refresh_from_db()
    if spoken.gone_at is None:
        return False  # it is still found under its own name: the other is another doubt
    kept = ("id", "state", "decided_facts", "first_found")
    told = {name: getattr(fresh, name) for name in _columns(fresh) if name not in kept}
    fresh.delete()
    for name, value in told.items():
        setattr(spoken, name, value)
    spoken.save()
    return True


def _columns(row: Model) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields]
