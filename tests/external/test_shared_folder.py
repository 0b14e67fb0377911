"""What machines with one data folder tell one another through it."""

import pytest

from minzheng.county.shipped import program_version
from minzheng.external import shared_folder
from minzheng.external.shared_folder import (
    RUN,
    NotJoinedError,
    begin_run,
    confirm_joined,
    is_there,
    key_of_run,
    sign_of_run,
)


def test_a_run_is_joined_with_its_key(tmp_path):
    """Which nobody else may read, and which each run makes anew."""
    begin_run(tmp_path)
    assert is_there(tmp_path)
    confirm_joined(tmp_path)
    first, sign = key_of_run(tmp_path), sign_of_run(tmp_path)
    assert len(first) == 32
    assert first.hex() not in sign
    assert (tmp_path / RUN).stat().st_mode & 0o077 == 0
    begin_run(tmp_path)
    assert key_of_run(tmp_path) != first
    assert sign_of_run(tmp_path) != sign


@pytest.mark.parametrize("half", [None, b"", b"{"])
def test_a_folder_without_a_run_is_not_the_share(tmp_path, half):
    """Or the share is away: both are said."""
    if half is not None:
        (tmp_path / RUN).write_bytes(half)
    for ask in (confirm_joined, key_of_run):
        with pytest.raises(NotJoinedError, match=f"{tmp_path}.*有没有连上"):
            ask(tmp_path)


def test_another_program_is_told_with_both_versions(tmp_path, monkeypatch):
    """It may read and write otherwise."""
    begin_run(tmp_path)
    monkeypatch.setattr(shared_folder, "program_version", lambda: "99")
    with pytest.raises(NotJoinedError, match=f"是 99 版，主机的是 {program_version()} 版"):
        confirm_joined(tmp_path)
