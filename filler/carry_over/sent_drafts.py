"""A 送审稿 that waits is gone on with: what was written stands, the next hand adds its own.

One document, one number: whoever fills the same form for the case replaces what was sent. As
long as the next hand has not written, the one before may mend it.
"""

from collections.abc import Iterator

from filler.form.case_history import CaseHistory, PastForm
from filler.form.form_data import Answers
from filler.form.forms import FormSpec
from filler.form.opinions import levels_of
from filler.form.printings import DRAFT, Printing, printing_of
from filler.values.read_answers import is_blank
from minzheng.county.errors import Problem


def find_draft(
    spec: FormSpec, given: Answers, history: CaseHistory, corrected: int | None
) -> PastForm | None:
    """The 送审稿 of the case that waits; none when a document is corrected openly."""
    case_no = str(given.get("case_no", "")).strip().upper()
    if corrected is not None or not case_no or not levels_of(spec):
        return None
    found = history.issued_for(spec.id, case_no=case_no)
    return found[-1] if found and found[-1].waits_for else None


def with_draft(spec: FormSpec, given: Answers, draft: PastForm | None) -> Answers:
    """Blank answers, and a form's own wording, give way to what the 送审稿 says."""
    if draft is None:
        return given
    defaults = {field.slug: field.default for field in spec.fields}
    own = {
        slug: one
        for slug, one in given.items()
        if not is_blank(one) and (slug not in draft.answers or str(one) != defaults.get(slug))
    }
    return {**draft.answers, **own}


def locked_draft(
    spec: FormSpec, given: Answers, draft: PastForm | None, hands: frozenset[str] | None
) -> PastForm | None:
    """The 送审稿 once the next hand writes on it: what the hands before wrote is locked."""
    if draft is None:
        return None
    goes_on = printing_of(spec, with_draft(spec, given, draft)).waits_for != draft.waits_for
    return draft if goes_on or (hands is not None and draft.waits_for in hands) else None


def find_undone(corrected: PastForm | None, printing: Printing) -> Iterator[Problem]:
    """A decision is not taken back by leaving it blank."""
    if corrected is not None and printing.is_draft and not corrected.waits_for:
        what = f"要更正的是定稿，这里没有填写决定，成了{DRAFT}"
        yield Problem("整份", what, "决定有变化的另办；只改别处的，由作出决定的一级更正")


def corrected_paper(
    spec: FormSpec, number: int, case_no: str, history: CaseHistory
) -> PastForm | None:
    """The document that is corrected openly; None for a form that nobody decides."""
    found = history.issued_for(spec.id, case_no=case_no) if number and levels_of(spec) else ()
    return next((one for one in found if one.number == number), None)
