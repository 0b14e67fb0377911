"""What else bears a person's name: unfinished forms, rosters, corrections, searches, the log."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from django.db.models import Q
from django.utils.timezone import localtime

from archive_indexer.models import ArchivedFile, Correction
from filler.errors import RosterError
from filler.models import Batch, Draft
from filler.print_run.ledger import digest_person
from filler.roster.read_spreadsheet import read_spreadsheet
from minzheng.accounts.audit_log import entries_of
from minzheng.accounts.models import SavedSearch
from minzheng.county.town_names import lies_in
from minzheng.database.place_rows import of_town
from minzheng.inspection.finding_store import findings_naming, is_about, words_of
from minzheng.persons.documents_of import as_text
from minzheng.persons.holdings import Fate, Holding, Kind
from minzheng.persons.of_county import accounts_of, is_written_in
from minzheng.persons.whom import Identity, Whom

#: The bytes of a batch's roster; None when it was deleted.
RosterOf = Callable[[Batch], bytes | None]

_LOG = "审计记录只能增加，按网络安全法第二十一条留存；其中的号码已遮盖"
_JUDGED = "核实的结果是检查记录，留下；其中的姓名、号码隐去"
_WORKING = "工作中的副本，不是档案，随时可以删"


def other_traces(
    whom: Whom, roster_of: RosterOf, titles: Mapping[str, str], scope: str = ""
) -> Iterator[Holding]:
    """In the order of the index of an export; of one county, or of all."""
    yield from _drafts(whom, titles, scope)
    yield from _batches(whom, roster_of, scope)
    yield from _corrections(whom, scope)
    yield from _saved(whom, scope)
    yield from _doubts(whom, scope)
    yield from _log(whom, scope)


def _drafts(whom: Whom, titles: Mapping[str, str], scope: str) -> Iterator[Holding]:
    for one in Draft.objects.filter(done_at=None).order_by("pk").iterator():
        who = whom.stands_in(as_text(one.answers))
        town = str(one.answers.get("town", ""))
        is_found = who in (Identity.SURE, Identity.NAMED)
        if is_found and is_written_in(scope, town, one.by):
            yield Holding(
                Kind.DRAFT, one.pk, titles.get(one.form_id, one.form_id), str(who),
                who is Identity.SURE, form_id=one.form_id, year=str(one.saved_at.year),
                town=town, village=str(one.answers.get("village", "")),
                fate=Fate.ERASE, why=_WORKING,
                told={"填写人": one.by, "时间": f"{localtime(one.saved_at):%Y-%m-%d %H:%M}"},
            )  # fmt: skip


def _batches(whom: Whom, roster_of: RosterOf, scope: str) -> Iterator[Holding]:
    digest = digest_person(whom.id_no)
    kept = Batch.objects.filter(roster_name__gt="")
    if scope:
        kept = kept.filter(issued_by__in=accounts_of(scope).values("username"))
    for one in kept:
        is_issued = one.rows.filter(person=digest).exists()
        who = Identity.SURE if is_issued else whom.stands_in(_roster_text(one, roster_of))
        if who in (Identity.SURE, Identity.NAMED):
            yield Holding(
                Kind.BATCH, one.pk, one.roster_name, str(who), who is Identity.SURE,
                form_id=one.form_id, year=str(one.created_at.year), names_others=True,
                fate=Fate.ERASE, why=f"{_WORKING}；已出具的文书不受影响",
                told={"送入人": one.issued_by},
            )  # fmt: skip


def _roster_text(batch: Batch, roster_of: RosterOf) -> str:
    data = roster_of(batch)
    try:
        sheets = read_spreadsheet(data, batch.roster_name) if data else ()
    except RosterError:
        return ""
    return "\n".join(" ".join(map(str, row)) for sheet in sheets for row in sheet.rows)


def _corrections(whom: Whom, scope: str) -> Iterator[Holding]:
    asked = Q(value__contains=whom.name) | Q(path__contains=whom.name)
    for one in Correction.objects.filter(asked).order_by("pk"):
        if scope and not lies_in(_town_of(one), scope):
            continue
        yield Holding(
            Kind.CORRECTION, one.pk, f"{one.field}：{one.value}", str(Identity.NAMED), False,
            sha256=one.sha256, path=one.path, year=str(one.at.year),
            fate=Fate.ERASE, why="随扫描件的文字一同去掉",
            told={"更正人": one.by, "时间": f"{localtime(one.at):%Y-%m-%d %H:%M}"},
        )  # fmt: skip


def _town_of(one: Correction) -> str:
    """Where the file lies that was corrected; where none does, what its maker might see."""
    file = ArchivedFile.objects.filter(path=one.path).first()
    return file.town if file else str(one.scope.get("town", ""))


def _saved(whom: Whom, scope: str) -> Iterator[Holding]:
    asked = Q(question__contains=whom.name) | Q(name__contains=whom.name)
    asked |= Q(question__contains=whom.id_no) | Q(name__contains=whom.id_no)
    for one in SavedSearch.objects.filter(asked, of_town(scope, "person__")).select_related(
        "person"
    ):
        is_sure = whom.id_no in one.question + one.name
        yield Holding(
            Kind.SAVED, one.pk, one.name, str(Identity.SURE if is_sure else Identity.NAMED),
            is_sure, fate=Fate.ERASE, why=_WORKING, told={"账号": one.person.username},
        )  # fmt: skip


def _doubts(whom: Whom, scope: str) -> Iterator[Holding]:
    """What was found not to fit about the person, and what people said of it."""
    for one in findings_naming(whom.name, whom.id_no):
        if not lies_in(one.town, scope):
            continue
        who = Identity.SURE if is_about(one, whom.id_no) else whom.stands_in(words_of(one))
        yield Holding(
            Kind.DOUBT, one.pk, one.what, str(who or Identity.NAMED), who is Identity.SURE,
            town=one.town, village=one.village, dossier=one.dossier, year=one.year,
            case_no=one.case_no, names_others=True, fate=Fate.BLANK, why=_JUDGED,
            told={"状态": one.state, "发现时间": f"{localtime(one.first_found):%Y-%m-%d}"},
        )  # fmt: skip


def _log(whom: Whom, scope: str) -> Iterator[Holding]:
    entries = entries_of(scope).filter(what__contains=whom.name).order_by("number")
    for one in entries:
        base = Holding(
            Kind.AUDIT, one.number, one.what, str(Identity.NAMED), False,
            year=str(one.at.year), fate=Fate.KEEP, why=_LOG,
        )  # fmt: skip
        yield replace(
            base,
            told={
                "时间": f"{localtime(one.at):%Y-%m-%d %H:%M:%S}",
                "账号": one.person,
                "操作": one.action,
                "结果": one.result,
            },
        )
