"""What rules may ask about documents issued before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

#: Under which answers a form names its person, by slug or label.
ID_KEYS = ("id_no", "b_id", "身份证号", "乙方身份证号")


@dataclass(frozen=True, slots=True)
class PastForm:
    """A document issued before: its case and its answers."""

    form_id: str
    case_no: str
    answers: Mapping[str, Any]


class CaseHistory(Protocol):
    """Answers what was issued for a case or a person, oldest first."""

    def issued_for(self, form_id: str, case_no: str = "", id_no: str = "") -> tuple[PastForm, ...]:
        """Documents of a form for a case, a person, or both."""
        ...


class NoHistory:
    """Nothing was issued: previews and trials."""

    def issued_for(self, form_id: str, case_no: str = "", id_no: str = "") -> tuple[PastForm, ...]:
        """None."""
        return ()
