"""`minzheng serve`: the web service, with a watcher and perhaps more processes beside it."""

import base64
import datetime as dt
import math
import os
import signal
import socket
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import Any

from archive_indexer.disk.service_lock import PagesLock
from filler.spec.newer_copies import tell_newer_parts
from filler.spec.required_forms import tell_papers_of_others
from filler.word.faults.checked_templates import check_templates
from minzheng.accounts.demo_accounts import (
    DemoAccount,
    ask_for_new_passwords,
    make_demo_accounts,
)
from minzheng.accounts.models import Person
from minzheng.cli.beside import Beside, stop_with_parent
from minzheng.cli.database import bring_up_to_date, keep_connections, wait_for_server
from minzheng.cli.log_files import start_logging
from minzheng.cli.office.demo import lay_archive, lay_inbox
from minzheng.cli.office.move_database import tell_left_behind
from minzheng.cli.tidying import shut_data_folder, start_tidying
from minzheng.county.errors import MinzhengError
from minzheng.county.registry.checks import tell_brought_checks
from minzheng.county.settings.all_settings import Config
from minzheng.external.checked_county import refuse_wrong_registry
from minzheng.external.serving.connection_limits import Limits
from minzheng.external.serving.web_server import make_server
from minzheng.registers.brought_along import tell_brought
from minzheng.web.batches.batch_worker import BatchWorker
from minzheng.web.gate.bodies import why_not_to_take
from minzheng.web.gate.office import county, forms, registers
from minzheng.web.gate.run_key import run_key, take_run_key
from minzheng.web.oversight.checks_worker import ChecksWorker
from minzheng.web.upkeep.backup_worker import BackupWorker
from minzheng.web.warm_up import start_warming_up
from minzheng.web.wsgi import application

_THREADS = 6
_MOST_BODY_BYTES = 256 * 1024 * 1024  #: photos of a roster come as one ZIP


class PortInUseError(MinzhengError):
    """网页服务的端口已被占用。"""


def run(args: Namespace, config: Config) -> int:
    """Serve until Ctrl-C or SIGTERM; what runs beside is started again when it dies."""
    if args.beside:
        return _answer_beside(config, args.beside)
    _refuse_taken_port(config)
    wait_for_server()
    with PagesLock(config.data_folder):
        start_logging(config.data_folder, "web")
        refuse_wrong_registry(config)
        for line in (
            *tell_brought_checks(county().checks),  # or refused here, with every mistake
            *tell_brought(registers().registers),
            *tell_newer_parts(forms().brought),
            *tell_papers_of_others(forms().by_id, forms().county),
        ):
            print(line, file=sys.stderr)
        check_templates(forms().forms, config.data_folder / "checked_templates.json")
        bring_up_to_date()
        if left := tell_left_behind(config):
            print(left, file=sys.stderr)
        shut_data_folder(config)
        accounts = _make_demo(config) if args.first_time_demo else ()
        if config.must_change_first_passwords:
            ask_for_new_passwords()
        _serve(config, accounts)
    print("\n已停止。")
    return 0


def _make_demo(config: Config) -> Sequence[DemoAccount]:
    if not config.archive_folder.exists():
        lay_archive(config.archive_folder)
        lay_inbox(config.inbox_folder)
    return make_demo_accounts(
        config.data_folder / "初始账号.txt",
        county().dossiers,
        must_change=config.must_change_first_passwords,
    )


def _serve(config: Config, accounts: Sequence[DemoAccount]) -> None:
    server = _make_server(config)
    _announce(config, accounts)
    beside = [Beside(config, "watch", "--beside"), *_more_processes(config)]
    for process in beside:
        process.start()
    batches = BatchWorker(config)
    batches.start()
    checks = ChecksWorker()
    checks.start()
    backups = BackupWorker(config)
    backups.start()
    start_tidying(config, wait=start_warming_up().join)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()
        backups.stop()
        checks.stop()
        batches.stop()
        for process in beside:
            process.stop()


