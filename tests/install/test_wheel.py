"""The wheel: what it holds, what it asks for. `script/wheel_check` installs and runs one."""

import os
import re
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[2]
ROOMS = ("minzheng", "filler", "archive_indexer")
SHIPPED = ("config.toml", "registry", "templates", "docs/pictures", "docs/使用手册.md", *(
    f"tests/samples/{name}" for name in ("village_folder", "inbox")
))  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Made of the tree as it is."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [PROJECT / "script" / "wheel", out], check=True, env=os.environ | {"PYTHON": sys.executable}
    )
    (file,) = out.glob("*.whl")
    return zipfile.ZipFile(file)


@pytest.fixture(scope="module")
def names(wheel: zipfile.ZipFile) -> set[str]:
    return {name for name in wheel.namelist() if ".dist-info/" not in name}


def in_the_tree(*places: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z", *places],
        cwd=PROJECT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    return {name for name in listed.split("\0") if name and (PROJECT / name).is_file()}


def test_every_file_of_the_rooms_is_in_it(names):
    """Code, pages, styles, migrations, lists of words; and nothing that is in no tree."""
    assert {one for one in names if not one.startswith("minzheng/shipped/")} == in_the_tree(*ROOMS)


def test_what_lies_beside_the_rooms_is_shipped_inside(names):
    """Under the names it has in the tree, so that one function finds it."""
    shipped = {one for one in names if one.startswith("minzheng/shipped/")}
    assert shipped == {f"minzheng/shipped/{name}" for name in in_the_tree(*SHIPPED)}
    assert len(shipped) > 300


def test_three_names_come_into_site_packages(names):
    """No `templates`, no `tests`, nothing that others might be called."""
    assert {one.partition("/")[0] for one in names} == {*ROOMS}


def test_every_name_can_be_one_on_windows(names):
    """No sign that Windows keeps for itself, no name of a device, no end it drops."""
    kept = re.compile(r'[<>:"|?*\\]|[. ](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)', re.I)
    assert [one for one in names if kept.search(one)] == []
    assert max(map(len, names)) < 130  # with C:\\Program Files\\… it must stay under 260


def test_it_asks_for_what_the_product_needs_as_it_was_tested(wheel):
    """Every package that is named, in the version the lock pins."""
    (name,) = (one for one in wheel.namelist() if one.endswith(".dist-info/METADATA"))
    asked = [
        Requirement(one) for one in message_from_bytes(wheel.read(name)).get_all("Requires-Dist")
    ]
    lines = (PROJECT / "requirements" / "product.in").read_text(encoding="utf-8").splitlines()
    wanted = {Requirement(line).name for line in lines if line and line[0] != "#"}
    assert {one.name for one in asked} == wanted
    lock = (PROJECT / "requirements" / "product.lock").read_text(encoding="utf-8")
    pinned = [f"{one.name}{one.specifier}" for one in asked]
    assert [one for one in pinned if f"\n{one} " not in f"\n{lock}"] == []


def test_the_command_comes_with_it(wheel):
    """`minzheng`, on every system."""
    (name,) = (one for one in wheel.namelist() if one.endswith("entry_points.txt"))
    assert b"minzheng = minzheng.cli.main:run" in wheel.read(name)
