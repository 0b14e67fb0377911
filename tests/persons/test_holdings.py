"""One piece that is held of a person."""

from minzheng.persons.holdings import Fate, Holding, Kind


def test_a_piece_is_named_by_kind_and_number():
    """And kept until somebody decided."""
    one = Holding(Kind.DOCUMENT, 12, "申请", "", town="钟宝镇", village="旧城村")
    assert (one.key, one.place, one.fate) == ("DOCUMENT-12", "钟宝镇旧城村", Fate.KEEP)
