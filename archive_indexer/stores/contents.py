"""What was read from each content: kept for ever, so that no page is read twice.

Kept with it is by which rules it was read, so that new rules re-read only what they touch.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from archive_indexer.documents import (
    ExtractedPage,
    Extraction,
    Member,
    Seal,
    SignaturePlace,
    TextLine,
)
from archive_indexer.models import Content, PackedMember, Page
from archive_indexer.stores.withheld import without_withheld
from minzheng.county.form_code import read_qr

_LEAST_OF_A_LINE = 3  #: text, box, confidence
_FIRST = 3  #: all rules counted as one when their numbers began
#: Raise a reader's number when it reads better than before: at the next start the contents
#: it read are read again, and no others. `ocr` counts for every content with a page read
#: from its picture, whatever its kind; `signature` for those of them that bear our code.
RULES: Mapping[str, int] = {
    "ocr": 6, "pdf": 6, "ofd": 4, "eml": 4, "unknown": 4,
    "docx": 4, "doc": 4, "xlsx": 4, "xlsb": 4, "xls": 4, "ods": 4,
    "pptx": 4, "ppt": 4, "odt": 4, "odp": 4, "odg": 4, "rtf": 4,
    "jpg": 4, "png": 4, "tiff": 4, "bmp": 4, "gif": 4, "webp": 4, "heif": 4, "mpo": 4,
}  # fmt: skip


def content_of(sha256: str, by_old_rules: bool = False) -> Extraction | None:
    """What was read from a content, or None when it must be read (anew)."""
    content = Content.objects.filter(pk=sha256).first()
    if content is None or not (by_old_rules or is_current(content.rules)):
        return None
    members = _members_of(content, by_old_rules)
    if members is None:
        return None
    pages = tuple(_unpack_page(page) for page in content.pages.order_by("number"))
    return Extraction(content.kind, pages, content.reason, members)


def outdated_rules() -> list[str]:
    """Rules by which some content was read and that are no longer in force."""
    noted = Content.objects.order_by().values_list("rules", flat=True).distinct()
    return [rules for rules in noted if not is_current(rules)]


def page_of(sha256: str, number: int) -> ExtractedPage | None:
    """One page of a content."""
    page = Page.objects.filter(content_id=sha256, number=number).first()
    return _unpack_page(page) if page else None


def count_pages(sha256: str) -> int:
    """How many pages a content has."""
    return Page.objects.filter(content_id=sha256).count()


@transaction.atomic
def keep_content(sha256: str, extraction: Extraction) -> Extraction:
    """Keep what was read from a content and the files inside, in place of an older reading.

    Gives what may be kept of it: what is withheld is left out before.
    """
    extraction = without_withheld(sha256, extraction)
    members = tuple(
        replace(one, extraction=content_of(one.sha256) or keep_content(one.sha256, one.extraction))
        for one in extraction.members
    )
    extraction = replace(extraction, members=members)
    Content.objects.filter(pk=sha256).delete()
    content = Content.objects.create(
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
    for row in content.members.order_by("pk"):
        extraction = content_of(row.sha256, by_old_rules)
        if extraction is None:
            return None
        members.append(Member(row.name, tuple(row.steps), row.sha256, row.size, extraction))
    return tuple(members)


def _rules_of(extraction: Extraction) -> str:
    seen = [page for page in extraction.pages if page.origin == "ocr"]
    is_our_form = any(read_qr(text) for page in seen for text in page.codes)
    return rules_of(extraction.kind, bool(seen), is_our_form)


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
    )


def _pack_line(line: TextLine) -> list[object]:
    """What is usually empty is left out at the end."""
    packed: list[object] = [line.text, line.box, line.confidence, line.raw, line.source]
    while packed[-1] == "" and len(packed) > _LEAST_OF_A_LINE:
        packed.pop()
    return packed


def _unpack_page(page: Page) -> ExtractedPage:
    lines = json.loads(zlib.decompress(page.lines))
    return ExtractedPage(
        number=page.number,
        text=page.text,
        lines=tuple(TextLine(text, tuple(box), *rest) for text, box, *rest in lines),
        origin=page.origin,  # type: ignore[arg-type]  # the column holds only origins
        confidence=page.confidence,
        codes=tuple(page.codes),
        turns=page.turns,
        seals=tuple(Seal(tuple(box), colour, words) for box, colour, words in page.seals),
        signatures=tuple(
            SignaturePlace(label, tuple(box), state) for label, box, state in page.signatures
        ),
        unread=tuple(page.unread),
    )


def rules_of(kind: str, has_ocr: bool, is_our_form: bool = False) -> str:
    """The rules in force for a kind: `pdf=4 ocr=4`."""
    readers = [kind, *["ocr"] * has_ocr, *["signature"] * (has_ocr and is_our_form)]
    return " ".join(f"{reader}={RULES.get(reader, _FIRST)}" for reader in readers)


def is_current(rules: str) -> bool:
    """Whether rules that were noted are those in force now."""
    noted = dict(part.split("=") for part in rules.split())
    return all(RULES.get(reader, _FIRST) == int(number) for reader, number in noted.items())
