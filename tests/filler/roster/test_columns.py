"""Headings that are written, and headings that are understood."""

import pytest

from filler.roster.columns import (
    fold_heading,
    form_headings,
    is_number_heading,
    is_own_heading,
    is_person_heading,
    person_field,
    row_headings,
)


@pytest.mark.parametrize(
    "heading",
    ["身份证号", "身份证号 *", "身 份 证 号：", "身份证号＊", "身份证号（必填）", "身份证号(选填)*",
     "\u200b身份证号\ufeff"],
)  # fmt: skip
def test_a_heading_is_known_whatever_stands_around_it(heading):
    """Stars, gaps, colons and (必填) are no part of it."""
    assert fold_heading(heading) == "身份证号"


def test_every_heading_we_write_is_understood(catalogue):
    """Of every form and table; as its slug, too."""
    for spec in catalogue.forms:
        tables = [row_headings(one) for one in spec.fields if one.type == "rows"]
        for headings in (form_headings(spec), *tables):
            for slug, name in headings.names.items():
                assert headings.find(name) == slug
                assert headings.find(slug) == slug


def test_a_heading_without_its_brackets_is_enough_while_it_is_one_field(catalogue):
    """年收入 for 年收入（元）."""
    for spec in catalogue.forms:
        headings = form_headings(spec)
        assert headings.find("案件编号") == "case_no"
        assert headings.find("没有这一列") == ""


@pytest.mark.parametrize(
    ("heading", "number", "person", "own"),
    [
        ("序号", True, False, True),
        ("所属户号", True, False, True),
        ("户主身份证号", False, True, False),
        ("身份证号", False, False, False),
        ("核对结果", False, False, True),
        ("备注", False, False, True),
        ("姓名", False, False, False),
    ],
)
def test_columns_that_join_or_are_the_programs_own(heading, number, person, own):
    """They hold no answers."""
    found = is_number_heading(heading), is_person_heading(heading), is_own_heading(heading)
    assert found == (number, person, own)


def test_the_person_of_a_form_is_its_first_id_number(catalogue):
    """A list asks for none."""
    assert person_field(catalogue.form("ZF-01")).slug == "id_no"
    assert person_field(catalogue.form("GS-01")) is None


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("身份证号码", "id_no"),
        ("公民身份号码", "id_no"),
        ("证件号码", "id_no"),
        ("身份证", "id_no"),
        ("公民身份证号码", "id_no"),
        ("身份证件号码（必填）", "id_no"),
        ("电话", "phone"),
        ("手机号码", "phone"),
        ("联系方式", "phone"),
        ("乡镇", "town"),
        ("所在乡镇", "town"),
        ("乡（镇）", "town"),
        ("行政村", "village"),
        ("村名", "village"),
        ("村/社区", "village"),
        ("银行卡号", "bank_no"),
        ("一卡通账号", "bank_no"),
        ("银行帐号", "bank_no"),
        ("户籍所在地", "hukou_addr"),
        ("现居住地", "live_addr"),
        ("组", "group_no"),
        ("小组", "group_no"),
        ("申请时间", "apply_date"),
        ("受理时间", "accept_date"),
        ("联系人手机号", "contact_phone"),
        ("开户银行", "bank_name"),
        ("开户名", "bank_holder"),
        ("族别", "ethnicity"),
        ("县民政局时间", "c_date"),
    ],
)
def test_what_people_call_a_field_is_understood(catalogue, heading, slug):
    """The words stand in templates/shared/headings.toml."""
    assert form_headings(catalogue.form("GL-01")).find_word(heading) == slug


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("老人姓名", "name"),
        ("申请人身份证号码", "id_no"),
        ("户主联系电话", "phone"),
        ("监护人姓名", ""),
    ],
)
def test_the_one_a_form_is_about_may_be_named_before(catalogue, heading, slug):
    """Not so somebody else."""
    assert form_headings(catalogue.form("GL-01")).find_of_person(heading) == slug


@pytest.mark.parametrize(
    ("heading", "slug"),
    [("身份证号码了", "id_no"), ("家庭住址1", "live_addr"), ("代理人身份证号", ""), ("户", "")],
)
def test_only_what_begins_alike_is_near(catalogue, heading, slug):
    """代理人身份证号 is another person's."""
    assert form_headings(catalogue.form("GL-01")).find_near(heading) == slug


def test_no_word_takes_the_place_of_a_heading(catalogue):
    """A form's own headings mean what they say, whatever words there are."""
    for spec in catalogue.forms:
        headings = form_headings(spec)
        assert not headings.by_word.keys() & headings.by_text.keys()


@pytest.mark.parametrize(
    ("group", "heading", "slug"),
    [
        ("联系人情况", "姓名", "contact_name"),
        ("联系人情况", "电话", "contact_phone"),
        ("联系人信息", "与老人关系", "contact_rel"),
        ("一卡通信息", "账号", "bank_no"),
        ("别的情况", "姓名", ""),
    ],
)
def test_a_group_may_be_called_with_a_word_behind(catalogue, group, heading, slug):
    """The words stand in headings.toml."""
    assert form_headings(catalogue.form("GL-01")).find_in_group(group, heading) == slug


def test_quotes_in_a_heading_mean_nothing(catalogue):
    """惠农“一卡通”账号."""
    assert form_headings(catalogue.form("GL-01")).find_word("惠农“一卡通”账号") == "bank_no"


@pytest.mark.parametrize("heading", ["1.身份证号*", "（2）身份证号", "3、身 份 证 号："])
def test_the_number_before_a_heading_means_nothing(heading):
    """As printed tables have it."""
    assert fold_heading(heading) == "身份证号"


@pytest.mark.parametrize("heading", ["1", "1.5", "60周岁"])
def test_a_number_that_is_all_of_it_stays(heading):
    """It is the heading."""
    assert fold_heading(heading) == heading


@pytest.mark.parametrize(
    ("heading", "slug"), [("逝者姓名", "dead"), ("亡者身份证号码", "dead_id"), ("患者姓名", "")]
)
def test_the_same_person_may_be_called_otherwise(catalogue, heading, slug):
    """The words stand in headings.toml."""
    assert form_headings(catalogue.form("BZ-02")).find_word(heading) == slug


def test_a_label_that_only_begins_with_a_person_keeps_nobody_away(catalogue):
    """残疾人证号 is one word; 残疾人身份证号 is about the one the form is for."""
    disabled = form_headings(catalogue.form("CB-01"))
    assert disabled.find_of_person("残疾人身份证号") == "id_no"
    burial = form_headings(catalogue.form("BZ-02"))
    assert burial.find_of_person("申请人姓名") != "dead"


@pytest.mark.parametrize("heading", ["*姓名", "★姓名", "姓名※", "※1. 姓名*", "姓名（必填）*"])
def test_marks_around_a_heading_mean_nothing(heading):
    """Whatever was put there for who must be filled in."""
    assert fold_heading(heading) == "姓名"
