"""Do the tests bite? What `script/mutants` runs. The last line is one JSON object.

Each sampled mutant is applied to a copy of the tree. The tests of its room that run its line
are tried first, then all the others of the room; the first that fails kills it. Journeys and
the tests of other rooms do not count.

Why our own sampler: mutmut (3.8) rewrites every function of the package into trampolines, so
registries built from signatures change, and takes no sample; cosmic-ray (8.7) mutates in place,
runs one command for every mutant, makes eight mutants of a comparison and one of a condition,
and brings 27 packages. What is needed of them is the 150 lines of `mutations.py`.
"""

import argparse
import difflib
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

import pytest
from coverage import CoverageData

from script.chosen_tests import CHOSEN, FAILED
from script.mutations import Mutant, changes_of, mutant_of

ROOT = Path(__file__).resolve().parents[1]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
PACKAGES = ("filler", "minzheng/county", "archive_indexer")
PYTEST = (
    "-q", "-m", "not journey", "--hypothesis-seed=0", "--assert=plain", "--timeout=90",
    "-p", "script.chosen_tests", "-p", "no:cacheprovider", "-p", "no:schemathesis",
)  # fmt: skip
#: Others' packages are imported once; each run of pytest is forked off from there.
CHILDREN = multiprocessing.get_context("forkserver")
IMPORTED_ONCE = [
    "__main__", "hypothesis.strategies", "django.db.models", "django.forms", "django.test",
    "docx", "docxtpl", "openpyxl", "lxml.etree", "numpy", "cv2", "PIL.Image", "PIL.ImageDraw",
    "pypdf", "pypdfium2", "opencc", "pypinyin", "stdnum.cn.ric", "whoosh.index", "whoosh.query",
    "fontTools.ttLib", "zxingcpp", "python_calamine",
]  # fmt: skip
UNLOADED = "while loading conftest"  #: the room itself cannot be imported
#: Exit codes of pytest. Broken: a test file cannot be imported, pytest itself fell.
PASSED, FAILED_TESTS, BROKEN, NONE_CHOSEN = 0, 1, (2, 3), 5
SLACK, LEAST_SECONDS = 5.0, 90.0  #: a mutant may take so many times longer than the original
TOO_LONG = "from pytest-timeout"  #: what a test says that pytest ended


@dataclass(frozen=True)
class Room:
    """A package, its tests, and which of them run which line."""

    package: str
    tests: str
    seconds: float = 0.0
    names: tuple[str, ...] = ()  #: all its tests
    by_line: dict[str, dict[int, list[str]]] = field(default_factory=dict)

    def chosen(self, mutant: Mutant) -> list[str]:
        """The tests that run the line: the module's own first, then the narrowest.

        What is run at the import alone, or noted for another line of its statement, is tried
        with all tests that run any of the module.
        """
        lines, own = self.by_line.get(mutant.file, {}), own_tests(mutant.file)
        found = set(lines.get(mutant.line, ())) or set().union(*lines.values())
        return sorted(found, key=lambda name: (not name.startswith(own), self.breadth[name], name))

    @cached_property
    def breadth(self) -> Counter[str]:
        """How many lines each test runs: one that runs few is quick, and means them."""
        return Counter(
            name for lines in self.by_line.values() for names in lines.values() for name in names
        )


def equivalents() -> set[tuple[str, str, str]]:
    """Those that no test can tell apart: file name, line before, line after."""
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", ())
    return {(one["file"], one["before"], one["after"]) for one in listed}


def key_of(mutant: Mutant) -> tuple[str, str, str]:
    """What a mutant is listed by, wherever its file lies."""
    return Path(mutant.file).name, mutant.before, mutant.after


def modules(root: Path, package: str) -> list[Path]:
    """The Python files of a package, relative to the tree."""
    found = (file.relative_to(root) for file in (root / package).rglob("*.py"))
    return sorted(file for file in found if "migrations" not in file.parts)


def sample(root: Path, packages: Sequence[str], count: int, seed: int) -> list[Mutant]:
    """So many mutants, the same ones for a seed as long as the source stays the same."""
    places = [
        (file, change)
        for package in packages
        for file in modules(root, package)
        for change in changes_of((root / file).read_text(encoding="utf-8"))
    ]
    random.Random(seed).shuffle(places)
    left_out, taken = equivalents(), []
    for file, change in places:
        mutant = mutant_of(file.as_posix(), (root / file).read_text(encoding="utf-8"), change)
        if mutant and key_of(mutant) not in left_out:
            taken.append(mutant)
        if len(taken) == count:
            break
    return taken


def copy_tree(to: Path) -> Path:
    """The files git knows, new ones too, with changes not yet committed."""
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True).stdout
    for name in set(names.decode().split("\0")) - {""}:
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    return to


class Run(NamedTuple):
    """What pytest said: its exit code (none when it took too long) and what failed."""

    code: int | None
    failed: list[str]
    output: str


class Choice(NamedTuple):
    """Tests to run and tests to leave out; those that are in neither are new and run."""

    run: list[str]
    left_out: list[str]


