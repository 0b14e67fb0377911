"""`minzheng search`: find scans by any piece of their text; numbers and names of children masked.

Whoever needs them in full says why with `--unmask`; either way it stands in the audit log.
"""

import datetime as dt
import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from archive_indexer.disk.file_names import as_shown
from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.index.index_place import index_place
from archive_indexer.models import ArchivedFile
from archive_indexer.queries import Hit, Query
from archive_indexer.search import as_json, search_archive
from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.county.county import County
from minzheng.county.loaded_later import LoadedLater
from minzheng.county.settings.all_settings import Config
from minzheng.county.town_names import place_in_words
from minzheng.web.gate import office
from minzheng.web.gate.children import mask, names_of

if TYPE_CHECKING:
    from archive_indexer import nearest
    from minzheng.web.archive import nearest as offered
else:  # asked only where nothing was found
    nearest = LoadedLater("archive_indexer.nearest")
    offered = LoadedLater("minzheng.web.archive.nearest")


def run(args: Namespace, config: Config) -> int:
    """Search and print, for people or as JSON."""
    index = index_place(config).opened()
    county = office.county()
    dossier = county.dossiers.by_word(args.dossier)
    filters = Query(
        (),
        town=args.town,
        village=args.village,
        dossier=dossier.code if dossier else args.dossier,
        year=args.year or "",
        limit=args.limit,
        order=args.order,
    )
    question = " ".join(args.words)
    answer = search_archive(index, question, filters, county, with_synonyms=args.synonyms)
    if answer.problems:
        print("\n".join(map(str, answer.problems)), file=sys.stderr)
        return 1
    _note(args, config, answer.result.total)
    result = answer.result
    if not args.unmask:
        result = replace(result, hits=_masked(result.hits))
    near = None if result.total else _nearest(index, filters, county, args)
    if args.json:
        told = {**as_json(result), "nearest": offered.as_json(near) if near else []}
        print(json.dumps(told, ensure_ascii=False))
        return 0
    print(f"共 {result.total} 件" + ("。" if not result.hits else ":"))
    for hit in result.hits:
        print(_describe(hit))
    lines = list(offered.as_lines(near)) if near else []
    if lines:
        print("没有与所查的字完全相同的。可能要找（不算在结果里）：")
        print("\n".join(lines))
    return 0


def _nearest(
    index: ArchiveIndex, filters: Query, county: County, args: Namespace
) -> "nearest.Nearest":
    return nearest.find_nearest(
        index,
        " ".join(args.words),
        filters,
        county,
        forms=offered.named_forms(office.forms()),
        today=dt.date.today(),
        with_synonyms=args.synonyms,
    )


def _note(args: Namespace, config: Config, total: int) -> None:
    """Before anything is shown: what is not written down is not shown."""
    bring_up_to_date()
    asked = f"查“{' '.join(args.words)}”，{total} 件"
    if args.unmask:
        write_down(config, Action.UNMASK, f"{asked}，号码完整显示，事由：{args.unmask}")
    else:
        write_down(config, Action.SEARCH, asked)


def _masked(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits without whole numbers and children's names; marks stay where they are."""
    found = list(hits)
    files = ArchivedFile.objects.filter(path__in=[hit.path for hit in found])
    children = names_of(files)
    return tuple(_masked_hit(hit, children.get(hit.path)) for hit in found)


def _masked_hit(hit: Hit, children: frozenset[str] | None) -> Hit:
    return replace(
        hit,
        path=mask(as_shown(hit.path), children),
        title=mask(hit.title, children),
        snippet=mask(hit.snippet, children, is_excerpt=True),
    )


def _describe(hit: Hit) -> str:
    belongs = (place_in_words(hit.town), hit.village, hit.dossier, hit.year, hit.form_id)
    place = " · ".join(filter(None, belongs))
    was = "" if hit.present else "  （曾存在，原件已不在原处）"
    return f"\n{as_shown(hit.path)}  第 {hit.page} 页{was}\n  {hit.title}  {place}\n  {mark(hit)}"


def mark(hit: Hit) -> str:
    """The snippet with found words in brackets."""
    text, end = "", 0
    for start, stop in hit.marks:
        text += f"{hit.snippet[end:start]}【{hit.snippet[start:stop]}】"
        end = stop
    return text + hit.snippet[end:]
