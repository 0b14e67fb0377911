"""Every form read as a strict reader does: what `script/strict_reader` runs."""

import argparse
import datetime as dt
import importlib
import io
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
RECORDS = 3


def files_of(spec: Any, catalogue: Any) -> Iterator[tuple[str, bytes]]:
    """A form blank, filled, and as a print run of several records."""
    filling = importlib.import_module("filler.fill_form")
    store = importlib.import_module("filler.records.case_store").MemoryCaseStore()
    answers = tomllib.loads((ANSWERS / f"{spec.id}.toml").read_text(encoding="utf-8"))
    issued = filling.fill_form(
        spec.id, answers, issued_by="测试员", today=TODAY, catalogue=catalogue, store=store
    )
    yield "blank", filling.blank_form(spec.id, catalogue, TODAY)
    yield "filled", issued.docx
    stream = io.BytesIO()
    merging = importlib.import_module("filler.print_run.merge_documents")
    merging.merge_documents([issued.docx] * RECORDS, stream)
    yield f"{RECORDS} merged", stream.getvalue()


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
