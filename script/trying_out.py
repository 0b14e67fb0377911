"""An installed program tried from a foreign folder, as somebody does who has just installed it.

    python -m script.trying_out WHEEL WHEELHOUSE [WHEELHOUSE...]

Makes an empty environment, installs the wheel from the folders named and from nowhere else,
and runs demo, fill, index, search, serve and the rest with it.
"""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_WAIT_SECONDS = 240.0
_KEPT = ("15综合管理", "08公示")  #: of the sample village; its scans would take minutes
_SET_FLAGS, _IS_UP = 0x8914, 0x1  #: of ioctl(2) and netdevice(7)


class WentWrongError(Exception):
    """A command did not do what it should."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody with an installed program, a home and an empty folder to work in."""

    command: tuple[str, ...]
    home: Path

    @property
    def demo(self) -> Path:
        """Where the demo is laid."""
        return self.home / "demo"

    def environment(self) -> dict[str, str]:
        """Of the system nothing but where its programs are."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return kept | {"HOME": str(self.home), "PYTHONUTF8": "1"}

    def run(self, *words: str, status: int = 0) -> str:
        """Run a command from an empty folder; gives what it printed.

        Raises:
            WentWrongError: it ended otherwise than it should.
        """
        empty = Path(tempfile.mkdtemp(dir=self.home))
        done = subprocess.run(
            [*self.command, *words], cwd=empty, env=self.environment(), check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=_WAIT_SECONDS,
        )  # fmt: skip
        if done.returncode != status:
            raise WentWrongError(f"{' '.join(words)}: {done.returncode}\n{done.stdout}")
        return done.stdout

    def of_demo(self, *words: str, status: int = 0) -> str:
        """Run a command with the demo's settings."""
        return self.run("--config", str(self.demo / "config.toml"), *words, status=status)


def try_out(newcomer: Newcomer, program: Path | None) -> list[str]:
    """Every step in turn; gives their names.

    Raises:
        WentWrongError: one failed, or something was written where the program lies.
    """
    before = _files_in(program)
    done = []
    for name, step in STEPS.items():
        begun = time.monotonic()
        step(newcomer)
        done.append(name)
        print(f"ok  {name}  {time.monotonic() - begun:.1f} s", flush=True)
    if written := _files_in(program) ^ before:
        raise WentWrongError(f"written where the program lies: {sorted(written)[:5]}")
    return done


def _see(is_so: object, what: str) -> None:
    if not is_so:
        raise WentWrongError(what)


def _version(newcomer: Newcomer) -> None:
    _see(newcomer.run("--version").startswith("minzheng "), "no version")


def _demo(newcomer: Newcomer) -> None:
    newcomer.run("demo", str(newcomer.demo))
    for place in [*newcomer.demo.glob("archive/*/*/*")]:
        if place.is_dir() and place.name not in _KEPT:
            shutil.rmtree(place)


def _fill(newcomer: Newcomer) -> None:
    filled = newcomer.home / "blank.docx"
    newcomer.of_demo("fill", "DB-01", "--blank", "--out", str(filled))
    _see(filled.read_bytes()[:2] == b"PK", "no Word file")
    _see("DB-01" in newcomer.of_demo("forms", "低保申请"), "no list of forms")


def _index(newcomer: Newcomer) -> None:
    told = newcomer.of_demo("index", str(newcomer.demo / "archive"))
    _see("已入库" in told, told)


def _search(newcomer: Newcomer) -> None:
    told = newcomer.of_demo("search", "低保", "--json")
    _see(json.loads(told)["total"] > 0, told)


def _own_tables(newcomer: Newcomer) -> None:
    """The county's copy is used: what it says wrong is told."""
    table = newcomer.demo / "data" / "registry" / "synonyms.txt"
    right = table.read_text(encoding="utf-8")
    _see("本县没有改过" in newcomer.of_demo("differences"), "differences from the start")
    table.write_text("低保\n", encoding="utf-8")
    _see(
        "synonyms.txt 第 1 行" in newcomer.of_demo("search", "低保", status=1), "not the own table"
    )
    table.write_text(right, encoding="utf-8")


