"""Draw templates that do not exist yet; `--again ID …` draws the named ones anew."""

import argparse
import importlib
import io
import os
import tomllib
from pathlib import Path

import django

from minzheng.external.files.file_properties import PRODUCT, FileProperties, retold

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def main() -> None:
    """Draw what is missing, and what is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--again", nargs="*", default=[], metavar="ID")
    again = parser.parse_args().again
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.web.settings")
    django.setup()
    catalogue = importlib.import_module("filler.spec.form_catalogue")
    by_layout = importlib.import_module("script.drawing.forms.by_layout")
    work_notice = importlib.import_module("script.drawing.forms.work_notice")
    protection = importlib.import_module("script.drawing.protection")
    sheets = importlib.import_module("script.drawing.forms.sheets")
    drawn_by_hand = importlib.import_module("script.drawing.forms.by_hand").DRAWINGS
    for spec in catalogue.load_catalogue(TEMPLATES, needs_templates=False).forms:
        if spec.docx.exists() and spec.id not in again:
            continue
        own = drawn_by_hand.get(spec.docx.relative_to(TEMPLATES).with_suffix("").as_posix())
        if own:
            document = own()
        else:
            table = tomllib.loads(spec.docx.with_suffix(".toml").read_text(encoding="utf-8"))
            if work_notice.is_work_notice(table):
                document = work_notice.draw_work_notice(table)
            else:
                document = by_layout.draw(spec, sheets.read_drawing(table))
        if spec.kind == "制式":
            protection.protect(document, protection.field_names(spec))
        stream = io.BytesIO()
        document.save(stream)
        spec.docx.write_bytes(retold(stream.getvalue(), FileProperties(PRODUCT, spec.short_title)))
        print(f"drawn: {spec.docx.relative_to(TEMPLATES)}")


if __name__ == "__main__":
    main()
