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


HERE = Filing(town=guess("钟宝镇"), village=guess("旧城村"), dossier=guess("DB"))


@pytest.mark.parametrize(
    ("filing", "said", "name", "expected"),
    [
        (HERE, Said({"place": Word("城关镇/", "甲")}), "place", "城关镇/"),
        (HERE, Said({"place": Word("", "甲")}), "place", None),
        (HERE, Said({"dossier": Word("TK", "甲")}), "dossier", "TK"),
        (HERE, Said({"dossier": Word("", "甲")}), "dossier", None),
        (HERE, Said({"persons": Word("张三、李四", "甲")}), "persons", "张三、李四"),
        (HERE, Said({"persons": Word("", "甲")}), "persons", None),
        (HERE, Said(of_folder=[FolderWord("dossier", "TK", Visible())]), "dossier", "TK"),
        (HERE, Said({"dossier": Word("LS", "甲")}, [FolderWord("dossier", "TK", Visible())]),
         "dossier", "LS"),
        (HERE, Said(of_folder=[FolderWord("dossier", "TK", Visible(town="城关镇"))]),
         "dossier", "DB"),
        (Filing(dossier=guess("DB", "code")),
         Said(of_folder=[FolderWord("dossier", "TK", Visible())]), "dossier", "DB"),
        (Filing(town=guess("钟宝镇", "keeper")),
         Said(of_folder=[FolderWord("place", "城关镇/", Visible())]), "place", "钟宝镇/"),
        (Filing(town=guess("钟宝镇", "path")),
         Said(of_folder=[FolderWord("place", "城关镇/新华村", Visible())]),
         "place", "城关镇/新华村"),
        (Filing(), Said(of_folder=[FolderWord("year", "2018", Visible())]), "year", "2018"),
    ],
)  # fmt: skip
def test_what_was_said_of_a_file_or_folder_holds(filing, said, name, expected):
    """Of the file first; of the folder where neither a code nor a keeper spoke."""
    found = value_of(in_force(filing, said), name)
    assert (found.value if found else None) == expected


def test_of_several_persons_the_first_is_the_one():
    """Nobody is, when all are taken away."""
    filing = in_force(HERE, Said({"persons": Word("张三、、李四", "甲")}))
    assert filing.person.value == "张三"
    assert [one.source for one in filing.persons] == ["keeper", "keeper"]
    assert in_force(filing, Said({"persons": Word("", "甲")})).person is None
