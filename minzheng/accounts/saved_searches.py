"""Questions that people keep to ask again; others see only what is shared with them.

Shared is the question, never an answer: whoever asks it finds what that person may see.
"""

import datetime as dt
from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone

from minzheng.accounts.areas import lacks_area
from minzheng.accounts.models import Person, Role, SavedSearch
from minzheng.accounts.rights import RIGHTS, Right, may
from minzheng.county.errors import Problem
from minzheng.county.registry.places import Places
from minzheng.county.town_names import lies_in

MOST = 50  #: of one person: each is counted when the list is shown
LONGEST_NAME = 40
EVERYBODY = "全部账号"  #: of the owner's area
#: With whom a search may be shared: nobody, all of the owner's area, or one role of it.
SHARES = ("", EVERYBODY, *(role for role in Role.values if Right.SEARCH in RIGHTS[Role(role)]))
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


def rename(search: SavedSearch, name: str, *, is_personal: bool) -> Problem | None:
    """Call a saved search something else; what is shared takes no name that `is_personal`."""
    if name == search.name:
        return None
    problem = _problem_of(search.person, name)
    if problem is None and search.shared_with and is_personal:
        problem = _personal(name)
    if problem is None:
        search.name = name
        search.save(update_fields=["name"])
    return problem


def share(search: SavedSearch, whom: str, *, is_personal: bool) -> Problem | None:
    """Show a saved search to the colleagues of one's area, to one role of them, or to nobody.

    A question that `is_personal` holds a number or a name that not everybody there may read.
    """
    if whom not in SHARES:
        return Problem("分享给", "没有这一类账号", "从列表里选")
    if whom and is_personal:
        return _personal(search.name)
    search.shared_with = whom
    search.save(update_fields=["shared_with"])
    return None


def _personal(name: str) -> Problem:
    what = "里有身份证号、账号或受保护的儿童姓名"
    return Problem(f"“{name}”", what, "去掉它再另存一个，然后分享")


def shared_to(person: Person, places: Places) -> list[SavedSearch]:
    """What colleagues share with somebody: those whose area holds this person's."""
    shown = SavedSearch.objects.filter(shared_with__in=(EVERYBODY, person.role))
    others = shown.exclude(person=person).filter(person__is_active=True)
    found = others.select_related("person").order_by("name", "pk")
    return [one for one in found if _reaches(one.person, person, places)][:MOST]


def _reaches(owner: Person, person: Person, places: Places) -> bool:
    if any(lacks_area(one, places) for one in (owner, person)) or not may(owner, Right.SEARCH):
        return False
    return lies_in(person.town, owner.town) and owner.village in ("", person.village)


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
