"""`minzheng person`: looked up, exported, erased, what is due."""

import zipfile
from argparse import Namespace

import pytest

from archive_indexer.models import ArchivedFile
from minzheng.accounts.models import AuditEntry
from minzheng.cli.office.person import PersonAskedError, run
from minzheng.web.gate.office import config
from tests.persons.conftest import ID, NAME, put_paper
from tests.web import conftest as web

_index_as_before = web._index_as_before


@pytest.fixture
def call(db, django_capture_on_commit_callbacks):
    """The command with its arguments; what is not said is empty."""
    put_paper("钟宝镇", "旧城村", f"户主 {NAME} {ID}", "a" * 64, dossier="LS", year="2005")

    def run_it(action: str, **more: object) -> int:
        given = {
            "action": action, "name": NAME, "id_no": ID, "reason": "本人书面申请", "out": None,
            "take": [], "confirm": "",
        }  # fmt: skip
        with django_capture_on_commit_callbacks(execute=True):
            return run(Namespace(**(given | more)), config())

    return run_it


def test_all_that_is_held_is_listed_and_exported(call, capsys, tmp_path):
    """Written down without a name."""
    assert call("look") == 0
    assert "1 件是本人的" in capsys.readouterr().out
    out = tmp_path / "个人信息.zip"
    assert call("export", out=out) == 0
    with zipfile.ZipFile(out) as package:
        assert "目录.xlsx" in package.namelist()
    assert all(NAME not in one.what for one in AuditEntry.objects.all())
    assert AuditEntry.objects.filter(action="导出").exists()


def test_it_is_erased_only_when_it_is_typed_out(call, capsys):
    """And its keeper is told."""
    assert call("erase") == 1
    assert "--confirm" in capsys.readouterr().err
    assert not ArchivedFile.objects.filter(state="withheld").exists()
    assert call("erase", confirm=f"删除{NAME}") == 0
    assert "请专管员移走" in capsys.readouterr().out
    assert ArchivedFile.objects.get().state == "withheld"


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"id_no": "1"}, {"reason": ""}, {"reason": f"{NAME}申请"}],
)
def test_who_and_why_must_be_said(call, wrong):
    """A reason with the name would stand in the log."""
    with pytest.raises(PersonAskedError):
        call("look", **wrong)


def test_an_export_needs_a_file(call):
    """Said before anything is looked up."""
    with pytest.raises(PersonAskedError, match="--out"):
        call("export")


def test_what_is_due_is_listed_and_done_piece_by_piece(call, capsys):
    """Without a piece named nothing is done."""
    assert call("due") == 0
    told = capsys.readouterr().out
    assert "到期的共 1 件。没有删除任何东西" in told
    key = f"PAPER-{ArchivedFile.objects.get().pk}"
    assert key in told
    assert call("due", take=[key]) == 1
    assert call("due", take=[key], confirm="删除1件") == 0
    assert ArchivedFile.objects.get().state == "withheld"
