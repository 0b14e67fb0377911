"""What forms issued before give to the form at hand: the case's own fields, gathered rows."""

from typing import Any

from filler.carry_over.earlier import Earlier
from filler.carry_over.gather import gather_rows
from filler.form.form_data import Answers
from filler.form.forms import FormSpec
from filler.form.taken import GivingPaper, TakenOver
from filler.values.scope import Scope


def take_over(spec: FormSpec, answers: Answers, earlier: Earlier) -> TakenOver:
    """Everything that need not be typed, and from where."""
    single: dict[str, tuple[Any, GivingPaper]] = {}
    case_no = str(answers.get("case_no", "")).strip().upper()
    for take in earlier.taking_over.takes:
        found = earlier.newest(take.source, case_no) if take.to == spec.id else None
        if found is None:
            continue
        for own, slug in take.fields.items():
            answer = answer_in(found.scope, slug)
            if answer not in ("", []):
                single[own] = (answer, found.source)  # the last rule wins
    known = {**answers, **{slug: answer for slug, (answer, _) in single.items()}}
    gather = earlier.taking_over.gather_for(spec.id, known)
    if gather is None:
        return TakenOver(single)
    return TakenOver(single, gather.rows, gather.key, gather_rows(gather, known, earlier))


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