def run_tests(
    tree: Path, arguments: Sequence[str], seconds: float, chosen: Choice | None = None
) -> Run:
    """Run tests in a tree."""
    paths = {name: tree / f"{name}.mutants" for name in ("output", "chosen", "failed")}
    environment = {"PYTHONPATH": str(tree), FAILED: str(paths["failed"])}
    if chosen is not None:
        environment[CHOSEN] = str(paths["chosen"])
        paths["chosen"].write_text(json.dumps(chosen), encoding="utf-8")
    paths["failed"].write_text("", encoding="utf-8")
    child = CHILDREN.Process(target=be_pytest, args=(tree, [*PYTEST, *arguments], environment))
    child.start()
    child.join(seconds)
    code = child.exitcode
    with suppress(ProcessLookupError):  # whatever the tests have started, too
        os.killpg(child.pid or 0, signal.SIGKILL)
    child.join()
    failed = paths["failed"].read_text(encoding="utf-8").splitlines()
    said = paths["output"].read_text(encoding="utf-8", errors="replace")
    return Run(code, list(dict.fromkeys(failed)), said[-3000:])


def be_pytest(tree: Path, arguments: list[str], environment: dict[str, str]) -> None:
    """In a fresh child of its own group: everything of the project comes from the tree."""
    os.setsid()
    os.chdir(tree)
    os.environ.update(environment)
    sys.path[:] = [str(tree), *(one for one in sys.path if one not in ("", str(ROOT)))]
    sys.dont_write_bytecode = True
    tempfile.tempdir = str(tree / "tmp")
    Path(tempfile.tempdir).mkdir(exist_ok=True)
    output = os.open(tree / "output.mutants", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(output, stream.fileno())
    os._exit(int(pytest.main(arguments)))


def look_at(tree: Path, package: str) -> Room:
    """Run a room's tests unchanged and note which test runs which line.

    Raises:
        RuntimeError: they do not pass as it is, not even when tried again.
    """
    tests, begun = folder_of_tests(package), time.monotonic()
    run = run_tests(tree, (tests, f"--cov={package}", "--cov-context=test", "--cov-report="), 3600)
    if run.code == FAILED_TESTS:
        known = lines_run(tree)[0]
        again = run_tests(tree, files_of(run.failed), 3600, only(run.failed, known))
        run = run if again.code != PASSED else again
    if run.code != PASSED:
        raise RuntimeError(f"{tests} does not pass unchanged:\n{run.output}")
    return Room(package, tests, time.monotonic() - begun, *lines_run(tree))


def folder_of_tests(package: str) -> str:
    """The folder of a room's tests: of `filler`, of `filler/rules`, of `minzheng/web`."""
    names = Path(package).parts
    return next(f"tests/{name}" for name in names if (ROOT / "tests" / name).is_dir())


def own_tests(file: str) -> str:
    """The test file of a module: `filler/form/taken.py` has `tests/filler/form/test_taken.py`."""
    parts = Path(file).parts
    folders = parts[1:-1] if parts[0] == "minzheng" else parts[:-1]
    return Path("tests", *folders, f"test_{parts[-1]}").as_posix()


def only(names: Sequence[str], known: Iterable[str]) -> Choice:
    """These tests, and no other that is known."""
    return Choice(list(names), sorted(set(known) - set(names)))


def new_files(tree: Path, room: Room) -> list[str]:
    """Test files of a room that came after it was looked at."""
    files = (file.relative_to(tree).as_posix() for file in (tree / room.tests).rglob("test_*.py"))
    return sorted(set(files) - set(files_of(room.names)))


def files_of(names: Sequence[str]) -> list[str]:
    """The test files of some tests."""
    return list(dict.fromkeys(name.partition("::")[0] for name in names))


def lines_run(tree: Path) -> tuple[tuple[str, ...], dict[str, dict[int, list[str]]]]:
    """All tests, and by file and line those that ran it."""
    data = CoverageData(str(tree / ".coverage"))
    data.read()
    names = {context.rpartition("|")[0] for context in data.measured_contexts()} - {""}
    by_line: dict[str, dict[int, list[str]]] = {}
    for file in data.measured_files():
        lines: dict[int, list[str]] = defaultdict(list)
        for line, contexts in data.contexts_by_lineno(file).items():
            lines[line] = sorted({one.rpartition("|")[0] for one in contexts} - {""})
        by_line[Path(file).relative_to(tree).as_posix()] = dict(lines)
    return tuple(sorted(names)), by_line


def verdict(tree: Path, room: Room, mutant: Mutant, is_quick: bool) -> str:
    """What the room's tests say of a mutant: killed, survived, timeouts or unjudged."""
    for names in rounds(room, mutant, is_quick):
        own = own_tests(mutant.file)  # what is new in it is noted for no line yet
        with changed(tree, mutant):
            said = one_round(tree, room, names, own)
        if said == "timeouts":  # is it the mutant that is slow, or the machine?
            as_it_was = one_round(tree, room, names, own)
            return "unjudged" if as_it_was == "timeouts" else "timeouts"
        if said != "survived":
            return said
    return "survived"


@contextmanager
def changed(tree: Path, mutant: Mutant) -> Iterator[None]:
    """The tree with a mutant in it; afterwards it is as it was, to the minute."""
    file = tree / mutant.file
    kept, state = file.read_bytes(), file.stat()
    file.write_text(mutant.source, encoding="utf-8")
    try:
        yield
    finally:
        file.write_bytes(kept)
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))


