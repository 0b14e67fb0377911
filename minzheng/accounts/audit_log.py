"""What was done, by whom and when: each entry sealed with the one before.

The seal is keyed (HMAC) with a key beside the database. The number and seal of the latest
entry, the head, are kept twice: in a row that is committed with the entry, and in a file of
their own. So a change, a gap, a cut-off end and a head taken away all show; what a whole
folder put back hides shows against a line kept outside (`AuditLog.line`). `AuditLog.verify`
tells.
"""

import datetime as dt
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable, Container, Iterator
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from minzheng.accounts.models import AuditEntry, AuditHead
from minzheng.county.masking import mask_numbers_in
from minzheng.database.place_rows import of_town
from minzheng.database.writing import AUDIT, hold, side_by_side
from minzheng.external.files.whole_file import write_whole

_MOST_PROBLEMS = 20
#: An entry of the log's own: before it, the head was gone and entries may have been cut off.
_BREACH = "首尾记录缺失或对不上，从这一条接续；此前的记录可能被截去"
_ITSELF = "审计记录"
#: In a head that is kept in a row of the database, too.
_PAIRED = '"kept": "twice"'
#: Hexadecimal digits of a seal in a line kept outside: 64 bits.
_SHOWN_OF_SEAL = 16
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
    county: str = ""  #: of whoever did it; the system, and who stands above, are of none


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


@dataclass(frozen=True, slots=True)
class _Heads:
    """The head as the row and the file keep it, and what is wrong with the two."""

    row: _Head | None
    file: _Head | None
    problems: tuple[str, ...]

    @property
    def newest(self) -> _Head:
        """The one that knows of more entries; of an empty log, one that knows none."""
        return max(filter(None, (self.row, self.file)), key=lambda head: head.last, default=_Head())


