"""What OpenSearch is told of the fields of a document."""

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.on_opensearch.mapping import NAME, VERSION, index_body
from archive_indexer.index.on_opensearch.opensearch_index import source_of


def test_every_field_that_is_sent_is_told_of():
    """The mapping is strict: another would be refused, with its document."""
    mappings = index_body()["mappings"]
    sent = source_of(IndexedDocument("村/a.pdf", "0" * 64, ("甲", "乙"), person="张三"))
    assert mappings["dynamic"] == "strict"
    assert set(sent) == set(mappings["properties"])
    assert all(set(page) == {"text"} for page in sent["pages"])


def test_the_version_is_in_the_name_and_in_the_index():
    """An index of another version is made anew, under another name."""
    assert NAME.endswith(f"-{VERSION}")
    assert index_body()["mappings"]["_meta"] == {"version": VERSION}


def test_texts_are_cut_into_pairs_and_characters_with_all_their_signs():
    """No class of characters is left out, and no word goes to the next page."""
    body = index_body()
    cuts = body["settings"]["analysis"]["tokenizer"]
    assert {name: (one["min_gram"], one["max_gram"]) for name, one in cuts.items()} == {
        "pairs": (2, 2), "characters": (1, 1),
    }  # fmt: skip
    assert all(one["token_chars"] == [] for one in cuts.values())
    text = body["mappings"]["properties"]["text"]
    assert text["position_increment_gap"] > 100
    assert (text["analyzer"], text["fields"]["characters"]["analyzer"]) == ("pairs", "characters")
