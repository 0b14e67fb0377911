"""The spellings in which people and scans write an ID, a phone and a card number."""

ID, PHONE, CARD = "11010519491231002X", "13991500001", "6217000011112222333"
_JOINTS = (" ", "-", ".", "—")


def grouped(number: str, *sizes: int) -> list[str]:
    """A number in groups of these sizes, with each sign between them."""
    parts, at = [], 0
    for size in (*sizes, len(number)):
        parts.append(number[at : at + size])
        at += size
    return [joint.join(part for part in parts if part) for joint in _JOINTS]


def spellings() -> list[str]:
    """Every spelling of the three."""
    ids = [
        ID, ID.lower(), "610927194912310028", *grouped(ID, 6, 8), *grouped(ID, 6, 4, 4),
        *grouped(ID, 4, 4, 4, 4), "1101051949l231002X", "11010519491231OO2X",
        "110105194912\n31002X", f"{ID[:17]}8{PHONE}", f"{ID[:17]}8{CARD}",
    ]  # fmt: skip
    phones = [
        PHONE, f"+86 {PHONE}", *grouped(PHONE, 3, 4), *grouped(PHONE, 5), *grouped(PHONE, 3),
        *grouped(PHONE, 4, 4), "1399150 0001", "139-9150 0001",
    ]  # fmt: skip
    cards = [CARD, *grouped(CARD, 4, 4, 4, 4), *grouped(CARD, 7, 4, 4), *grouped(CARD, 6, 4, 4)]
    return [*ids, *phones, *cards]