def rounds(room: Room, mutant: Mutant, is_quick: bool) -> Iterator[list[str]]:
    """First the tests that run the line, then all others (children of tests leave no trace)."""
    first = room.chosen(mutant)
    yield first
    if not is_quick:
        yield sorted(set(room.names) - set(first))


def one_round(tree: Path, room: Room, names: Sequence[str], own: str) -> str:
    """Some of a room's tests, up to the first that fails, and fails again when alone."""
    seconds = max(LEAST_SECONDS, SLACK * room.seconds)
    choice, new = only(names, room.names), new_files(tree, room)
    if own not in new and (tree / own).is_file():
        new.append(own)
    while files := list(dict.fromkeys((*files_of(choice.run), *new))):
        run = run_tests(tree, ("-x", *files), seconds, choice)
        if run.code is None:
            return "timeouts"
        if run.code in (PASSED, NONE_CHOSEN):
            return "survived"
        confirm_tried(run)
        again = run
        if run.failed:
            alone = only(run.failed, room.names)
            again = run_tests(tree, files_of(run.failed), seconds, alone)
        if again.code != PASSED:
            return "timeouts" if again.code is None or TOO_LONG in again.output else "killed"
        rest = [name for name in choice.run if name not in run.failed]  # the machine was busy
        choice = Choice(rest, [*choice.left_out, *run.failed])
    return "survived"


def confirm_tried(run: Run) -> None:
    """Tests failed, or nothing could be imported: that tells of the mutant.

    Raises:
        RuntimeError: pytest was not asked rightly.
    """
    if run.code not in (FAILED_TESTS, *BROKEN) and UNLOADED not in run.output:
        raise RuntimeError(run.output)


def diff_of(mutant: Mutant, root: Path) -> str:
    """The change as a diff without its surroundings."""
    old = (root / mutant.file).read_text(encoding="utf-8").splitlines()
    lines = difflib.unified_diff(old, mutant.source.splitlines(), lineterm="", n=1)
    return "\n".join(list(lines)[2:])


def rooms_of(tree: Path, packages: Sequence[str], kept: Path | None) -> Iterator[Room]:
    """The rooms as looked at now, or as kept from an earlier run."""
    for package in packages:
        file = kept / f"{package.replace('/', '.')}.json" if kept else None
        if file and file.exists():
            yield read_room(json.loads(file.read_text(encoding="utf-8")))
            continue
        room = look_at(tree, package)
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(asdict(room)), encoding="utf-8")
        yield room


def read_room(kept: dict[str, object]) -> Room:
    """A room as it was kept; JSON makes texts of the lines' numbers."""
    by_line = {
        file: {int(line): names for line, names in lines.items()}
        for file, lines in kept.pop("by_line").items()  # type: ignore[attr-defined]
    }
    return Room(**kept, by_line=by_line)  # type: ignore[arg-type]


def judge(mutants: Sequence[Mutant], rooms: Sequence[Room], trees: Sequence[Path],
          is_quick: bool) -> Counter[str]:  # fmt: skip
    """Every mutant in turn, as many at a time as there are trees."""
    free: SimpleQueue[Path] = SimpleQueue()
    for tree in trees:
        free.put(tree)

    def one(mutant: Mutant) -> str:
        room = next(room for room in rooms if mutant.file.startswith(f"{room.package}/"))
        tree = free.get()
        try:
            said = verdict(tree, room, mutant, is_quick)
        finally:
            free.put(tree)
        mark = "" if said == "killed" else f"\n{diff_of(mutant, ROOT)}"
        print(f"{said} {mutant.file}:{mutant.line}{mark}", flush=True)
        return said

    with ThreadPoolExecutor(len(trees)) as pool:
        return Counter(pool.map(one, mutants))


def main() -> int:
    """Run and print; 1 when fewer than nine of ten were noticed.

    A mutant that only takes too long is noticed when the original does not, there and then.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*", default=PACKAGES)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="only tests that run the line")
    parser.add_argument("--maps", type=Path, help="folder that keeps which test runs which line")
    args = parser.parse_args()
    CHILDREN.set_forkserver_preload(IMPORTED_ONCE)
    mutants = sample(ROOT, args.packages, args.count, args.seed)
    with tempfile.TemporaryDirectory(prefix="minzheng-mutants-") as folder:
        trees = [copy_tree(Path(folder) / str(number)) for number in range(args.jobs)]
        rooms = list(rooms_of(trees[0], args.packages, args.maps))
        counts = judge(mutants, rooms, trees, args.quick)
    noticed = counts["killed"] + counts["timeouts"]
    names = ("killed", "survived", "timeouts", "unjudged")
    print(json.dumps({"sampled": len(mutants), **{name: counts[name] for name in names},
                      "seed": args.seed}))  # fmt: skip
    return int(noticed < 0.9 * len(mutants))


if __name__ == "__main__":
    sys.exit(main())