class AuditLog:
    """The log of a data folder's database; codes of places stay legible in it."""

    def __init__(self, folder: Path, place_codes: Callable[[], Container[str]] = frozenset) -> None:
        self._place_codes = place_codes
        self._key_file = folder / "audit_key"
        self._head_file = folder / "audit_head.json"

    def record(self, deed: Deed, now: dt.datetime | None = None) -> None:
        """Add an entry; numbers in it are masked. A lost head is written down before it."""
        at = now or timezone.now()
        with side_by_side():
            hold(AUDIT)
            heads = self._read_heads(for_update=True)
            head = heads.newest
            if heads.problems:
                head = self._add(Deed(_ITSELF, "", "", Action.AUDIT, _BREACH, "异常"), at, head)
            head = self._add(deed, at, head)
            self._keep(head)

    def verify(self) -> Verdict:
        """Check every entry against its seal, the one before, and the kept heads."""
        heads = self._read_heads()
        count, found = 0, list(heads.problems)
        for count, problem in self._walk(heads):  # noqa: B007 - the last count is the answer
            if problem and len(found) < _MOST_PROBLEMS:
                found.append(problem)
        return Verdict(count, tuple(found))

    def look_at_end(self, county: str = "") -> End:
        """The state in short: the latest entry against the kept heads; `verify` looks at all.

        Of a county only its own entries are counted; whole is the log or none of it.
        """
        end = self._end()
        if not end.is_whole:
            with side_by_side():  # perhaps somebody wrote between two questions
                hold(AUDIT)
                end = self._end()
        if not county:
            return end
        own = entries_of(county)
        last = own.order_by("-number").first()
        return End(own.count(), last.at if last else None, end.is_whole)

    def _end(self) -> End:
        last, heads = AuditEntry.objects.order_by("-number").first(), self._read_heads()
        head = heads.newest
        if last is None:
            return End(0, None, not heads.problems and not head.last)
        is_whole = not heads.problems and (head.last, head.digest) == (last.number, last.digest)
        return End(last.number - head.first + 1, last.at, is_whole)

    def line(self, county: str = "") -> str:
        """The end of the log as a line to print or to keep elsewhere: number, time, seal.

        Of a county it is its own latest entry.
        """
        last = entries_of(county).order_by("-number").first()
        if last is None:
            return ""
        day = timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M")
        return f"{last.number} {day} {last.digest[:_SHOWN_OF_SEAL]}"

    def check_line(self, line: str) -> str:
        """What is wrong with the log by a line kept earlier; empty: the entry still stands."""
        number, _, rest = line.strip().partition(" ")
        seal = rest.split(" ")[-1]
        if not number.isdecimal() or not re.fullmatch(rf"[0-9a-f]{{{_SHOWN_OF_SEAL}}}", seal):
            return "这一行不是审计记录的留存行，应形如：125 2026-11-28 17:30 3f9a0c27d1e4b586。"
        entry = AuditEntry.objects.filter(number=int(number)).first()
        if entry is None and int(number) < self._read_heads().newest.first:
            return ""  # its time ran out, and `expire` took it
        if entry is None:
            return f"留存时有第 {number} 条，现在没有：记录被截去，或整个文件夹被换回旧的。"
        if not hmac.compare_digest(entry.digest[:_SHOWN_OF_SEAL], seal):
            return f"第 {number} 条与留存的不同：记录被换过。"
        return ""

    def expire(self, months: int, now: dt.datetime | None = None) -> int:
        """Take out entries older than so many months, and say how many.

        The database itself refuses to lose an entry younger than six months.
        """
        limit = (now or timezone.now()) - dt.timedelta(days=months * _DAYS_A_MONTH)
        with side_by_side():
            hold(AUDIT)
            old = AuditEntry.objects.filter(at__lt=limit).order_by("-number").first()
            heads = self._read_heads(for_update=True)
            head = heads.newest
            if old is None or heads.problems:
                return 0
            table = connection.ops.quote_name(AuditEntry._meta.db_table)
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE number <= %s", [old.number])
                removed = int(cursor.rowcount)
            kept = _Head(old.number + 1, old.digest, head.last, head.digest)
            self._keep(kept)
        return removed

    def _add(self, deed: Deed, at: dt.datetime, head: _Head) -> _Head:
        """The entry of a deed, and the head that knows it; a cut-off end's gap is kept open."""
        last = _first_row(_LAST_ENTRY)
        number, previous = last if last and last[0] >= head.last else (head.last, head.digest)
        entry = AuditEntry(
            number=number + 1,
            at=at,
            person=deed.person[:150],
            role=deed.role,
            address=deed.address[:45],
            action=deed.action,
            what=mask_numbers_in(_storable(deed.what), self._place_codes())[:300],
            result=deed.result,
            county=deed.county,
            previous=previous,
        )
        entry.digest = self._seal(entry)
        _insert(entry)
        return _Head(head.first, head.before, entry.number, entry.digest)

    def _walk(self, heads: _Heads) -> Iterator[tuple[int, str]]:
        """Each entry's place in the count, and what is wrong there."""
        head = heads.newest
        known = {one.last: one.digest for one in (heads.row, heads.file) if one}
        expected, previous, count = head.first, head.before, 0
        for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
            count += 1
            if entry.number != expected:
                yield count, f"第 {expected} 至 {entry.number - 1} 条被删除。"
            elif entry.previous != previous:
                yield count, f"第 {entry.number} 条与前一条接不上。"
            if not hmac.compare_digest(entry.digest, self._seal(entry)):
                yield count, f"第 {entry.number} 条被改动。"
            elif known.get(entry.number, entry.digest) != entry.digest:
                yield count, f"第 {entry.number} 条被替换。"
            elif entry.person == _ITSELF and entry.what == _BREACH:
                yield count, f"第 {entry.number} 条：{_BREACH}。"
            expected, previous = entry.number + 1, entry.digest
        cut = f"末尾被截去：应有第 {head.last} 条，现到第 {expected - 1} 条。"
        yield count, cut if expected <= head.last else ""

    def _seal(self, entry: AuditEntry) -> str:
        told = [
            entry.number, entry.at.astimezone(dt.UTC).isoformat(), entry.person, entry.role,
            entry.address, entry.action, entry.what, entry.result, entry.previous,
            *([entry.county] if entry.county else ()),  # as before there were counties
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
            self._begin()
        return self._key_file.read_bytes()

    def _read_heads(self, *, for_update: bool = False) -> _Heads:
        """Row and file; when one is missing or untrue though the log had begun, that is said.

        `for_update` is said by whoever holds the log. Others read the file first: it follows the
        row, so a file read later might know of an entry more.
        """
        kept = None if for_update else self._file_text()
        row = _first_row(_HEAD)
        kept = self._file_text() if for_update else kept
        in_row = self._opened(row[0] if row else None)
        in_file = self._opened(kept)
        problems = []
        if kept is None and (row or self._key_file.exists() or AuditEntry.objects.exists()):
            problems.append("记录首尾的文件 audit_head.json 缺失。")
        elif kept is not None and in_file is None:
            problems.append("记录首尾的文件 audit_head.json 被改动。")
        if row and in_row is None:
            problems.append("数据库中记录首尾的一行被改动。")
        elif row is None and in_file and in_file.last and _PAIRED in (kept or ""):
            problems.append("数据库中记录首尾的一行被删除。")
        if in_row and in_file and in_row.last < in_file.last:
            said = f"数据库比 audit_head.json 旧：应有第 {in_file.last} 条"
            problems.append(f"{said}，首尾的一行只到第 {in_row.last} 条。")
        return _Heads(in_row, in_file, tuple(problems))

    def _file_text(self) -> str | None:
        try:
            return self._head_file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def _opened(self, kept: str | None) -> _Head | None:
        """A kept head whose seal is right; one of before rows kept it is sealed without."""
        try:
            told = json.loads(kept or "")
            head = _Head(**told["head"])
            pairing = _PAIRED if _PAIRED in (kept or "") else ""
            is_true = hmac.compare_digest(told["seal"], self._sign(_as_text(head) + pairing))
        except (ValueError, KeyError, TypeError):
            return None
        return head if is_true else None

    def _sealed(self, head: _Head) -> str:
        seal = self._sign(_as_text(head) + _PAIRED)
        return json.dumps({"head": asdict(head), "seal": seal, "kept": "twice"})

    def _keep(self, head: _Head) -> None:
        """The row goes with the entry, the file follows when both are written."""
        kept = self._sealed(head)
        if not _replace_head(kept):
            AuditHead.objects.create(pk=1, kept=kept)
        transaction.on_commit(lambda: self._write_file(kept))

    def _begin(self) -> None:
        """A log that begins has an empty head: from here on, no head means a lost one."""
        self.__dict__["_key"] = self._key_file.read_bytes()
        if self._file_text() is None and not AuditEntry.objects.exists():
            self._write_file(self._sealed(_Head()))

    def _write_file(self, kept: str) -> None:
        write_whole(self._head_file, kept.encode(), is_private=True)


def entries_of(county: str) -> QuerySet[AuditEntry]:
    """The entries of a county; without one all, and those of no county with them."""
    return AuditEntry.objects.filter(of_town(county, column="county"))


#: What every logged page asks and writes, made of the models once: making such a question anew
#: took four times as long as answering it.
_HEAD = AuditHead.objects.order_by("pk").values_list("kept")[:1]
_LAST_ENTRY = AuditEntry.objects.order_by("-number").values_list("number", "digest")[:1]


def _first_row(asked: QuerySet[Any, Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(*_compiled(asked))
        return cursor.fetchone()


def _insert(entry: AuditEntry) -> None:
    """The entry as a new row, which it cannot but be: its number is the key."""
    with connection.cursor() as cursor:
        values = [
            one.get_db_prep_save(getattr(entry, one.attname), connection)
            for one in AuditEntry._meta.concrete_fields
        ]
        cursor.execute(_insertion(len(values)), values)


@cache
def _insertion(count: int) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(one.column or one.attname) for one in AuditEntry._meta.concrete_fields)
    places = ", ".join(["%s"] * count)
    return f"INSERT INTO {quote(AuditEntry._meta.db_table)} ({names}) VALUES ({places})"


def _replace_head(kept: str) -> bool:
    """Whether there was a row to be replaced."""
    table = connection.ops.quote_name(AuditHead._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET kept = %s WHERE id = 1", [kept])
        return bool(cursor.rowcount)


@cache
def _compiled(asked: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    return asked.query.sql_with_params()


def _storable(text: str) -> str:
    """Without what a database cannot keep: halves of characters and NUL."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _as_text(head: _Head) -> str:
    return json.dumps(asdict(head))
