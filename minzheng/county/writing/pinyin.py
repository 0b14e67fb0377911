"""How Chinese names are typed and found in letters. The only file that knows pypinyin.

Its tables take longer to load than a whole command of the command line may take, and most
commands never spell a name: they are loaded when the first one is.
"""

import importlib
import os
from functools import cache
from typing import Any


def syllables(text: str) -> list[str]:
    """The pinyin of each character without tones; what is no character stays as it is."""
    return list(_pypinyin().lazy_pinyin(text))


def initials(text: str) -> list[str]:
    """The first letter of each syllable."""
    return list(_pypinyin().lazy_pinyin(text, style=_pypinyin().Style.FIRST_LETTER))


@cache
def _pypinyin() -> Any:
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")  # nobody here changes its tables
    return importlib.import_module("pypinyin")
