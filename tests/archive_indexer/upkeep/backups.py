"""A day, a key, and the key as a passphrase locks it with so little work that it opens at once."""

import base64
import datetime as dt
from pathlib import Path

from archive_indexer.upkeep.backup_key import BackupKey

NOW = dt.datetime(2026, 11, 23, 3, 0)
PASSPHRASE = "只有我们知道的一句话，测试"
LOCKED = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBLVkkwZEMrMGxZR0Jia0tVZGxCTkhRIDgK"
    "OHdhNmw0RXRwZDdwZG11MjBRZ1ZSRkdSWGlmMXN4ckVKV2habGZjemM1OAotLS0geHk3dFdpRGgy"
    "dWcrdWpKeHR4OGkvQUxJd1dqZW9wZmxTRFJnbFY5UCtSWQoaka/035tR6EIgvFuEvCm3gQpd2t/i"
    "2gNZ6e18aVZZ3lBIjh6gi5oKIJ7HM8SY3uI11cVoQ2+J9Kwt9SA6c0V6QwxWWkGpoVNFdS0K86dD"
    "XrDVJ+egt8PrnOw2cQsudKESJ7SBagc3pSEz"
)
IDENTITY = "AGE-SECRET-KEY-1XS2ZDUCCN4KC88A4Y5EUFYA2AN98VZAKA7QMRNDY5SRU6Z2F7DYQWRW26C"
KEY = BackupKey(IDENTITY)


def stored(disk: Path) -> list[Path]:
    """The contents on a disk, whatever they are called."""
    return [one for name in ("files", "locked") for one in (disk / name).glob("*/*")]
