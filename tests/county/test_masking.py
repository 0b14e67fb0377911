"""Hidden parts of personal data."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng.county import masking
from minzheng.county.registry.places import load_places
from tests.county.spellings import spellings


def test_ids_keep_first_six_and_last_four():
    """610927********1234."""
    assert masking.mask_id("11010519491231002X") == "110105********002X"
    assert masking.mask_id("short") == "short"


def test_phones_and_accounts_are_masked():
    """The middle of a phone and all but four digits of an account are hidden."""
    assert masking.mask_phone("13800001234") == "138****1234"
    assert masking.mask_account("6217000011112222") == "************2222"


def test_names_keep_the_surname():
    """Single and compound surnames stay."""
    assert masking.mask_name("张三丰") == "张**"
    assert masking.mask_name("欧阳测试") == "欧阳**"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("身份证11010519491231002X。", "身份证110105********002X。"),
        ("ID11010519491231002x", "ID110105********002x"),
        ("1101 0519 4912 3100 2X", "1101 05** **** **00 2X"),
        ("610927 19491231 002X", "610927 ******** 002X"),
        ("孙子女 110105201003100056 10 健康", "孙子女 110105********0056 10 健康"),
        ("卡6217 0000 1111 2222 333", "卡**** **** **** ***2 333"),
        ("138 0000 1234", "138 **** 1234"),
        ("3600 1200 2600 1500 2017", "3600 1200 2600 1500 2017"),
        ("旧证110105491231002", "旧证110105*****1002"),
        ("账号6217000011112222333", "账号***************2333"),
        ("电话13800001234、0915-8821234", "电话138****1234、0915-***1234"),
        ("全角１３８００００１２３４", "全角１３８****１２３４"),
        ("2018年5月7日 20180507 金额16409.02元", "2018年5月7日 20180507 金额16409.02元"),
        ("DB-103200-2018-0001", "DB-103200-2018-0001"),
        ("电话一三九九一五〇〇〇〇一 三组", "电话一三九****〇〇〇一 三组"),
        ("幺三九 九幺五零 零零零幺", "幺三九 **** 零零零幺"),
        ("手机1三九九15OOOO一。", "手机1三九****OOO一。"),
        ("手机l39915OOO01。", "手机l39****OO01。"),
        ("壹壹零壹零伍壹玖肆玖壹贰叁壹零零贰X", "壹壹零壹零伍********零零贰X"),
        ("卡号六二一七〇〇〇〇一一一一二二二二", "卡号************二二二二"),
        ("张三13991500001", "张三139****0001"),
        ("护照E12345678", "护照E****5678"),
        ("护照号码：EA1234567", "护照号码：E****4567"),
        ("护照 150123456", "护照 1****3456"),
        ("港澳居民来往内地通行证H1234567890", "港澳居民来往内地通行证H******7890"),
        ("通行证号：12345678", "通行证号：1***5678"),
        ("香港身份证A123456(7)、台湾A123456789", "香港身份证A***456(7)、台湾A*****6789"),
        ("二〇二六年十二月一日，一、二、三、四", "二〇二六年十二月一日，一、二、三、四"),
        ("壹仟贰佰叁拾肆元伍角陆分", "壹仟贰佰叁拾肆元伍角陆分"),
        ("P20180507.jpg C1234567", "P20180507.jpg C1234567"),
        ("身份证 20180507 低保证 20180507", "身份证 20180507 低保证 20180507"),
    ],
)
def test_numbers_are_found_however_they_are_written(written, shown):
    """Spaced, old, full-width; dates, amounts and case numbers stay; the length never changes."""
    assert masking.mask_numbers_in(written) == shown
    assert len(shown) == len(written)


def test_an_excerpt_hides_what_is_left_of_a_number_at_its_ends():
    """A snippet cut inside an ID does not show the birthday."""
    masked = masking.mask_numbers_in("19491231002X 张三 1101051949123", is_excerpt=True)
    assert masked == "********002X 张三 110105*******"


@pytest.mark.parametrize(
    "written",
    [
        "电话13991500001", "139-9150-0001", "139 91500001", "1399 1500 001", "１３９９１５０００１"
        "１", "139.9150.0001", "+86 139—9150—0001", "0915-8821234", "0915 882 1234",
        "11010519491231002X", "110105-19491231-002X", "1101 0519 4912 3100 2x",
        "6217000011112222333", "6217-0000-1111-2222-333",
        "一三九九一五〇〇〇〇一", "幺三九-九一五〇-〇〇〇一", "六一〇九二七一九四九一二三一〇〇二X",
        "护照E12345678", "EA1234567", "通行证 H12345678", "A123456(7)", "l39915O0001",
    ],
)  # fmt: skip
def test_a_personal_number_is_known_however_it_is_broken_up(written):
    """Hyphens, blanks, points, full width."""
    assert masking.has_personal_number(f"住三组，{written}。")


@pytest.mark.parametrize(
    "written",
    ["2018-05-07 至 2018-06-07", "20180507-20180607", "GS-103200-2018-0001", "镇民告字〔2018〕12号",
     "610927103200", "二〇二六年十二月一日", "每月 1399.15 元", "第 1399150 号",
     "3600 1200 2600 1500 2017"],
)  # fmt: skip
def test_other_figures_are_nobodys_number(written):
    """Dates, amounts, numbers of cases, letters and villages."""
    assert not masking.has_personal_number(written, {"610927103200"})


@given(st.text(alphabet="0123456789X 张-年", max_size=60))
def test_masking_twice_changes_nothing_and_lengths_stay(text):
    """Found words stay where they were."""
    once = masking.mask_numbers_in(text)
    assert len(once) == len(text)
    assert masking.mask_numbers_in(once) == once


def test_numbers_inside_a_text_are_masked():
    """IDs and phones are found wherever they stand."""
    text = "张三11010519491231002X电话13800001234。"
    assert masking.mask_numbers_in(text) == "张三110105********002X电话138****1234。"


def test_the_code_of_a_village_is_nobodys_number():
    """Folders of the archive begin with it; any other twelve digits are an account."""
    codes = load_places().codes
    assert masking.mask_numbers_in("610927103200_旧城村", codes) == "610927103200_旧城村"
    assert masking.mask_numbers_in("610927103999_x", codes) == "********3999_x"
    assert masking.mask_numbers_in("610927103200_旧城村") == "********3200_旧城村"


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("1234567890", masking.mask_id("1234567890")),
        ("123456*8901", masking.mask_id("12345678901")),
        ("1380000123", masking.mask_phone("1380000123")),
        ("138****1234", masking.mask_phone("13800001234")),
        ("张", masking.mask_name("张")),
        ("欧*", masking.mask_name("欧阳")), ("欧阳*", masking.mask_name("欧阳三")),
        ("23800001234", masking.mask_numbers_in("23800001234")),
        ("1101 0519 4913 3100 2X", masking.mask_numbers_in("1101 0519 4913 3100 2X")),
    ],
)  # fmt: skip
def test_what_is_hidden_begins_where_it_must(shown, text):
    """Short numbers and what is no number of a person stay."""
    assert text == shown


@pytest.mark.parametrize("written", spellings())
def test_every_usual_spelling_is_masked_and_known(written):
    """One generator for masking and for the rule against personal numbers on notices."""
    shown = masking.mask_numbers_in(f"住三组，{written}。")
    assert shown.count("*") >= 4
    assert len(shown) == len(written) + 5
    figures = [sign for sign in shown if sign.isalnum() and sign.isascii()]
    assert len(figures) <= 11
    assert masking.has_personal_number(f"住三组，{written}。")


@pytest.mark.parametrize(
    "written",
    ["15320 201805", "138 20180507", "3 2018 05 07 1000 500", "2018-05-07 12.50 300.00",
     "1 2 3 4 5 6 7 8 9 10 11 12"],
)  # fmt: skip
def test_the_figures_of_a_table_row_are_not_masked(written):
    """An amount beside a month, a count beside a day."""
    assert masking.mask_numbers_in(written) == written


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        ("孙女李小花，李小花", {"李小花"}, "孙女李**，李**"),
        ("户主李 明 三组", {"李明"}, "户主李 * 三组"),
        ("李\n明", {"李明"}, "李\n*"),
        ("欧阳小花", {"欧阳小花"}, "欧阳**"),
        ("張小寶", {"张小宝"}, "張**"),
        ("李大山", {"李小花", ""}, "李大山"),
        ("", {"李小花"}, ""),
    ],
)
def test_a_childs_name_keeps_its_family_name(text, names, shown):
    """Wherever it stands, in the other writing too; what was found in a text stays in place."""
    assert masking.mask_names_in(text, names) == shown
    assert len(shown) == len(text)


@given(st.text("0123456789lIOoxX- \u3000.·—张１６８", max_size=60), st.booleans())
@settings(max_examples=400)
def test_the_quick_look_hides_no_less(text: str, is_excerpt: bool):
    """What is found without it is found with it."""
    quick = masking.mask_numbers_in(text, is_excerpt=is_excerpt)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_MAY_HOLD", "_MAY_HOLD_CUT"):
            patch.setattr(masking, name, re.compile(""))
        assert masking.mask_numbers_in(text, is_excerpt=is_excerpt) == quick


@pytest.mark.parametrize("written", [*spellings(), "0915-8821234", "19491"])
def test_the_quick_look_lets_the_shortest_numbers_through(written):
    """Every spelling of an ID, a landline without its longest parts, a number cut to five."""
    assert masking.mask_numbers_in(written, is_excerpt=True) != written
