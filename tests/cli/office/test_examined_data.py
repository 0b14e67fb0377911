"""What `minzheng doctor` looks at in the data."""

import datetime as dt
import json
import shutil
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.utils import timezone

from archive_indexer.errors import IndexBrokenError
from archive_indexer.index.full_text_index import FullTextIndex
from filler.spec.newer_copies import Brought
from minzheng.accounts.models import Person, Role
from minzheng.cli.office import examined_data
from minzheng.cli.office.examined_data import examine_data
from minzheng.cli.office.examined_machine import Finding, State
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.registry.checks import Checks
from minzheng.database import embedded_tables, server_tables, tables
from minzheng.database.errors import ServerAwayError
from minzheng.external.ocr import ocr_models
from minzheng.external.ocr.ocr_models import ModelsMissingError
from minzheng.registers.register import Registers
from minzheng.web.gate.office import config as office_config
from minzheng.web.office.jobs_shown import Job
from tests.database.on_server import needs_server

NAME, NUMBER = "测试周桂兰", "610927194105120024"


@pytest.fixture
def config(db, monkeypatch):
    """The database of the tests stands for the data folder's; models are not loaded each time."""
    config = office_config()
    monkeypatch.setattr(ocr_models, "Models", lambda: None)
    config.data_folder.mkdir(parents=True, exist_ok=True)
    (config.data_folder / "minzheng.sqlite3").write_bytes(b"x")
    monkeypatch.setattr(embedded_tables, "find_damage", lambda file: "")
    monkeypatch.setattr(tables, "is_on_server", lambda: False)
    yield config
    (config.data_folder / "minzheng.sqlite3").unlink()


def found(config, subject: str) -> Finding:
    return next(one for one in examine_data(config) if one.subject == subject)


def test_a_right_office_is_told_in_figures(config):
    """Every subject once."""
    findings = list(examine_data(config))
    subjects = [one.subject for one in findings]
    assert {"识别模型", "登记表", "数据库", "全文索引", "识别、入库", "备份", "日志"} <= {*subjects}
    assert len(subjects) == len({*subjects})
    assert [one.text for one in findings if one.state is State.BAD] == []


def test_a_new_office_says_so(config):
    """Nobody can sign in, nothing was backed up."""
    assert "谁也登录不了" in found(config, "账号").text
    assert "从来没有备份过" in found(config, "备份").text


def test_accounts_are_counted_by_role(config):
    """Not named."""
    Person.objects.create(username="zhou", first_name=NAME, role=Role.ADMINISTRATOR)
    told = found(config, "账号").text
    assert told.startswith("管理员 1 个；")
    assert NAME not in told


@pytest.mark.parametrize(
    ("patched", "value", "said"),
    [
        ((embedded_tables, "find_damage"), lambda file: "page 3", "已损坏"),
        ((examined_data, "is_outdated"), lambda: True, "旧版本"),
    ],
)
def test_a_database_that_needs_something_ends_the_questions_to_it(
    config, monkeypatch, patched, value, said
):
    """What can be told without it is told."""
    monkeypatch.setattr(*patched, value)
    database = found(config, "数据库")
    assert (database.state, said in database.text) == (State.BAD, True)
    assert "账号" not in [one.subject for one in examine_data(config)]
    assert found(config, "日志")


def test_a_server_that_cannot_be_used_is_told_in_its_words(config, monkeypatch):
    """And what can be told without it."""

    def refuse():
        raise ServerAwayError("数据库服务器 u@h:1/d 连不上")

    monkeypatch.setattr(examined_data, "confirm_usable", refuse)
    assert "u@h:1/d 连不上" in found(config, "数据库").text
    assert "账号" not in [one.subject for one in examine_data(config)]


@needs_server
def test_the_tables_of_a_server_are_looked_at_there(db, monkeypatch):
    """Every row is read; an empty file in the data folder is not asked."""
    monkeypatch.setattr(ocr_models, "Models", lambda: None)
    told = found(office_config(), "数据库")
    assert told.state is State.GOOD
    assert "在 PostgreSQL 服务器上" in told.text
    monkeypatch.setattr(server_tables, "_tables", lambda database: ["no_such_table"])
    assert found(office_config(), "数据库").state is State.BAD


def test_a_missing_database_and_missing_models_are_told(config, monkeypatch):
    """A program that was never started."""

    def refuse():
        raise ModelsMissingError

    monkeypatch.setattr(ocr_models, "Models", refuse)
    (config.data_folder / "minzheng.sqlite3").write_bytes(b"")
    assert found(config, "数据库").state is State.BAD
    assert found(config, "识别模型").state is State.BAD


