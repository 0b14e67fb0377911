"""By what the pages of one archive are read: the same on every machine, or a machine refuses.

Else a page would be read by whatever machine had time, and nobody could say by which rules.
"""

import hashlib
import pkgutil
from collections.abc import Mapping
from typing import Any

from archive_indexer import migrations
from archive_indexer.errors import OtherTermsError
from archive_indexer.extract.limits import Limits
from archive_indexer.models import ServiceState
from archive_indexer.stores.contents import RULES
from minzheng.county.shipped import program_version

#: What differs → what to say, in the order in which it is looked at.
_SAY = {
    "program": (
        "这台机器的程序是 {mine} 版，看守服务那台是 {theirs} 版。请装成同一版，再启动 worker。"
    ),
    "tables": "这台机器的程序和看守服务的不是同一次发布。请用同一个安装包重装，再启动 worker。",
    "rules": "这台机器的识别规则和看守服务的不同。请用同一个安装包重装，再启动 worker。",
    "limits": (
        "这台机器 config.toml 的 max_file_mb、max_pages 是 {mine}，看守服务那台是 {theirs}。"
        "请改成一样，再启动 worker。"
    ),
    "forms": (
        "这台机器的表格模板（templates）和看守服务那台的不同。请从那台把 templates 文件夹"
        "复制过来，再启动 worker。"
    ),
}
Terms = Mapping[str, str]


def terms_of(limits: Limits) -> dict[str, str]:
    """What a program reads by, each part as a word that can be compared."""
    manner = limits.manner
    return {
        "program": program_version(),
        "tables": max(one.name for one in pkgutil.iter_modules(migrations.__path__)),
        "rules": _digest(RULES),
        "limits": f"{limits.max_file_mb}、{limits.max_pages}",
        "forms": _digest(manner.sign_fields, manner.sign_rows, manner.layouts, manner.prints),
    }


def set_terms(terms: Terms) -> None:
    """The service reads by these; empty: it reads alone."""
    ServiceState.objects.get_or_create(pk=1)
    ServiceState.objects.filter(pk=1).update(reading_terms=dict(terms))


def is_shared() -> bool:
    """Whether the service said that others may read for it."""
    return bool(_terms())


def confirm_same(mine: Terms) -> None:
    """Compare with the terms of the service; nothing is compared before it told them.

    Raises:
        OtherTermsError: they are others.
    """
    theirs = _terms()
    for part, say in _SAY.items():
        if theirs and theirs.get(part) != mine[part]:
            raise OtherTermsError(say.format(mine=mine[part], theirs=theirs.get(part) or "别的"))


def _terms() -> dict[str, str]:
    rows = ServiceState.objects.filter(pk=1).values_list("reading_terms", flat=True)
    return rows.first() or {}


def _digest(*parts: Mapping[str, Any]) -> str:
    told = repr([sorted(part.items()) for part in parts])
    return hashlib.sha256(told.encode()).hexdigest()
