"""What `minzheng doctor` looks at in the data: database, index, services, waiting, backup, log.

Numbers and times, never a name, an ID number, or a path inside the archive: what people read
on the page 任务 may name files, and files are named after people.
"""

import datetime as dt
import importlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.db import DatabaseError
from django.utils import timezone

from archive_indexer.errors import IndexAwayError, IndexBrokenError, IndexNotMadeError
from archive_indexer.index.index_place import index_place
from archive_indexer.models import ArchivedFile
from filler.models import Issued
from filler.spec.fitting_values import tell_unfit_offers
from filler.spec.newer_copies import tell_newer_parts
from filler.spec.required_forms import tell_papers_of_others
from minzheng.accounts.grants import waiting_grants
from minzheng.accounts.models import Person
from minzheng.cli.database import is_outdated
from minzheng.cli.office.examined_machine import Finding, State
from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import MinzhengError
from minzheng.county.registry.checks import tell_brought_checks
from minzheng.county.registry.registry_files import find_registry_problems
from minzheng.county.registry.shown.unsure_rows import all_unsure_rows
from minzheng.county.settings.all_settings import Config
from minzheng.database.errors import DatabaseError as ServerError
from minzheng.database.server import confirm_usable, is_on_server
from minzheng.database.tables import Tables, tables_of
from minzheng.external.county_files import county_folders
from minzheng.external.files.laid_files import find_changes
from minzheng.registers.brought_along import tell_brought
from minzheng.web.gate.office import county, forms, registers
from minzheng.web.office.jobs_shown import Job, jobs

#: Of these jobs the details are figures; those of the others may name a file or a person.
_TOLD_IN_FULL = ("识别、入库", "收件箱", "核对原件", "审计记录")
#: Sentences of the others that name nothing.
_HARMLESS = ("没有运行", "从来没有备份过", "已有", "最近一次备份没有加密")
_LEFT_OUT = ("数据所在的磁盘",)
_LOG_DAYS = 7
_MODELS = "minzheng.external.ocr.ocr_models"
_MOST_ERRORS = 6


def examine_data(config: Config) -> Iterator[Finding]:
    """All of it; with a damaged database only what can be told without it."""
    yield _models()
    yield from _county_files(config)
    yield _as_new("疑点核对", lambda: tell_brought_checks(county().checks), "checks")
    yield _as_new("登记簿", lambda: tell_brought(registers().registers), "registers")
    yield _as_new("取数和应有材料", _of_copies_and_papers)
    database = _database(config)
    yield database
    if database.state is not State.BAD:
        yield _index(config)
        yield from _accounts()
        yield from (_told(job) for job in jobs() if job.name not in _LEFT_OUT)
    yield _errors(config.data_folder / "log")


def _models() -> Finding:
    try:
        # Only here: where a library of the system is missing, this import is what fails.
        importlib.import_module(_MODELS).Models()
    except MinzhengError as error:
        return Finding("识别模型", str(error), State.BAD, "重新安装程序")
    except ImportError as error:
        do = "Windows：装 Visual C++ 2015-2022 运行库（x64）；其他系统：重新安装程序"
        return Finding(
            "识别模型", f"识别组件启动不了（{error.name or '缺系统组件'}）", State.BAD, do
        )
    return Finding("识别模型", "装得上")


def _county_files(config: Config) -> Iterator[Finding]:
    problems = find_registry_problems(REGISTRY_FOLDER)
    if problems:
        text = f"{len(problems)} 处写错，第一处在 {problems[0].where}：{problems[0].what}"
        yield Finding("登记表", text, State.BAD, "见网页“登记数据”，或启动时列出的全部错处")
    else:
        yield Finding("登记表", "没有写错的地方")
        unsure = len(all_unsure_rows(REGISTRY_FOLDER))
        if unsure:
            do = "网页“登记数据”最下面逐行列出，县里按文件核定"
            yield Finding("待核的登记", f"{unsure} 行", State.NOTE, do)
    changes = [one for laid in county_folders(config).values() for one in find_changes(laid)]
    both = sum(one.is_both for one in changes)
    text = f"本县改过 {len(changes)} 项登记表、模板"
    if both:
        text += f"，其中 {both} 项新版本也改了"
        yield Finding("本县的改动", text, State.NOTE, "minzheng differences")
    else:
        yield Finding("本县的改动", text)


def _as_new(what: str, tell: Callable[[], Sequence[str]], table: str = "") -> Finding:
    """Whether a table of the county's own, or several, are as new as the program."""
    wrong, where = (f"{table}.toml", f" registry/{table}") if table else ("所说的表", "")
    try:
        told = tell()
    except MinzhengError as error:
        return Finding(what, str(error).partition("\n")[0], State.BAD, f"改正 {wrong}")
    if told:
        return Finding(what, "；".join(told), State.NOTE, f"minzheng differences{where}")
    return Finding(what, "本县的与程序的一样新")


