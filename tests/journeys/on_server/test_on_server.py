"""A part of the tests once more, with the tables on a PostgreSQL server of their own.

All that can be asked of one: `script/test --postgres`.
"""

import os
import subprocess
import sys

import pytest

from minzheng.county.config import PROJECT_FOLDER
from tests.database.on_server import SETTINGS_VARIABLE
from tests.database.scratch_server import why_not

#: What differs on a server: who writes, what is locked, what is dumped; what SQL says of order, of
#: nothing, of what is contained in texts and JSON; how long a text may be; what fails, and how.
_ASKED = (
    "tests/database",
    "tests/accounts/test_audit_log.py",
    "tests/accounts/test_outside_sign_in.py",
    "tests/accounts/test_saved_searches.py",
    "tests/accounts/test_shared_cache.py",
    "tests/archive_indexer/disk",
    "tests/archive_indexer/index/on_server",
    "tests/archive_indexer/index/test_archive_index.py",
    "tests/archive_indexer/stores",
    "tests/archive_indexer/test_worker.py",
    "tests/cli/office/test_repair.py",
    "tests/cli/test_database.py",
    "tests/filler/records",
    "tests/inspection/test_finding_store.py",
    "tests/inspection/test_paper_store.py",
    "tests/persons",
    "tests/registers/test_read_registers.py",
    "tests/test_prepared.py",
    "tests/web/gate/test_storage_faults.py",
    "tests/web/home/test_desks.py",
    "tests/web/issued/test_sought_documents.py",
    "tests/web/persons",
)


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a server")
@pytest.mark.skipif(f"{SETTINGS_VARIABLE!r} in os.environ", reason="this is the run on a server")
def test_the_tables_may_lie_on_a_server():
    """What holds for the embedded database holds there, and what is a server's own."""
    command = [sys.executable, "-m", "pytest", "-p", "tests.database.on_server", "--tb=short"]
    done = subprocess.run(
        [*command, "--tables-alone", "-o", "cache_dir=.pytest_cache/on_server", *_ASKED],
        cwd=PROJECT_FOLDER, text=True, check=False, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, env={**os.environ, "PYTEST_ADDOPTS": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert " failed" not in done.stdout
