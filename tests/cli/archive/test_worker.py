"""`minzheng worker` says what is lacking before it touches anything."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from archive_indexer.worker import Worker
from minzheng.cli.archive import worker
from minzheng.cli.main import main


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A machine whose reading is shared, as far as its settings say."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archive").mkdir()
    config = tmp_path / "config.toml"
    url = "postgresql://minzheng@127.0.0.1:1/minzheng"
    config.write_text(
        f'[database]\nurl = "{url}"\n[reading]\nqueue = "postgresql"\n', encoding="utf-8"
    )
    monkeypatch.setattr(worker, "wait_for_server", lambda: None)
    return config


def test_a_machine_that_was_not_told_to_share_is_told_how(tmp_path, capsys):
    """It names the settings that must be the same."""
    config = tmp_path / "config.toml"
    config.write_text("", encoding="utf-8")
    assert main(["--config", str(config), "worker"]) == 1
    told = capsys.readouterr().err
    assert '[reading] queue = "postgresql"' in told
    assert "[archive] folder" in told


@pytest.mark.django_db
def test_tables_of_another_version_are_left_alone(office, capsys):
    """Only the service's machine changes them."""
    made = MigrationRecorder.Migration.objects.filter(app="archive_indexer").order_by("-pk")[:1]
    made.get().delete()
    assert main(["--config", str(office), "worker"]) == 1
    assert "minzheng upgrade" in capsys.readouterr().err


@pytest.mark.django_db
def test_it_reads_under_the_name_it_was_given(office, capsys, monkeypatch):
    """Until it is stopped."""
    begun = []
    monkeypatch.setattr(Worker, "run_until", lambda self, stop: begun.append(self))
    assert main(["--config", str(office), "worker", "--name", "三楼-2"]) == 0
    assert begun[0].name == "三楼-2"
    assert begun[0].known.manner.layouts
    assert (office.parent / "data" / "log" / "worker-三楼-2.jsonl").exists()
    assert "三楼-2 开始识别" in capsys.readouterr().out


def test_a_name_is_one_word(capsys):
    """A log bears it."""
    assert main(["worker", "--name", "../x y"]) == 2
    assert "不含空格和斜杠" in capsys.readouterr().err
