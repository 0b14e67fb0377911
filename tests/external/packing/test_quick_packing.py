"""Packing by ISA-L or zlib: both unpack alike, pieces may be joined."""

import importlib
import random
import sys
import zlib

import pytest

from minzheng.external.packing import quick_packing

TEXTS = (b"", b"<w:t/>", "姓名：测试甲".encode() * 900, random.Random(7).randbytes(70_000))


@pytest.fixture(params=["as installed", "without ISA-L"])
def packing(request, monkeypatch):
    """The module, also where no wheel is."""
    if request.param == "as installed":
        yield quick_packing
        return
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "isal", None)
        yield importlib.reload(quick_packing)
    importlib.reload(quick_packing)


@pytest.mark.parametrize("data", TEXTS)
def test_what_was_packed_is_unpacked_by_zlib(packing, data):
    """Every reader of a zip has it."""
    assert zlib.decompress(packing.quick_deflated(data), -zlib.MAX_WBITS) == data


@pytest.mark.parametrize("data", TEXTS)
def test_a_piece_may_stand_among_others(packing, data):
    """It ends at a whole byte and speaks of nothing before it."""
    pieces = (packing.quick_deflated(one, zlib.Z_FULL_FLUSH) for one in (b"before", data))
    whole = b"".join((*pieces, packing.quick_deflated(memoryview(data))))
    assert zlib.decompress(whole, -zlib.MAX_WBITS) == b"before" + data * 2


@pytest.mark.parametrize("data", TEXTS)
def test_the_sum_is_that_of_zip(packing, data):
    """Also of what follows something."""
    assert packing.checksum(data) == zlib.crc32(data)
    assert packing.checksum(data, zlib.crc32(b"before")) == zlib.crc32(b"before" + data)
