"""`minzheng inbox`: what waits in the inbox, by numbers and places, without names of people."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from archive_indexer.disk.file_names import as_shown
from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.cli.log_files import start_logging
from minzheng.county.county import read_county
from minzheng.county.loaded_later import LoadedLater
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.settings.all_settings import Config
from minzheng.county.town_names import place_in_words
from minzheng.external.checked_county import checked_county
from minzheng.inbox.inbox_folder import look
from minzheng.inbox.models import Original, Paper

if TYPE_CHECKING:
    from minzheng.cli.archive import inbox_reading
else:  # who only asks what waits needs no reader
    inbox_reading = LoadedLater("minzheng.cli.archive.inbox_reading")

_TOLD = (Original.State.FAILED, Original.State.IGNORED, Original.State.COPY)


def run(args: Namespace, config: Config) -> int:
    """Print what waits; with --read, read and lay first."""
    bring_up_to_date()
    county = checked_county(config)
    look(config.inbox_folder)
    if args.read:
        start_logging(config.data_folder, "inbox")
        inbox_reading.read_now(config, read_county())
    write_down(config, Action.VIEW, "收件箱" + (" 识别新放入的，放好已确认的" if args.read else ""))
    print("\n".join(describe(config, county.dossiers)))
    return 0


def describe(config: Config, dossiers: Dossiers) -> Iterator[str]:
    """The report, line by line."""
    scans = Counter(_lying().values_list("state", flat=True))
    papers = list(Paper.objects.filter(state=Paper.State.WAITING).order_by("pk"))
    laying = Paper.objects.filter(state=Paper.State.CONFIRMED).count()
    certain = sum(paper.is_certain for paper in papers)
    yield (
        f"收件箱 {config.inbox_folder}：待识别 {scans[Original.State.WAITING]} 份，"
        f"待确认 {len(papers)} 件（其中有把握的 {certain} 件），正在放入档案 {laying} 件，"
        f"未能识别 {scans[Original.State.FAILED]} 份，不处理 {scans[Original.State.IGNORED]} 份。"
    )
    if papers:
        yield "\n待确认（请在网页的“收件箱”对照图片确认）："
    for paper in papers:
        yield from _describe_paper(paper, dossiers)
    told = _lying().filter(state__in=_TOLD)
    if told:
        yield "\n没有识别的文件："
    for scan in told:
        yield f"  {as_shown(scan.path)}\n    {scan.reason}"


def _describe_paper(paper: Paper, dossiers: Dossiers) -> Iterator[str]:
    dossier = dossiers.by_code(paper.dossier)
    place = " / ".join((
        place_in_words(paper.town, paper.village) or "村不明",
        dossier.short_name if dossier else "专档不明",
        paper.year or "年度不明",
    ))  # fmt: skip
    scans = dict.fromkeys(page.original for page in paper.pages.select_related("original"))
    names = "、".join(as_shown(scan.path) for scan in scans)
    sure = "有把握" if paper.is_certain else "请核对"
    yield f"  第 {paper.pk} 件  {names} 共 {paper.pages.count()} 页 → {place}  {sure}"
    for _, text in (*paper.number_remarks, *paper.remarks):
        yield f"    {text}"


def _lying() -> QuerySet[Original]:
    return Original.objects.filter(is_missing=False).exclude(state=Original.State.DONE)
