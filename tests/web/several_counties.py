"""An office of several counties for tests of the pages: two have a 钟宝镇 with a 旧城村."""

import shutil
from pathlib import Path

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.county import read_county
from minzheng.external.files.changed_files import MadeOfFiles
from minzheng.web.gate import office, standings
from tests.county.registry.several_counties import several_counties

ROWS = (
    "镇坪县,610927103,钟宝镇,旧城村,村,610927103200,273200,,,",
    "镇坪县,610927103,钟宝镇,民主村,村,610927103201,273201,,,",
    "镇坪县,610927100,城关镇,新华村,村,610927100201,270201,,,",
    "平利县,610925103,钟宝镇,旧城村,村,610925103200,253200,,,",
    "平利县,610925100,城关镇,新华村,村,610925100201,250201,,,",
    "平利县,610925101,兴隆镇,小河村,村,610925101201,251201,,,",
)
OWN, FOREIGN = "镇坪县·", "平利县·"


class SeveralCounties:
    """A registry of two counties, and what is read of it once for all tests; nobody changes it."""

    def __init__(self, folder: Path) -> None:
        registry = folder / "registry"
        shutil.copytree(REGISTRY_FOLDER, registry)
        several_counties(registry, ROWS)
        self._county = MadeOfFiles(lambda: read_county(registry), registry)
        self._forms = office.made_for_county(office._read_forms)
        self._knowledge = office.made_for_county(office._gather_knowledge)

    def open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The pages are of them; what asks tables is made anew."""
        monkeypatch.setattr(office, "_county", self._county)
        monkeypatch.setattr(office, "_forms", self._forms)
        monkeypatch.setattr(office, "_knowledge", self._knowledge)
        for module, name, make in (
            (office, "_registers", office._open_registers),
            (office, "_policies", office._gather_policies),
            (standings, "_county_survey", standings._survey),
        ):
            monkeypatch.setattr(module, name, office.made_for_county(make))
