"""What else a question may have meant."""

from pathlib import Path

import pytest

from archive_indexer.documents import (
    IndexedDocument,
    Visible,
)
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.queries import Query
from archive_indexer.search import offer_more, search_archive
from minzheng.county.county import read_county

WORDS = read_county()


def test_one_wrong_character_is_offered_never_mixed_in(tmp_path: Path):
    """With the number of files it would find among those one may see."""
    index = FullTextIndex(tmp_path)
    index.update([IndexedDocument("a", "0", ("季四的材料",), town="钟宝镇")])
    answer = search_archive(index, "李四", Query(()), WORDS)
    assert answer.result.total == 0
    offers = offer_more(index, answer, Query(()), WORDS).offers
    assert [(one.text, one.count, one.why) for one in offers] == [("季四", 1, "近似")]
    hidden = Query((), visible=Visible(town="城关镇"))
    assert offer_more(index, answer, hidden, WORDS).offers == ()


@pytest.mark.parametrize("question", ["zs", "zhangsan", "姓名:zs"])
def test_names_are_offered_for_pinyin(tmp_path: Path, question: str):
    """Initials are too short for a word, and are understood as a name."""
    index = FullTextIndex(tmp_path)
    index.update([IndexedDocument("a", "0", ("张三的材料",), person="张三")])
    answer = offer_more(index, search_archive(index, question, Query(()), WORDS), Query(()), WORDS)
    assert [(one.text, one.count) for one in answer.offers] == [("张三", 1)]
