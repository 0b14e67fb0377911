"""An office whose program was installed as a package."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from minzheng.county import shipped
from minzheng.county.config import load_config
from minzheng.county.settings.all_settings import Config


@dataclass(frozen=True)
class InstalledOffice:
    """Its settings, and the tables inside the package."""

    config: Config
    inside: Path

    def change(self, *names: str, folder: str = "registry") -> None:
        """The county and a new version of the program change the same tables."""
        for name in names:
            (self.config.data_folder / folder / f"{name}.toml").write_text("own = 1\nsame = 1\n")
            (self.inside / folder / f"{name}.toml").write_text("new = 222\nsame = 1\n")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InstalledOffice:
    for name in ("MINZHENG_REGISTRY", "MINZHENG_TEMPLATES"):
        monkeypatch.delenv(name, raising=False)
    inside = tmp_path / "inside"
    monkeypatch.setattr(shipped, "_INSIDE", inside)
    for name in ("laws", *"abcdefg"):
        (inside / "registry").mkdir(parents=True, exist_ok=True)
        (inside / "registry" / f"{name}.toml").write_text("same = 1\n")
    (inside / "templates").mkdir()
    (tmp_path / "config.toml").touch()
    return InstalledOffice(load_config(tmp_path / "config.toml"), inside)
