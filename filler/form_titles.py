"""The titles of all forms, for those who only need to recognise them."""

import tomllib
from pathlib import Path


def read_form_titles(folder: Path) -> dict[str, str]:
    """Form id → title, of every spec below a templates folder."""
    titles = {}
    for file in sorted(folder.glob("*/*.toml")):
        spec = tomllib.loads(file.read_text(encoding="utf-8"))
        if isinstance(spec.get("id"), str) and isinstance(spec.get("title"), str):
            titles[spec["id"]] = spec["title"]
    return titles
