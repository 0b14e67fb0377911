"""Documents of a term come out as they went in, and what is cut off is seen."""

import io

import numpy as np
import pytest

from archive_indexer.index.postings import (
    Gathered,
    TermBlock,
    as_mask,
    how_many,
    pack,
    read_terms,
    unpack,
    write_postings,
)


def packed_alone(numbers, count):
    """One term and nothing else."""
    block = TermBlock([b"term"], np.array([0, len(numbers)]), np.array(numbers, dtype=np.uint32))
    packed, ends = pack(block, count)
    assert ends.tolist() == [len(packed)]
    return packed


@pytest.mark.parametrize(
    ("count", "numbers"),
    [
        (1, [0]),
        (5000, [4999]),
        (5000, [0, 4999]),
        (5000, [7, 8]),
        (200_000, [0, 65_535, 131_071]),
        (200_000, [0, 65_536]),
        (70_000_000, [0, 1, 69_999_999]),
        (5000, list(range(5000))),
        (5000, list(range(0, 5000, 2))),
        (5001, list(range(3, 5001, 9))),
        (5000, list(range(0, 5000, 255))),
        (5000, list(range(0, 5000, 256))),
    ],
)
def test_numbers_come_out_as_they_went_in(count, numbers):
    """Few and many, near and far; how many is told without them."""
    packed = packed_alone(numbers, count)
    assert unpack(packed, count).tolist() == numbers
    assert how_many(packed, count) == len(numbers)
    assert np.flatnonzero(as_mask(packed, count)).tolist() == numbers


def test_seeded_numbers_of_every_density_come_out_too():
    """Whatever the form they are packed in."""
    source = np.random.default_rng(1)
    for density in (0.0005, 0.01, 0.05, 0.1, 0.2, 0.9):
        numbers = np.flatnonzero(source.random(20_000) < density)
        packed = packed_alone(numbers, 20_000)
        assert np.array_equal(unpack(packed, 20_000), numbers)
        assert len(packed) <= 1 + 20_000 // 8


def test_terms_packed_together_come_out_as_each_alone():
    """Whatever stands beside them."""
    source = np.random.default_rng(2)
    count = 70_000
    held = [np.sort(source.choice(count, size, replace=False)) for size in
            (1, 2, 9000, 1, 40, 60_000, 3, 700, 1)]  # fmt: skip
    held += [np.array([0, 69_999]), np.array([5, 6, 7])]
    names = [f"{number:02}".encode() for number in range(len(held))]
    (block,) = TermBlock.of(zip(names, held, strict=True))
    packed, ends = pack(block, count)
    begins = [0, *ends.tolist()]
    for number, numbers in enumerate(held):
        alone = packed[begins[number] : begins[number + 1]]
        assert alone == packed_alone(numbers, count)
        assert unpack(alone, count).tolist() == numbers.tolist()


def test_what_is_taken_over_follows_what_is_there():
    """Term by term, in the order of their bytes; a term that lost its documents is left out."""
    gathered = Gathered()
    gathered.add("facts", ("乙", "甲"), 0)
    none = np.empty(0, dtype=np.int64)
    gathered.take_over("facts", [("丙".encode(), np.array([1])), ("甲".encode(), np.array([2]))])
    gathered.take_over("facts", [("丁".encode(), none), ("甲".encode(), np.array([3, 4]))])
    found = [
        (name.decode(), numbers.tolist())
        for block in gathered.blocks("facts")
        for name, numbers in block.postings()
    ]
    assert found == [("丙", [1]), ("乙", [0]), ("甲", [0, 2, 3, 4])]


def test_a_number_of_no_document_is_damage():
    """Rather than a hit that is not there."""
    packed = packed_alone([3, 90], 100)
    with pytest.raises(ValueError, match="no document"):
        unpack(packed, 90)


@pytest.fixture
def files():
    """Two fields of a segment of three documents, as two files."""
    gathered = Gathered()
    gathered.add("grams", ("低保", "申请", "2018"), 0)
    gathered.add("grams", ("低保", "𠮷名"), 1)
    gathered.take_over("grams", [("低保".encode(), np.array([2]))])
    gathered.add("facts", ("person:张三", "person:张三丰", "pinyin:zs|张三"), 2)
    terms, postings = io.BytesIO(), io.BytesIO()
    write_postings(gathered, 3, terms, postings)
    return terms.getvalue(), postings.getvalue()


def test_a_term_is_found_by_its_bytes(files):
    """Each field for itself; what is not there has no place."""
    count, fields = read_terms(*files)
    assert count == 3
    grams = fields["grams"]
    assert [one.decode() for one in grams] == ["2018", "低保", "申请", "𠮷名"]
    found = {one: unpack(grams.packed(at), 3).tolist() for at, one in enumerate(grams)}
    assert found["低保".encode()] == [0, 1, 2]
    assert found["𠮷名".encode()] == [1]
    assert [grams.find(one.encode()) for one in ("2018", "𠮷名", "低", "保低", "")] == [
        0, 3, None, None, None,
    ]  # fmt: skip


def test_terms_that_begin_alike_come_in_order(files):
    """From the first to the last of them, and no further."""
    facts = read_terms(*files)[1]["facts"]
    found = [one.decode() for one in facts.beginning_with("person:张三".encode())]
    assert found == ["person:张三", "person:张三丰"]
    assert list(facts.beginning_with(b"zz")) == []


@pytest.mark.parametrize("at", [0, 1])
def test_a_file_that_is_cut_off_is_damage(files, at):
    """The terms or who has them."""
    cut = [*files]
    cut[at] = cut[at][:-1]
    with pytest.raises(ValueError, match=r"postings|cut off|buffer"):
        read_terms(*cut)


def test_a_segment_without_terms_is_read(files):
    """Nothing is in it."""
    terms, postings = io.BytesIO(), io.BytesIO()
    write_postings(Gathered(), 0, terms, postings)
    assert read_terms(terms.getvalue(), postings.getvalue()) == (0, {})


def test_single_documents_are_read_as_they_lie():
    """Terms of several documents, or with a bit for each document, are not."""

    def held(*owners, count=40):
        gathered = Gathered()
        for number, term in owners:
            gathered.add("path", [term], number)
        terms, postings = io.BytesIO(), io.BytesIO()
        write_postings(gathered, count, terms, postings)
        return read_terms(terms.getvalue(), postings.getvalue())[1]["path"].single_numbers()

    assert held((0, "丙"), (1, "甲"), (2, "乙")).tolist() == [0, 2, 1]
    assert held((0, "丙"), (1, "丙")) is None
    every = [(number, "丙") for number in range(32)]
    assert len(packed_alone(range(32), 32)) == 5
    assert held(*every, count=32) is None
