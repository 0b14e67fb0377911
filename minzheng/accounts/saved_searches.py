"""Questions that people keep to ask again; only their owner sees them."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone

from minzheng.accounts.models import Person, SavedSearch
from minzheng.county.errors import Problem

MOST = 50  #: of one person: each is counted when the list is shown
LONGEST_NAME = 40
#: A file read just before a look may be committed just after it: it is still new then.
_COMMIT_DELAY = dt.timedelta(seconds=5)


def saved_by(person: Person) -> QuerySet[SavedSearch]:
    """Somebody's saved searches, the newest first."""
    return SavedSearch.objects.filter(person=person)


def save_search(
    person: Person, name: str, question: str, choices: Mapping[str, str]
) -> SavedSearch | Problem:
    """Keep a question under a name of its own."""
    problem = _problem_of(person, name)
    if problem is not None:
        return problem
    if not question:
        return Problem("查询", "没有要保存的查询", "先查一次，再保存")
    if saved_by(person).count() >= MOST:
        return Problem("我的查询", f"已经存满 {MOST} 个", "删去不用的，再保存")
    return SavedSearch.objects.create(
        person=person, name=name, question=question, choices=dict(choices)
    )


def rename(search: SavedSearch, name: str) -> Problem | None:
    """Call a saved search something else."""
    if name == search.name:
        return None
    problem = _problem_of(search.person, name)
    if problem is None:
        search.name = name
        search.save(update_fields=["name"])
    return problem


def mark_looked(search: SavedSearch) -> None:
    """The owner has seen the results; what comes later is new."""
    search.looked_at = timezone.now() - _COMMIT_DELAY
    search.save(update_fields=["looked_at"])


def _problem_of(person: Person, name: str) -> Problem | None:
    if not name:
        return Problem("名称", "没有填写", "给这个查询起一个名称，如 旧城村低保公示")
    if len(name) > LONGEST_NAME:
        return Problem("名称", "太长", f"缩短到 {LONGEST_NAME} 个字以内")
    if saved_by(person).filter(name=name).exists():
        return Problem("名称", f"已有叫“{name}”的查询", "换一个名称，或先删去原来的")
    return None
