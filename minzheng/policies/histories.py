"""What became of a policy: its versions, what it replaced, what replaced it, what it touches."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from filler.form.forms import FormSpec
from minzheng.county.registry.laws import Law, Laws

IN_FORCE, OVER, NOT_YET = "有效", "已失效", "尚未施行"
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PolicyHistory:
    """One policy beside those it comes from and those that came after it."""

    law: Law
    versions: tuple[Law, ...]  #: of the same title, itself among them, oldest first
    replaces: tuple[Law, ...]
    replaced_by: tuple[Law, ...]
    forms: tuple[FormSpec, ...]  #: that print it or ask for what it asks for
    new_forms: tuple[FormSpec, ...]  #: that rest on what replaced it as well


def state_on(law: Law, day: dt.date) -> str:
    """Whether a policy holds on a day, or why not."""
    if day < law.start:
        return NOT_YET
    return IN_FORCE if law.holds_on(day) else OVER


def history_of(law: Law, laws: Laws, forms: Mapping[str, FormSpec]) -> PolicyHistory:
    """What the tables tell of a policy."""
    versions = sorted((one for one in laws.all if one.title == law.title), key=_begin)
    replaced_by = successors(law, laws.all)
    after = {form_id for one in replaced_by for form_id in one.forms}
    return PolicyHistory(
        law,
        tuple(versions),
        tuple(one for one in laws.all if law in successors(one, laws.all)),
        replaced_by,
        tuple(forms[one] for one in sorted(law.forms) if one in forms),
        tuple(forms[one] for one in sorted(law.forms & after) if one in forms),
    )


def successors(law: Law, all_laws: Iterable[Law]) -> tuple[Law, ...]:
    """What replaced a policy: begins the day after its last, for the same work.

    The next of the same title is meant whatever else began that day.
    """
    if law.end == dt.date.max:
        return ()
    after = [one for one in all_laws if one.start == law.end + _ONE_DAY and one is not law]
    same = tuple(one for one in after if one.title == law.title)
    return same or tuple(one for one in after if _share_work(one, law))


def _share_work(one: Law, other: Law) -> bool:
    if one.schemes and other.schemes:
        return bool(set(one.schemes) & set(other.schemes))
    return bool(one.articles.keys() & other.articles.keys())


def _begin(law: Law) -> dt.date:
    return law.start
