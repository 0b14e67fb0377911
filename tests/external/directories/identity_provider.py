"""A real provider of OpenID Connect for the time of a test, and a browser at its page."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import requests

from tests.cli.test_killed_service import free_port

_MOST_TRIES = 5
#: Its own warnings are not ours: it runs as a program of its own.
_ENVIRONMENT = {**os.environ, "PYTHONWARNINGS": "ignore", "NO_COLOR": "1"}


@contextmanager
def identity_provider(people: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Start one that knows some people, by subject with their claims; gives its address."""
    known = [
        word
        for subject, claims in people.items()
        for word in ("--user-claims", json.dumps({"sub": subject, **claims}))
    ]
    address, process = _started(known)
    with process:
        try:
            yield address
        finally:
            process.terminate()


def _started(known: Sequence[str]) -> "tuple[str, subprocess.Popen[bytes]]":
    """One that answers; a port that somebody took meanwhile is changed for another."""
    for _ in range(_MOST_TRIES):
        port = free_port()
        command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "-n", "true"]
        process = subprocess.Popen(
            [*command, *known], env=_ENVIRONMENT, stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        if _answers(address, process):
            return address, process
        process.kill()
        process.wait()
    raise AssertionError("the provider did not start")


def type_name(address: str, subject: str, *, is_denied: bool = False) -> str:
    """Sign in at the provider's page where a browser was led; gives where it leads back."""
    typed = {"sub": subject, **({"action": "deny"} if is_denied else {})}
    answer = requests.post(address, data=typed, allow_redirects=False, timeout=60)
    return answer.headers["Location"]


def _answers(address: str, process: "subprocess.Popen[bytes]") -> bool:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            told = requests.get(f"{address}/.well-known/openid-configuration", timeout=10)
            return bool(told.json()["issuer"] == address)
        except requests.ConnectionError:
            time.sleep(0.1)
        except (requests.RequestException, ValueError, KeyError):
            return False  # somebody else's
    return False
