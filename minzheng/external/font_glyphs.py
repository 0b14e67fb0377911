"""Which characters a font can draw: from its installed file, else from its standard.

What reads font files is loaded with the first: the fonts of forms are seldom installed.
"""

from functools import lru_cache
from pathlib import Path

from minzheng.external.run_program import ProgramFailedError, find_program, run_program

_WAIT_SECONDS = 10
_STANDARD_ENDING = "_GB2312"  #: such a font holds the characters of GB/T 2312 and no more


@lru_cache(maxsize=32)
def load_glyphs(font: str) -> frozenset[str] | None:
    """The characters of a font by its name; None when nothing is known of it."""
    found = (_glyphs_of(file) for file in _installed_files(font))
    known = next((glyphs for glyphs in found if glyphs is not None), None)
    if known is not None:
        return known
    return gb2312_characters() if font.endswith(_STANDARD_ENDING) else None


def _glyphs_of(file: Path) -> frozenset[str] | None:
    """The characters of a font file; None when it cannot be read."""
    from fontTools.ttLib import TTLibError  # noqa: PLC0415  # with the first font

    try:
        return read_glyphs(file)
    except (TTLibError, OSError):
        return None


def read_glyphs(file: Path) -> frozenset[str]:
    """The characters of a font file; of a collection, those of its first face."""
    from fontTools.ttLib import TTCollection, TTFont  # noqa: PLC0415  # with the first font

    # Opened here: of a damaged file the library forgets to close what it opened.
    with file.open("rb") as stream:
        if file.suffix.lower() in (".ttc", ".otc"):
            font = TTCollection(stream, lazy=True).fonts[0]
        else:
            font = TTFont(stream, lazy=True)
        return frozenset(map(chr, font.getBestCmap()))


def _installed_files(font: str) -> list[Path]:
    """Asked of fontconfig; it lists only fonts that really bear the name."""
    program = find_program("fc-list")
    if program is None:
        return []
    try:
        listed = run_program([program, f":family={font}", "file"], _WAIT_SECONDS)
    except ProgramFailedError:
        return []
    return [Path(line.split(": ")[0].rstrip(": ")) for line in sorted(listed.splitlines()) if line]


@lru_cache(maxsize=1)
def gb2312_characters() -> frozenset[str]:
    """The characters of GB/T 2312 but for those of ASCII."""
    table = bytes(
        byte for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF) for byte in (row, cell)
    )
    pairs = (table[place : place + 2] for place in range(0, len(table), 2))
    return frozenset("".join(pair.decode("gb2312", "ignore") for pair in pairs))
