"""Forms, values and corrections where they just hold, and where they just do not."""

from pathlib import PureWindowsPath

import pytest

from archive_indexer.disk.file_names import as_disk, as_key, as_read, as_shown, disk_path
from archive_indexer.documents import ExtractedPage, Filing, Guess, TextLine, Visible
from archive_indexer.filing.corrections import FolderWord, Said, Word, in_force, value_of
from archive_indexer.filing.known_forms import KnownForms, heading_of
from archive_indexer.filing.paper_values import (
    ValueLabels,
    find_amounts,
    find_archive_no,
    find_dates,
    find_ids,
)
from archive_indexer.stores.paper_place import place_of
from minzheng.county.form_marks import FormMarks

LABELS = ValueLabels({"档号"}, {"金额"}, {"日期"})


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


def values(find, text: str) -> list[tuple[str, float]]:
    return [(one.value, one.confidence) for one in find([ExtractedPage(1, text)], LABELS)]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("金额 285.62", [("285.62", 0.95)]), ("面积 285.62", []),
        ("面积 285.6 元", [("285.60", 0.9)]),
        ("金额：1,250", [("1250.00", 0.95)]), ("金额 300元（大写）叁佰", [("300.00", 0.95)]),
        ("共1234567890元", []), ("1.2.3元", []), ("金额 约三百", []),
        ("1 张三 11010519491231002X 12.50 12.5", [("12.50", 0.8)]), ("1 张三 12.50", []),
        ("金额 1.50 金额 2.50 1.50", [("1.50", 0.95), ("2.50", 0.95)]),
    ],
)  # fmt: skip
def test_an_amount_is_told_by_its_label_its_unit_or_its_roster(text, amounts):
    """Other figures are none."""
    assert values(find_amounts, text) == amounts


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("日期 2018年12月31日", [("2018-12-31", 0.95)]), ("于2018-12-31", [("2018-12-31", 0.9)]),
        ("2018年13月1日", []), ("2018-12-32", []), ("2018-00-01", []),
        ("2018年5月", [("2018-05", 0.9)]),
        ("12018-12-31", []), ("2018.5-7", []), ("2018.5.7", [("2018-05-07", 0.9)]),
        ("1818-05-07", []),
        ("日期 2018年13月1日", []), ("出生 1949年1月1日", [("1949-01-01", 0.9)]),
    ],
)  # fmt: skip
def test_a_date_has_a_real_month_and_day(text, dates):
    """A month alone may do."""
    assert values(find_dates, text) == dates


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("11010519491231002x", [("11010519491231002X", 0.99)]),
        ("110105194912310021", [("110105194912310021", 0.4)]),
        ("110105491231002", [("11010519491231002X", 0.8)]), ("1101051949123100212", []),
        ("a11010519491231002X", []), ("010105194912310021", []),
    ],
)  # fmt: skip
def test_an_id_number_is_sound_old_or_doubtful(text, ids):
    """And stands alone."""
    found = find_ids([ExtractedPage(1, text)])
    assert [(one.value, one.confidence) for one in found] == ids


@pytest.mark.parametrize(
    ("text", "path", "number"),
    [
        ("档号 AB12", "x", ""), ("档号 AB123", "x", "AB123"), ("档号 ABCDE", "x", ""),
        ("编号 AB123", "x", ""), ("J012-WS2018-Y-0001", "x", "J012-WS2018-Y-0001"),
        ("J012-WS·2018-D20-0001", "x", ""),
        ("正文", "a/j012-ws.2018-y-0001.jpg", "J012-WS·2018-Y-0001"),
        ("档号 AB123 档号 AB124", "J012-WS.2018-Y-0001", ""),
        ("档号 AB123\n档号 AB123", "x", "AB123"),
    ],
)  # fmt: skip
def test_a_paper_has_one_archive_number_or_none(text, path, number):
    """On itself before in the name of its file."""
    found = find_archive_no([ExtractedPage(1, text)], path, LABELS)
    assert (found.value if found else "") == number


def guess(value: str, source: str = "path") -> Guess:
    return Guess(value, 0.9, "x", source)


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


@pytest.mark.parametrize(
    ("path", "cabinet", "volume", "box", "item"),
    [
        ("旧城村/3号柜/第2卷/第4盒/0012_题名.jpg", "3", "2", "4", "0012"),
        ("柜号12/x.jpg", "12", "", "", ""),
        ("柜1234/x.jpg", "", "", "", ""), ("12345号盒/x.jpg", "", "", "", ""),
        ("盒5/第6件.jpg", "", "", "5", "6"),
        ("102件困难/x.jpg", "", "", "", ""), ("DB·2018-Y-0001.jpg", "", "", "", "0001"),
        ("DB·2018-Y-0003-005.jpg", "", "0003", "", "005"), ("0012题名/x.jpg", "", "", "", ""),
        ("0012_甲/0013_乙.jpg", "", "", "", "0013"), ("第1盒/第2盒/x.jpg", "", "", "2", ""),
    ],
)  # fmt: skip
def test_a_paper_stands_where_somebody_wrote_it(path, cabinet, volume, box, item):
    """The innermost name counts."""
    place = place_of(path, None)
    assert (place.cabinet, place.volume, place.box, place.item) == (cabinet, volume, box, item)


def test_names_on_disk_come_back_exactly():
    """Also those that are no UTF-8."""
    name = "旧城".encode("gbk").decode("utf-8", "surrogateescape")
    assert as_disk(as_key(name)) == name
    assert as_shown(as_key(name)) == "旧城"
    assert as_shown("村/" + as_key(name)) == "村/旧城"
    assert as_key("abc") == as_disk("abc") == as_shown("abc") == "abc"
    assert as_key("旧城") == as_shown("旧城") == "旧城"
    assert as_read("２０１８年ＡＢ") == "2018年AB"


@pytest.mark.parametrize(
    ("root", "length", "start"),
    [
        ("C:\\a", 235, "C:\\a"), ("C:\\a", 236, "\\\\?\\C:\\a"),
        ("\\\\host\\share", 300, "\\\\?\\UNC\\host\\share"), ("\\\\?\\C:\\a", 300, "\\\\?\\C:\\a"),
    ],
)  # fmt: skip
def test_long_paths_of_windows_have_a_mark(monkeypatch, root, length, start):
    """From 241 characters on, a share its own."""
    monkeypatch.setattr("archive_indexer.disk.file_names.Path", PureWindowsPath)
    shown = str(disk_path(PureWindowsPath(root), "x" * length, is_windows=True))
    assert shown.startswith(start)
    assert not str(disk_path(PureWindowsPath(root), "x" * length, is_windows=False)).startswith(
        "\\\\?\\UNC"
    )
    assert disk_path(PureWindowsPath(root), "") == PureWindowsPath(root)
