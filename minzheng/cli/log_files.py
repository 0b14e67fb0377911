"""Logs for the administrator: one JSON object a line, rotated, no personal data.

Names of people stand in file names, and file names stand in messages of errors and of
other libraries. So only our own messages are written in full; of others only the
unfilled sentence, and of an error only its class and where it was raised.
"""

import logging
import logging.config
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from pythonjsonlogger.json import JsonFormatter

_OURS = frozenset({"minzheng", "filler", "archive_indexer"})
_MOST_BYTES = 5 << 20
_FILES_KEPT = 10
_EXTRA = frozenset({"errno", "is_full", "file_number", "status_code", "count", "seconds", "doing"})


class PlainFormatter(JsonFormatter):
    """Writes what may be written, and nothing else."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", json_ensure_ascii=False)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Keep only known keys."""
        shown = {"asctime", "levelname", "name", "message", "exc_info", *_EXTRA}
        return {key: value for key, value in log_data.items() if key in shown and value}

    def format(self, record: logging.LogRecord) -> str:
        """One line; of foreign records only the unfilled sentence."""
        plain = logging.makeLogRecord(record.__dict__)
        plain.exc_text, plain.stack_info = None, None
        if record.name.partition(".")[0] not in _OURS:
            plain.args = ()
            plain.msg = str(record.msg) if record.args else f"{record.name} said something"
        return super().format(plain)

    def formatException(self, ei: Any) -> str:  # logging's name
        """The class of an error and the lines it came through; no message, no values."""
        kind, _, trace = ei
        frames = traceback.extract_tb(trace)
        lines = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]
        return f"{kind.__name__} at " + " < ".join(reversed(lines))


def describe_error(error: BaseException) -> str:
    """One line of the log about an error that reached the command line."""
    record = logging.makeLogRecord(
        {
            "name": "minzheng.cli.main", "levelname": "ERROR", "levelno": logging.ERROR,
            "msg": "unexpected", "exc_info": (type(error), error, error.__traceback__),
        }
    )  # fmt: skip
    return PlainFormatter().format(record) + "\n"


def start_logging(data: Path, name: str) -> None:
    """Write the logs of this process to data/log/NAME.jsonl."""
    folder = data / "log"
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / f"{name}.jsonl", maxBytes=_MOST_BYTES, backupCount=_FILES_KEPT, encoding="utf-8"
    )
    handler.setFormatter(PlainFormatter())
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one, RotatingFileHandler)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for noisy in ("watchdog", "pypdf", "PIL", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
