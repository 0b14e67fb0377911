"""The administrator's page of versions."""

from dataclasses import replace

from minzheng.accounts.models import Role
from minzheng.web.gate.office import config
from minzheng.web.upkeep import versions as page
from minzheng.web.upkeep.version_shown import Own, versions


def test_the_page_tells_what_an_update_changes(sign_in, monkeypatch):
    """Run from its source, git tells; installed, what both changed stands first to be looked at."""
    desk = sign_in(Role.ADMINISTRATOR)
    shown = desk.get("/version").content.decode()
    assert "从源代码文件夹运行" in shown
    now = versions(config())
    both = replace(now, is_installed=True, own=(Own("法规政策", "/registry/laws.toml", True),))
    monkeypatch.setattr(page, "versions", lambda _config: both)
    shown = desk.get("/version").content.decode()
    assert '<a href="/registry/laws.toml">法规政策</a>' in shown
    assert "新版本也改了，请对照" in shown
    assert "minzheng upgrade" in shown
