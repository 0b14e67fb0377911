"""What may stand after an option: each value is read, or refused in Chinese."""

import argparse
import re


def count(text: str) -> int:
    """A whole number from 1 to 10,000."""
    if not text.isdecimal() or not 1 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"应为 1–10000 的整数，现为“{text}”")
    return int(text)


def megabytes(text: str) -> int:
    """A whole number of megabytes."""
    if not text.isdecimal() or not 1 <= int(text) <= 100_000_000:
        raise argparse.ArgumentTypeError(f"应为 1–100000000 的整数，现为“{text}”")
    return int(text)


def year(text: str) -> str:
    """A year of four digits."""
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise argparse.ArgumentTypeError(f"应为四位年份，如 2018，现为“{text}”")
    return text


def reason(text: str) -> str:
    """Why numbers are to be shown in full."""
    words = " ".join(text.split())
    if not 4 <= len(words) <= 120:
        raise argparse.ArgumentTypeError("事由应有 4 至 120 个字")
    return words


def token_days(text: str) -> int:
    """Days a key opens: 1 to 365."""
    if not text.isdecimal() or not 1 <= int(text) <= 365:
        raise argparse.ArgumentTypeError(f"应为 1–365 的整数，现为“{text}”")
    return int(text)


def worker_name(text: str) -> str:
    """What a worker is called, on pages and in the name of its log."""
    if not re.fullmatch(r"[\w.-]{1,40}", text):
        raise argparse.ArgumentTypeError(f"应为 1–40 个字，不含空格和斜杠，现为“{text}”")
    return text
