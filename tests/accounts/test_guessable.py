"""Passwords that would be guessed, by whoever knows the office and its people."""

import pytest

from minzheng.accounts.guessable import why_guessable
from minzheng.accounts.passwords import new_password

OWN = ("liulan", "刘兰", "钟宝镇", "旧城村", "镇坪", "镇坪县民政局")


@pytest.mark.parametrize(
    "password",
    [
        "Aa111111", "aaaaaaa1A", "abcd1234", "12345678Qq", "Aa123456.", "Aa@11111111",
        "Qwer1234!", "1qaz@WSX", "!QAZ2wsx#EDC", "asdfghjkl;1A", "ZXCVbnm,1", "7418529630Aa",
        "Abcdefgh-1", "Hgfedcba-1", "aA1!aA1!aA1!", "Abc123!@#", "P@ssw0rd2026", "drowssaP-12",
        "Zhenping2026", "zhenPING@123", "Zpxmzj-2026", "Jiuchengcun18!", "Liulan1985!",
        "LL@19850312", "13991500001Aa", "Sfz610927199001010017", "Zp19491001!", "Ab0312-0313",
        "Woaini1314", "Woaini520!", "Zhangwei123!", "Xiaoming2020", "Mima-123456", "Minzheng@123",
        "2026Nian!", "Admin@123456", "Hello2026!", "Summer-2026", "民政局2026a", "Liulan-Liulan-1",
        "A1a1A1a1A1", "1111aaaaAAAA",
    ],
)  # fmt: skip
def test_what_anybody_would_try_is_refused(password):
    """It is said what of it is known."""
    said = why_guessable(password, OWN)
    assert "容易被猜到" in said
    assert "不同的字太少" in said or "“" in said


@pytest.mark.parametrize(
    "password",
    [
        "Old-pass-77", "kmwe7h-4dxq3f", "Bc7#kw9P", "Chunfeng-7-yu", "Tianqi-hao-3", "Right-one-1",
        "Gaoshan#liu5shui", "山清水秀Ab12", "Lan.tian.88x", "xQ9_vR2w", "Shu-ye-7-Feng",
    ],
)  # fmt: skip
def test_what_is_left_long_enough_is_taken(password):
    """Several words that do not belong together, or signs by chance."""
    assert why_guessable(password, OWN) == ""


def test_a_word_of_one_s_own_is_known_only_to_those_who_know():
    """The same password may be another person's."""
    assert why_guessable("Xgqv-wukt4", ["xgqv", "wukt"])
    assert why_guessable("Xgqv-wukt4") == ""
    assert "“Xgqv”" in why_guessable("Xgqv7Zw", ["xgqv"])


def test_passwords_that_are_given_are_never_guessable():
    """Whatever chance made of them."""
    assert [one for one in (new_password() for _ in range(300)) if why_guessable(one, OWN)] == []


def test_a_very_long_one_is_judged_at_once():
    """By its beginning."""
    assert why_guessable("a" * 500)
    assert why_guessable("kmwe7h-4dxq3f" * 40) == ""
