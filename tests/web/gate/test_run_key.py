"""The key of a run of the service."""

from minzheng.web.gate import run_key as keys
from minzheng.web.gate.private_questions import as_address, from_address
from minzheng.web.gate.run_key import BYTES, run_key, take_run_key
from tests.web.api.conftest import ID


def test_a_process_has_a_key_of_its_own_until_it_is_given_one(monkeypatch):
    """As long as one needs it to be."""
    monkeypatch.setattr(keys, "_key", [run_key()])
    assert len(run_key()) == BYTES
    take_run_key(b"k" * BYTES)
    assert run_key() == b"k" * BYTES


def test_with_the_key_another_process_knows_a_question_and_without_it_nobody(monkeypatch):
    """What is kept is sealed; after the run it opens nothing."""
    monkeypatch.setattr(keys, "_key", [b"a" * BYTES])
    address = as_address(1, ID)
    assert from_address(1, address) == ID
    take_run_key(b"b" * BYTES)
    assert from_address(1, address) is None
    take_run_key(b"a" * BYTES)
    assert from_address(1, address) == ID
