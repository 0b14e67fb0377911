"""What keepers decide on papers: confirm, change, split, join, reorder, refuse, take back.

Every change names the version it was made on: of two people at once the first wins and the
second is told. Mistakes come back as problems, None is success.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from archive_indexer.documents import ExtractedPage
from archive_indexer.stores import contents
from minzheng.county.errors import Problem
from minzheng.county.writing.integers import integer_in
from minzheng.inbox.archive_names import clean_title
from minzheng.inbox.models import Original, Paper, PaperPage
from minzheng.inbox.papers import Place
from minzheng.inbox.sorting import check_again, put_suggestion, suggest_for
from minzheng.inbox.suggest import Knowledge

State = Paper.State
_PARTS = ("town", "village", "dossier", "year", "title")
_FIRST_YEAR, _LAST_YEAR = 1949, 2099
#: Why a guess is certain: somebody said so.
BY_KEEPER = "由经办人填写"
LEAST_REASON = 2


def place_of(paper: Paper) -> Place:
    """Where a paper shall lie."""
    return Place(*(getattr(paper, part) for part in _PARTS))


def said_by_keeper(paper: Paper) -> dict[str, str]:
    """What people said of a paper, as the archive keeps corrections."""
    said = {part for part, guess in paper.guesses.items() if guess["because"] == BY_KEEPER}
    values = {part: getattr(paper, part) for part in ("dossier", "year", "title") if part in said}
    if paper.form_id and said and not any(page.is_coded for page in paper.pages.all()):
        values["form_id"] = paper.form_id  # of the document it was sent for: no code tells it
    if said & {"town", "village"}:
        values["place"] = f"{paper.town}/{paper.village}"
    return values


def check_place(place: Place, known: Knowledge) -> list[Problem]:
    """Why a paper cannot be laid there."""
    problems = []
    if known.places.village(place.village, place.town) is None or not place.town:
        problems.append(Problem("村", "没有选定", "从列表里选一个村或社区", "village"))
    if known.dossiers.by_code(place.dossier) is None:
        problems.append(Problem("专档", "没有选定", "从列表里选一个专档", "dossier"))
    is_year = _FIRST_YEAR <= (integer_in(place.year) or 0) <= _LAST_YEAR
    if not is_year or len(place.year) != 4:
        problems.append(Problem("年度", "不是四位年份", "填这件材料的年度，如 2018", "year"))
    if not clean_title(place.title):
        problems.append(Problem("题名", "没有填写", "写明是什么材料、谁的", "title"))
    return problems


def change_place(paper: Paper, version: int, place: Place) -> Problem | None:
    """Say where a paper belongs; what people say is certain, whatever was guessed."""
    place = replace(place, title=clean_title(place.title))
    before = place_of(paper)
    if place == before:
        return None
    guesses = dict(paper.guesses)
    for part in _PARTS:
        if getattr(place, part) != getattr(before, part):
            guesses[part] = {
                "value": getattr(place, part), "confidence": 1.0, "because": BY_KEEPER,
            }  # fmt: skip
    values = {part: getattr(place, part) for part in _PARTS}
    return _change(paper, version, guesses=guesses, **values)


def confirm(paper: Paper, version: int, who: str, known: Knowledge) -> list[Problem]:
    """Have a copy laid into the archive."""
    place = place_of(paper)
    problems = check_place(place, known)
    if not problems and any(page.original.is_missing for page in _pages_of(paper)):
        problems = [Problem("原件", "已不在收件箱里", "把原件放回原处，或选“不归档”")]
    if not problems:
        taken = _change(
            paper, version, state=State.CONFIRMED, decided_by=who,
            decided_at=timezone.now(), trouble="", target="",
        )  # fmt: skip
        problems = [taken] if taken else []
    return problems


def refuse(paper: Paper, version: int, who: str, reason: str) -> Problem | None:
    """Leave a paper out of the archive, for a reason."""
    reason = " ".join(reason.replace("\0", "").split())[:200]
    if len(reason) < LEAST_REASON:
        return Problem("不归档的原因", "没有写", "写明为什么，如“重复扫描”“不是本村材料”", "reason")
    return _change(
        paper, version, state=State.REFUSED, decided_by=who, decided_at=timezone.now(),
        reason=reason,
    )  # fmt: skip


@transaction.atomic
def take_back(paper: Paper, version: int) -> Problem | None:
    """Undo a decision, while nothing was laid and every scan still lies in the inbox."""
    is_there = all(page.original.state == Original.State.SORTED for page in _pages_of(paper))
    is_open = paper.state in (State.CONFIRMED, State.REFUSED) and not paper.target
    if not is_there or not is_open:
        return Problem(f"第 {paper.pk} 件", "已经办完，不能撤回", "如有错，请在档案文件夹里改正")
    done = Paper.objects.filter(pk=paper.pk, version=version, target="", state=paper.state)
    if not done.update(state=State.WAITING, version=version + 1, reason="", trouble=""):
        return _taken(paper)
    return None


@transaction.atomic
def split(paper: Paper, version: int, position: int, known: Knowledge) -> Problem | None:
    """Make the pages from a position on a paper of their own."""
    pages = _pages_of(paper)
    tail = [page for page in pages if page.position >= position]
    if not tail or len(tail) == len(pages):
        return Problem("拆开", "这一页前面没有别的页", "从第二页起才能拆开")
    if taken := _change(paper, version):
        return taken
    new = Paper(version=1)
    put_suggestion(new, suggest_for(tail[0].original, _read(tail), known))
    _fill_gaps(new, paper)
    new.save()
    for order, page in enumerate(tail, start=1):
        page.paper, page.position = new, order
    PaperPage.objects.bulk_update(tail, ["paper", "position"])
    for one in (paper, new):
        one.is_sure = False
        check_again(one)
    return None


@transaction.atomic
def join(paper: Paper, version: int, other: Paper) -> Problem | None:
    """Put a paper's pages behind those of another; the place is the other's."""
    if other.pk == paper.pk or other.state != State.WAITING:
        return Problem("并入", "那一件已经处理过", "选一件还在等待确认的")
    if taken := _change(paper, version) or _change(other, other.version):
        return taken
    start = other.pages.count()
    pages = _pages_of(paper)
    for order, page in enumerate(pages, start=1):
        page.paper, page.position = other, start + order
    PaperPage.objects.bulk_update(pages, ["paper", "position"])
    paper.delete()
    other.is_sure = False
    check_again(other)
    return None


@transaction.atomic
def reorder(paper: Paper, version: int, order: Mapping[tuple[int, int], int]) -> Problem | None:
    """Put pages in this order: scan and page number → position; what is not named is left out.

    Pages of the same scans that belong to no paper may be taken in.
    """
    positions = list(order.values())
    if not positions or len({*positions}) < len(positions):
        return Problem("页序", "有两页的序号相同，或一页也没有留", "每页一个不同的序号，不要的留空")
    if taken := _change(paper, version):
        return taken
    own = {(page.original_id, page.number): page for page in _pages_of(paper)}
    scans = {page.original_id for page in own.values()}
    paper.pages.all().delete()
    rows = []
    for rank, key in enumerate(sorted(order, key=lambda one: order[one]), start=1):
        row = own.get(key) or PaperPage(original_id=key[0], number=key[1])
        is_free = not PaperPage.objects.filter(original_id=key[0], number=key[1]).exists()
        if key[0] in scans and is_free:
            row.pk, row.paper, row.position = None, paper, rank
            rows.append(row)
    PaperPage.objects.bulk_create(rows)
    paper.is_sure = False
    check_again(paper)
    return None


def left_out(paper: Paper) -> list[tuple[Original, int]]:
    """Pages of a paper's scans that belong to no paper: blank backs, pages put aside."""
    scans = {page.original_id: page.original for page in _pages_of(paper)}
    used = set(PaperPage.objects.filter(original__in=scans).values_list("original_id", "number"))
    return [
        (scan, number)
        for scan in scans.values()
        for number in range(1, scan.page_count + 1)
        if (scan.pk, number) not in used
    ]


