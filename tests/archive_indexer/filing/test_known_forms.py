"""Which form a page is when its code is lost."""

import random
from pathlib import Path

import pytest

from archive_indexer.documents import ExtractedPage, Guess, TextLine
from archive_indexer.filing.known_forms import KnownForms, heading_of
from filler.spec.marks_of_forms import read_form_marks
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.form_marks import FormMarks

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
MARKS = read_form_marks(TEMPLATES_FOLDER)
FORMS = KnownForms(MARKS)


def printed(form_id: str, kind: str, *, title: bool, lost: float = 0.0) -> ExtractedPage:
    """What a scanner may read of a form: without its code, with some characters lost."""
    text = (GOLDEN / f"{form_id}.{kind}.txt").read_text(encoding="utf-8")
    rows = [row for row in text.split("\n") if "[QR]" not in row and not row.startswith("—")]
    kept = "\n".join(rows[0 if title else 1 :])
    kept = kept.replace(" / ", "").replace("|", " ").replace("→", "")
    source = random.Random(form_id)
    return ExtractedPage(
        1, "".join(one for one in kept if one.isspace() or source.random() >= lost)
    )


@pytest.mark.parametrize(
    ("kind", "title", "lost", "least"),
    [
        ("filled", True, 0.0, 0.97),
        ("blank", True, 0.0, 0.97),
        ("filled", True, 0.03, 0.88),
        ("filled", False, 0.0, 0.88),
        ("blank", False, 0.0, 0.88),
        ("filled", False, 0.03, 0.7),
    ],
)
def test_every_form_is_known_by_title_or_layout_or_not_at_all(kind, title, lost, least):
    """Of all forms most are found, and hardly any is taken for another."""
    found = {one: FORMS.find([printed(one, kind, title=title, lost=lost)]) for one in MARKS}
    right = sum(guess is not None and guess.value == one for one, guess in found.items())
    wrong = [one for one, guess in found.items() if guess and guess.value != one]
    assert right / len(MARKS) >= least
    assert len(wrong) <= 2, wrong


def test_the_reason_is_told():
    """With the title, or with how many labels agree."""
    by_title = FORMS.find([printed("DB-01", "filled", title=True)])
    assert by_title.because == "第 1 页标题“最低生活保障申请书”，栏目也相符"
    assert FORMS.find([printed("DB-01", "filled", title=False)]).because.startswith("版式：")


def test_a_letter_that_mentions_a_form_is_not_that_form():
    """A title in small letters below the heading proves nothing."""
    lines = (
        TextLine("关于低保审核结果的通知", (0.2, 0.05, 0.8, 0.09)),
        *(TextLine("正文的一行", (0.1, 0.2 + n / 50, 0.9, 0.215 + n / 50)) for n in range(9)),
        TextLine("请填写最低生活保障申请书", (0.1, 0.4, 0.9, 0.415)),
    )
    text = "\n".join(line.text for line in lines[:-1]) + "。" * 200 + lines[-1].text
    assert FORMS.find([ExtractedPage(1, text, lines)]) is None


def test_of_two_forms_of_one_title_the_labels_decide():
    """As of the lists of two dossiers."""
    forms = KnownForms(
        {
            "A-01": FormMarks("{town}花名册", frozenset(f"甲栏{n}" for n in range(8))),
            "B-01": FormMarks("{town}花名册", frozenset(f"乙栏{n}" for n in range(8))),
        }
    )
    text = "钟宝镇花名册\n" + " ".join(f"乙栏{n}" for n in range(8))
    assert forms.find([ExtractedPage(1, text)]).value == "B-01"


def test_what_changes_before_a_title_is_not_searched_for():
    """Of `{county}{town}{village}` before it every way to share out a text would be tried."""
    gaps = "".join(f"{{place{number}}}" for number in range(12))
    forms = KnownForms({"GL-02": FormMarks(f"{gaps}高龄{gaps}花名册{gaps}", frozenset())})
    text = "某县某镇某村" * 2000
    assert forms.find([ExtractedPage(1, text)]) is None
    found = forms.find([ExtractedPage(1, "某县高龄老人补贴花名册")])
    assert found is not None
    assert found.value == "GL-02"


def test_nothing_is_known_of_nothing():
    """Neither of a blank page nor without forms."""
    assert FORMS.find([ExtractedPage(1, " ")]) is None
    assert KnownForms({}).find([ExtractedPage(1, "最低生活保障申请书")]) is None


def marks(letter: str, title: str = "") -> FormMarks:
    return FormMarks(title, frozenset(f"{letter}栏{number}" for number in range(10)))


def words(letter: str, count: int) -> str:
    return " ".join(f"{letter}栏{number}" for number in range(count))


@pytest.mark.parametrize(
    ("own", "other", "is_found"),
    [
        (6, 0, True), (5, 0, False), (7, 5, True), (6, 5, False), (8, 7, True), (9, 8, False),
        (10, 0, True), (8, 8, False),
    ],
)  # fmt: skip
def test_a_layout_needs_enough_labels_and_a_lead(own, other, is_found):
    """Six labels, a score and a distance to the next form."""
    forms = KnownForms({"A-01": marks("甲"), "B-01": marks("乙")})
    guess = forms.find([ExtractedPage(1, words("甲", own) + " " + words("乙", other))])
    assert (guess.value if guess else "") == ("A-01" if is_found else "")
    if guess:
        assert guess.because == f"版式：10 个栏目名中有 {own} 个相符"


@pytest.mark.parametrize(
    ("text", "form_id", "sure"),
    [
        ("花名册\n正文", "A-01", 0.9), ("花名册\n" + words("甲", 10), "A-01", 0.97),
        ("花 名 册\n正文", "A-01", 0.9), ("名册", "", 0), ("旧城村花名册", "A-01", 0.9),
        ("某村花名册附表", "B-01", 0.9), ("一\n二\n三\n四\n五\n六\n花名册", "A-01", 0.7),
        ("一\n二\n三\n四\n五\n花名册", "A-01", 0.9),
        ("一" * 196 + "\n\n\n\n\n\n花名册", "A-01", 0.7),
        ("一" * 199 + "\n\n\n\n\n\n花名册", "", 0), ("表", "", 0),
    ],
)  # fmt: skip
def test_a_title_is_known_at_the_head_of_a_page(text, form_id, sure):
    """The longest that fits; a title of two characters tells nothing."""
    forms = KnownForms({"A-01": marks("甲", "花名册"), "B-01": marks("乙", "{town}花名册附表"),
                        "C-01": marks("丙", "{x}名册")})  # fmt: skip
    guess = forms.find([ExtractedPage(1, text)])
    assert (guess.value if guess else "", guess.confidence if guess else 0) == (form_id, sure)
    assert forms.title_of("B-01") == "花名册附表"
    assert forms.title_of("X-01") == ""


@pytest.mark.parametrize(
    ("top", "height", "is_heading"),
    [(0.34, 0.03, True), (0.36, 0.03, False), (0.1, 0.025, True), (0.1, 0.0239, False)],
)
def test_a_heading_is_large_and_stands_high(top, height, is_heading):
    """Compared with the middle height of the lines."""
    usual = [TextLine("正文", (0.1, 0.5 + n / 50, 0.9, 0.52 + n / 50)) for n in range(5)]
    head = TextLine("花 名册", (0.1, top, 0.9, top + height))
    assert heading_of(ExtractedPage(1, "正文", (head, *usual))) == ("花名册" if is_heading else "")


def guess(value: str, source: str = "path") -> Guess:
    return Guess(value, 0.9, "x", source)
