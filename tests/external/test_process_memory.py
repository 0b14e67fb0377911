"""How much memory a process holds."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from minzheng.external import process_memory
from minzheng.external.process_memory import (
    begun_at,
    give_back_memory,
    keep_freed_memory,
    memory_mib,
)

_HOLDER = """
import sys
block = bytearray(b"x") * (64 << 20)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder():
    """A child that holds 64 MiB until it is let go."""
    command = [sys.executable, "-c", _HOLDER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout.readline() == b"held\n"
        yield child
        child.stdin.close()


def test_what_a_process_holds_is_told(holder):
    """At least what it holds, and not the whole machine."""
    assert 64 <= memory_mib(holder.pid) < 200


def test_children_are_counted(holder):
    """A reader that starts a converter is one burden."""
    own = int(Path(f"/proc/{os.getpid()}/statm").read_text().split()[1]) * 4096 >> 20
    assert memory_mib(os.getpid()) > own + 60


_PARENT = """
import subprocess, sys, threading
def start():
    pipe = subprocess.PIPE
    child = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdin=pipe, stdout=pipe)
    child.stdout.readline()
    print("held", flush=True)
    done.wait()
    child.kill()
done = threading.Event()
threading.Thread(target=start).start()
sys.stdin.read()
done.set()
"""


@pytest.mark.parametrize("is_told", [True, False])
def test_what_children_of_children_and_of_threads_hold_is_counted(monkeypatch, tmp_path, is_told):
    """Whether the system tells the children of a process, or all processes are asked."""
    if not is_told:
        monkeypatch.setattr(process_memory, "_PROCESSES", tmp_path)
    command = [sys.executable, "-c", _PARENT, _HOLDER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout.readline() == b"held\n"
        own = process_memory._resident(psutil.Process(parent.pid)) >> 20
        assert own + 64 <= memory_mib(parent.pid) < own + 200
        assert memory_mib(os.getpid()) >= own + 64
        parent.stdin.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only there children are told")
def test_a_look_asks_no_other_process(monkeypatch, holder):
    """A worker looks four times a second, and a machine has hundreds of processes."""
    monkeypatch.setattr(psutil.Process, "children", None)
    assert memory_mib(os.getpid()) >= 64


def test_a_process_that_is_gone_holds_nothing(holder):
    """And is no failure."""
    holder.stdin.close()
    holder.wait()
    assert memory_mib(holder.pid) == 0


def test_memory_is_given_back_wherever_it_can_be():
    """A system that cannot is left alone."""
    give_back_memory()
    assert memory_mib(os.getpid()) > 0


def test_a_process_tells_since_when_it_runs(holder):
    """One that is gone, or never was, does not."""
    now = time.time()
    assert now - 300 < begun_at(holder.pid) <= now + 1
    assert begun_at(os.getpid()) <= begun_at(holder.pid)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert begun_at(gone.pid) is None
    assert begun_at(2**70) is None


_BLOCKS = """
import numpy as np, resource
from minzheng.external.process_memory import keep_freed_memory
def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.ones(40 << 20, np.uint8)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
faults()
keep_freed_memory()
faults()
print(faults())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there blocks are asked for anew")
def test_freed_memory_is_used_again():
    """A large block costs no page of the system the second time."""
    done = subprocess.run([sys.executable, "-c", _BLOCKS], capture_output=True, check=True)
    assert int(done.stdout) < 100


def test_where_memory_cannot_be_chosen_nothing_happens(monkeypatch):
    """Other systems keep what is freed by themselves."""
    monkeypatch.setattr(sys, "platform", "win32")
    keep_freed_memory()
