"""Which rules a content was read by, so that new rules re-read only what they touch.

Raise a reader's number when it reads better than before: at the next start the contents
it read are read again, and no others. `ocr` counts for every content with a page read
from its picture, whatever its kind; `signature` for those of them that bear our code.
Numbers begin at 3: so far all rules counted as one.
"""

from collections.abc import Mapping

_FIRST = 3
RULES: Mapping[str, int] = {"ocr": 5, "pdf": 5}


def rules_of(kind: str, has_ocr: bool, is_our_form: bool = False) -> str:
    """The rules in force for a kind: `pdf=4 ocr=4`."""
    readers = [kind, *["ocr"] * has_ocr, *["signature"] * (has_ocr and is_our_form)]
    return " ".join(f"{reader}={RULES.get(reader, _FIRST)}" for reader in readers)


def is_current(rules: str) -> bool:
    """Whether rules that were noted are those in force now."""
    noted = dict(part.split("=") for part in rules.split())
    return all(RULES.get(reader, _FIRST) == int(number) for reader, number in noted.items())
