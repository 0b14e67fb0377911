"""Columns as Whoosh wrote them."""

import numpy as np
import pytest
from whoosh import columns
from whoosh.filedb.filestore import FileStorage

from archive_indexer.index.index_segment import ROW
from archive_indexer.index.on_disk import columns as module
from archive_indexer.index.on_disk.columns import Entries, read_codes, read_rows


def written(folder, column, entries, count):
    """A file of Whoosh's."""
    with FileStorage(str(folder)).create_file("column") as file:
        writer = column.writer(file)
        for number, entry in entries:
            writer.add(number, entry)
        writer.finish(count)
    return folder / "column"


@pytest.mark.parametrize("reads", [module._read_at, module._seek_and_read])
@pytest.mark.parametrize("count", [1, 3, 40_000])
def test_texts_are_read_alone_and_in_a_row(tmp_path, monkeypatch, reads, count):
    """Of a column with the places of its entries written, and of one without."""
    monkeypatch.setattr(module, "_read", reads)
    every = [b"x" * (number % 300) if number % 2 == 0 else b"" for number in range(count)]
    file = written(tmp_path, columns.VarBytesColumn(), list(enumerate(every))[::2], count)
    entries = Entries(file, count)
    entries.ask_for_lengths()
    some = [one for one in (0, 2, 1, count - 1, count // 2) if one < count]
    entries.ask_for(some)
    assert entries.read(some) == [every[one] for one in some]
    assert entries.read(range(count)) == every
    assert entries.read([]) == []
    assert entries.lengths.tolist() == [len(one) for one in every]


def test_a_column_that_nobody_wrote_is_empty(tmp_path):
    """As Whoosh reads one."""
    entries = Entries(tmp_path / "none", 2)
    entries.ask_for_lengths()
    entries.ask_for([0, 1])
    assert entries.read([0, 1]) == [b"", b""]
    assert entries.lengths.tolist() == [0, 0]
    codes, values = read_codes(tmp_path / "none", 2)
    assert (codes.tolist(), values) == ([0, 0], [""])
    assert read_rows(tmp_path / "none", 2).tolist() == [(0, 0, 0, 0)] * 2


@pytest.mark.parametrize("kinds", [2, 300])
def test_shared_values_are_told_by_codes(tmp_path, kinds):
    """Of one byte or of two, short values and such as take two bytes to say how long."""
    every = [(f"{number % kinds}号村" * (1 + number % 40)).encode() for number in range(1000)]
    file = written(tmp_path, columns.RefBytesColumn(), enumerate(every), 1001)
    codes, values = read_codes(file, 1001)
    assert [values[code].encode() for code in codes] == [*every, b""]


@pytest.mark.parametrize("cut", [1, 5, 1500])
def test_codes_that_are_cut_off_are_damage(tmp_path, cut):
    """Wherever they end."""
    every = [f"{number % 300}号村".encode() for number in range(1000)]
    file = written(tmp_path, columns.RefBytesColumn(), enumerate(every), 1000)
    file.write_bytes(file.read_bytes()[: -1 - cut])
    with pytest.raises((ValueError, LookupError)):
        codes, values = read_codes(file, 1000)
        [values[code] for code in codes]


def test_rows_of_zeros_at_the_end_are_not_written(tmp_path):
    """But there they are."""
    rows = np.array([(1, 20180101, 7, 1), (0, 0, 0, 0), (2, 0, 0, 0)], dtype=ROW)
    file = written(
        tmp_path,
        columns.FixedBytesColumn(ROW.itemsize),
        [(at, row.tobytes()) for at, row in enumerate(rows)],
        5,
    )
    assert read_rows(file, 5).tolist() == [*rows.tolist(), (0, 0, 0, 0), (0, 0, 0, 0)]
    assert read_rows(file, 3).tolist() == rows.tolist()