def test_a_library_that_the_system_lacks_is_told(config, monkeypatch):
    """On Windows the one of Visual C++."""
    monkeypatch.setitem(sys.modules, "minzheng.external.ocr.ocr_models", None)
    told = found(config, "识别模型")
    assert (told.state, "运行库" in told.do) == (State.BAD, True)


def test_a_broken_index_is_told(config, monkeypatch):
    """The service makes it anew."""

    def break_it(index):
        raise IndexBrokenError

    monkeypatch.setattr(FullTextIndex, "confirm_sound", break_it)
    assert found(config, "全文索引").state is State.BAD


def test_wrong_tables_and_what_both_changed_are_told(config, monkeypatch):
    """With the first place, and the command that shows the rest."""
    problem = Problem("laws.toml 第 3 行", "缺少名称", "补上")
    monkeypatch.setattr(examined_data, "find_registry_problems", lambda folder: [problem])
    assert "laws.toml 第 3 行" in found(config, "登记表").text
    both = [examined_data.State, type("Change", (), {"is_both": True})]
    monkeypatch.setattr(examined_data, "county_folders", lambda _: {"registry": None})
    monkeypatch.setattr(examined_data, "find_changes", lambda laid: both[1:])
    assert found(config, "本县的改动").do == "minzheng differences"


def told_of_older(config, monkeypatch, subject, word, *, source, older):
    """What is said of a county's older table; one that cannot be read is told, too."""
    monkeypatch.setattr(examined_data, source, lambda: older)
    told = found(config, subject)
    assert (told.state, word in told.text) == (State.NOTE, True)

    def refuse():
        raise RegistryError([Problem("表.toml", "没有这个文件", "放回去")])

    monkeypatch.setattr(examined_data, source, refuse)
    assert found(config, subject).state is State.BAD
    return told


def test_registers_that_the_county_lacks_are_told(config, monkeypatch):
    """They are used all the same."""
    older = SimpleNamespace(registers=Registers(brought=("借阅",)))
    told_of_older(config, monkeypatch, "登记簿", "借阅", source="registers", older=older)


def test_checks_that_the_county_lacks_are_told(config, monkeypatch):
    """They look all the same."""
    assert found(config, "疑点核对").state is State.GOOD
    older = SimpleNamespace(checks=Checks((), brought=("死亡后仍在发放",)))
    told = told_of_older(
        config, monkeypatch, "疑点核对", "死亡后仍在发放", source="county", older=older
    )
    assert told.do == "minzheng differences registry/checks"


def test_older_tables_of_the_county_are_told(config, monkeypatch):
    """Of copies and of required papers: what goes along, what can never prove its step."""
    assert found(config, "取数和应有材料").state is State.GOOD
    older = replace(examined_data.forms(), brought=Brought(("各日期的先后",)))
    told_of_older(
        config, monkeypatch, "取数和应有材料", "各日期的先后", source="forms", older=older
    )


def test_what_may_name_a_file_or_a_person_is_not_told(config, monkeypatch):
    """Details and troubles of jobs whose words are not only figures."""
    now = timezone.now()
    secret = Job("批量出具", "正在做", now, (f"{NAME} 的 DB-01",), f"{NAME}.docx 写不进去", "看")
    plain = Job("识别、入库", "没有排队的", None, ("未能识别 2 件",))
    monkeypatch.setattr(examined_data, "jobs", lambda: [secret, plain])
    told = [str(one) for one in examine_data(config)]
    assert not any(NAME in one for one in told)
    assert "有故障，见网页“任务”" in found(config, "批量出具").text
    assert found(config, "识别、入库").text == "没有排队的，未能识别 2 件"


def test_errors_of_the_last_days_are_counted_by_kind(config):
    """By where and what, without values; half a line is passed over."""
    folder = config.data_folder / "log"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    now = timezone.localtime()

    def line(days: int, **entry) -> str:
        at = f"{now - dt.timedelta(days=days):%Y-%m-%d %H:%M:%S},000"
        return json.dumps({"asctime": at, "levelname": "ERROR", "name": "archive_indexer", **entry})

    raised = f"OSError at a.py:3 x < b.py:4 {NAME}"
    lines = [line(1, exc_info=raised, message="x")] * 2 + [line(2, message="no space")]
    lines += [line(9, message="old"), line(1, levelname="INFO", message="fine"), "{half"]
    (folder / "service.jsonl").write_text("\n".join(lines), encoding="utf-8")
    logged = found(config, "日志")
    shutil.rmtree(folder)
    assert logged.text == (
        "7 天内 3 次故障：archive_indexer：OSError 2 次；archive_indexer：no space 1 次"
    )
    assert found(config, "日志").text == "7 天内没有故障记录"
