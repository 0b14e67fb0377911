"""What was done, by whom and when: each entry sealed with the one before.

The seal is keyed (HMAC) with a key beside the database, and the number and seal of the
latest entry are kept in a file of their own, so that a change, a gap and a cut-off end all
show. `AuditLog.verify` tells.
"""

import datetime as dt
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Container, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from django.db import connection, models, transaction
from django.utils import timezone

from minzheng.accounts.models import AuditEntry
from minzheng.county.masking import mask_numbers_in
from minzheng.external.whole_file import write_whole

_MOST_PROBLEMS = 20
_DAYS_A_MONTH = 31


class Action(models.TextChoices):
    """The kinds of deeds that are written down."""

    SIGN_IN = "登录"
    SIGN_IN_FAILED = "登录失败"
    SIGN_OUT = "退出"
    SEARCH = "查档"
    VIEW = "查看"
    DOWNLOAD = "下载"
    EXPORT = "导出"
    UNMASK = "解除遮盖"
    CHANGE = "更改"
    ADMINISTER = "管理"
    AUDIT = "查看审计"


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did, before it is numbered and sealed."""

    person: str
    role: str
    address: str
    action: str
    what: str
    result: str = "成功"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were checked, and what is wrong with them."""

    count: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """How many entries there are, the latest one's time, and whether the end is whole."""

    count: int
    at: dt.datetime | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the kept entries begin and end."""

    first: int = 1
    before: str = ""  #: the seal in front of the first entry
    last: int = 0
    digest: str = ""


class AuditLog:
    """The log of a data folder's database; codes of places stay legible in it."""

    def __init__(self, folder: Path, place_codes: Callable[[], Container[str]] = frozenset) -> None:
        self._place_codes = place_codes
        self._key_file = folder / "audit_key"
        self._head_file = folder / "audit_head.json"

    def record(self, deed: Deed, now: dt.datetime | None = None) -> None:
        """Add an entry; numbers in it are masked."""
        with transaction.atomic():
            head = self._read_head() or _Head()
            number, previous = self._end_of_chain(head)
            entry = AuditEntry(
                number=number + 1,
                at=now or timezone.now(),
                person=deed.person[:150],
                role=deed.role,
                address=deed.address[:45],
                action=deed.action,
                what=mask_numbers_in(_storable(deed.what), self._place_codes())[:300],
                result=deed.result,
                previous=previous,
            )
            entry.digest = self._seal(entry)
            entry.save()
            kept = _Head(head.first, head.before, entry.number, entry.digest)
            transaction.on_commit(lambda: self._write_head(kept))

    def verify(self) -> Verdict:
        """Check every entry against its seal, the one before, and the kept head."""
        head = self._read_head()
        if head is None:
            known = AuditEntry.objects.count()
            problems = ("记录首尾的文件 audit_head.json 缺失或被改动。",) if known else ()
            return Verdict(known, problems)
        count, found = 0, list[str]()
        for count, problem in self._walk(head):  # noqa: B007 - the last count is the answer
            if problem and len(found) < _MOST_PROBLEMS:
                found.append(problem)
        return Verdict(count, tuple(found))

    def look_at_end(self) -> End:
        """The state in short: the latest entry against the kept head; `verify` looks at all."""
        last, head = AuditEntry.objects.order_by("-number").first(), self._read_head()
        if last is None:
            return End(0, None, head is None)
        is_whole = head is not None and (head.last, head.digest) == (last.number, last.digest)
        return End(last.number - head.first + 1 if head else last.number, last.at, is_whole)

    def expire(self, months: int, now: dt.datetime | None = None) -> int:
        """Take out entries older than so many months, and say how many.

        The database itself refuses to lose an entry younger than six months.
        """
        limit = (now or timezone.now()) - dt.timedelta(days=months * _DAYS_A_MONTH)
        with transaction.atomic():
            old = AuditEntry.objects.filter(at__lt=limit).order_by("-number").first()
            head = self._read_head()
            if old is None or head is None:
                return 0
            table = connection.ops.quote_name(AuditEntry._meta.db_table)
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE number <= %s", [old.number])
                removed = int(cursor.rowcount)
            kept = _Head(old.number + 1, old.digest, head.last, head.digest)
            transaction.on_commit(lambda: self._write_head(kept))
        return removed

    def _end_of_chain(self, head: _Head) -> tuple[int, str]:
        """The latest number and seal; where the end was cut off, the gap is kept open."""
        last = AuditEntry.objects.select_for_update().order_by("-number").first()
        if last is None or last.number < head.last:
            return head.last, head.digest
        return last.number, last.digest

    def _walk(self, head: _Head) -> Iterator[tuple[int, str]]:
        """Each entry's place in the count, and what is wrong there."""
        expected, previous, count = head.first, head.before, 0
        for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
            count += 1
            if entry.number != expected:
                yield count, f"第 {expected} 至 {entry.number - 1} 条被删除。"
            elif entry.previous != previous:
                yield count, f"第 {entry.number} 条与前一条接不上。"
            if not hmac.compare_digest(entry.digest, self._seal(entry)):
                yield count, f"第 {entry.number} 条被改动。"
            elif entry.number == head.last and entry.digest != head.digest:
                yield count, f"第 {entry.number} 条被替换。"
            expected, previous = entry.number + 1, entry.digest
        cut = f"末尾被截去：应有第 {head.last} 条，现到第 {expected - 1} 条。"
        yield count, cut if expected <= head.last else ""

    def _seal(self, entry: AuditEntry) -> str:
        told = [
            entry.number, entry.at.astimezone(dt.UTC).isoformat(), entry.person, entry.role,
            entry.address, entry.action, entry.what, entry.result, entry.previous,
        ]  # fmt: skip
        return self._sign(json.dumps(told, ensure_ascii=False))

    def _sign(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    @cached_property
    def _key(self) -> bytes:
        """The key of the seals: made once, readable by its owner only."""
        if not self._key_file.exists():
            self._key_file.parent.mkdir(parents=True, exist_ok=True)
            key = secrets.token_hex(32).encode()
            write_whole(self._key_file, key, is_forced=True, is_private=True)
        return self._key_file.read_bytes()

    def _read_head(self) -> _Head | None:
        try:
            kept = json.loads(self._head_file.read_text(encoding="utf-8"))
            head = _Head(**kept["head"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return head if hmac.compare_digest(kept["seal"], self._sign(_as_text(head))) else None

    def _write_head(self, head: _Head) -> None:
        kept = {"head": asdict(head), "seal": self._sign(_as_text(head))}
        write_whole(self._head_file, json.dumps(kept).encode())


def _storable(text: str) -> str:
    """Without what a database cannot keep: halves of characters and NUL."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _as_text(head: _Head) -> str:
    return json.dumps(asdict(head))
