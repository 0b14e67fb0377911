"""Personal numbers and names, hidden in part (domain report 6.4)."""

import re

_ID = re.compile(r"(?<!\d)(\d{6})(\d{8})(\d{3}[\dXx])(?!\d)")
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)(\d{4})(\d{4})(?!\d)")
_COMPOUND_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "东方",
)


def mask_id(number: str) -> str:
    """610927********1234: the first six and last four stay."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else number


def mask_phone(number: str) -> str:
    """138****5678."""
    return _PHONE.sub(r"\1****\3", number)


def mask_account(number: str) -> str:
    """Only the last four digits stay."""
    return "*" * max(0, len(number) - 4) + number[-4:]


def mask_name(name: str) -> str:
    """张*, 欧阳**: the surname stays."""
    surname = 2 if name.startswith(_COMPOUND_SURNAMES) and len(name) > 2 else 1
    return name[:surname] + "*" * (len(name) - surname)


def mask_numbers_in(text: str) -> str:
    """Every ID and phone number in a text, masked."""
    return _PHONE.sub(r"\1****\3", _ID.sub(r"\1********\3", text))
