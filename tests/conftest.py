"""Every test run has a config and a data folder of its own, made before Django starts."""

import os
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="minzheng-test-"))
(_folder / "config.toml").write_text("", encoding="utf-8")
os.environ["MINZHENG_CONFIG"] = str(_folder / "config.toml")