def _change(paper: Paper, version: int, **values: object) -> Problem | None:
    """Change a paper that still is as somebody saw it."""
    seen = Paper.objects.filter(pk=paper.pk, version=version, state=State.WAITING)
    if not seen.update(version=version + 1, **values):
        return _taken(paper)
    paper.refresh_from_db()
    return None


def _taken(paper: Paper) -> Problem:
    now = Paper.objects.filter(pk=paper.pk).first()
    where = f"第 {paper.pk} 件"
    if now is None:
        return Problem(where, "刚被并入另一件", "看并入后的那一件")
    if now.state == State.WAITING:
        return Problem(where, "刚被别人改过", "看一下改后的内容再决定")
    return Problem(where, f"刚由 {now.decided_by} 处理为“{now.state}”", "不用再办")


def _pages_of(paper: Paper) -> list[PaperPage]:
    return list(paper.pages.select_related("original").order_by("position"))


def _read(pages: Sequence[PaperPage]) -> list[ExtractedPage]:
    """What was read on these pages of a scan."""
    found = (
        contents.page_of(page.original.sha256, page.number, page.original.town) for page in pages
    )
    return [
        read or ExtractedPage(page.number, "", origin="unread")
        for page, read in zip(pages, found, strict=True)
    ]


def _fill_gaps(paper: Paper, before: Paper) -> None:
    """What is not known of a paper that was split off is taken from the one it was of."""
    for part in ("town", "village", "dossier", "year"):
        if not getattr(paper, part):
            setattr(paper, part, getattr(before, part))
    if paper.village == before.village:
        paper.town = before.town
