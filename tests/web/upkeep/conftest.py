"""A county of its own for backups: settings, key, folder."""

import dataclasses
import shutil

import pytest

from minzheng.web.gate.office import config


@pytest.fixture
def own(tmp_path):
    """Settings with a data folder of this test alone, and where its backups go."""
    data = tmp_path / "data"
    data.mkdir()
    file = shutil.copyfile(config().file, tmp_path / "config.toml")
    return dataclasses.replace(
        config(), file=file, data_folder=data, backup_place="backups", backup_time="02:30"
    )
