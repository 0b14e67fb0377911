"""How much of a case's papers is typed: every filled field, and who gave it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from filler.fill_form import offered_answers, read_form
from filler.form.forms import Field, FormSpec
from filler.values.print_value import print_value
from filler.values.read_value import WrongValueError, read_value
from tests.filler.conftest import TODAY

#: What a clerk says first on the page of a list, so that its rows can be found.
_ASKED_FIRST = (
    "case_no", "town", "village", "scheme", "meet_date", "pub_start", "decide_date", "pay_date",
    "pay_to", "as_of",
)  # fmt: skip
_TELLING = 4  #: characters of a text that does not stand everywhere
_OF_THE_CASE = frozenset({"town", "village", "scheme"})


@dataclass(frozen=True)
class Typed:
    """One paper: fields filled, and who gave them."""

    form_id: str
    filled: int
    locked: int  #: taken over, not to be changed
    offered: int  #: given, and left as it was
    changed: int  #: given, and written otherwise
    plain: int  #: a default of the form
    typed: tuple[str, ...]  #: told for the first time, or again
    again: tuple[str, ...]  #: of these: a text that stands on an earlier paper of the case


def count_typing(
    catalogue, store, form_id: str, answers: Mapping[str, Any], *, opened_in: str, told: set[str]
) -> Typed:
    """What stands on a paper when it is issued, by where it came from."""
    spec = catalogue.form(form_id)
    first = {slug: str(answers[slug]) for slug in _ASKED_FIRST if answers.get(slug)}
    first |= {"name": str(answers["name"])} if opened_in and answers.get("name") else {}
    opened = read_form(spec, first, today=TODAY, catalogue=catalogue, history=store)
    offered = {slug: answer for slug, (answer, _) in offered_answers(opened, store).items()}
    locked = {slug: answer for slug, (answer, _) in opened.taken.single.items()}
    if opened.taken.rows:
        locked[opened.taken.table] = [dict(row.cells) for row in opened.taken.rows]
    plain = {one.slug: one.default for one in spec.fields if one.default and "{" not in one.default}
    of_case = {slug: answers[slug] for slug in _OF_THE_CASE & answers.keys()} if opened_in else {}
    for past in store.issued_for("", case_no=opened_in) if opened_in else ():
        own, slugs = catalogue.offers.day_told_by(form_id, past.form_id)
        if own:
            of_case[own] = past.text(slugs[0])
    given: list[tuple[str, Mapping[str, str]]] = [
        (name, dict(leaves_of(spec, source)))
        for name, source in (
            ("locked", locked), ("offered", {**of_case, **offered}), ("plain", plain),
        )
    ]  # fmt: skip
    counts = dict.fromkeys(("locked", "offered", "changed", "plain"), 0)
    patterns = {one.slug for one in spec.fields if "{" in one.default}
    typed = []
    wanted = dict(leaves_of(spec, answers))
    for address, text in wanted.items():
        who = next((name for name, leaves in given if leaves.get(address) == text), "")
        if not who and (address in patterns or any(address in leaves for _, leaves in given[:2])):
            who = "changed"
        if who:
            counts[who] += 1
        else:
            typed.append(address)
    again = tuple(one for one in typed if wanted[one] in told and is_telling(wanted[one]))
    return Typed(form_id, len(wanted), **counts, typed=tuple(typed), again=again)


def is_telling(text: str) -> bool:
    """Whether a text says something of this case: 是, 3 and 直接 stand everywhere."""
    return len(text) >= _TELLING


def texts_on(spec: FormSpec, answers: Mapping[str, Any]) -> set[str]:
    """Every text that stands in a field of a paper."""
    return {text for _, text in leaves_of(spec, answers)}


def leaves_of(spec: FormSpec, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every field and cell that is filled, as it is printed."""
    for one in spec.fields:
        answer = answers.get(one.slug)
        if one.type == "rows":
            rows = answer if isinstance(answer, list) else []
            for number, row in enumerate(rows):
                for column in one.columns:
                    text = _printed(column, row.get(column.slug)) if column.is_typed else ""
                    if text:
                        yield f"{one.slug}[{number}].{column.slug}", text
        elif one.is_typed and (text := _printed(one, answer)):
            yield one.slug, text


def _printed(one: Field, answer: Any) -> str:
    if answer in (None, "", []):
        return ""
    try:
        return print_value(one, read_value(one, answer))
    except WrongValueError:
        return str(answer)
