"""Forms that are not finished: kept as typed, told to nobody but who typed them."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from filler.models import Draft
from minzheng.prepared import Prepared

#: A message that was under way when the document was issued comes within this time.
_LATE = dt.timedelta(seconds=20)
#: Both are asked whenever somebody stops typing for a moment.
_ON_PAGE: Prepared[Draft] = Prepared(lambda token: Draft.objects.filter(token=token)[:1])
_ISSUED_FROM: Prepared[tuple[int]] = Prepared(
    lambda by, token, sent: Draft.objects.filter(
        by=by, token=token, sent=sent, done_at__isnull=False, document__stopped_at=None
    ).values_list("document")[:1]
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands on a page now, and which page of which form it is."""

    token: str
    form_id: str
    by: str
    asked: str
    answers: Mapping[str, Any]
    rows_shown: Mapping[str, int] = field(default_factory=dict)
    is_checked: bool = False

    @property
    def mark(self) -> str:
        """Of what stands there, on this page: as it is whenever the same is sent again."""
        words = json.dumps([self.token, self.form_id, dict(self.answers)], sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()


@transaction.atomic
def keep_typed(typed: Typed, now: dt.datetime) -> bool:
    """Keep it in place of what was kept of the same page; whether it is kept.

    Not kept is what belongs to a page of somebody else, what comes late from a page whose
    document was issued a moment ago, and what stands in that document, whenever it comes.
    What comes late from a page that was checked as it stands leaves it a checked one.
    """
    kept = _ON_PAGE.first(typed.token)
    if kept and (
        (kept.by, kept.form_id) != (typed.by, typed.form_id) or _is_done(kept, typed, now)
    ):
        return False
    draft = kept or Draft(token=typed.token, form_id=typed.form_id, by=typed.by)
    is_same = draft.is_checked and draft.answers == dict(typed.answers)
    draft.asked, draft.answers, draft.rows_shown = (
        typed.asked, dict(typed.answers), dict(typed.rows_shown),
    )  # fmt: skip
    draft.is_checked, draft.saved_at, draft.done_at = typed.is_checked or is_same, now, None
    draft.save()
    return True


def drafts_of(by: str, since: dt.datetime) -> QuerySet[Draft]:
    """What somebody has not finished and touched since then, the latest first."""
    return Draft.objects.filter(by=by, done_at=None, saved_at__gte=since)


def note_issued(typed: Typed, document: int, now: dt.datetime) -> None:
    """Erase what was typed on a page: it stands in a document now."""
    nothing: dict[str, Any] = {}
    kept = Draft.objects.filter(by=typed.by, token=typed.token, done_at=None)
    kept.update(
        answers=nothing, rows_shown=nothing, asked="", done_at=now, document=document,
        sent=typed.mark,
    )  # fmt: skip


def issued_from(typed: Typed) -> int | None:
    """The document that was issued when the same was sent from the same page before."""
    found = _ISSUED_FROM.first(typed.by, typed.token, typed.mark)
    return found[0] if found else None


def is_of_another(token: str, form_id: str, by: str) -> bool:
    """Whether something is kept of this page that is another form's, or of somebody else."""
    kept = _ON_PAGE.first(token)
    return kept is not None and (kept.form_id, kept.by) != (form_id, by)


def _is_done(kept: Draft, typed: Typed, now: dt.datetime) -> bool:
    if kept.done_at is None:
        return False
    return now - kept.done_at < _LATE or kept.sent == typed.mark
