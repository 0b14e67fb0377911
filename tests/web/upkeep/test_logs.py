"""The administrator reads the log."""

import json
from dataclasses import replace

from minzheng.accounts.models import Role
from minzheng.web.gate.office import config
from minzheng.web.upkeep import logs as page


def test_the_log_is_chosen_and_holds_no_number(sign_in, tmp_path, monkeypatch):
    """What is asked wrongly is not asked; a number that came in is masked."""
    (tmp_path / "log").mkdir()
    line = {
        "asctime": "2026-07-01 08:00:00,1", "levelname": "ERROR", "name": "x",
        "message": "about 110105194912310021 <b>",
    }  # fmt: skip
    (tmp_path / "log" / "web.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    monkeypatch.setattr(page, "config", lambda: replace(config(), data_folder=tmp_path))
    desk = sign_in(Role.ADMINISTRATOR)
    shown = desk.get("/log?level=ERROR&day=2026.7.1&source=web").content.decode()
    assert "194912310021" not in shown
    assert "&lt;b&gt;" in shown
    assert 'value="2026-07-01"' in shown
    assert "没有这样的记录" in desk.get("/log?level=INFO").content.decode()
    assert "about" in desk.get("/log?level=x&day=y&source=z").content.decode()
