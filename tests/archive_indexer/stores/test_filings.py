"""What a file told, what keepers said, and what holds of the two."""

import pytest

from archive_indexer.documents import ArchiveFile, Filing, Guess
from archive_indexer.models import ArchivedFile, Correction, PastContent
from archive_indexer.stores import filings

pytestmark = pytest.mark.django_db


def guess(value: str) -> Guess:
    return Guess(value, 0.7, "路径")


def file(sha256: str = "a", path: str = "a.txt", size: int = 3) -> ArchiveFile:
    return ArchiveFile(path, size, 1, sha256 * 64)


def say(field: str, value: str, sha256: str = "a") -> Correction:
    return Correction.objects.create(
        path="a.txt", sha256=sha256 * 64, field=field, value=value, by="zhuanguan"
    )


FULL = Filing(
    town=guess("钟宝镇"), village=guess("旧城村"), dossier=guess("DB"), year=guess("2018"),
    person=guess("测试甲"), persons=(guess("测试甲"), guess("测试乙")), ids=(guess("1"),),
    amounts=(guess("285.62"),), dates=(guess("2018-05"),),
)  # fmt: skip


def test_a_filing_comes_back_as_it_was_kept():
    """With every guess and its reason; of an older row what it has."""
    filings.keep_filing(file(), FULL)
    row = ArchivedFile.objects.get()
    assert filings.filing_from(row.filing) == FULL
    assert filings.filing_from({"year": {"value": "2018", "confidence": 1.0, "because": ""}}) == (
        Filing(year=Guess("2018", 1.0, ""))
    )
    assert (row.village, row.dossier, row.person) == ("旧城村", "DB", "测试甲")


def test_what_a_keeper_said_holds_and_what_the_file_told_is_kept_beside():
    """So that taking the correction back leaves the guess."""
    say("dossier", "TK")
    kept = filings.keep_filing(file(), FULL)
    assert kept.filing.dossier.value == "TK"
    row = ArchivedFile.objects.get()
    assert (row.dossier, row.guessed["dossier"]["value"]) == ("TK", "DB")


def test_a_long_value_fits_its_column_and_is_whole_in_the_filing():
    """A name read wrong may be a whole line."""
    filings.keep_filing(file(), Filing(person=guess("测" * 80)))
    row = ArchivedFile.objects.get()
    assert (len(row.person), len(row.filing["person"]["value"])) == (50, 80)


def test_replaced_content_becomes_history_and_a_trace_with_its_own_filing():
    """The trace's name tells until when it lay there; two of a second are told apart."""
    filings.keep_filing(file("a"), FULL)
    first = filings.keep_filing(file("b"), Filing()).trace
    second = filings.keep_filing(file("c"), Filing()).trace
    assert first and second and first != second
    trace = ArchivedFile.objects.get(path=first)
    assert (trace.sha256, trace.present, trace.dossier) == ("a" * 64, False, "DB")
    assert list(PastContent.objects.order_by("pk").values_list("sha256", flat=True)) == [
        "a" * 64, "b" * 64,
    ]  # fmt: skip
    assert filings.keep_filing(file("c", size=4), Filing()).trace == ""


def test_the_index_hears_only_of_what_changed():
    """A correction that says what was believed anyway is no news."""
    filings.keep_filing(file(), FULL)
    ArchivedFile.objects.update(state="indexed")
    assert filings.put_in_force(ArchivedFile.objects.all()) == 0
    assert filings.count_news() == 0
    say("year", "2016")
    assert filings.put_in_force(ArchivedFile.objects.all()) == 1
    assert filings.count_news() == 1
    assert filings.take_news(["a.txt"], 9) == []
    assert filings.take_news([], 9) == ["a.txt"]
    assert (filings.count_news(), ArchivedFile.objects.get().state) == (0, "waiting")


def test_a_failed_file_is_corrected_and_stays_failed():
    """The index has nothing to hear of it."""
    filings.mark_failed("a.txt", "坏", file(), FULL)
    say("dossier", "TK")
    filings.put_in_force(ArchivedFile.objects.all())
    row = ArchivedFile.objects.get()
    assert (row.state, row.reason, row.dossier, row.has_news) == ("failed", "坏", "TK", False)


def test_only_what_is_done_with_is_filed_again():
    """What waits is filed by the new rules when it is read."""
    for path, state in (("a.txt", "indexed"), ("b.txt", "failed"), ("c.txt", "waiting")):
        filings.keep_filing(file(path=path), FULL)
        ArchivedFile.objects.filter(path=path).update(state=state, guess_rules=1)
    assert sorted(filings.guessed_by_old_rules()) == ["a.txt", "b.txt"]
    filings.keep_guess("a.txt", Filing(dossier=guess("TK")))
    filings.keep_guess("unknown.txt", FULL)
    assert filings.guessed_by_old_rules() == ["b.txt"]
    assert ArchivedFile.objects.get(path="a.txt").dossier == "TK"


@pytest.mark.parametrize(
    ("first", "second", "is_replaced"),
    [("a", "b", True), ("a", "a", False), ("", "b", False), ("a", None, False)],
)
def test_only_another_content_leaves_a_trace(first, second, is_replaced):
    """The same one, an unknown one, or a file that could not be read leave none."""
    assert filings.keep_filing(file(first), Filing()).trace == ""
    came = ArchivedFile.objects.get().content_since
    if second is None:
        filings.mark_failed("a.txt", "坏", None, Filing())
    else:
        assert bool(filings.keep_filing(file(second), Filing()).trace) == is_replaced
    assert PastContent.objects.count() == is_replaced
    assert ArchivedFile.objects.count() == 1 + is_replaced
    since = ArchivedFile.objects.get(path="a.txt").content_since
    assert (since == came) == (first == second)
    if is_replaced:
        trace = ArchivedFile.objects.exclude(path="a.txt").get()
        assert (trace.sha256, trace.present) == (first * 64, False)
        assert trace.content_since == came


def test_a_content_that_lay_there_twice_has_one_trace():
    """Under the time it ended last."""
    for sha256 in "abab":
        filings.keep_filing(file(sha256), Filing())
    traces = ArchivedFile.objects.exclude(path="a.txt")
    assert sorted(traces.values_list("sha256", flat=True)) == ["a" * 64, "b" * 64]
    assert PastContent.objects.count() == 3
