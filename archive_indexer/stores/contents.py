"""What was read from each content: kept for ever, so that no page is read twice.

Kept with it is by which rules it was read, so that new rules re-read only what they touch.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, replace
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from archive_indexer.documents import (
    ExtractedPage,
    Extraction,
    Member,
    ReadField,
    Seal,
    SignaturePlace,
    TextLine,
)
from archive_indexer.models import ArchivedFile, Content, PackedMember, Page, Withheld
from archive_indexer.stores.confirmed import (
    Confirmation,
    confirmed_of,
    forget_confirmed,
    note_confirmed,
    with_confirmed,
)
from archive_indexer.stores.doubtful_pages import Again
from archive_indexer.stores.withheld import (
    for_place,
    seen_by_nobody,
    withheld_by_counties,
    without,
    without_withheld,
)
from minzheng.county.form_code import read_qr
from minzheng.county.town_names import county_of, lies_in
from minzheng.prepared import Prepared

_TO_BE_READ = "ocr=0"  #: rules that are never in force
_LEAST_OF_A_LINE = 3  #: text, box, confidence
_FIRST = 3  #: all rules counted as one when their numbers began
#: Raise a reader's number when it reads better than before: at the next start the contents
#: it read are read again, and no others. `ocr` counts for every content with a page read
#: from its picture, whatever its kind; `signature` for those of them that bear our code;
#: `blank` for every content with a page on which no ink was seen.
RULES: Mapping[str, int] = {
    "ocr": 14, "blank": 8, "signature": 10, "pdf": 12, "ofd": 8, "eml": 6, "unknown": 10, "txt": 6,
    "csv": 4, "wordless": 5, "7z": 4, "msg": 4,
    "tnef": 4, "zst": 4, "cab": 4, "cpio": 4, "iso": 4, "lzh": 4,
    "z": 4, "lz": 4, "lz4": 4, "psd": 4, "svg": 4,
    "docx": 8, "doc": 8, "xlsx": 8, "xlsb": 6, "xls": 6, "ods": 7,
    "pptx": 8, "ppt": 7, "odt": 7, "odp": 7, "odg": 7, "rtf": 7,
    "jpg": 6, "png": 5, "tiff": 7, "bmp": 5, "gif": 4, "webp": 5, "heif": 5, "mpo": 5,
    "zip": 5, "rar": 4, "heic": 5, "avif": 4,
}  # fmt: skip

#: What every look at a paper asks.
_PAGE = Prepared(
    lambda sha256, number: Page.objects.filter(content_id=sha256, number=number).order_by()
)
_PAGE_NUMBERS = Prepared(
    lambda sha256: Page.objects.filter(content_id=sha256).values_list("number")
)
_TEXTS = Prepared(
    lambda *sha256s: (
        Page.objects.filter(content_id__in=sha256s)
        .order_by("number")
        .values_list("content_id", "text")
    )
)
#: What is asked of every file that is read, by the service and by a worker.
_CONTENT = Prepared(lambda sha256: Content.objects.filter(pk=sha256))
_PAGES = Prepared(lambda sha256: Page.objects.filter(content_id=sha256).order_by("number"))
_MEMBERS = Prepared(lambda sha256: PackedMember.objects.filter(content_id=sha256).order_by("pk"))
_ANY_LEFT_OUT = Prepared(lambda: Withheld.objects.filter(is_left_out=True).values_list("pk")[:1])
_WANTED_CAREFULLY = Prepared(
    lambda sha256: (
        Content.objects.filter(carefully=True)
        .filter(Q(pk=sha256) | Q(pk__in=_inside(sha256)))
        .values_list("pk")[:1]
    )
)
_AS_SENT = Prepared(
    lambda sha256: Content.objects.filter(pk=sha256, as_sent=True).values_list("pk")
)
_AS_SENT_INSIDE = Prepared(
    lambda sha256: Content.objects.filter(as_sent=True, pk__in=_inside(sha256)).values_list("pk")
)
_CAREFULLY = Prepared(
    lambda sha256: Content.objects.filter(pk=sha256, carefully=True).values_list("rules")
)


def content_of(sha256: str, by_old_rules: bool = False) -> Extraction | None:
    """What was read from a content, or None when it must be read (anew)."""
    content = _CONTENT.first(sha256)
    if content is None or not (by_old_rules or is_current(content.rules)):
        return None
    members = _members_of(content, by_old_rules)
    if members is None:
        return None
    pages = tuple(unpack_page(page) for page in _PAGES.all(sha256))
    return Extraction(content.kind, pages, content.reason, members, content.as_sent)


def content_at(path: str, sha256: str) -> Extraction | None:
    """The same for a file: also None where a county had left out what another one brings again.

    A file that is known already has what its county may be told; a new one is read anew.
    """
    if _ANY_LEFT_OUT.first() is None:
        return content_of(sha256)
    if ArchivedFile.objects.filter(path=path, sha256=sha256).exists():
        return content_of(sha256)
    inside = PackedMember.objects.filter(content_id=sha256).values_list("sha256", flat=True)
    return None if any(map(lacks, (sha256, *inside))) else content_of(sha256)


def lacks(sha256: str, town: str = "") -> bool:
    """Whether a county had something left out that others may be told of a content."""
    rows = withheld_by_counties(sha256)
    return any(one.is_left_out and not lies_in(town, one.county) for one in rows)


def is_wanted_carefully(sha256: str) -> bool:
    """Whether a person asked that a content, or one inside it, be read by the larger model."""
    return _WANTED_CAREFULLY.first(sha256) is not None


def is_wanted_as_sent(sha256: str) -> bool:
    """Whether a content is a photo that was read as it is, because its sender chose so."""
    return _AS_SENT.first(sha256) is not None


def wanted_as_sent_inside(sha256: str) -> frozenset[str]:
    """The photos inside a content that are to be read as they are, by their SHA-256."""
    return frozenset(wanted for (wanted,) in _AS_SENT_INSIDE.all(sha256))


def _inside(sha256: str) -> QuerySet[PackedMember, Any]:
    return PackedMember.objects.filter(content_id=sha256).values("sha256")


def asked_again(sha256: str) -> Again:
    """Whether the larger model shall read a content, or has read it."""
    row = _CAREFULLY.first(sha256)
    return again_of(True, row[0]) if row else ""


def again_of(carefully: bool, rules: str) -> Again:
    """The same by two columns of a content."""
    if not carefully:
        return ""
    return "waiting" if rules == _TO_BE_READ else "done"


def want_carefully(sha256s: Iterable[str]) -> None:
    """Have contents read again by the larger model; what was read of them holds until then."""
    Content.objects.filter(pk__in=list(sha256s)).update(carefully=True, rules=_TO_BE_READ)


def want_as_sent(sha256: str) -> bool:
    """Have a photo that was read straight read again as it is; whether there is such a one.

    What was read of it holds until then.
    """
    straight = Content.objects.filter(pk=sha256, as_sent=False)
    return bool(straight.update(as_sent=True, rules=_TO_BE_READ))


def outdated_rules() -> list[str]:
    """Rules by which some content was read and that are no longer in force."""
    noted = Content.objects.order_by().values_list("rules", flat=True).distinct()
    return [rules for rules in noted if not is_current(rules)]


def page_of(sha256: str, number: int, town: str) -> ExtractedPage | None:
    """One page of a content, as it may be told of a paper of a town."""
    row = _PAGE.first(sha256, number)
    pages = (unpack_page(row),) if row else ()
    told = for_place(sha256, town, Extraction("", pages)).pages
    return told[0] if told else None


def told_texts(sha256: str, town: str) -> list[tuple[int, str, str]]:
    """Number, text and origin of every page, as they may be told of a paper of a town."""
    if county_of(town) and withheld_by_counties(sha256):
        return [(one.number, one.text, one.origin) for one in told_pages(sha256, town)]
    rows = Page.objects.filter(content_id=sha256).order_by("number")
    return list(rows.values_list("number", "text", "origin"))


def told_pages(sha256: str, town: str) -> list[Page]:
    """All pages of a content as rows, with what may be told of a paper of a town; not kept."""
    content = _CONTENT.first(sha256)
    if content is None:
        return []
    pages = tuple(map(unpack_page, _PAGES.all(sha256)))
    told = for_place(sha256, town, Extraction(content.kind, pages))
    return [_pack_page(content, page) for page in told.pages]


def texts_of(sha256s: Collection[str]) -> dict[str, list[str]]:
    """What was read of some contents, page by page; what a county withholds stands in it."""
    texts: dict[str, list[str]] = {}
    for sha256, text in _TEXTS.any_of(*sha256s):
        texts.setdefault(sha256, []).append(text)
    return texts


def count_pages(sha256: str) -> int:
    """How many pages a content has."""
    return _PAGE_NUMBERS.count(sha256)


@transaction.atomic
def confirm_value(sha256: str, number: int, value: Confirmation) -> None:
    """Keep what a keeper read in a field, and let it stand on the page from now on."""
    row = Page.objects.select_for_update().get(content_id=sha256, number=number)
    note_confirmed(sha256, value)
    page = with_confirmed(unpack_page(row), [value])
    fresh = _pack_page(row.content, page)
    row.text, row.lines = fresh.text, fresh.lines
    row.fields, row.doubtful_fields = fresh.fields, fresh.doubtful_fields
    row.save(update_fields=["text", "lines", "fields", "doubtful_fields"])


@transaction.atomic
def keep_content(sha256: str, extraction: Extraction) -> Extraction:
    """Keep what was read from a content and the files inside, in place of an older reading.

    Gives what may be kept of it: what is withheld is left out before.
    """
    extraction = without_withheld(sha256, extraction)
    members = tuple(replace(one, extraction=_keep_member(one)) for one in extraction.members)
    pages = tuple(with_confirmed(page, confirmed_of(sha256)) for page in extraction.pages)
    extraction = replace(extraction, members=members, pages=pages)
    if withheld_by_counties(sha256):
        Withheld.objects.filter(sha256=sha256).update(is_left_out=False)
    before = Content.objects.filter(pk=sha256)
    is_careful = before.filter(carefully=True).exists()
    is_as_sent = extraction.is_as_sent or is_wanted_as_sent(sha256)
    before.delete()
    content = Content.objects.create(
        carefully=is_careful,
        as_sent=is_as_sent,
        sha256=sha256,
        kind=extraction.kind,
        rules=_rules_of(extraction),
        reason=extraction.reason,
    )
    Page.objects.bulk_create(_pack_page(content, page) for page in extraction.pages)
    PackedMember.objects.bulk_create(
        PackedMember(
            content=content, name=one.name, steps=one.steps, sha256=one.sha256, size=one.size
        )
        for one in extraction.members
    )
    return extraction


@transaction.atomic
def leave_out_withheld(sha256: str, towns: Iterable[str] = ()) -> None:
    """Keep no more of a content than somebody may be told, wherever it lies or waits (`towns`)."""
    before = content_of(sha256, by_old_rules=True)
    if before is None:
        return
    rows = withheld_by_counties(sha256)
    lies = ArchivedFile.objects.filter(sha256=sha256).values_list("town", flat=True)
    gone = seen_by_nobody(rows, {*lies, *towns})
    if gone:
        forget_confirmed(sha256)
    rules = Content.objects.values_list("rules", flat=True).get(pk=sha256)
    keep_content(sha256, without(gone, before))
    Content.objects.filter(pk=sha256).update(rules=rules)  # read by them, not anew
    left_out = {one.pk for one in rows if one in gone or one.is_left_out}
    Withheld.objects.filter(pk__in=left_out).update(is_left_out=True)


def _keep_member(one: Member) -> Extraction:
    """What is kept of a file inside; a straight reading never takes the place of «as it is»."""
    known = None if lacks(one.sha256) else content_of(one.sha256)
    if known is None and is_wanted_as_sent(one.sha256) and not one.extraction.is_as_sent:
        known = content_of(one.sha256, by_old_rules=True)
    return known or keep_content(one.sha256, one.extraction)


def steps_to(sha256: str, name: str) -> tuple[int, ...]:
    """Which member of each packed file on the way leads to a file inside a content.

    Raises:
        LookupError: no file of that name is inside.
    """
    member = PackedMember.objects.filter(content_id=sha256, name=name).first()
    if member is None:
        raise LookupError(name)
    return tuple(member.steps)


def _members_of(content: Content, by_old_rules: bool) -> tuple[Member, ...] | None:
    """The files inside a content, or None when one of them must be read."""
    members = []
    for row in _MEMBERS.all(content.pk):
        extraction = content_of(row.sha256, by_old_rules)
        if extraction is None:
            return None
        members.append(Member(row.name, tuple(row.steps), row.sha256, row.size, extraction))
    return tuple(members)


def _rules_of(extraction: Extraction) -> str:
    seen = [page for page in extraction.pages if page.origin == "ocr"]
    is_our_form = any(read_qr(text) for page in seen for text in page.codes)
    has_blank = any(page.origin == "blank" for page in extraction.pages)
    return rules_of(extraction.kind, bool(seen), is_our_form, has_blank)


def _pack_page(content: Content, page: ExtractedPage) -> Page:
    lines = [_pack_line(line) for line in page.lines]
    packed = json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode()
    return Page(
        content=content,
        number=page.number,
        text=page.text,
        lines=zlib.compress(packed),
        origin=page.origin,
        confidence=page.confidence,
        codes=list(page.codes),
        turns=page.turns,
        seals=[[seal.box, seal.colour, seal.words] for seal in page.seals],
        signatures=[[one.label, one.box, one.state] for one in page.signatures],
        unread=list(page.unread),
        fields=[astuple(one) for one in page.fields],
        doubtful_fields=sum(one.is_doubtful for one in page.fields),
    )


def _pack_line(line: TextLine) -> list[object]:
    """What is usually empty is left out at the end."""
    packed: list[object] = [line.text, line.box, line.confidence, line.raw, line.source]
    while packed[-1] == "" and len(packed) > _LEAST_OF_A_LINE:
        packed.pop()
    return packed


def unpack_lines(page: Page) -> tuple[TextLine, ...]:
    """The lines of a page alone."""
    lines = json.loads(zlib.decompress(page.lines))
    return tuple(TextLine(text, tuple(box), *rest) for text, box, *rest in lines)


def unpack_page(page: Page) -> ExtractedPage:
    """A page as it was read, out of its row."""
    return ExtractedPage(
        number=page.number,
        text=page.text,
        lines=unpack_lines(page),
        origin=page.origin,  # type: ignore[arg-type]  # the column holds only origins
        confidence=page.confidence,
        codes=tuple(page.codes),
        turns=page.turns,
        seals=tuple(Seal(tuple(box), colour, words) for box, colour, words in page.seals),
        signatures=tuple(
            SignaturePlace(label, tuple(box), state) for label, box, state in page.signatures
        ),
        unread=tuple(page.unread),
        fields=tuple(
            ReadField(label, kind, tuple(box), value, sure, tuple(others), is_doubtful)
            for label, kind, box, value, sure, others, is_doubtful in page.fields
        ),
    )


def rules_of(kind: str, has_ocr: bool, is_our_form: bool = False, has_blank: bool = False) -> str:
    """The rules in force for a kind: `pdf=4 ocr=4`."""
    readers = [kind, *["ocr"] * has_ocr, *["signature"] * (has_ocr and is_our_form)]
    readers += ["blank"] * has_blank
    return " ".join(f"{reader}={RULES.get(reader, _FIRST)}" for reader in readers)


def is_current(rules: str) -> bool:
    """Whether rules that were noted are those in force now."""
    noted = dict(part.split("=") for part in rules.split())
    return all(RULES.get(reader, _FIRST) == int(number) for reader, number in noted.items())
