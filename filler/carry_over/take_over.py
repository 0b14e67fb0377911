"""What forms issued before give to the form at hand: the case's own fields, gathered rows."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from filler.carry_over.earlier import Earlier, EarlierForm
from filler.carry_over.gather import gather_rows
from filler.carry_over.standing_cases import standing_case
from filler.carry_over.two_places import Disagreements, disagreement, place
from filler.form.case_history import PastForm
from filler.form.form_data import Answers
from filler.form.forms import FormSpec
from filler.form.taken import TakenOver
from filler.spec.taken_from import Take
from filler.values.scope import Scope


def take_over(
    spec: FormSpec, answers: Answers, earlier: Earlier, draft: PastForm | None = None
) -> TakenOver:
    """Everything that need not be typed, and from where; a draft that is gone on with, first."""
    case_no = str(answers.get("case_no", "")).strip().upper()
    given: dict[str, _Given] = _written(earlier.read(draft)) if draft else {}
    for take in earlier.taking_over.takes_of(spec.id):
        given |= _taken(take, case_no, earlier)  # the last rule wins
    single = {own: (one.answer, one.paper.source) for own, one in given.items()}
    labels = {own: one.paper.scope.fields[one.slug].label for own, one in given.items()}
    known = {**answers, **{own: one.answer for own, one in given.items()}}
    gather = earlier.taking_over.gather_for(spec.id, known)
    if gather is None:
        return TakenOver(single, labels=labels)
    rows = gather_rows(gather, known, earlier)
    return TakenOver(single, gather.rows, gather.key, rows, labels)


def find_told_otherwise(scope: Scope, earlier: Earlier) -> Disagreements:
    """What an earlier paper tells, too, and is not locked: pointed out where it differs."""
    case_no = scope.case_no
    takes = [one for one in earlier.taking_over.takes_of(scope.spec.id) if one.told]
    given = ((take, earlier.newest(take.source, case_no)) for take in takes)
    places = [
        (place(scope, own), place(paper.scope, slug, paper.source))
        for take, paper in given
        if paper and _does_give(paper, take, case_no, earlier)
        for own, slug in take.told.items()
    ]
    differing = (
        disagreement(own, other)
        for own, other in places
        if own.text and other.text and own.text != other.text
    )
    return Disagreements((), tuple(differing))


class _Given(NamedTuple):
    """An answer, and where it stands."""

    answer: Any
    paper: EarlierForm
    slug: str


def _written(draft: EarlierForm) -> dict[str, _Given]:
    """Everything the hands before wrote on a paper."""
    data = draft.scope.data
    given = {
        slug: _Given(answer_in(draft.scope, slug), draft, slug)
        for slug, field in draft.scope.fields.items()
        if field.is_typed and (data.values.get(slug) is not None or data.rows.get(slug))
    }
    return {slug: one for slug, one in given.items() if one.answer not in ("", [])}


def _taken(take: Take, case_no: str, earlier: Earlier) -> dict[str, _Given]:
    """What one rule gives: of the newest paper, or of the case as it stands."""
    if take.is_standing:
        case = standing_case(take.source, case_no, earlier)
        places = {own: case.told(slug) for own, slug in take.fields.items()} if case else {}
    else:
        found = earlier.newest(take.source, case_no)
        found = found if found and _does_give(found, take, case_no, earlier) else None
        places = {own: (found, slug) for own, slug in take.fields.items()} if found else {}
    given = {
        own: _Given(answer_in(paper.scope, slug), paper, slug)
        for own, (paper, slug) in places.items()
    }
    return {own: one for own, one in given.items() if one.answer not in ("", [])}


def _does_give(found: EarlierForm, take: Take, case_no: str, earlier: Earlier) -> bool:
    """Whether a paper is the one that decided: it says so, and no other paper did since."""
    others = (past for form_id in take.unless for past in earlier.of_case(form_id, case_no))
    is_newest = all(past.number < found.source.number for past in others)
    return is_newest and says_so(found, take.of)


def says_so(paper: EarlierForm, of: Mapping[str, Sequence[str]]) -> bool:
    """Whether a paper says one of what a rule asks of it, for every field that it names."""
    return all(paper.scope.text(slug) in texts for slug, texts in of.items())


def answer_in(source: Scope, slug: str) -> Any:
    """A value of an issued form as an answer: rows as lists, all else as printed."""
    field = source.fields.get(slug)
    if field is not None and field.type == "rows":
        return [
            {column.slug: row.text(column.slug) for column in field.columns if column.is_typed}
            for row in source.rows(slug)
        ]
    if field is not None and field.type == "multi":
        return list(source.data.texts(slug))
    return source.text(slug)
