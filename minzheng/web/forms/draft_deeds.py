"""What is typed into a form's page is kept for its writer, and given back by the same page."""

import datetime as dt
import hashlib
import json
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from filler.form.forms import FormSpec
from filler.models import Batch, Draft, Issued
from filler.records.drafts import (
    Typed,
    drafts_of,
    is_of_another,
    issued_from,
    keep_typed,
    note_issued,
)
from filler.values.read_answers import is_blank
from minzheng.accounts.rights import Right, may
from minzheng.prepared import Prepared
from minzheng.web.forms.form_shown import first_answers
from minzheng.web.forms.photos import usable_photos
from minzheng.web.forms.posted_answers import Posted, read_post
from minzheng.web.forms.visible_forms import spec_of
from minzheng.web.gate.office import area, config, signed_in

#: Where a page tells which it is, posted and in its address.
TOKEN = "draft"
_TOKEN_FORM = re.compile(r"[0-9a-f]{16}")
#: Which window it is in, and of when the draft was that it showed: two may show one draft.
WINDOW, KNOWN = "draft_window", "draft_known"
_MOST_WRITERS = 4096
#: Which window wrote last on a page. One process serves all pages (decision 0018); after a new
#: start nobody is taken for another.
_writers: OrderedDict[str, str] = OrderedDict()
#: Of a page's address: what its form was begun from.
_BEGUN_FROM = (
    "case_no", "from_case", "person", "corrects", "town", "village", "month", "scheme", "as_of",
    "pay_date", "batch", "row",
)  # fmt: skip
_BEGUN = Prepared(
    lambda by, form_id: (
        Draft.objects.filter(by=by, form_id=form_id, done_at=None).order_by().values_list("pk")[:1]
    )
)
_LONGEST_ASKED = Draft._meta.get_field("asked").max_length
_PLAIN = re.compile(r"[A-Za-z0-9一-鿿-]{1,40}")


@dataclass(frozen=True, slots=True)
class Page:
    """One opened page of a form: its token, and what was typed on it before."""

    token: str
    draft: Draft | None = None
    window: str = ""
    known: str = ""
    is_apart: bool = False  #: another window wrote on it meanwhile: this one is kept beside it
    typed: Typed | None = None  #: what was posted from it
    row_of: str = ""  #: which row of which batch it is, as `asked` of its draft; none: empty

    @property
    def posted(self) -> Posted | None:
        """What was typed, as if it were posted again."""
        return Posted(self.draft.answers, self.draft.rows_shown) if self.draft else None


def opened_page(request: HttpRequest, spec: FormSpec) -> Page:
    """The page somebody opens: with what is unfinished under this address, else a new one."""
    mine, asked = unfinished(request).filter(form_id=spec.id), begun_from(request.GET)
    token = request.GET.get(TOKEN, "")
    if not _TOKEN_FORM.fullmatch(token):
        draft = mine.filter(asked=asked).first() if has_begun(request, spec.id) else None
        return _in_new_window(draft.token if draft else new_token(), draft)
    draft = mine.filter(token=token).first()
    is_free = draft is None and not Draft.objects.filter(token=token).exists()
    return _in_new_window(token if draft or is_free else new_token(), draft)


def opened_row(request: HttpRequest, spec: FormSpec, token: str, row_of: str) -> Page:
    """The page of a row of a batch: with what its clerk typed on it before."""
    draft = unfinished(request).filter(form_id=spec.id, token=token).first()
    return replace(_in_new_window(token, draft), row_of=row_of)


def row_asked(batch: int, position: int) -> str:
    """What the draft of a row tells of where it was begun."""
    return urlencode({"batch": batch, "row": position})


def leave_rows(batch: int) -> None:
    """The roster is gone: what was typed on its rows' pages is found as forms of their own."""
    Draft.objects.filter(asked__startswith=f"batch={batch}&").update(asked="")


def _in_new_window(token: str, draft: Draft | None) -> Page:
    known = draft.saved_at.isoformat() if draft else ""
    return Page(token, draft, new_token(), known)


def posted_page(post: QueryDict) -> Page:
    """The page a form was posted from."""
    token, window = post.get(TOKEN, ""), post.get(WINDOW, "")
    return Page(
        token if _TOKEN_FORM.fullmatch(token) else new_token(),
        window=window if _TOKEN_FORM.fullmatch(window) else "",
        known=post.get(KNOWN, "")[:40],
    )


def keep_posted(
    request: HttpRequest,
    spec: FormSpec,
    posted: Posted,
    page: Page,
    asked: str,
    *,
    is_checked: bool = False,
) -> Page:
    """Keep what was posted, when there is anything to be lost; under which page it is kept.

    Args:
        asked: what the form was begun from, as its address tells.
    """
    answers, place, by = _as_kept(spec, posted.answers), area(request), signed_in(request).username
    typed = Typed(page.token, spec.id, by, asked, answers, posted.rows_shown, is_checked)
    if not _is_begun(answers, first_answers(spec, place.own_town, place.village)):
        return replace(page, typed=typed)
    if is_of_another(page.token, spec.id, by):
        page = replace(page, token=new_token())
    if _is_written_elsewhere(page, answers):
        page = replace(page, token=_token_beside(page), is_apart=True)
    typed = replace(typed, token=page.token)
    keep_typed(typed, timezone.now())
    _note_writer(page)
    return replace(page, typed=typed)


def _is_written_elsewhere(page: Page, answers: Mapping[str, Any]) -> bool:
    """Whether what another window wrote, and this one never showed, would be written over."""
    if not page.window or _writers.get(page.token, page.window) == page.window:
        return False
    draft = Draft.objects.filter(token=page.token, done_at=None).first()
    return (
        draft is not None
        and draft.saved_at.isoformat() != page.known
        and draft.answers != dict(answers)
    )


