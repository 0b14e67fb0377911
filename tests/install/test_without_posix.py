"""What only Linux has may be missing: every module loads, and commands run, as on Windows.

Libraries and Python itself are loaded before; of them the system's own versions differ.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
_AS_ON_WINDOWS = """
import asyncio, concurrent.futures.process, getpass, importlib, json, multiprocessing.spawn
import multiprocessing.util, os, pkgutil, psutil, psycopg, select, shutil, signal, socket
import subprocess, sys
import tarfile, tempfile, watchdog.observers

for name in ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "readline"):
    sys.modules[name] = None
LACKING = {
    os: "fork forkpty nice killpg getuid geteuid getgid setsid getpgid chown fchmod fchown "
        "mkfifo statvfs sched_getaffinity pread pwrite sendfile WNOHANG O_NOFOLLOW O_DIRECTORY",
    select: "poll epoll POLLIN POLLOUT POLLPRI",
    signal: "SIGKILL SIGHUP SIGUSR1 SIGALRM SIGCHLD setitimer pthread_sigmask",
    socket: "AF_UNIX",
}
for module, names in LACKING.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)

os.environ["DJANGO_SETTINGS_MODULE"] = "minzheng.web.settings"
import django
django.setup()
loaded = 0
for room in ("minzheng", "filler", "archive_indexer"):
    package = importlib.import_module(room)
    for one in pkgutil.walk_packages(package.__path__, f"{room}."):
        if ".migrations" not in one.name and one.name != "minzheng.manage":
            importlib.import_module(one.name)
            loaded += 1

from minzheng.cli.main import main
blank = os.path.join(sys.argv[1], "blank.docx")
commands = (
    ["--help"], ["forms", "低保申请"], ["fill", "DB-01", "--blank", "--out", blank],
    ["coverage"], ["search", "低保", "--json"],
)
print(json.dumps([loaded, [main(one) for one in commands]]))
"""


def test_every_module_loads_and_commands_run(tmp_path):
    """Whatever asks for what is not there asks first."""
    (tmp_path / "config.toml").touch()
    done = subprocess.run(
        [sys.executable, "-c", _AS_ON_WINDOWS, tmp_path],
        cwd=PROJECT, capture_output=True, text=True, check=False,
        env=os.environ | {"MINZHENG_CONFIG": str(tmp_path / "config.toml"), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    loaded, statuses = json.loads(done.stdout.splitlines()[-1])
    assert statuses == [0, 0, 0, 0, 0], done.stdout + done.stderr
    assert loaded > 350
    assert (tmp_path / "blank.docx").read_bytes()[:2] == b"PK"
