"""What is believed of a file in plain words: the field, its value, why, how sure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive_indexer.documents import Filing, Guess
from minzheng.county.town_names import place_in_words
from minzheng.web.gate.office import county

#: Fields in the order of the page.
LABELS = {
    "town": "镇", "village": "村", "dossier": "专档", "year": "年度", "form_id": "表号",
    "form_version": "表的版本", "form_page": "表的页码", "paper": "材料",
    "case_no": "案件编号", "person": "当事人",
    "persons": "姓名", "ids": "身份证号", "amounts": "金额（元）", "dates": "日期",
    "archive_no": "档号", "title": "题名",
}  # fmt: skip
#: Where a file belongs, in short.
IN_SHORT = ("town", "village", "dossier", "year", "person", "form_id", "case_no", "title")
_MOST_SHOWN = 12
_MOST_REASONS = 2
_SURENESS = ((0.95, "很有把握"), (0.8, "较有把握"), (0.6, "可能是"), (0.0, "没有把握"))


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: a field, its values, the reasons, how sure the least sure of them is."""

    name: str
    label: str
    value: str
    because: str
    sureness: str
    percent: int
    source: str


def facts_of(filing: Filing) -> tuple[Fact, ...]:
    """Every field of a filing that says something."""
    return tuple(_fact(name, label, guesses) for name, label, guesses in guesses_of(filing))


def guesses_of(filing: Filing) -> Iterator[tuple[str, str, Sequence[Guess]]]:
    """Each field that says something, its label, and its values."""
    for name, label in LABELS.items():
        guesses = _guesses(filing, name)
        if guesses:
            yield name, label, guesses


def shown_value(name: str, guess: Guess) -> str:
    """A value as people read it: a dossier by its name."""
    dossier = county().dossiers.by_code(guess.value) if name == "dossier" else None
    if dossier:
        return dossier.short_name
    return place_in_words(guess.value) if name == "town" else guess.value


def _guesses(filing: Filing, name: str) -> Sequence[Guess]:
    value: Guess | tuple[Guess, ...] | None = getattr(filing, name)
    if isinstance(value, tuple):
        return value
    return (value,) if value is not None else ()


def _fact(name: str, label: str, guesses: Sequence[Guess]) -> Fact:
    values = "、".join(shown_value(name, one) for one in guesses[:_MOST_SHOWN])
    more = f" 等 {len(guesses)} 个" if len(guesses) > _MOST_SHOWN else ""
    least = min(guess.confidence for guess in guesses)
    reasons = [reason for reason, _ in Counter(one.because for one in guesses).most_common()]
    others = " 等" if len(reasons) > _MOST_REASONS else ""
    return Fact(
        name,
        label,
        values + more,
        "；".join(reasons[:_MOST_REASONS]) + others,
        next(words for bound, words in _SURENESS if least >= bound),
        round(least * 100),
        guesses[0].source,
    )
