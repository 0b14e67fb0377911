"""The data folder, put in order beside the pages: a look at every file of it takes its time."""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from minzheng.county.settings.all_settings import Config
from minzheng.external.files.file_rights import make_private, shut_out_others
from minzheng.external.unfinished_files import remove_unfinished

log = logging.getLogger(__name__)
_BREATH_SECONDS = 0.01  #: after each folder, for whoever asks already


def shut_data_folder(config: Config) -> None:
    """Nobody else reaches anything in it from now on, however many files there are."""
    shut_out_others(config.data_folder, _spared(config))


def start_tidying(config: Config, wait: Callable[[], object] = lambda: None) -> threading.Thread:
    """Rights of every file, halves that nobody will finish; once `wait` has returned."""
    thread = threading.Thread(target=_tidy, args=(config, wait), name="tidying", daemon=True)
    thread.start()
    return thread


def _tidy(config: Config, wait: Callable[[], object]) -> None:
    rest = partial(time.sleep, _BREATH_SECONDS)
    wait()
    try:
        is_share = config.is_one_of_many
        remove_unfinished(config.data_folder, time.time(), rest, is_share=is_share)
        make_private(config.data_folder, _spared(config), rest)
    except OSError:
        log.exception("the data folder was not put in order")


def _spared(config: Config) -> tuple[Path, Path]:
    return config.archive_folder, config.inbox_folder
