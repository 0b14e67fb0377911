"""Every form read as a strict reader does: what `script/strict_reader` runs.

Blank and filled; with no row in any table, with many, with a photo in every room; and merged,
one record and a run of unlike ones.
"""

import argparse
import datetime as dt
import importlib
import io
import itertools
import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

from script.other_readers import READERS, lost_texts

PROJECT = Path(__file__).resolve().parents[1]
ANSWERS = PROJECT / "tests" / "samples" / "answers"
TODAY = dt.date(2026, 11, 23)
MANY_ROWS = 25
_AGAIN = 3  #: the first record of a run once more: of the third on, a run is cast from a mould
_PHOTO_SIZES = ((1200, 800), (800, 1200))

Texts = dict[str, Any]  #: as printed: by name, a table as a list of rows


def files_of(spec: Any, catalogue: Any) -> Iterator[tuple[str, bytes]]:
    """A form as it can come out, what it is called before each."""
    filling = importlib.import_module("filler.fill_form")
    yield "blank", filling.blank_form(spec.id, catalogue, TODAY)
    records = dict(records_of(spec, catalogue))
    yield from records.items()
    filled, *others = records.values()
    yield "1 merged", _merged([filled])
    run = [*[filled] * _AGAIN, *others, filled]
    yield f"{len(run)} merged", _merged(run)


def records_of(spec: Any, catalogue: Any) -> Iterator[tuple[str, bytes]]:
    """A form filled; and, where it has tables, with no row and with many; and with photos."""
    filling = importlib.import_module("filler.fill_form")
    store = importlib.import_module("filler.records.case_store").MemoryCaseStore()
    answers = tomllib.loads((ANSWERS / f"{spec.id}.toml").read_text(encoding="utf-8"))
    printed = filling.fill_form(
        spec.id, answers, issued_by="测试员", today=TODAY, catalogue=catalogue, store=store
    ).printed
    template = importlib.import_module("filler.word.form_template").load_template(spec)
    texts = dict(printed.texts)
    yield "filled", template.render(texts, printed.qr)
    if any(isinstance(found, list) for found in texts.values()):
        yield "no rows", template.render(with_rows(texts, 0), printed.qr)
        yield f"{MANY_ROWS} rows", template.render(with_rows(texts, MANY_ROWS), printed.qr)
    if template.photos.names:
        named = named_photos(template.photos.names, store.photos)
        kept = {name.split(":")[1]: store.photos.get(name.split(":")[1]) for name in named.values()}
        yield "photos", template.render(with_photos(texts, named), printed.qr, kept)


def with_rows(texts: Texts, count: int) -> Texts:
    """The same with so many rows in every table; those that have none take another's."""
    return {
        name: _cycled(found or texts.get(_whole_of(name)) or [], count)
        if isinstance(found, list)
        else found
        for name, found in texts.items()
    }


def with_photos(texts: Texts, named: dict[str, str]) -> Texts:
    """The same with a photo in every room, those of tables in each row."""
    single = {name: photo for name, photo in named.items() if "." not in name}
    rows: dict[str, dict[str, str]] = {}
    for name, photo in named.items():
        table, found, column = name.partition(".")
        if found:
            rows.setdefault(table, {})[column] = photo
    tables = {name: [{**row, **more} for row in texts[name]] for name, more in rows.items()}
    return {**texts, **single, **tables}


def named_photos(names: Any, shelf: Any) -> dict[str, str]:
    """A broad or a tall picture for each name, laid on the shelf."""
    pieces = importlib.import_module("script.word_pieces")
    taking = importlib.import_module("filler.records.photo_shelf")
    limits = importlib.import_module("minzheng.external.photos").PhotoLimits()
    return {
        name: taking.take_photo(
            pieces.picture_of(name, _PHOTO_SIZES[number % len(_PHOTO_SIZES)]), shelf, limits
        )
        for number, name in enumerate(sorted(names))
    }


def _whole_of(name: str) -> str:
    """The table that `members_more` is a part of."""
    return name.removesuffix("_more")


def _cycled(rows: list[Any], count: int) -> list[Any]:
    return list(itertools.islice(itertools.cycle(rows), count))


def _merged(records: list[bytes]) -> bytes:
    stream = io.BytesIO()
    importlib.import_module("filler.print_run.merge_documents").merge_documents(records, stream)
    return stream.getvalue()


def main() -> int:
    """Say every fault; 1 when there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("forms", nargs="*", metavar="FORM")
    wanted = parser.parse_args().forms
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    catalogue = importlib.import_module("filler.spec.form_catalogue").load_catalogue()
    faults_of = importlib.import_module("tests.strict_reader").faults_of
    specs = [one for one in catalogue.forms if not wanted or one.id in wanted]
    faults = [
        f"{spec.id} {what}: {fault}"
        for spec in specs
        for what, data in files_of(spec, catalogue)
        for fault in (*faults_of(data), *lost_texts(data, READERS))
    ]
    print("\n".join((*faults, f"{len(specs)} forms, {len(faults)} faults")))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
