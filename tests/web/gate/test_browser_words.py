"""Browsers in words."""

import pytest

from minzheng.web.gate.browser_words import browser_in_words

_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME}", "Windows 上的 Chrome"),
        (f"Mozilla/5.0 (Windows NT 10.0) {_CHROME} Edg/120.0", "Windows 上的 Edge"),
        (f"Mozilla/5.0 (Windows NT 6.1) {_CHROME} QIHU 360SE", "Windows 上的 360 浏览器"),
        ("Mozilla/5.0 (X11; Linux aarch64; rv:128.0) Gecko Firefox/128.0", "Linux 上的 Firefox"),
        (f"Mozilla/5.0 (Linux; Android 14) {_CHROME} MicroMessenger/8.0", "安卓 上的 微信"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) Safari/604", "苹果手机 上的 Safari"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/17 Safari/605",
            "苹果电脑 上的 Safari",
        ),
        ("curl/8.5", "其他浏览器"),
        ("", "其他浏览器"),
    ],
)
def test_a_browser_is_named(agent: str, words: str):
    """The more special name wins: most call themselves Chrome and Safari, too."""
    assert browser_in_words(agent) == words
