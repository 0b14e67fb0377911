"""Which packages a machine needs, and how pip is asked for them."""

import subprocess
import sys

import pytest

from script import wheelhouse
from script.wheelhouse import LOCK, MACHINES, PYTHONS, Pin, fetch, pins_for, read_lock, target

ONE, OTHER = f"sha256:{'1' * 64}", f"sha256:{'2' * 64}"
TEXT = f"""\
django==5.2.19 \\
    --hash={ONE} \\
    --hash={OTHER}
tzdata==2026.6 ; sys_platform == 'win32' \\
    --hash={ONE}
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash={ONE}
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash={ONE}
brotlicffi==1.2 ; platform_python_implementation == 'PyPy' \\
    --hash={ONE}
"""


def test_a_lock_is_read_with_every_hash():
    """Version, condition, hashes; nothing of the real one is lost."""
    first, second, *_ = read_lock(TEXT)
    assert first == Pin("django", "5.2.19", "", (ONE, OTHER))
    assert second == Pin("tzdata", "2026.6", "sys_platform == 'win32'", (ONE,))
    text = LOCK.read_text(encoding="utf-8")
    assert sum(len(one.hashes) for one in read_lock(text)) == text.count("--hash=")


@pytest.mark.parametrize(
    ("machine", "python", "meant"),
    [
        ("linux-x86_64", "3.11", ["django", "numpy 2.4.6"]),
        ("linux-aarch64", "3.14", ["django", "numpy 2.5.5"]),
        ("windows-x64", "3.12", ["django", "tzdata", "numpy 2.5.5"]),
    ],
)
def test_what_is_needed_is_judged_for_the_machine_meant(tmp_path, machine, python, meant):
    """Not for the one that asks."""
    (tmp_path / "lock").write_text(TEXT)
    pins = pins_for(MACHINES[machine], python, tmp_path / "lock")
    assert [one.name if one.name != "numpy" else f"numpy {one.version}" for one in pins] == meant


def test_only_wheels_that_run_on_an_old_system_are_asked_for():
    """统信 and 麒麟 have glibc 2.28."""
    words = target(MACHINES["linux-aarch64"], "3.12")
    assert "manylinux_2_28_aarch64" in words
    assert "manylinux_2_29_aarch64" not in words
    assert "cp312" in words
    assert target(MACHINES["windows-x64"], "3.11").count("--platform") == 1


def test_packages_are_fetched_by_their_hashes(tmp_path, monkeypatch):
    """And each machine's own."""
    asked = []
    monkeypatch.setattr(subprocess, "run", lambda words, **_: asked.extend(words))
    fetch(MACHINES["windows-x64"], tmp_path / "house", "3.11", read_lock(TEXT)[:1])
    assert (tmp_path / "house" / "requirements.txt").read_text() == (
        f"django==5.2.19 --hash={ONE} --hash={OTHER}\n"
    )
    assert asked[:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--require-hashes", "win_amd64"} <= set(asked)


def test_every_python_that_is_promised_has_numpy():
    """pyproject.toml promises 3.11 and newer."""
    for machine in MACHINES.values():
        for python in PYTHONS:
            names = [one.name for one in pins_for(machine, python)]
            assert names.count("numpy") == 1
    assert wheelhouse.LOCK.name == "product.lock"
