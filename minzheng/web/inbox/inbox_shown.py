"""What of the inbox a person sees, as the pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from archive_indexer.disk.file_names import as_shown
from archive_indexer.stores import service_state
from minzheng.accounts.areas import Area
from minzheng.county.town_names import place_in_words
from minzheng.database.place_rows import of_place
from minzheng.inbox.archive_names import folder_of
from minzheng.inbox.decisions import check_place, left_out, place_of
from minzheng.inbox.inbox_folder import folder_of as folder_in_inbox
from minzheng.inbox.models import Original, Paper, PaperPage
from minzheng.web.gate.office import area, config, county, knowledge

_REASONS = {"village": "村", "dossier": "专档", "year": "年度", "person": "姓名"}
_MOST_THUMBS = 6
_BLANKED = "■ 是应本人要求隐去的姓名、号码；题名可以改成不带姓名的"
_NOT_READ = (Original.State.FAILED, Original.State.IGNORED, Original.State.COPY)


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page of a paper as a picture: its scan and number, and what it is called."""

    scan: int
    number: int
    position: int
    label: str


@dataclass(frozen=True, slots=True)
class Card:
    """A paper as the list shows it."""

    paper: Paper
    pages: tuple[PageShown, ...]
    more: int  #: pages without a picture in the list
    scans: str  #: names of the scans it is of
    folder: str  #: of the inbox, empty at its top
    place: str  #: town, village, dossier, year in words
    target: str  #: where it would lie in the archive, empty while that is not known
    reasons: tuple[tuple[str, int, str], ...]  #: what was guessed, percent, why
    doubts: tuple[str, ...]
    told: tuple[str, ...]
    is_missing: bool


def papers(request: HttpRequest, *states: str) -> QuerySet[Paper]:
    """Papers of the person's area in some states, oldest first."""
    within = area(request).as_filter()
    return Paper.objects.filter(within, state__in=states).order_by("pk")


def visible_paper(request: HttpRequest, number: int) -> Paper:
    """A paper of the person's area.

    Raises:
        Http404: there is none.
    """
    found = Paper.objects.filter(area(request).as_filter(), pk=number).first()
    if found is None:
        raise Http404
    return found


def scans(request: HttpRequest) -> QuerySet[Original]:
    """Scans lying in the inbox, of the folders of the person's villages."""
    lying = Original.objects.filter(_places_of(area(request)), is_missing=False)
    return lying.order_by("pk")


def scans_not_read(request: HttpRequest) -> QuerySet[Original]:
    """Scans that are left alone or could not be read."""
    return scans(request).filter(state__in=_NOT_READ)


def card_of(paper: Paper) -> Card:
    """A paper with everything its card tells."""
    rows = list(paper.pages.select_related("original").order_by("position"))
    originals = list(dict.fromkeys(row.original for row in rows))
    pages = shown_pages(rows)
    remarks = [*paper.number_remarks, *paper.remarks]
    return Card(
        paper=paper,
        pages=pages[:_MOST_THUMBS],
        more=max(0, len(pages) - _MOST_THUMBS),
        scans="、".join(as_shown(one.path).rpartition("/")[2] for one in originals),
        folder=as_shown(folder_in_inbox(originals[0].path)) if originals else "",
        place=_say_place(paper),
        target=_target_of(paper),
        reasons=_reasons_of(paper),
        doubts=tuple(text for weight, text in remarks if weight == "check"),
        told=tuple(text for weight, text in remarks if weight != "check") + _told_of_blanks(paper),
        is_missing=any(one.is_missing for one in originals),
    )


def shown_pages(rows: Iterable[PaperPage]) -> tuple[PageShown, ...]:
    """Pages of a paper with what people call them."""
    rows = list(rows)
    several = len({row.original_id for row in rows}) > 1
    return tuple(
        PageShown(
            row.original_id,
            row.number,
            row.position,
            _label(row.original, row.number, several=several),
        )
        for row in rows
    )


def pages_aside(request: HttpRequest, paper: Paper) -> tuple[PageShown, ...]:
    """Pages of the same scans that belong to no paper, if all papers of these are seen."""
    free = left_out(paper)
    originals = {one for one, _ in free}
    within = area(request).as_filter()
    all_papers = Paper.objects.filter(pages__original__in=originals).distinct()
    if all_papers.count() != all_papers.filter(within).count():
        return ()
    return tuple(
        PageShown(one.pk, number, 0, _label(one, number, several=False)) for one, number in free
    )


def live_state(request: HttpRequest) -> dict[str, Any]:
    """What is being done, in figures."""
    laying = papers(request, Paper.State.CONFIRMED)
    return {
        "is_running": service_state.look().is_running,
        "is_there": config().inbox_folder.is_dir(),
        "folder": config().inbox_folder,
        "to_read": scans(request).filter(state=Original.State.WAITING).count(),
        "waiting": papers(request, Paper.State.WAITING).count(),
        "laying": laying.count(),
        "trouble": next((one.trouble for one in laying if one.trouble), ""),
    }


def village_choices(place: Area) -> list[tuple[str, list[str]]]:
    """Towns with the villages a person may choose."""
    towns = []
    for town in county().places.towns:
        names = [
            one.name
            for one in county().places.villages_of(town.name)
            if place.covers(town.name, one.name)
        ]
        if names:
            towns.append((town.name, names))
    return towns


def _places_of(place: Area) -> Q:
    """The area on a table without dossiers."""
    if place.is_nothing:
        return Q(pk__lt=0)
    return of_place(place.town, place.village)


def _label(original: Original, number: int, *, several: bool) -> str:
    name = as_shown(original.path).rpartition("/")[2]
    if original.page_count <= 1:
        return name
    return f"{name} 第 {number} 页" if several else f"原件第 {number} 页"


def _told_of_blanks(paper: Paper) -> tuple[str, ...]:
    return (_BLANKED,) if "■" in paper.title else ()


def _say_place(paper: Paper) -> str:
    dossier = county().dossiers.by_code(paper.dossier)
    return " / ".join((
        place_in_words(paper.town, paper.village) + ("" if paper.village else "（村不明）"),
        dossier.short_name if dossier else "专档不明",
        paper.year or "年度不明",
    ))  # fmt: skip


def _target_of(paper: Paper) -> str:
    place = place_of(paper)
    if paper.target or check_place(place, knowledge()):
        return paper.target
    folder = folder_of(place, knowledge().places, knowledge().dossiers)
    return f"{folder}/（件号自动编）_{paper.title}"


def _reasons_of(paper: Paper) -> tuple[tuple[str, int, str], ...]:
    """Guesses with one reason stand together: 村、专档、年度 by the QR of page 1."""
    grouped: dict[tuple[int, str], list[str]] = {}
    for part, label in _REASONS.items():
        guess = paper.guesses.get(part)
        if guess and guess["value"]:
            value = f"“{guess['value']}”" if part == "person" else ""
            reason = (round(guess["confidence"] * 100), guess["because"])
            grouped.setdefault(reason, []).append(label + value)
    return tuple(("、".join(said), *reason) for reason, said in grouped.items())
