"""What a library says on the error stream is heard, and the stream is itself again."""

import os

import pytest

from minzheng.external.files.complaints import complaints_heard


def test_what_is_said_meanwhile_is_heard(capfd):
    """And nothing of what is said before and afterwards."""
    os.write(2, b"before\n")
    with complaints_heard() as heard:
        os.write(2, "Fax4Decode: 坏\nagain\n".encode())
    os.write(2, b"after\n")
    assert heard == ["Fax4Decode: 坏", "again"]
    assert capfd.readouterr().err == "before\nafter\n"


def test_the_stream_comes_back_after_a_failure(capfd):
    """What was said until then is heard."""
    with pytest.raises(ValueError, match="x"), complaints_heard() as heard:
        os.write(2, b"one\n")
        raise ValueError("x")
    os.write(2, b"after\n")
    assert heard == ["one"] and capfd.readouterr().err == "after\n"


def test_without_an_error_stream_nothing_is_heard(monkeypatch):
    """A service has none."""

    def refuse(number: int) -> int:
        raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr(os, "dup", refuse)
    with complaints_heard() as heard:
        pass
    assert heard == []
