"""Draw templates that do not exist yet; `--again ID …` draws the named ones anew."""

import argparse
from pathlib import Path

from script.drawing.forms import DRAWINGS

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--again", nargs="*", default=[], metavar="ID")
    again = parser.parse_args().again
    for name, draw in DRAWINGS.items():
        file = TEMPLATES / f"{name}.docx"
        if not file.exists() or file.stem in again:
            draw().save(str(file))
            print(f"drawn: {file.relative_to(TEMPLATES)}")


if __name__ == "__main__":
    main()
