"""The spellings in which people and scans write an ID, a phone and a card number."""

ID, PHONE, CARD = "11010519491231002X", "13991500001", "6217000011112222333"
OTHER_ID = "110105194912310028"
_JOINTS = (" ", "-", ".", "—")


def grouped(number: str, *sizes: int) -> list[str]:
    """A number in groups of these sizes, with each sign between them."""
    parts, at = [], 0
    for size in (*sizes, len(number)):
        parts.append(number[at : at + size])
        at += size
    return [joint.join(part for part in parts if part) for joint in _JOINTS]


def full_width(number: str) -> str:
    """A number in full-width signs."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in number)


def spelt_numbers() -> dict[str, list[str]]:
    """Every spelling of each number, by the number itself."""
    ids = [
        ID, ID.lower(), *grouped(ID, 6, 8), *grouped(ID, 6, 4, 4),
        *grouped(ID, 4, 4, 4, 4), "1101051949l231002X", "11010519491231OO2X",
        "110105194912\n31002X", full_width(ID), "110105-1949l231-002X",
    ]  # fmt: skip
    phones = [
        PHONE, f"+86 {PHONE}", *grouped(PHONE, 3, 4), *grouped(PHONE, 5), *grouped(PHONE, 3),
        *grouped(PHONE, 4, 4), "1399150 0001", "139-9150 0001", full_width(PHONE),
    ]  # fmt: skip
    cards = [CARD, *grouped(CARD, 4, 4, 4, 4), *grouped(CARD, 7, 4, 4), *grouped(CARD, 6, 4, 4)]
    return {ID: ids, PHONE: phones, CARD: cards, OTHER_ID: [OTHER_ID, *run_together()]}


def run_together() -> list[str]:
    """An ID number with another number right behind it."""
    return [f"{OTHER_ID}{PHONE}", f"{OTHER_ID}{CARD}"]


def spellings() -> list[str]:
    """Every spelling of all of them."""
    return [one for spelt in spelt_numbers().values() for one in spelt]
