"""Whoosh writes, merges and reads segments through our postings."""

import numpy as np
import pytest
from whoosh import fields, index
from whoosh.query import And, Prefix, Term
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.searching import Searcher

from archive_indexer.index import posting_codec
from archive_indexer.index.posting_codec import PostingCodec, PostingsGatherer

CODEC = PostingCodec()
TEXTS = (["低保", "申请"], ["低保", "调查"], ["公示"], ["低保"])  #: pages


@pytest.fixture
def kept(tmp_path):
    """An index of two segments, with a document deleted of the first."""
    schema = fields.Schema(
        path=fields.ID(unique=True, stored=True), grams=fields.ID(), facts=fields.ID()
    )
    made = index.create_in(str(tmp_path), schema)
    for start in (0, 2):
        writer = PostingsGatherer(made, CODEC)
        for number in (start, start + 1):
            writer.add_with_terms(TEXTS[number], {}, {"path": f"{number}"})
        writer.commit(merge=False)
    writer = PostingsGatherer(made, CODEC)
    writer.delete_document(0)
    writer.commit(merge=False)
    return made


@pytest.fixture
def readers(kept):
    """A reader of each segment there is by now; closed after the test."""
    opened = []

    def read():
        info = kept._read_toc()
        made = [SegmentReader(kept.storage, info.schema, one, codec=CODEC) for one in info.segments]
        opened.extend(made)
        return made

    yield read
    for one in opened:
        one.close()


def merge_all(writer, segments):
    """All segments into the one being written."""
    for segment in segments:
        with SegmentReader(writer.storage, writer.schema, segment, codec=CODEC) as reader:
            writer.add_reader(reader)
    return []


def test_each_segment_has_its_documents(readers):
    """By the terms handed in, and by those Whoosh made itself."""
    first, second = readers()
    assert first._terms.numbers("grams", "低保".encode()).tolist() == [0, 1]
    assert second._terms.numbers("grams", "低保".encode()).tolist() == [1]
    assert second._terms.numbers("path", b"2").tolist() == [0]
    assert second._terms.numbers("path", b"9").tolist() == []
    assert second._terms.numbers("nothing", b"9").tolist() == []
    assert [one.doc_frequency("grams", "低保") for one in (first, second)] == [2, 1]


def test_what_is_asked_for_ahead_is_read_as_before(readers, monkeypatch):
    """Known terms and others; where a term is found is kept, up to a bound."""
    monkeypatch.setattr(posting_codec, "_MOST_KNOWN", 1)
    first, _ = readers()
    terms = first._terms
    for term in ("低保", "没有"):
        terms.ask_for("grams", [term.encode()])
    terms.ask_for_all("path")
    terms.ask_for_all("nothing")
    assert [terms.weight("grams", one.encode()) > 0 for one in ("低保", "没有")] == [True, False]
    assert terms.weight("nothing", b"9") == 0
    assert terms.numbers("grams", "低保".encode()).tolist() == [0, 1]
    assert len(terms._known) == 1


def test_a_merge_takes_over_what_is_left(kept, readers):
    """Under new numbers, without the deleted one."""
    writer = PostingsGatherer(kept, CODEC)
    writer.add_with_terms(["低保", "新来"], {"facts": {"person:张三"}}, {"path": "4"})
    writer.commit(mergetype=merge_all)
    (merged,) = readers()
    paths = [merged.stored_fields(number)["path"] for number in range(merged.doc_count_all())]
    assert sorted(paths) == ["1", "2", "3", "4"]
    found = {
        term.decode(): sorted(paths[one] for one in numbers)
        for block in merged._terms.blocks("grams")
        for term, numbers in block.postings()
    }
    assert found == {"低保": ["1", "3", "4"], "调查": ["1"], "公示": ["2"], "新来": ["4"]}
    (person,) = merged._terms.numbers("facts", "person:张三".encode()).tolist()
    assert paths[person] == "4"
    (block,) = merged._terms.blocks("grams")
    assert all(np.all(np.diff(numbers) > 0) for _, numbers in block.postings())


def test_whoosh_itself_reads_them(readers):
    """Its own searcher, terms and prefixes: nothing depends on our arrays."""
    reader, _ = readers()
    assert list(reader.all_terms())[:2] == [
        ("grams", "低保".encode()),
        ("grams", "申请".encode()),
    ]
    assert [one.decode() for one in reader.expand_prefix("grams", "调")] == ["调查"]
    assert reader.term_info("grams", "低保".encode()).doc_frequency() == 2
    with pytest.raises(TermNotFound):
        reader.term_info("grams", "没有".encode())
    matcher = And([Term("grams", "低保"), Prefix("path", "1")]).matcher(Searcher(reader))
    assert list(matcher.all_ids()) == [1]


def test_a_broken_off_writer_leaves_the_index_as_it_was(kept, readers):
    """Nothing of its documents is there."""
    writer = PostingsGatherer(kept, CODEC)
    writer.add_with_terms(["新来"], {}, {"path": "4"})
    writer.cancel()
    assert [one.doc_frequency("grams", "新来") for one in readers()] == [0, 0]