def _token_beside(page: Page) -> str:
    """Always the same one: what is typed next in this window belongs there, too."""
    return hashlib.sha256(f"{page.token}{page.window}".encode()).hexdigest()[: len(page.token)]


def _note_writer(page: Page) -> None:
    _writers[page.token] = page.window
    _writers.move_to_end(page.token)
    while len(_writers) > _MOST_WRITERS:
        _writers.popitem(last=False)


def forget_page(page: Page, document: int) -> None:
    """The document of a page was issued."""
    if page.typed:
        note_issued(page.typed, document, timezone.now())


def sent_before(page: Page) -> int | None:
    """The document that was issued when this page, as it stands, was sent the first time."""
    return issued_from(page.typed) if page.typed else None


def document_of_page(request: HttpRequest, spec: FormSpec) -> int | None:
    """The document issued from the page an address names, by who asks; its newest edition."""
    token = request.GET.get(TOKEN, "")
    if not _TOKEN_FORM.fullmatch(token):  # no page is called so
        return None
    done = Draft.objects.filter(
        token=token, form_id=spec.id, by=signed_in(request).username,
        done_at__isnull=False, document__stopped_at=None,
    )  # fmt: skip
    number = done.values_list("document", flat=True).first()
    while number is not None:
        newer = Issued.objects.filter(corrects=number).values_list("pk", flat=True).first()
        if newer is None:
            break
        number = newer
    return number


def has_begun(request: HttpRequest, form_id: str) -> bool:
    """Whether anything of a form is unfinished, however old; mostly nothing is."""
    return bool(_BEGUN.all(signed_in(request).username, form_id))


def unfinished(request: HttpRequest) -> QuerySet[Draft]:
    """What somebody has not finished, of dossiers still to be seen; the latest first."""
    since = timezone.now() - dt.timedelta(days=config().draft_days)
    mine = drafts_of(signed_in(request).username, since)
    for code in area(request).forbidden:
        mine = mine.exclude(form_id__startswith=f"{code}-")
    return mine


def take_kept(request: HttpRequest, address: str, kept: str) -> str:
    """Keep what came along over a sign-in; the address of the page that shows it.

    Args:
        address: of the page it was posted to.
        kept: its fields as JSON; whatever else it is, it is nobody's loss.
    """
    path, _, query = address.partition("?")
    fields, asked = _fields_of(kept), begun_from(QueryDict(query))
    try:
        found = resolve(path)
        if fields is None or not may(signed_in(request), Right.FILL):
            return address
        if found.url_name == "batch-row":
            form_id, asked = _begun_at_row(request, **found.kwargs)
        elif found.url_name == "fill":
            form_id = str(found.kwargs["form_id"])
        else:
            return address
        spec = spec_of(request, form_id)
    except (Resolver404, Http404, Batch.DoesNotExist):
        return "/"
    page = keep_posted(request, spec, read_post(spec, fields), posted_page(fields), asked)
    return page_address(spec.id, asked, page.token)


def _begun_at_row(request: HttpRequest, number: int, position: int) -> tuple[str, str]:
    """Which form the page of a row is, and what its draft tells; without a roster, a form."""
    own = Batch.objects.get(pk=number, issued_by=signed_in(request).username)
    return own.form_id, row_asked(number, position) if own.roster_name else ""


def rows_address(row_of: str) -> str:
    """Where the rows stand of which one is on the page; none: nowhere."""
    return reverse("batch-rows", args=[QueryDict(row_of)["batch"]]) if row_of else ""


def page_address(form_id: str, asked: str, token: str) -> str:
    """Where a page of a form is opened again: an address without a word of what was typed."""
    told = QueryDict(asked)
    if {"batch", "row"} <= told.keys() and told["batch"].isdecimal() and told["row"].isdecimal():
        row = reverse("batch-row", args=[told["batch"], told["row"]])
        return f"{row}?{urlencode({TOKEN: token})}"
    query = "&".join(filter(None, (asked, urlencode({TOKEN: token}))))
    return f"{reverse('fill', args=[form_id])}?{query}"


def begun_from(query: QueryDict) -> str:
    """The part of an address that tells what a form was begun from."""
    given = {name: query.get(name, "") for name in _BEGUN_FROM}
    told = urlencode({name: value for name, value in given.items() if _PLAIN.fullmatch(value)})
    return told[:_LONGEST_ASKED]


def new_token() -> str:
    """The name of a page nobody opened before."""
    return secrets.token_hex(8)


def usable(request: HttpRequest, spec: FormSpec, posted: Posted) -> Posted:
    """What was kept, without photos that are gone or may not be seen any more."""
    answers = usable_photos(request, spec, posted.answers)
    return Posted(answers, posted.rows_shown)


def _as_kept(spec: FormSpec, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of the form's own fields."""
    own = {one.slug for one in spec.fields} | {"case_no"}
    return {slug: answer for slug, answer in answers.items() if slug in own}


def _is_begun(answers: Mapping[str, Any], first: Mapping[str, Any]) -> bool:
    """Whether anything stands there that a new page does not hold."""
    return any(
        not is_blank(answer) and answer != first.get(slug, "") for slug, answer in answers.items()
    )


def _fields_of(kept: str) -> QueryDict | None:
    """Posted fields as they came along."""
    try:
        pairs = json.loads(kept)
    except ValueError:
        return None
    if not isinstance(pairs, list) or not all(map(_is_pair, pairs)):
        return None
    fields = QueryDict(mutable=True)
    for name, value in pairs:
        fields.appendlist(name, value)
    return fields


def _is_pair(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(text, str) for text in one)