def _of_copies_and_papers() -> Sequence[str]:
    """What goes along with the county's tables of copies and of required papers."""
    return (
        *tell_newer_parts(forms().brought),
        *tell_unfit_offers(forms().by_id, forms().offers, forms().county.eligibility),
        *tell_papers_of_others(forms().by_id, forms().county),
    )


def _database(config: Config) -> Finding:
    try:
        confirm_usable()
        tables = tables_of(config.data_folder)
        if not tables.exist() or not tables.bytes():
            return Finding("数据库", "还没有，第一次启动时建立", State.BAD, "启动 minzheng serve")
        return _tables(tables)
    except ServerError as error:
        return Finding("数据库", str(error), State.BAD, "照上面说的检查数据库服务器")


def _tables(tables: Tables) -> Finding:
    size = f"{tables.bytes() / 1e6:.1f} MB"
    if is_on_server():
        size += "，在 PostgreSQL 服务器上"
    if tables.find_damage():
        return Finding(
            "数据库", f"已损坏，{size}", State.BAD, "停止服务，minzheng repair --backup 备份文件夹"
        )
    try:
        if is_outdated():
            return Finding("数据库", f"完好，{size}，是旧版本的", State.BAD, "minzheng upgrade")
    except DatabaseError:
        return Finding("数据库", f"打不开，{size}", State.BAD, "minzheng repair")
    return Finding("数据库", f"完好，{size}，已出具 {Issued.objects.count()} 份文书")


def _index(config: Config) -> Finding:
    known = ArchivedFile.objects.filter(state="indexed", present=True).count()
    try:
        index = index_place(config).opened()
        index.confirm_sound()
        held = len(index.paths())
    except IndexNotMadeError as error:
        return Finding("全文索引", str(error), State.BAD, "minzheng rebuild-index")
    except IndexAwayError as error:
        return Finding("全文索引", str(error), State.BAD, "检查检索服务器")
    except (IndexBrokenError, OSError):
        return Finding("全文索引", "损坏", State.BAD, "服务会自动重做；也可 minzheng rebuild-index")
    where = "，在 PostgreSQL 服务器上" if index_place(config).is_on_server else ""
    text = f"完好，{held} 件{where}；数据库里在库 {known} 件"
    return Finding("全文索引", text)


def _accounts() -> Iterator[Finding]:
    active = Person.objects.filter(is_active=True)
    roles = Counter(active.values_list("role", flat=True))
    if not roles:
        do = "minzheng account add 用户名 --role 管理员 --name 姓名"
        yield Finding("账号", "还没有账号，谁也登录不了", State.NOTE, do)
        return
    told = "，".join(f"{role} {count} 个" for role, count in sorted(roles.items()))
    waiting = active.filter(must_change_password=True).count()
    yield Finding(
        "账号", f"{told}；{waiting} 个须改密码；待第二人确认 {waiting_grants().count()} 项"
    )


def _told(job: Job) -> Finding:
    """A line of the page 任务, without what may name a file or a person."""
    parts = [job.state]
    if job.last is not None:
        parts.append(f"最近 {_when(job.last)}")
    if job.name in _TOLD_IN_FULL:
        parts += job.details
    if not job.trouble:
        return Finding(job.name, "，".join(parts))
    return Finding(job.name, "，".join([*parts, _trouble(job)]), State.NOTE, job.hint)


def _trouble(job: Job) -> str:
    if job.name in _TOLD_IN_FULL or job.trouble.startswith(_HARMLESS):
        return job.trouble
    return "有故障，见网页“任务”"


def _errors(folder: Path) -> Finding:
    """Errors of the last days, counted by what the program said of them."""
    since = timezone.localtime() - dt.timedelta(days=_LOG_DAYS)
    found: Counter[str] = Counter()
    for file in sorted(folder.glob("*.jsonl*")):
        found.update(_errors_in(file, f"{since:%Y-%m-%d %H:%M:%S}"))
    if not found:
        return Finding("日志", f"{_LOG_DAYS} 天内没有故障记录")
    told = "；".join(f"{what} {count} 次" for what, count in found.most_common(_MOST_ERRORS))
    text = f"{_LOG_DAYS} 天内 {found.total()} 次故障：{told}"
    return Finding("日志", text, State.NOTE, f"把 {folder.name} 文件夹交给技术支持")


def _errors_in(file: Path, since: str) -> Iterator[str]:
    with file.open(encoding="utf-8", errors="replace") as stream:
        for line in stream:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if (
                entry.get("levelname") in ("ERROR", "CRITICAL")
                and entry.get("asctime", "") >= since
            ):
                raised = str(entry.get("exc_info", "")).partition(" at ")[0]
                yield f"{entry.get('name')}：{raised or entry.get('message')}"


def _when(time: dt.datetime) -> str:
    return f"{timezone.localtime(time):%Y-%m-%d %H:%M}"
