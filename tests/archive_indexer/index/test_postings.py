"""Documents of a term come out as they went in, and what is cut off is seen."""

import io
from dataclasses import replace

import numpy as np
import pytest

from archive_indexer.index import postings
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


def blocks_of(terms):
    """Terms in their order, as a segment gives them."""
    return TermBlock.of((term.encode(), numbers) for term, numbers in terms.items())


def test_what_is_taken_over_follows_what_is_there():
    """Term by term, in the order of their bytes; a term that lost its documents is left out."""
    gathered = Gathered()
    gathered.add("facts", ("乙", "甲"), 0)
    none = np.empty(0, dtype=np.int64)
    gathered.take_over("facts", blocks_of({"丙": np.array([1]), "甲": np.array([2])}))
    gathered.take_over("facts", blocks_of({"丁": none, "甲": np.array([3, 4])}))
    found = [
        (name.decode(), numbers.tolist())
        for block in gathered.blocks("facts")
        for name, numbers in block.postings()
    ]
    assert found == [("丙", [1]), ("乙", [0]), ("甲", [0, 2, 3, 4])]


def written(held, count):
    """A field of a segment of so many documents, as it lies in its files."""
    gathered = Gathered()
    gathered.take_over("grams", blocks_of(held))
    terms, who = io.BytesIO(), io.BytesIO()
    write_postings(gathered, count, terms, who)
    return read_terms(terms.getvalue(), who.getvalue())[1]["grams"]


def drawn(source, count):
    """Terms with documents of every density."""
    return {
        f"{number:03}": np.flatnonzero(source.random(count) < source.choice([0.01, 0.3, 1.0]))
        for number in sorted(source.choice(200, source.integers(1, 40), replace=False).tolist())
    }


@pytest.mark.parametrize("count", [1, 8, 300, 70_000])
@pytest.mark.parametrize("at_once", [(10_000, 1 << 17, 1 << 22), (3, 1, 1), (5, 200, 999)])
def test_terms_unpacked_together_are_as_each_alone(monkeypatch, count, at_once):
    """Few and many documents, however many terms are unpacked at once."""
    for name, most in zip(("_AT_ONCE", "_BYTES_AT_ONCE", "_PLACES_AT_ONCE"), at_once, strict=True):
        monkeypatch.setattr(postings, name, most)
    source = np.random.default_rng(count)
    steps = {1: [0], 8: [0, 7], 300: [0, 299], 70_000: [0, 255, 511, 66_047, 69_999]}[count]
    terms = written({**drawn(source, count), "远": np.array(steps)}, count)
    found = [one for block in terms.blocks(count) for one in block.postings()]
    assert [name for name, _ in found] == list(terms)
    for at, (_, numbers) in enumerate(found):
        assert numbers.tolist() == unpack(terms.packed(at), count).tolist()


@pytest.mark.parametrize("at_once", [10_000, 3])
@pytest.mark.parametrize("seed", range(6))
def test_segments_are_merged_as_if_their_documents_came_one_after_the_other(
    monkeypatch, at_once, seed
):
    """Documents that are gone are left out, and terms that only they had."""
    monkeypatch.setattr(postings, "_AT_ONCE", at_once)
    source, gathered, expected, first = np.random.default_rng(seed), Gathered(), {}, 2
    gathered.add("grams", ("005", "100"), 0)
    gathered.add("grams", ("100",), 1)
    expected = {"005": [0], "100": [0, 1]}
    for _ in range(4):
        count = int(source.integers(1, 60))
        held, to = drawn(source, count), np.arange(first, first + count)
        to[source.random(count) < 0.3] = -1
        blocks = [one.moved(to) for one in written(held, count).blocks(count)]
        gathered.take_over("grams", iter(blocks))
        for term, numbers in held.items():
            expected.setdefault(term, []).extend(one for one in to[numbers].tolist() if one >= 0)
        first += count
    found = {
        name.decode(): numbers.tolist()
        for block in gathered.blocks("grams")
        for name, numbers in block.postings()
    }
    assert found == {term: expected[term] for term in sorted(expected) if expected[term]}
    assert list(found) == sorted(found)


@pytest.mark.parametrize(("at", "byte", "says"), [(0, 3, "no kind"), (1, 200, "no document")])
def test_damaged_postings_are_seen_when_all_are_unpacked(at, byte, says):
    """A segment that is merged is not written anew with what is not so."""
    terms = written({"甲": np.array([5])}, 100)
    damaged = bytearray(terms.postings)
    damaged[at] = byte
    with pytest.raises(ValueError, match=says):
        list(replace(terms, postings=bytes(damaged)).blocks(100))


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
    gathered.take_over("grams", blocks_of({"低保": np.array([2])}))
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
