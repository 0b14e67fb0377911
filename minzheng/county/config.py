"""The settings of config.toml, checked as a whole: every mistake is named at once."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minzheng.county.errors import ConfigError, Problem
from minzheng.county.settings.all_settings import SETTINGS, Config
from minzheng.county.settings.setting import Setting
from minzheng.county.settings.wrong_settings import find_contradictions, find_wrong_values
from minzheng.county.shipped import is_installed, shipped
from minzheng.county.toml_files import explain

PROJECT_FOLDER = shipped("")
CONFIG_VARIABLE = "MINZHENG_CONFIG"
#: The county's tables and forms, each with the variable that may name another folder.
COUNTY_FOLDERS = {"registry": "MINZHENG_REGISTRY", "templates": "MINZHENG_TEMPLATES"}

if TYPE_CHECKING:
    REGISTRY_FOLDER: Path
    TEMPLATES_FOLDER: Path
else:

    def __getattr__(name: str) -> Path:
        """Known once the settings are: an installed program keeps both in its data folder."""
        if name in ("REGISTRY_FOLDER", "TEMPLATES_FOLDER"):
            return county_folder(name.removesuffix("_FOLDER").lower())
        raise AttributeError(name)


def county_folder(name: str) -> Path:
    """Where the county's `registry` or `templates` lie.

    Beside the program; of an installed program in the data folder, once they were laid there.
    """
    if named := os.environ.get(COUNTY_FOLDERS[name]):
        return Path(named)
    if is_installed() and os.environ.get(CONFIG_VARIABLE):
        own = current_config().data_folder / name
        if own.is_dir():
            return own
    return shipped(name)


def load_config(file: Path) -> Config:
    """Read and check a config file.

    Raises:
        ConfigError: with every wrong key and value named.
    """
    values = _read_toml(file)
    if problems := list(find_wrong_values(values)):
        raise ConfigError(problems)
    base = file.resolve().parent
    read = {name: _value_of(one, values) for name, one in SETTINGS.items()}
    folders = {name: base / read[name] for name in ("archive_folder", "data_folder")}
    config = Config(file.resolve(), **read | folders)
    if problems := list(find_contradictions(config)):
        raise ConfigError(problems)
    return config


def current_config() -> Config:
    """The config named by the environment variable MINZHENG_CONFIG, else the project's own."""
    return load_config(Path(os.environ.get(CONFIG_VARIABLE) or shipped("config.toml")))


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        problem = Problem(str(file), "找不到设置文件", "用 --config 指明 config.toml 的位置")
        raise ConfigError([problem]) from error
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(str(file), "设置文件读不出来", "检查文件权限，并以 UTF-8 编码保存")
        raise ConfigError([problem]) from error
    except tomllib.TOMLDecodeError as error:
        problem = Problem(str(file), f"设置文件{explain(error)}", "改正该行后重试")
        raise ConfigError([problem]) from error


def _value_of(one: Setting, values: Mapping[str, Any]) -> Any:
    """What the file says, else the default; a number of the default's kind."""
    return type(one.default)(values.get(one.table, {}).get(one.key, one.default))
