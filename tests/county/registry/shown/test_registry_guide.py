"""What is said of the county's tables."""

import csv
import tomllib

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.registry.shown.registry_guide import BY_NAME, FILES, WORDS


def test_each_table_is_described_once_in_chinese():
    """Its title, what it is for, where it comes from, what follows a new one."""
    assert len(BY_NAME) == len(FILES)
    for one in FILES:
        for text in (one.title, one.purpose, one.source, one.takes_effect):
            assert any("\u4e00" <= sign <= "\u9fff" for sign in text), one.name
    assert len({one.title for one in FILES}) == len(FILES)


def test_every_heading_of_a_table_has_a_word():
    """The page shows a table in the words of the office."""
    headings = set()
    for file in REGISTRY_FOLDER.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            headings |= set(next(csv.reader(stream)))
    for name in ("standards", "limits", "laws", "dossiers"):
        table = tomllib.loads((REGISTRY_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        headings |= table.keys()
        headings |= {key for entries in table.values() for entry in entries for key in entry}
    assert headings - WORDS.keys() == set()
