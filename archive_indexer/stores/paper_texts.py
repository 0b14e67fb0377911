"""The papers of some forms with what stands on them, for whoever compares papers."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from archive_indexer.models import ArchivedFile
from archive_indexer.stores.contents import content_of, texts_of


@dataclass(frozen=True, slots=True)
class PaperText:
    """A file of the archive, where it belongs, and its text."""

    number: int
    form_id: str
    town: str
    village: str
    dossier: str
    year: str
    case_no: str
    person: str
    title: str
    sha256: str
    text: str


def read_papers(forms: Collection[str], within: Q) -> Iterator[PaperText]:
    """Indexed files of these forms that pass a filter, each content once."""
    rows = ArchivedFile.objects.filter(within, form_id__in=forms, present=True, state="indexed")
    seen: set[str] = set()
    for row in rows.order_by("town", "village", "year", "path").iterator():
        extraction = None if row.sha256 in seen else content_of(row.sha256, by_old_rules=True)
        seen.add(row.sha256)
        if extraction is None:
            continue
        yield PaperText(
            row.pk,
            row.form_id,
            row.town,
            row.village,
            row.dossier,
            row.year,
            row.case_no,
            row.person,
            (row.filing.get("title") or {}).get("value", ""),
            row.sha256,
            "\n".join(page.text for page in extraction.pages),
        )


def words_of(contents: Collection[str]) -> dict[str, str]:
    """What stands on contents, without white space: names are looked for in it."""
    return {sha256: "".join("".join(pages).split()) for sha256, pages in texts_of(contents).items()}
