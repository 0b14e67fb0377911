"""Which form a page is when its code is lost."""

import random
from pathlib import Path

import pytest

from archive_indexer.documents import ExtractedPage, TextLine
from archive_indexer.filing.known_forms import KnownForms
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


def test_nothing_is_known_of_nothing():
    """Neither of a blank page nor without forms."""
    assert FORMS.find([ExtractedPage(1, " ")]) is None
    assert KnownForms({}).find([ExtractedPage(1, "最低生活保障申请书")]) is None
