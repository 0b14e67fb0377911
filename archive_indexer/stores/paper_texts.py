"""Papers with what stands and shows on them, for whoever compares papers."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from archive_indexer.documents import is_name_seal
from archive_indexer.models import ArchivedFile, Content, Page
from archive_indexer.stores.contents import told_pages, unpack_lines
from archive_indexer.stores.withheld import withheld_by_some_county
from minzheng.county.town_names import county_of

Box = tuple[float, float, float, float]  #: left, top, right, bottom as parts of the page

_ASKED_AT_ONCE = 500
_PICTURED = "ocr"
_OF_PAGES = ("number", "text", "origin", "confidence", "seals", "signatures")
_OF_LINES = ("number", "origin", "lines", "signatures")  #: what is large is read where it is used
_UNSIGNED = "无"
_COLUMNS = ("form_id", "town", "village", "dossier", "year", "case_no", "person")


@dataclass(frozen=True, slots=True)
class PaperText:
    """A file of the archive, where it belongs, its text, and what was seen on its pages."""

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
    stamp: str = ""  #: another one: it was read or filed anew
    is_pictured: bool = False  #: some page is a picture of paper
    seals: int = 0  #: of offices
    unsigned: tuple[str, ...] = ()  #: labels of places where nobody signed
    confidence: float = 1.0  #: of its least certain page
    #: of the pictures of a paper with a case number, by which it can be compared with what was
    #: issued: what was read, with its confidence, and whether a pen went through it; not where
    #: somebody is to sign
    lines: tuple[tuple[str, float, bool], ...] = ()


def known_papers() -> QuerySet[ArchivedFile]:
    """Indexed files of a known form, each with a stamp of what was read of it and where it lies."""
    rows = ArchivedFile.objects.filter(present=True, state="indexed").exclude(form_id="")
    read_at = Content.objects.filter(pk=OuterRef("sha256")).values("read_at")[:1]
    told = Coalesce(Cast(Subquery(read_at), TextField()), Value(""))
    return rows.annotate(told=_Joined("sha256", *_COLUMNS, told))


def read_papers(numbers: Collection[int]) -> Iterator[PaperText]:
    """Some of the known papers, in the order of their numbers."""
    rows = list(known_papers().filter(pk__in=numbers).order_by("pk"))
    compared = {row.sha256 for row in rows if row.case_no}
    lined = _pages(compared, *_OF_LINES)
    pages = _pages({row.sha256 for row in rows})
    has_counties = any(county_of(row.town) for row in rows)
    partly = withheld_by_some_county() if has_counties else frozenset[str]()
    for row in rows:
        if row.sha256 in partly:
            told = told_pages(row.sha256, row.town)
            seen = [page for page in told if page.origin == _PICTURED]
        else:
            told, seen = pages[row.sha256], lined[row.sha256]
        yield _paper(row, told, seen if row.case_no else [])


def _pages(contents: Collection[str], *columns: str) -> dict[str, list[Page]]:
    """The pages of contents in their order, without their lines unless these are asked for."""
    rows = Page.objects.filter(content_id__in=contents).order_by("number")
    if columns:
        rows = rows.filter(origin=_PICTURED)
    found: dict[str, list[Page]] = defaultdict(list)
    for page in rows.only("content_id", *(columns or _OF_PAGES)):
        found[page.content_id].append(page)
    return found


class _Joined(Func):
    """Columns that are never NULL as one text; many would be too deep a nest for `Concat`."""

    template = "(%(expressions)s)"
    arg_joiner = " || '|' || "
    output_field = TextField()


def _paper(row: ArchivedFile, pages: list[Page], lined: list[Page]) -> PaperText:
    pictured = [page for page in pages if page.origin == _PICTURED]
    places = (place for page in pages for place in page.signatures)
    return PaperText(
        row.pk, row.form_id, row.town, row.village, row.dossier, row.year, row.case_no, row.person,
        (row.filing.get("title") or {}).get("value", ""),
        row.sha256,
        "\n".join(page.text for page in pages),
        getattr(row, "told", ""),
        bool(pictured),
        sum(not is_name_seal(box, words) for page in pages for box, _, words in page.seals),
        tuple(label for label, _, state in places if state == _UNSIGNED),
        min((page.confidence for page in pictured), default=1.0),
        tuple(line for page in lined for line in _unsigned_lines(page)),
    )  # fmt: skip


def _unsigned_lines(page: Page) -> Iterator[tuple[str, float, bool]]:
    """What was read on a page, also before it was repaired, but for signatures."""
    places = [tuple(box) for _, box, _ in page.signatures]
    for line in unpack_lines(page):
        if not any(_lies_in(line.box, place) for place in places):
            if line.text:
                yield line.text, line.confidence, line.source == "struck"
            if line.raw:
                yield line.raw, line.confidence, False


def _lies_in(box: Box, room: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return room[0] < x < room[2] and room[1] < y < room[3]


def words_of(contents: Collection[str]) -> dict[str, str]:
    """What stands on contents, without white space: names are looked for in it.

    What a county withholds stands in it: whether a name does is asked of people it still knows.
    """
    found: dict[str, list[str]] = {}
    asked = sorted(contents)
    for start in range(0, len(asked), _ASKED_AT_ONCE):
        some = asked[start : start + _ASKED_AT_ONCE]
        found |= {
            one: [] for one in Content.objects.filter(pk__in=some).values_list("pk", flat=True)
        }
        pages = Page.objects.filter(content_id__in=some).order_by("content_id", "number")
        for sha256, text in pages.values_list("content_id", "text"):
            found[sha256].append(text)
    return {sha256: "".join("".join(texts).split()) for sha256, texts in found.items()}
