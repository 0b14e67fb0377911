"""`minzheng reissue`: the same bytes again, written down."""

from pathlib import Path

import pytest

from filler.models import Issued
from minzheng.accounts.models import AuditEntry
from minzheng.cli.main import main

ANSWERS = Path(__file__).resolve().parents[2] / "samples" / "answers" / "DB-01.toml"


@pytest.mark.django_db
def test_a_document_is_made_again_and_it_is_written_down(tmp_path, capsys):
    """Byte for byte; the audit log says which."""
    first, again = tmp_path / "first.docx", tmp_path / "again.docx"
    assert main(["fill", "DB-01", "--answers", str(ANSWERS), "--out", str(first)]) == 0
    number = Issued.objects.get().pk
    assert main(["reissue", str(number), "--out", str(again)]) == 0
    assert again.read_bytes() == first.read_bytes()
    assert "，表的版本 V1，与当时一字不差" in capsys.readouterr().out
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.what.partition(" ")[0]) == ("下载", "重出")


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["999", "DB-103200-2018-0001"])
def test_a_document_that_is_not_there_is_named(tmp_path, capsys, number):
    """Nothing is written."""
    assert main(["reissue", number, "--out", str(tmp_path / "x.docx")]) == 1
    assert f"没有文书号为“{number}”" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
