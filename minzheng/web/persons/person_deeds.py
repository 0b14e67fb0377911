"""What the pages do for a person: who may, what was asked, what is put into the log."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.core.cache import caches
from django.http import Http404, HttpRequest
from django.utils import timezone

from archive_indexer.errors import PageNotShownError
from archive_indexer.index.index_place import index_place
from archive_indexer.models import ArchivedFile
from archive_indexer.showing.page_picture import render_page
from archive_indexer.showing.watermark import print_watermark
from archive_indexer.stores.contents import page_of
from filler.models import Batch
from minzheng.county.errors import Problem
from minzheng.county.town_names import shown
from minzheng.persons.erase import Done, Tools, put_away
from minzheng.persons.export_zip import Mark, Sources, write_zip
from minzheng.persons.holdings import Holding
from minzheng.persons.look_up import Stock, look_up, of_keys
from minzheng.persons.whom import Whom, read_whom
from minzheng.web.archive.open_file import opened_original
from minzheng.web.batches.batch_worker import job_folder, remove_files
from minzheng.web.forms.issued_documents import case_store
from minzheng.web.gate.office import area, bureau, config, county, forms, knowledge, signed_in
from minzheng.web.gate.unmasking import LEAST_REASON, read_reason

_PICTURE_WIDTH = 1240


@dataclass(frozen=True, slots=True)
class Asked:
    """A person, the reason, and what of the unsure pieces was said to be theirs."""

    whom: Whom
    reason: str
    taken: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()  #: pieces that name others too, as the clerk says


def why_not_all(request: HttpRequest) -> str:
    """Why this account cannot look everything up; empty when it can."""
    place = area(request)
    hidden = [one.short_name for one in county().dossiers.all if one.code in place.forbidden]
    if not (place.is_everything or (place.county and place.county == place.town)):
        return f"您的账号只看得到{place.label}。个人信息要查全，请用全县范围的县级经办账号。"
    if hidden:
        return f"您的账号看不到{'、'.join(hidden)}专档，查不全。请用看得到全部专档的县级经办账号。"
    return ""


def only_of(request: HttpRequest) -> str:
    """The county of which alone is looked for, in words; nothing when it is all there is."""
    return shown(area(request).county)


def read_asked(request: HttpRequest) -> Asked | list[Problem]:
    """Name, number and reason as they were typed, or what is wrong with them."""
    whom = read_whom(request.POST.get("name", ""), request.POST.get("id_no", ""), dt.date.today())
    reason = read_reason(request)
    problems = whom if isinstance(whom, list) else []
    if not reason:
        what = f"没有写明，至少 {LEAST_REASON} 个字"
        problems.append(Problem("事由", what, "写谁提出、为什么，如：本人书面申请查询", "reason"))
    elif isinstance(whom, Whom) and whom.stands_in(reason):
        do = "事由记入审计记录，不写姓名、号码"
        problems.append(Problem("事由", "写有此人的姓名或号码", do, "reason"))
    if problems or isinstance(whom, list):
        return problems
    taken, shared = (tuple(request.POST.getlist(name)[:5000]) for name in ("take", "shared"))
    return Asked(whom, reason, taken, shared)


def stock(scope: str = "") -> Stock:
    """Where things are looked up now: in a county, or in all."""
    titles = {spec.id: spec.short_title for spec in forms().forms}
    index = index_place(config()).opened()
    return Stock(index, county(), titles, _roster_of, dt.date.today(), scope)


def found_of(request: HttpRequest, asked: Asked) -> tuple[tuple[Holding, ...], tuple[Holding, ...]]:
    """All pieces within what is looked at, and those of them that are the person's.

    Raises:
        IndexBrokenError: the index must be made anew first.
    """
    every = look_up(asked.whom, stock(area(request).county))
    return every, of_keys(every, asked.taken, asked.shared)


def mark_of(pieces: Iterable[Holding]) -> str:
    """What a page showed: done is only what was seen."""
    said = "|".join(sorted(f"{one.key} {one.fate} {one.sha256}" for one in pieces))
    return hashlib.sha256(said.encode()).hexdigest()


def export(request: HttpRequest, asked: Asked, pieces: Iterable[Holding]) -> bytes:
    """The ZIP of a person, made for who is signed in."""
    by, only = signed_in(request).full_label, only_of(request)
    return export_for(by, asked.whom, asked.reason, pieces, only)


def export_for(
    by: str, whom: Whom, reason: str, pieces: Iterable[Holding], only: str = ""
) -> bytes:
    """The ZIP of a person, with who made it, when and why, and of which county alone."""
    mark = Mark(bureau(), by, timezone.localtime(), reason, only)
    sources = Sources(case_store().path_of, partial(_picture_of, mark.line), _labels_of)
    return write_zip(whom, pieces, mark, sources)


def erase(request: HttpRequest, whom: Whom, pieces: Iterable[Holding]) -> Done:
    """Put pieces away; questions kept in memory are forgotten as well."""
    done = put_away(whom, pieces, tools(signed_in(request).username, area(request).county))
    for name in ("questions", "pages_seen"):
        caches[name].clear()
    return done


def tools(by: str, scope: str = "") -> Tools:
    """What putting away needs, in a county or in all."""
    index = index_place(config()).opened()
    folders = config().issued_folder, config().drawn_folder
    return Tools(*folders, index, knowledge().known, _drop_batch, by, scope)


def _drop_batch(batch: Batch) -> None:
    remove_files(config(), batch)


def _roster_of(batch: Batch) -> bytes | None:
    try:
        return job_folder(config(), batch).roster.read_bytes()
    except OSError:
        return None


def _picture_of(mark: str, number: int, page: int) -> bytes | None:
    file = ArchivedFile.objects.filter(pk=number).first()
    if file is None:
        return None
    try:
        with opened_original(file) as path:
            read = page_of(file.sha256, page, file.town)
            picture = render_page(path, page, _PICTURE_WIDTH, (), read.turns if read else 0)
            return print_watermark(picture, mark)
    except (Http404, PageNotShownError, OSError):
        return None


def _labels_of(form_id: str) -> dict[str, str]:
    spec = forms().by_id.get(form_id)
    if spec is None:
        return {}
    columns = (column for field in spec.fields for column in field.columns)
    return {one.slug: one.label for one in (*columns, *spec.fields)}
