"""Speed and exactness, always as ratios against a named peer in the same run.

Importing the package makes settings in a folder of its own, before the product is imported.
"""

import atexit
import os
import platform
import shutil
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

FOLDER = Path(tempfile.mkdtemp(prefix="minzheng-bench-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
(FOLDER / "config.toml").write_text("", encoding="utf-8")
os.environ["MINZHENG_CONFIG"] = str(FOLDER / "config.toml")
os.environ["DJANGO_SETTINGS_MODULE"] = "minzheng.web.settings"
django.setup()
call_command("migrate", verbosity=0, interactive=False)


def machine() -> str:
    """The processor and Python, as figures are noted with."""
    names = (
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    )
    name = next(names, platform.processor())
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"