def _more_processes(config: Config) -> Iterator[Beside]:
    """Those that answer pages beside this one, with the key of this run."""
    key = base64.b64encode(run_key())
    for number in range(2, config.processes + 1):
        yield Beside(config, "serve", "--beside", str(number), first_line=key)


def _answer_beside(config: Config, number: int) -> int:
    """Answer pages and nothing else, until the process that started this one ends."""
    take_run_key(base64.b64decode(_read_line(sys.stdin.fileno())))
    start_logging(config.data_folder, f"web{number}")
    wait_for_server()
    server = _make_server(config)
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, _leave)
    stop_with_parent(sys.stdin.fileno(), partial(os.kill, os.getpid(), signal.SIGTERM))
    start_warming_up()
    with suppress(KeyboardInterrupt, SystemExit):
        server.run()
    server.close()
    return 0


def _read_line(handle: int) -> bytes:
    """What comes first through a pipe; no more of it than that."""
    line = b""
    while not line.endswith(b"\n") and (sign := os.read(handle, 1)):
        line += sign
    return line.strip()


def _make_server(config: Config) -> Any:
    keep_connections()
    try:
        return make_server(
            application,
            limits=_limits(config),
            may_send=why_not_to_take,
            **_place(config),
            threads=_THREADS,
            ident=None,
            max_request_body_size=_MOST_BODY_BYTES,
            **_proxy_options(config),
        )
    except OSError as error:  # taken since it was asked for
        raise _port_in_use(config, error) from error


def _place(config: Config) -> dict[str, Any]:
    """Where it listens: alone, or with others at one port, among whom the system shares out."""
    if config.processes == 1:
        return {"host": config.host, "port": config.port}
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind((config.host, config.port))
    return {"sockets": [listener]}


def _limits(config: Config) -> Limits:
    """Of one process, so that all together hold no more than the settings say."""
    return Limits(
        connections=math.ceil(config.connections / config.processes),
        an_address=math.ceil(config.connections_per_address / config.processes),
        header_seconds=config.header_seconds,
        body_seconds=config.body_seconds,
    )


def _proxy_options(config: Config) -> dict[str, Any]:
    """Behind a proxy of this machine, it tells who asks and that the way is encrypted."""
    if config.https == "no":
        return {}
    return {
        "trusted_proxy": "127.0.0.1",
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _refuse_taken_port(config: Config) -> None:
    """Ask before anything is made: the user must hear of a taken port first."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((config.host, config.port))
        except OSError as error:
            raise _port_in_use(config, error) from error


def _port_in_use(config: Config, error: OSError) -> PortInUseError:
    return PortInUseError(
        f"{config.host}:{config.port} 打不开（{error.strerror}）。"
        "可能已经启动过；否则请在 config.toml 的 [web] 中换一个 port。"
    )


def _announce(config: Config, accounts: Sequence[DemoAccount]) -> None:
    shown = "127.0.0.1" if config.host in ("0.0.0.0", "::") else config.host
    print(f"\n民政十五专档 已启动：http://{shown}:{config.port}")
    print(f"档案文件夹 {config.archive_folder}，新放入的扫描件会自动识别。按 Ctrl-C 停止。")
    if config.is_overheard:
        print("\n注意：没有加密，同一网络里的人可能看到密码和个人信息。")
        print('请在前面加 https 反向代理，并在 config.toml 的 [web] 中设 https = "yes"。')
    if accounts:
        print("\n示范账号（密码只显示这一次，另存在 data 文件夹的 初始账号.txt）：")
        for one in accounts:
            print(f"  {one.username:<9} {one.password}   {one.role}  {one.area}")
    elif not Person.objects.exists():
        print("\n还没有账号，谁也登录不了。另开一个窗口建第一个：")
        print(f"  minzheng --config {config.file} account add 用户名 --role 管理员 --name 姓名")
    print(f"[{dt.datetime.now():%H:%M:%S}] 就绪", flush=True)
