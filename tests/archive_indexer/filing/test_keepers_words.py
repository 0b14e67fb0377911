"""What keepers said wins, in its order."""

import pytest

from archive_indexer.documents import Filing, Guess, Visible
from archive_indexer.filing.keepers_words import (
    FolderWord,
    Said,
    Word,
    correct,
    in_force,
    value_of,
)

EVERYWHERE = Visible()
OF_JIUCHENG = Visible("钟宝镇", "旧城村", frozenset({"ET", "YF"}))


def guess(value: str, source: str = "") -> Guess:
    return Guess(value, 0.7, "路径", source)


@pytest.mark.parametrize(
    ("guessed", "said", "dossier"),
    [
        (Filing(), Said(), ""),
        (Filing(dossier=guess("TK")), Said(), "TK"),
        (Filing(), Said(of_folder=(FolderWord("dossier", "LS", EVERYWHERE),)), "LS"),
        (
            Filing(dossier=guess("TK")),
            Said(of_folder=(FolderWord("dossier", "LS", EVERYWHERE),)),
            "LS",
        ),
        (
            Filing(dossier=guess("DB", "code")),
            Said(of_folder=(FolderWord("dossier", "LS", EVERYWHERE),)),
            "DB",
        ),
        (Filing(dossier=guess("DB", "code")), Said({"dossier": Word("YL", "")}), "YL"),
        (
            Filing(dossier=guess("TK")),
            Said({"dossier": Word("", "")}, (FolderWord("dossier", "LS", EVERYWHERE),)),
            "",
        ),
    ],
)
def test_the_file_s_correction_wins_over_the_code_and_the_code_over_the_folder_s(
    guessed, said, dossier
):
    """Correction of the file > our code > correction of the folder > path and text."""
    holds = in_force(guessed, said).dossier
    assert (holds.value if holds else "") == dossier


@pytest.mark.parametrize(
    ("filing", "is_reached"),
    [
        (Filing(town=guess("钟宝镇"), village=guess("旧城村")), True),
        (Filing(town=guess("钟宝镇"), village=guess("民主村")), False),
        (Filing(), False),
        (Filing(town=guess("钟宝镇"), village=guess("旧城村"), dossier=guess("ET")), False),
    ],
)
def test_a_folder_s_correction_reaches_only_what_its_maker_may_see(filing, is_reached):
    """Another village's file in the same folder is left alone, and so is a hidden dossier's."""
    holds = in_force(filing, Said(of_folder=(FolderWord("year", "2018", OF_JIUCHENG),))).year
    assert (holds is not None) == is_reached


def test_names_said_are_the_people_of_the_paper_and_the_first_is_its_person():
    """Whoever was read before is none any more; no name leaves nobody."""
    read = Filing(person=guess("李四光"), persons=(guess("李四光"), guess("测试丁")))
    said = correct(read, {"persons": Word("测试乙、测试丙", "甲 更正")})
    assert [one.value for one in said.persons] == ["测试乙", "测试丙"]
    assert (said.person.value, said.person.source) == ("测试乙", "keeper")
    nobody = correct(read, {"persons": Word("", "甲 更正")})
    assert (nobody.persons, nobody.person) == ((), None)


@pytest.mark.parametrize(
    ("said", "town", "village"),
    [("钟宝镇/旧城村", "钟宝镇", "旧城村"), ("钟宝镇/", "钟宝镇", None), ("", None, None)],
)
def test_a_place_said_is_town_and_village(said, town, village):
    """A paper of the town has no village."""
    filing = correct(Filing(village=guess("民主村")), {"place": Word(said, "")})
    held = (filing.town, filing.village)
    assert tuple(one.value if one else None for one in held) == (town, village)
    shown = value_of(filing, "place")
    assert (shown.value if shown else "") == said


def test_several_names_are_shown_as_one_text():
    """As a keeper would type them."""
    filing = Filing(persons=(guess("测试乙"), guess("测试丙")))
    assert value_of(filing, "persons").value == "测试乙、测试丙"
    assert value_of(Filing(), "persons") is None
