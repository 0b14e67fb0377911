"""What is held of a person: one piece each, with why it is theirs and what may become of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from minzheng.county.town_names import place_in_words


class Kind(StrEnum):
    """What a piece is."""

    DOCUMENT = "出具文书"
    PAPER = "扫描件"
    INBOX = "收件箱"
    DRAFT = "没填完的表"
    BATCH = "批次花名册"
    CORRECTION = "归档更正"
    SAVED = "已存查询"
    DOUBT = "疑点"
    AUDIT = "审计记录"


class Fate(StrEnum):
    """What becomes of a piece when the person asks for erasure."""

    ERASE = "删除"
    STOP = "停止处理"
    BLANK = "隐去此人"
    KEEP = "保留"


@dataclass(frozen=True, slots=True)
class Holding:
    """One piece: where it is, why it is the person's, what may become of it and why."""

    kind: Kind
    number: int
    title: str
    because: str  #: why it is this person's
    is_sure: bool = True  #: not sure: only when somebody says so
    town: str = ""
    village: str = ""
    dossier: str = ""
    year: str = ""
    case_no: str = ""
    form_id: str = ""
    names_others: bool = False
    fate: Fate = Fate.KEEP
    why: str = ""  #: the reason of the fate
    sha256: str = ""
    path: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)  #: what else the export tells

    @property
    def key(self) -> str:
        """By what a page names the piece."""
        return f"{self.kind.name}-{self.number}"

    @property
    def place(self) -> str:
        """Town and village."""
        return place_in_words(self.town, self.village)
