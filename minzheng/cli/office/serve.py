"""`minzheng serve`: the web service, with a watcher and perhaps more processes beside it."""

import base64
import datetime as dt
import math
import os
import signal
import socket
import sys
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType
from typing import Any, Protocol

from django.db import Error as DatabaseFailure

from archive_indexer.disk.service_lock import JoinedPagesLock, MainPagesLock, ServiceLock
from archive_indexer.errors import AlreadyRunningError
from filler.spec.newer_copies import tell_newer_parts
from filler.spec.required_forms import tell_papers_of_others
from filler.word.faults.checked_templates import CHECKED, check_templates
from minzheng.accounts.demo_accounts import (
    DemoAccount,
    ask_for_new_passwords,
    make_demo_accounts,
)
from minzheng.accounts.models import Person
from minzheng.cli.beside import Beside, stop_with_parent
from minzheng.cli.database import (
    bring_up_to_date,
    is_outdated,
    keep_connections,
    wait_for_server,
)
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
from minzheng.external.shared_folder import NotJoinedError
from minzheng.registers.brought_along import tell_brought
from minzheng.web.batches.batch_worker import BatchWorker
from minzheng.web.gate.bodies import why_not_to_take
from minzheng.web.gate.office import county, forms, registers
from minzheng.web.gate.run_key import run_key, share_run_key, take_run_key
from minzheng.web.gate.shared_run import join_run, lead_run
from minzheng.web.oversight.checks_worker import ChecksWorker
from minzheng.web.upkeep.backup_worker import BackupWorker
from minzheng.web.warm_up import start_warming_up
from minzheng.web.wsgi import application

_THREADS = 6
_LOOK_SECONDS = 5.0  #: between looks at the lock of the tables
_MOST_REFUSED = 12  #: looks: somebody changes the tables, and is not just about to end
_MOST_BODY_BYTES = 256 * 1024 * 1024  #: photos of a roster come as one ZIP


_OUTDATED = (
    "数据库里的表和这台机器的程序不是同一版。请先在主机上升级、启动，把这台也装成同一版，再启动。"
)


class PortInUseError(MinzhengError):
    """网页服务的端口已被占用。"""


def run(args: Namespace, config: Config) -> int:
    """Serve until Ctrl-C or SIGTERM; what runs beside is started again when it dies."""
    if args.beside:
        return _answer_beside(config, args.beside)
    _refuse_taken_port(config)
    wait_for_server()
    if config.machine == "pages":
        _join(config)
    else:
        _lead(args, config)
    print("\n已停止。")
    return 0


def _join(config: Config) -> None:
    """Answer pages for the main machine, which does everything else."""
    name = f"web-{socket.gethostname()}-{config.port}"
    with JoinedPagesLock(config.data_folder) as lock, _kept(lock):
        start_logging(config.data_folder, name)
        refuse_wrong_registry(config)
        if is_outdated():  # the main machine alone changes tables
            raise NotJoinedError(_OUTDATED)
        join_run(config)
        server = _make_server(config)
        print(f"\n民政十五专档 已启动，只回答网页：{_shown_address(config)}")
        print("看守档案、批次、检查、备份在主机上；主机停了，网页照常，那些要等它恢复。")
        _tell_overheard(config)
        _tell_ready()
        _answer(server, list(_more_processes(config)))


def _lead(args: Namespace, config: Config) -> None:
    """Answer pages, and do what is done once for all of them."""
    with MainPagesLock(config.data_folder):
        start_logging(config.data_folder, "web")
        refuse_wrong_registry(config)
        for line in (
            *tell_brought_checks(county().checks),  # or refused here, with every mistake
            *tell_brought(registers().registers),
            *tell_newer_parts(forms().brought),
            *tell_papers_of_others(forms().by_id, forms().county),
        ):
            print(line, file=sys.stderr)
        check_templates(forms().forms, config.data_folder / CHECKED)
        bring_up_to_date()
        if left := tell_left_behind(config):
            print(left, file=sys.stderr)
        shut_data_folder(config)
        if config.is_one_of_many:
            lead_run(config)
        accounts = _make_demo(config) if args.first_time_demo else ()
        if config.must_change_first_passwords:
            ask_for_new_passwords()
        _serve(config, accounts)


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
    _answer(
        server,
        [*beside, BatchWorker(config), ChecksWorker(), BackupWorker(config)],
        then=lambda warming_up: start_tidying(config, wait=warming_up.join),
    )


def _answer(
    server: Any,
    beside: "Sequence[_Companion]",
    then: Callable[[threading.Thread], object] = lambda warming_up: None,
) -> None:
    """Answer pages until told to stop, with what runs beside, and `then` after the warm-up."""
    for one in beside:
        one.start()
    then(start_warming_up())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()
        for one in reversed(beside):
            one.stop()


class _Companion(Protocol):
    """What runs beside the pages, as long as they are answered."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


@contextmanager
def _kept(lock: ServiceLock) -> Iterator[None]:
    """Hold the lock again when the server of the tables is back; who cannot for long, ends."""
    ended = threading.Event()

    def keep() -> None:
        refused = 0
        while not ended.wait(_LOOK_SECONDS):
            with suppress(DatabaseFailure):  # the server is away: asked again
                try:
                    lock.confirm()
                    refused = 0
                except AlreadyRunningError as error:
                    refused += 1
                    if refused == _MOST_REFUSED:
                        print(error, file=sys.stderr, flush=True)
                        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=keep, name="lock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _more_processes(config: Config) -> Iterator[Beside]:
    """Those that answer pages beside this one, with the key of this run."""
    key = base64.b64encode(run_key())
    for number in range(2, config.processes + 1):
        yield Beside(config, "serve", "--beside", str(number), first_line=key)


def _answer_beside(config: Config, number: int) -> int:
    """Answer pages and nothing else, until the process that started this one ends."""
    take_run_key(base64.b64decode(_read_line(sys.stdin.fileno())))
    if config.is_one_of_many:
        share_run_key(config.data_folder)
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
    print(f"\n民政十五专档 已启动：{_shown_address(config)}")
    print(f"档案文件夹 {config.archive_folder}，新放入的扫描件会自动识别。按 Ctrl-C 停止。")
    _tell_overheard(config)
    if accounts:
        print("\n示范账号（密码只显示这一次，另存在 data 文件夹的 初始账号.txt）：")
        for one in accounts:
            print(f"  {one.username:<9} {one.password}   {one.role}  {one.area}")
    elif not Person.objects.exists():
        print("\n还没有账号，谁也登录不了。另开一个窗口建第一个：")
        print(f"  minzheng --config {config.file} account add 用户名 --role 管理员 --name 姓名")
    _tell_ready()


def _shown_address(config: Config) -> str:
    shown = "127.0.0.1" if config.host in ("0.0.0.0", "::") else config.host
    return f"http://{shown}:{config.port}"


def _tell_overheard(config: Config) -> None:
    if config.is_overheard:
        print("\n注意：没有加密，同一网络里的人可能看到密码和个人信息。")
        print('请在前面加 https 反向代理，并在 config.toml 的 [web] 中设 https = "yes"。')


def _tell_ready() -> None:
    print(f"[{dt.datetime.now():%H:%M:%S}] 就绪", flush=True)
