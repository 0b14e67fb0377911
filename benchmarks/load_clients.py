"""The people of the load benchmark: what each role does, and how long it took."""

import os
import random
import re
import threading
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field

import requests

from minzheng.county.config import PROJECT_FOLDER

_LEAST_PAUSE, _MOST_PAUSE = 0.5, 2.5
_LET_THROUGH = {200, 204, 206, 422}
_QUESTIONS = (
    "测试周桂兰", "低保 公示", "村:旧城村 年:2018", "临时救助", "zhougl", "金额:>200", "测试",
    "无异议", "“优亲厚友”", "死亡",
)  # fmt: skip
_FORMS = ("LS-01", "DB-01", "COM-03", "LR-01")
_ANSWERS = PROJECT_FOLDER / "tests" / "samples" / "answers"
#: What each role does, and how often.
_WORK = {
    "clerk": (
        ("search", 25), ("file", 15), ("picture", 15), ("form", 10), ("preview", 20),
        ("page", 10), ("download", 5),
    ),
    "jiancha": (("search", 40), ("file", 20), ("picture", 20), ("page", 15), ("download", 5)),
    "guanli": (("page", 1),),
    "shenji": (("page", 1),),
}  # fmt: skip
KINDS = tuple(dict.fromkeys(kind for work in _WORK.values() for kind, _ in work))
_PAGES = {
    "clerk": ("/", "/documents", "/forms", "/coverage", "/completeness", "/batches"),
    "jiancha": ("/", "/checklist", "/completeness", "/coverage"),
    "guanli": ("/", "/people", "/jobs", "/registry", "/coverage"),
    "shenji": ("/", "/audit"),
}


@dataclass
class Papers:
    """The numbers of the papers everybody may see, and of those that have a picture."""

    files: list[int] = field(default_factory=list)
    pictured: list[int] = field(default_factory=list)


