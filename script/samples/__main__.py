"""Make the sample village anew: files, their table, and what must be found.

`python -m script.samples [WORD …]` makes only files with a word in their path.
"""

import importlib
import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "samples"

_HEAD = """# The sample village

Invented people, every name begins with 测试; made by `python -m script.samples` from our own
forms, rendered, skewed, noised and stamped with a red seal 样章. It is the demo archive, too.
A file that really grows while it is watched is made by the journey. The unsorted scans in
`inbox/` are made by `python -m script.samples.unsorted`: a batch of forms with a blank back, an
enclosure without a code and a page missing, and a photo in a village's folder.
`issued_before/` holds two documents as the program kept them before files told who made them
(commit 845491d): their rows, specs and templates, LS-02 as shipped, COM-02 with tags in the
properties of a template that somebody saved in Word. No later program can make them anew.

| file | what it shows | found by |
|---|---|---|
"""


def main() -> None:
    """Write the files, their table and what finds them."""
    samples = _load_samples()
    words = sys.argv[1:]
    if not words:
        shutil.rmtree(FOLDER / "village_folder", ignore_errors=True)
    for sample in samples:
        if words and not any(word in sample.path for word in words):
            continue
        file = FOLDER / "village_folder" / sample.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(sample.make())
        print(f"{file.stat().st_size:>9} {sample.path}")
    rows = (
        f"| `{one.path}` | {one.shows} | {one.words or one.reason or '—'} |\n" for one in samples
    )
    (FOLDER / "README.md").write_text(_HEAD + "".join(rows), encoding="utf-8")
    (FOLDER / "expected.toml").write_text(_expected(samples), encoding="utf-8")


def _load_samples() -> Sequence[Any]:
    """Forms need Django, and Django its settings, before they are imported."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    village, inspected = (
        importlib.import_module(f"script.samples.{name}").SAMPLES
        for name in ("village", "inspected")
    )
    return (*village, *inspected)


def _expected(samples: Sequence[Any]) -> str:
    lines = ["# Made by `python -m script.samples`.\n"]
    for one in samples:
        if one.words:
            lines.append(f"[[find]]\nwords = {_quote(one.words)}\npath = {_quote(one.path)}\n")
        if one.reason:
            lines.append(
                f"[[unreadable]]\npath = {_quote(one.path)}\nreason = {_quote(one.reason)}\n"
            )
    return "\n".join(lines)


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    main()
