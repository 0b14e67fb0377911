"""A program without network."""

import sys

import pytest

from minzheng.external.run_program import run_program

_TRY = """
import os, socket, sys
for family in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6):
    try:
        socket.socket(family).close()
        print("open")
    except OSError:
        print("shut")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such filter")
def test_only_local_sockets_are_left_also_to_children():
    """The program, and what it starts; without the word nothing changes."""
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_TRY!r}])"
    command = [sys.executable, "-c", child]
    assert run_program(command, 60, is_offline=True).split() == ["open", "shut", "shut"]
    assert run_program(command, 60).split()[:2] == ["open", "open"]