@dataclass
class Measured:
    """Seconds of every request by kind, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    cpu_seconds: float = 0.0  #: of the process that serves
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, seconds: float, error: str = "") -> None:
        with self._lock:
            self.seconds.setdefault(kind, []).append(seconds)
            if error:
                self.errors[f"{kind} {error}"] += 1

    def all(self) -> list[float]:
        return sorted(one for kind in self.seconds.values() for one in kind)

    def part(self, share: float) -> float:
        """So many of all requests were answered within these milliseconds."""
        every = self.all()
        return every[min(len(every) - 1, int(len(every) * share))] * 1000 if every else 0.0

    @property
    def cpu_ms(self) -> float:
        """Processor time of a request, whatever else the machine does."""
        return self.cpu_seconds / max(1, len(self.all())) * 1000

    def tell(self, title: str, seconds: float) -> None:
        every = self.all()
        print(
            f"{title}: {len(every)} requests, {len(every) / seconds:.1f} a second, "
            f"p50 {self.part(0.5):.0f} ms, p95 {self.part(0.95):.0f} ms, "
            f"{self.cpu_ms:.1f} CPU ms each, {sum(self.errors.values())} errors, "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        for kind, taken in sorted(self.seconds.items()):
            ordered = sorted(taken)
            p95 = ordered[int(len(ordered) * 0.95)]
            print(f"  {kind:<9} {len(taken):>5}  p50 {ordered[len(ordered) // 2] * 1000:.0f}  "
                  f"p95 {p95 * 1000:.0f} ms")  # fmt: skip
        for error, count in self.errors.items():
            print(f"  {count} × {error}")


class Client:
    """Somebody signed in, who does one thing after another."""

    def __init__(self, address: str, account: str, papers: Papers, seed: int) -> None:
        self._address, self._account, self._papers = address, account, papers
        self._role = account if account in _WORK else "clerk"
        self._random = random.Random(seed)
        self._browser = requests.Session()
        self._token = ""

    def sign_in(self, password: str) -> None:
        """As a browser does, with the password the demo gave."""
        self._get("/sign-in")
        given = {"username": self._account, "password": password}
        answer = self._post("/sign-in", given)
        assert answer.url.rstrip("/") == self._address, answer.url
        self._get("/")  # the token of before is spent

    def work(self, measured: Measured, end: float) -> None:
        """Until the time is over, with a pause after each answer."""
        kinds, weights = zip(*_WORK[self._role], strict=True)
        time.sleep(self._random.uniform(0, _MOST_PAUSE))
        while time.monotonic() < end:
            kind = self._random.choices(kinds, weights)[0]
            begun = time.monotonic()
            try:
                answer = getattr(self, f"_{kind}")()
                wrong = "" if answer.status_code in _LET_THROUGH else str(answer.status_code)
            except requests.RequestException as error:
                wrong = type(error).__name__
            measured.note(kind, time.monotonic() - begun, wrong)
            time.sleep(self._random.uniform(_LEAST_PAUSE, _MOST_PAUSE))

    def does(self, kind: str) -> bool:
        """Whether somebody of this role does such a thing."""
        return kind in dict(_WORK[self._role])

    def ask(self, kind: str) -> None:
        """Do one thing of a kind, without a pause."""
        answer = getattr(self, f"_{kind}")()
        assert answer.status_code in _LET_THROUGH, f"{kind} {answer.status_code}"

    def is_there(self, path: str) -> bool:
        """Whether this person gets something at an address."""
        return self._browser.get(self._address + path, timeout=120).status_code == 200

    def _get(self, path: str, **options: object) -> requests.Response:
        answer = self._browser.get(self._address + path, timeout=120, **options)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.text[:20_000])
        self._token = found[1] if found else self._token
        return answer

    def _post(self, path: str, data: dict[str, object], **headers: str) -> requests.Response:
        data = data | {"csrfmiddlewaretoken": self._token}
        return self._browser.post(self._address + path, data, headers=headers, timeout=120)

    def _search(self) -> requests.Response:
        return self._get("/search", params={"q": self._random.choice(_QUESTIONS)})

    def _file(self) -> requests.Response:
        return self._get(f"/files/{self._random.choice(self._papers.files)}")

    def _picture(self) -> requests.Response:
        number, width = self._random.choice(self._papers.pictured), self._random.choice((300, 900))
        path = f"/files/{number}/pages/1.jpg?width={width}"
        return self._browser.get(self._address + path, timeout=120)

    def _download(self) -> requests.Response:
        path = f"/files/{self._random.choice(self._papers.files)}/original"
        return self._browser.get(self._address + path, timeout=120)

    def _form(self) -> requests.Response:
        return self._get(f"/forms/{self._random.choice(_FORMS)}")

    def _preview(self) -> requests.Response:
        form = self._random.choice(_FORMS)
        return self._post(f"/forms/{form}/preview", _answers(form), **{"HX-Request": "true"})

    def _page(self) -> requests.Response:
        return self._get(self._random.choice(_PAGES[self._role]))


class PeerClient:
    """Somebody who asks the peer for its page."""

    def __init__(self, address: str, session: str, seed: int) -> None:
        self._address, self._random = address, random.Random(seed)
        self._browser = requests.Session()
        self._browser.cookies.set("sessionid", session)

    def work(self, measured: Measured, end: float) -> None:
        """Until the time is over, with the same pauses."""
        time.sleep(self._random.uniform(0, _MOST_PAUSE))
        while time.monotonic() < end:
            begun, wrong = time.monotonic(), ""
            try:
                answer = self._browser.get(self._address, timeout=120, allow_redirects=False)
                wrong = "" if answer.status_code == 200 else str(answer.status_code)
            except requests.RequestException as error:
                wrong = type(error).__name__
            measured.note("list", time.monotonic() - begun, wrong)
            time.sleep(self._random.uniform(_LEAST_PAUSE, _MOST_PAUSE))


def _answers(form: str) -> dict[str, object]:
    """Sample answers as a browser posts them."""
    data: dict[str, object] = {}
    for slug, answer in tomllib.loads(
        (_ANSWERS / f"{form}.toml").read_text(encoding="utf-8")
    ).items():
        if isinstance(answer, list) and answer and isinstance(answer[0], dict):
            for number, row in enumerate(answer):
                data |= {f"{slug}-{number}-{column}": value for column, value in row.items()}
        else:
            data[slug] = answer
    return data
