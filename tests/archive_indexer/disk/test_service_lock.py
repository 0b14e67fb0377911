"""One service at a time, and none that is dead holds the lock."""

import subprocess
import sys
from pathlib import Path

import pytest

from archive_indexer.disk.service_lock import ServiceLock
from archive_indexer.errors import AlreadyRunningError
from minzheng.county.config import PROJECT_FOLDER

_HOLD = """
import sys, time
from pathlib import Path
from archive_indexer.disk.service_lock import ServiceLock
with ServiceLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_the_second_is_refused_until_the_first_is_done(tmp_path: Path):
    """In the same process, too."""
    with ServiceLock(tmp_path), pytest.raises(AlreadyRunningError), ServiceLock(tmp_path):
        pass
    with ServiceLock(tmp_path):
        pass


def test_a_killed_service_leaves_the_lock_free(tmp_path: Path):
    """The system takes it away from the dead."""
    command = [sys.executable, "-c", _HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=PROJECT_FOLDER) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunningError), ServiceLock(tmp_path):
            pass
        holder.kill()
        holder.wait()
    with ServiceLock(tmp_path):
        pass
