"""The list of all forms, docs/forms.md: `python -m script.drawing.listing` writes it anew."""

from pathlib import Path

from filler.spec.form_catalogue import load_catalogue
from minzheng.county.registry.dossiers import load_dossiers

FILE = Path(__file__).resolve().parents[2] / "docs" / "forms.md"
_HEAD = """# Forms

制式 forms have a fixed layout; the body of 模版 forms may be edited. GS-02 is COM-05, GS-05 is COM-06, CB-02 is COM-10."""


def list_forms() -> str:
    """The whole file, dossier by dossier."""
    dossiers = [(dossier.code, dossier.name) for dossier in load_dossiers().all]
    forms = load_catalogue().forms
    parts = [_HEAD]
    for code, name in (*dossiers, ("", "各专档共用")):
        parts.append(f"\n## {code} {name}\n".replace("  ", " ") + "\n| | | | |\n|---|---|---|---|")
        parts += [
            f"| {spec.id} | {spec.short_title} | {spec.kind} | {spec.layout} |"
            for spec in forms
            if spec.dossier == code
        ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    FILE.write_text(list_forms(), encoding="utf-8")
