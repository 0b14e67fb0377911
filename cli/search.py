"""`minzheng search`: find scans by any piece of their text."""

import json
import sys
from argparse import Namespace

from archive_indexer.documents import Hit, Query
from archive_indexer.file_names import as_shown
from archive_indexer.full_text_index import FullTextIndex
from archive_indexer.search import as_json, search_archive
from county.config import Config
from county.dossiers import load_dossiers


def run(args: Namespace, config: Config) -> int:
    """Search and print, for people or as JSON."""
    index = FullTextIndex(config.data_folder / "index")
    dossier = load_dossiers().by_word(args.dossier)
    filters = Query(
        (),
        town=args.town,
        village=args.village,
        dossier=dossier.code if dossier else args.dossier,
        year=args.year or "",
        limit=args.limit,
        order=args.order,
    )
    answer = search_archive(index, " ".join(args.words), filters, with_synonyms=args.synonyms)
    if answer.problems:
        print("\n".join(map(str, answer.problems)), file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(as_json(answer.result), ensure_ascii=False))
        return 0
    print(f"共 {answer.result.total} 件" + ("。" if not answer.result.hits else ":"))
    for hit in answer.result.hits:
        print(_describe(hit))
    return 0


def _describe(hit: Hit) -> str:
    place = " · ".join(filter(None, (hit.town, hit.village, hit.dossier, hit.year, hit.form_id)))
    was = "" if hit.present else "  （曾存在，原件已不在原处）"
    return f"\n{as_shown(hit.path)}  第 {hit.page} 页{was}\n  {hit.title}  {place}\n  {mark(hit)}"


def mark(hit: Hit) -> str:
    """The snippet with found words in brackets."""
    text, end = "", 0
    for start, stop in hit.marks:
        text += f"{hit.snippet[end:start]}【{hit.snippet[start:stop]}】"
        end = stop
    return text + hit.snippet[end:]
