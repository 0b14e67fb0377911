"""What `minzheng doctor` asks of the office's own sign-in: whether its server would answer."""

from collections.abc import Iterator
from importlib import import_module

from minzheng.cli.office.examined_machine import Finding, State
from minzheng.county.settings.all_settings import Config
from minzheng.external.directories.outside_person import OutsideServerError

_WHAT = "单位统一登录"
_DO = "核对 config.toml 的 [sign_in] 和网络；没有接入的账号照旧用本系统的密码登录"


def examine_sign_in(config: Config) -> Iterator[Finding]:
    """The directory or the provider, if there is one; nobody's name or password is asked for."""
    if server := config.ldap:
        yield _asked("minzheng.external.directories.ldap_directory", server)
    if provider := config.identity_provider:
        yield _asked("minzheng.web.home.provider", provider)


def _asked(module: str, server: object) -> Finding:
    try:
        import_module(module).examine(server)
    except OutsideServerError as error:
        return Finding(_WHAT, str(error), State.BAD, _DO)
    return Finding(_WHAT, f"{server} 应答正常")
