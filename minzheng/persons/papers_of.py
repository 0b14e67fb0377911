"""Scans of the archive in which a person was found: in the text, the filing, the file's name."""

from collections.abc import Iterator

from archive_indexer.asking.query_fields import with_every_spelling
from archive_indexer.disk.file_names import as_shown
from archive_indexer.documents import Visible
from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.models import ArchivedFile
from archive_indexer.queries import AnyOf, HasValue, InPath, Query, Word
from archive_indexer.stores.contents import told_texts
from minzheng.county.county import County
from minzheng.county.personal_numbers import written_numbers
from minzheng.county.town_names import lies_in
from minzheng.county.writing.id_card import birth_date, to_eighteen
from minzheng.persons.holdings import Holding, Kind
from minzheng.persons.whom import Identity, Whom

BY_CASE = "同名，是本人案件的材料"
_MOST = 20_000


def papers_of(
    whom: Whom, index: ArchiveIndex, cases: set[str], county: County, scope: str = ""
) -> Iterator[Holding]:
    """Every file that bears number or name; those of a case of the person are sure.

    Of one county, or of all.

    Raises:
        IndexBrokenError: the index must be made anew.
    """
    every = ArchivedFile.objects.in_bulk(_paths(whom, index, scope), field_name="path").values()
    rows = (row for row in every if lies_in(row.town, scope))
    read = [(row, pages_of(row.sha256, row.town)) for row in sorted(rows, key=_path)]
    told = [(row, pages, whom.stands_in(_all_text(row, pages))) for row, pages in read]
    known = cases | {row.case_no for row, _, who in told if row.case_no and who is Identity.SURE}
    for row, pages, who in told:
        is_own_case = row.case_no in known
        if who in (Identity.SURE, Identity.NAMED):
            because = BY_CASE if who is Identity.NAMED and is_own_case else str(who)
            is_sure = who is Identity.SURE or is_own_case
            is_shared = _is_list(row, county) or _names_others(row, pages, whom, is_sure=is_sure)
            yield _holding(row, pages, whom, because, is_sure=is_sure, is_shared=is_shared)


def pages_of(sha256: str, town: str) -> list[tuple[int, str]]:
    """Number and text of every page of a content that lies in a town."""
    return [(number, text) for number, text, _ in told_texts(sha256, town)]


def _path(row: ArchivedFile) -> str:
    return row.path


def _paths(whom: Whom, index: ArchiveIndex, scope: str) -> list[str]:
    named = (Word(whom.folded), HasValue("person", (whom.folded,)), InPath(whom.folded))
    numbered = with_every_spelling(whom.id_no.lower(), whom.id_no)
    asked = AnyOf((*named, *numbered, HasValue("id", (whom.id_no,))))
    result = index.search(
        Query((), condition=asked, limit=_MOST, order="path", visible=Visible(scope))
    )
    return [hit.path for hit in result.hits]


def _all_text(row: ArchivedFile, pages: list[tuple[int, str]]) -> str:
    filed = [one.get("value", "") for one in row.filing.get("persons", ())]
    ids = [one.get("value", "") for one in row.filing.get("ids", ())]
    names = "\n".join((as_shown(row.path), row.person, *filed)) if not ids else as_shown(row.path)
    return "\n".join((*(text for _, text in pages), names))


def _holding(
    row: ArchivedFile,
    pages: list[tuple[int, str]],
    whom: Whom,
    because: str,
    *,
    is_sure: bool,
    is_shared: bool,
) -> Holding:
    found = [number for number, text in pages if _is_in(whom, text)]
    return Holding(
        Kind.PAPER,
        row.pk,
        _title_of(row),
        because,
        is_sure,
        town=row.town,
        village=row.village,
        dossier=row.dossier,
        year=row.year,
        case_no=row.case_no,
        form_id=row.form_id,
        names_others=is_shared,
        sha256=row.sha256,
        path=row.path,
        told={"页": "、".join(map(str, found)), "曾存在": "" if row.present else "是"},
    )


def _is_list(row: ArchivedFile, county: County) -> bool:
    """Whether a paper speaks of many by its form or its title."""
    lists = {form for scheme in county.required.schemes.values() for form in scheme.lists}
    title = _title_of(row)
    return row.form_id in lists or any(word in title for word in county.paper_words.lists)


def _names_others(
    row: ArchivedFile, pages: list[tuple[int, str]], whom: Whom, *, is_sure: bool
) -> bool:
    """Whether the paper is not the person's own: a household of somebody else, minutes.

    One that bears the name alone is the person's own only when nothing is read of anybody:
    a photo in the person's folder.
    """
    named = {one.get("value", "") for one in row.filing.get("persons", ())} - {whom.name}
    others = {one for _, text in pages for one in _ids_in(text)} - {whom.id_no}
    if is_sure:
        return row.person != whom.name and bool(others or named)
    return bool(others or named) or any(_is_in(whom, text) for _, text in pages)


def _is_in(whom: Whom, text: str) -> bool:
    return whom.stands_in(text) in (Identity.SURE, Identity.NAMED)


def _ids_in(text: str) -> Iterator[str]:
    numbers = (to_eighteen(one.number) for one in written_numbers(text))
    return (one for one in numbers if birth_date(one))


def _title_of(row: ArchivedFile) -> str:
    told = (row.filing.get("title") or {}).get("value", "")
    return told or as_shown(row.path).rpartition("/")[2]
