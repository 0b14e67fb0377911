"""Every correction ever made, and which of them hold."""

import pytest
from django.utils import timezone

from archive_indexer.documents import Guess, Visible
from archive_indexer.models import ArchivedFile, Correction
from archive_indexer.stores import corrections

pytestmark = pytest.mark.django_db


def lies(path: str, sha256: str = "x", present: bool = True) -> ArchivedFile:
    return ArchivedFile.objects.create(path=path, sha256=sha256, present=present)


def say(path: str = "村/a.txt", sha256: str = "x", is_folder: bool = False, **said: str) -> None:
    place = {"path": path, "sha256": sha256, "is_folder": is_folder}
    corrections.keep(place, said, {}, Visible(), "zhuanguan")


def said(path: str, sha256: str = "x") -> dict[str, str]:
    return {name: word.value for name, word in corrections.said_of(path, sha256).of_file.items()}


def test_the_last_word_about_a_content_holds():
    """What was taken back does not."""
    lies("村/a.txt")
    say(dossier="DB", year="2018")
    say(dossier="TK")
    assert said("村/a.txt") == {"dossier": "TK", "year": "2018"}
    Correction.objects.filter(value="TK").update(taken_back_at=timezone.now())
    assert said("村/a.txt") == {"dossier": "DB", "year": "2018"}


def test_a_word_goes_with_its_content_and_not_to_a_copy():
    """Once it no longer lies where it was corrected, its place elsewhere has the word."""
    row = lies("村/a.txt")
    say(dossier="DB")
    assert said("村/copy.txt") == {}
    assert said("村/a.txt", "y") == {}
    row.delete()
    assert said("别处/a.txt") == {"dossier": "DB"}


def test_a_word_about_an_unread_file_is_of_its_path():
    """And stays when the file was read at last."""
    say(sha256="", dossier="DB")
    assert said("村/a.txt", "") == {"dossier": "DB"}
    assert said("村/a.txt", "x") == {"dossier": "DB"}
    assert said("村/b.txt", "") == {}


def test_what_was_believed_and_seen_before_stays_written_down():
    """With its reason; whoever sees less reaches no further."""
    seen = Visible("钟宝镇", hidden_dossiers=frozenset({"LS", "ET"}))
    before = {"dossier": Guess("TK", 0.7, "路径")}
    place = {"path": "a", "sha256": "x", "is_folder": False}
    corrections.keep(place, {"dossier": "DB", "year": "2018"}, before, seen, "zhuanguan")
    first, second = Correction.objects.order_by("pk")
    assert (first.before["value"], first.before["because"], second.before) == ("TK", "路径", {})
    assert corrections.scope_of(first) == seen
    assert corrections.describe(first).startswith("zhuanguan 于 ")


def test_a_file_knows_its_own_words_and_those_of_its_folder():
    """Newest first; not what was said of a copy of it."""
    here, copy = lies("村/a.txt"), lies("村/b.txt")
    say(dossier="DB")
    say("村", "", is_folder=True, year="2018")
    say("镇", "", is_folder=True, year="2019")
    assert [one.value for one in corrections.history_of(here)] == ["2018", "DB"]
    assert [one.value for one in corrections.history_of(copy)] == ["2018"]


@pytest.mark.parametrize(
    ("folder", "files"),
    [("村", ["村/1.txt"]), ("村/子", ["村/子/2.txt"]), ("", ["3.txt"]), ("外", [])],
)
def test_files_directly_in_a_folder_are_found(folder, files):
    """Not those of folders in it, nor of one whose name only begins alike."""
    for path in ("村/1.txt", "村/子/2.txt", "3.txt", "村0/4.txt", "村里/5.txt"):
        lies(path)
    found = ArchivedFile.objects.filter(corrections.files_directly_in(folder))
    assert [one.path for one in found] == files


def test_a_correction_is_about_the_file_or_where_it_went():
    """One that was deleted is still known by its path."""
    row = lies("村/a.txt")
    say(dossier="DB")
    (one,) = Correction.objects.all()
    assert [file.path for file in corrections.files_corrected(one)] == ["村/a.txt"]
    ArchivedFile.objects.filter(pk=row.pk).update(present=False)
    assert [file.path for file in corrections.files_corrected(one)] == ["村/a.txt"]
    lies("别处/a.txt")
    assert [file.path for file in corrections.files_corrected(one)] == ["别处/a.txt"]
    concerned = corrections.files_concerned([one])
    assert sorted(file.path for file in concerned) == ["别处/a.txt", "村/a.txt"]
    assert list(corrections.files_concerned([])) == []


def test_whether_a_content_was_corrected():
    """A word taken back is none; a file that was not read has no content."""
    say(dossier="DB")
    say("b", "", dossier="DB")
    assert corrections.has_corrections("x")
    assert not corrections.has_corrections("y")
    assert not corrections.has_corrections("")
    Correction.objects.update(taken_back_at=timezone.now())
    assert not corrections.has_corrections("x")


def test_places_that_keepers_said_are_put_under_their_county():
    """And nobody's word of all of the one county reaches beyond it."""
    say(place="钟宝镇/旧城村")
    say("b", "", dossier="DB")
    Correction.objects.filter(field="place").update(before={"value": "城关镇/"})
    corrections.put_places_under("镇坪县·")
    place, other = Correction.objects.order_by("pk")
    assert (place.value, place.before["value"]) == ("镇坪县·钟宝镇/旧城村", "镇坪县·城关镇/")
    assert (place.scope["town"], other.value) == ("镇坪县·", "DB")