def _doctor(newcomer: Newcomer) -> None:
    told = newcomer.of_demo("doctor")
    _see("已安装的程序包" in told and "都是测试过的版本" in told, told)


def _upgrade(newcomer: Newcomer) -> None:
    told = newcomer.of_demo("upgrade", str(newcomer.home / "backup"), "--new-key")
    _see("检查过，可以启动服务了" in told, told)


def _home(newcomer: Newcomer) -> None:
    """Without settings anywhere they are made where people see them."""
    told = newcomer.run("coverage")
    _see("已建好" in told and (newcomer.home / "minzheng" / "config.toml").exists(), told)


def _serve(newcomer: Newcomer) -> None:
    config = newcomer.demo / "config.toml"
    port = _free_port()
    told = config.read_text(encoding="utf-8").replace("port = 8000", f"port = {port}")
    config.write_text(told, encoding="utf-8")
    with _serving(newcomer, config, port):
        page = _get(f"http://127.0.0.1:{port}/sign-in").decode()
        _see("登录" in page, page)
        _see(len(_get(f"http://127.0.0.1:{port}/static/web/style.css")) > 1000, "no style")


@contextlib.contextmanager
def _serving(newcomer: Newcomer, config: Path, port: int) -> Iterator[None]:
    log = newcomer.home / "serve.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [*newcomer.command, "--config", str(config), "serve", "--first-time-demo"],
            cwd=newcomer.home, env=newcomer.environment(), stdout=stream, stderr=stream,
        )  # fmt: skip
    try:
        _wait_for(lambda: "就绪" in log.read_text("utf-8") or process.poll() is not None)
        _see(process.poll() is None, log.read_text("utf-8"))
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        status = process.wait(60)
    _see(status == 0, f"serve ended with {status}\n{log.read_text('utf-8')}")


STEPS: dict[str, Callable[[Newcomer], None]] = {
    "version": _version,
    "demo": _demo,
    "fill": _fill,
    "index": _index,
    "search": _search,
    "own tables": _own_tables,
    "doctor": _doctor,
    "upgrade": _upgrade,
    "home": _home,
    "serve": _serve,
}


def _wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + _WAIT_SECONDS
    while not is_so():
        _see(time.monotonic() < end, "waited in vain")
        time.sleep(0.2)


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        body: bytes = answer.read()
        return body


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def _files_in(folder: Path | None) -> set[str]:
    if folder is None:
        return set()
    return {str(one) for one in folder.rglob("*") if "__pycache__" not in one.parts}


def make_environment(place: Path, wheel: Path, houses: Sequence[Path]) -> Path:
    """An environment with the program in it, from the folders named and from nowhere else."""
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    command = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-index"]
    command += [word for house in houses for word in ("--find-links", str(house))]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    alone |= {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    alone.pop("PYTHONPATH", None)
    subprocess.run([*command, str(wheel)], check=True, env=alone)
    check = [str(place / "bin" / "python"), "-m", "pip", "check"]
    subprocess.run(check, check=True, env=alone, stdout=subprocess.DEVNULL)
    return place / "bin" / "minzheng"


def raise_loopback() -> bool:
    """In a network of its own a process must raise even its own address; whether it has one."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh", b"lo", _IS_UP))
    except OSError:
        return False
    return not _reaches_out()


def _reaches_out() -> bool:
    """Whether any way leads out of this machine."""
    routes = Path("/proc/net/route").read_text(encoding="ascii").splitlines()[1:]
    return any(not line.startswith("lo") for line in routes)


def main(words: list[str]) -> int:
    """Install and try."""
    print("without network" if raise_loopback() else "with the network of this machine")
    wheel, *houses = (Path(word).resolve() for word in words)
    with tempfile.TemporaryDirectory(prefix="minzheng-new-") as folder:
        command = make_environment(Path(folder) / "venv", wheel, houses)
        home = Path(folder) / "home"
        home.mkdir()
        (program,) = (Path(folder) / "venv" / "lib").glob("python*")
        try:
            try_out(Newcomer((str(command),), home), program)
        except WentWrongError as error:
            print(f"failed: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
