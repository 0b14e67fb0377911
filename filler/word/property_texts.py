"""What an issued file tells of itself, kept with its printed texts: a re-issue tells the same.

No person is named: a title that holds what was typed freely gives way to the form's name,
and so does one with gaps for the pen.
"""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from filler.form.forms import FormSpec
from filler.values.print_value import placeholders
from filler.values.scope import Scope
from minzheng.county.form_code import FormCode
from minzheng.external.files.file_properties import FileProperties

#: No field is called so: a slug holds no colon.
_MAKER, _TITLE, _DAY, _CODE = "file:maker", "file:title", "file:day", "file:identifier"
#: Loops no longer repeat ids or leave cells empty; since 2, tables have a grid as their rows;
#: since 3, what changes is packed quickly; since 4, parts are called as Word calls them;
#: since 5, every kind of id that a loop repeats is told apart; since 6, bullets of annexes are;
#: since 7, a body is packed such that a print run can take it as it lies, and its code quickly;
#: since 8, the code is drawn by its number; since 9, what changes is packed by whatever packs
#: quickest on the machine, and what a document was is told by its parts.
_MENDED, _FITTED, _QUICK, _NAMED, _ONCE, _BULLETS, _FRAMED = "file:mended", 2, 3, 4, 5, 6, 7
_NUMBERED, _BY_PARTS = 8, 9
_PARTS = "file:parts"
_FREE = frozenset({"text", "longtext"})


def property_texts(scope: Scope) -> dict[str, str]:
    """The bureau, the title, the day of issue, and which form of which case it is."""
    return {
        _MAKER: scope.facts.bureau,
        _TITLE: _title(scope),
        _DAY: scope.today.isoformat(),
        _CODE: FormCode(scope.spec.id, scope.spec.version, scope.case_no).qr_text(),
        _MENDED: str(_BY_PARTS),
    }


def is_mended(texts: Mapping[str, Any]) -> bool:
    """Whether a document was issued since what loops leave behind is mended."""
    return _MENDED in texts


def is_fitted(texts: Mapping[str, Any]) -> bool:
    """Whether a document was issued since tables are fitted to their rows."""
    return _step(texts) >= _FITTED


def is_quick(texts: Mapping[str, Any]) -> bool:
    """Whether a document was issued since what changes is packed quickly."""
    return _step(texts) >= _QUICK


def is_named(texts: Mapping[str, Any]) -> bool:
    """Whether a document was issued since parts are called as Word calls them."""
    return _step(texts) >= _NAMED


def is_once(texts: Mapping[str, Any]) -> bool:
    """Whether a document was issued since every kind of id is told apart."""
    return _step(texts) >= _ONCE


def has_own_bullets(texts: Mapping[str, Any]) -> bool:
    """Whether a document was issued since pictures for bullets of annexes are told apart."""
    return _step(texts) >= _BULLETS


def is_framed(texts: Mapping[str, Any]) -> bool:
    """Whether a document was issued since bodies are packed for print runs."""
    return _step(texts) >= _FRAMED


def is_numbered(texts: Mapping[str, Any]) -> bool:
    """Whether a document was issued since codes are drawn by their numbers."""
    return _step(texts) >= _NUMBERED


def is_by_parts(texts: Mapping[str, Any]) -> bool:
    """Whether a document was issued since its parts are the same again, not its bytes."""
    return _step(texts) >= _BY_PARTS


def with_parts(texts: Mapping[str, Any], digest: str) -> dict[str, Any]:
    """The texts of a document, and what its parts are known by."""
    return {**texts, _PARTS: digest}


def parts_of(texts: Mapping[str, Any]) -> str:
    """What the parts of a document are known by; empty where its bytes are."""
    return str(texts.get(_PARTS, ""))


def code_of(texts: Mapping[str, Any]) -> str:
    """Which form of which case it is; empty where nothing is told."""
    return str(texts.get(_CODE, ""))


def _step(texts: Mapping[str, Any]) -> int:
    """Which of the changes a document was issued after; the first one had another mark."""
    said = str(texts.get(_MENDED, ""))
    return int(said) if said.isdecimal() else 0


def properties_of(texts: Mapping[str, Any]) -> FileProperties | None:
    """What was kept; None for a document that was issued before files told the truth."""
    if _MAKER not in texts:
        return None
    day = dt.date.fromisoformat(texts[_DAY])
    return FileProperties(texts[_MAKER], texts[_TITLE], day, texts[_CODE])


def marked_properties(spec: FormSpec, bureau: str, today: dt.date) -> FileProperties:
    """What the copy of a roster with its faults marked tells of itself."""
    return FileProperties(bureau, f"{spec.short_title}花名册核对结果", today, spec.id)


def run_properties(spec: FormSpec, bureau: str, today: dt.date) -> FileProperties:
    """What a print run of many documents of a form tells of itself."""
    return FileProperties(bureau, f"{spec.short_title}（合并打印）", today, spec.id)


def _title(scope: Scope) -> str:
    slugs, is_free = _spoken_of(scope.spec)
    has_gap = not all(map(scope.text, slugs))
    return scope.spec.short_title if has_gap or is_free else scope.title


@lru_cache(maxsize=512)
def _spoken_of(spec: FormSpec) -> tuple[tuple[str, ...], bool]:
    """The slugs a title speaks of, and whether one of them holds what was typed freely."""
    slugs = tuple(placeholders(spec.title))
    spoken = (field for field in spec.fields if field.slug in slugs)
    return slugs, any(field.type in _FREE and field.derived is None for field in spoken)
