"""The mutants by which tests are tried: what is changed, and what is left alone."""

import pytest

from minzheng.county.config import PROJECT_FOLDER
from script.mutating import (
    PACKAGES,
    Room,
    equivalents,
    folder_of_tests,
    key_of,
    modules,
    own_tests,
    sample,
)
from script.mutations import Mutant, changes_of, mutant_of

COUNTY = PACKAGES[1]


def mutants(source: str) -> list[str]:
    """The changed lines of every mutant of a source."""
    found = (mutant_of("x.py", source, change) for change in changes_of(source))
    return [one.after for one in found if one]


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("x = a < b", ["x = a <= b", "x = a >= b"]),
        ("x = a == b != c", ["x = a != b != c", "x = a == b == c"]),
        ("x = a is not None", ["x = a is None"]),
        ("x = a not in b", ["x = a in b"]),
        ("x = (a) in (b)", ["x = (a) not in (b)"]),
        ("x = a and b or c", ["x = a and b and c", "x = a or b or c"]),
        ("x = not a", ["x =  a"]),
        ("x = -a + b", ["x = -a - b", "x = a + b"]),
        ("x = 钱 // 1", ["x = 钱 * 1"]),
        ("x = a if b else c", ["x = a if not (b) else c"]),
        ("x = [a for a in b if a]", ["x = [a for a in b if not (a)]"]),
        ("def f():\n    return True", ["return False"]),
        # no behaviour
        ('"""a < b and not c."""', []),
        ("x: a | b = c", []),
        ("log.info('%s' % a)", []),
        ("if a:\n    _log.info('a')", []),
        ("if a:\n    _log.info('a')\n    b()", ["if not (a):"]),
        ("if TYPE_CHECKING:\n    import a", []),
        ("@f(a < b)\ndef g(x: a = 1) -> a: ...", []),
        ("x = f'{a < b}'", []),
    ],
)
def test_each_operator_and_condition_is_turned(source, after):
    """Comparisons, joins, signs, conditions and answers; nothing else."""
    assert mutants(source) == after


def test_a_seed_gives_the_same_sample():
    """And another seed another one."""
    first = sample(PROJECT_FOLDER, [COUNTY], 5, 1)
    assert first == sample(PROJECT_FOLDER, [COUNTY], 5, 1)
    assert first != sample(PROJECT_FOLDER, [COUNTY], 5, 2)
    assert len(first) == 5
    assert all(one.before != one.after for one in first)


def test_the_tests_that_run_a_line_come_first():
    """Those of the module's own name first, then those that run least; at the import all."""
    by_line = {
        "a/b.py": {
            3: ["tests/a/test_x.py::t", "tests/a/test_b.py::t"],
            4: ["tests/a/test_y.py::t"],
        },
        "a/c.py": {
            3: ["tests/a/test_x.py::t"],
            5: ["tests/a/test_x.py::t", "tests/a/test_b.py::t"],
        },
    }
    room = Room("a", "tests/a", by_line=by_line)
    wanted = {
        ("a/b.py", 3): ["tests/a/test_b.py::t", "tests/a/test_x.py::t"],
        ("a/b.py", 1): ["tests/a/test_b.py::t", "tests/a/test_y.py::t", "tests/a/test_x.py::t"],
        ("a/c.py", 5): ["tests/a/test_b.py::t", "tests/a/test_x.py::t"],
        ("a/d.py", 1): [],
    }
    for (file, line), names in wanted.items():
        assert room.chosen(Mutant(file, line, "", "", "")) == names
    assert folder_of_tests(COUNTY) == "tests/county"
    assert own_tests("minzheng/county/writing/id_card.py") == "tests/county/writing/test_id_card.py"
    assert own_tests("filler/form/taken.py") == "tests/filler/form/test_taken.py"


def test_every_mutant_said_to_be_equivalent_is_still_one_of_ours():
    """What no longer stands in the code is taken off the list."""
    listed = equivalents()
    names = {name for name, _, _ in listed}
    files = [
        file
        for package in PACKAGES
        for file in modules(PROJECT_FOLDER, package)
        if file.name in names
    ]
    found = set()
    for file in files:
        source = (PROJECT_FOLDER / file).read_text(encoding="utf-8")
        made = (mutant_of(file.as_posix(), source, change) for change in changes_of(source))
        found |= {key_of(one) for one in made if one}
    assert listed <= found
