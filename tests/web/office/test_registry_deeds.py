"""What a new table is checked against, and that it holds at once."""

import pytest

from minzheng.web.gate.office import county
from tests.web.conftest import put_paper
from tests.web.office.conftest import BETTER, replace_table, upload_table

MONTHLY = (
    '[[monthly]]\nform = "DB-91"\nscheme = "DB"\napproved = "c_date"\nstart = "start_month"\n'
    'persons = "insured_count"\namount = "month_amount"\nchange = ""'
)


def test_a_village_that_would_go_is_named_with_its_files(registry_desk, registry):
    """A reminder, not a refusal: villages are merged."""
    put_paper("钟宝镇", "旧城村", "低保申请 测试甲")
    text = (registry / "towns_and_villages.csv").read_text("utf-8-sig")
    lines = [line for line in text.splitlines() if "旧城村" not in line]
    page = upload_table(
        registry_desk, "\n".join(lines) + "\n", "towns_and_villages.csv"
    ).content.decode()
    assert "钟宝镇旧城村 不在新名册里，它有 1 件档案" in page


def test_a_dossier_that_forms_belong_to_cannot_go(registry_desk, registry):
    """Nor can a copy from a form that is not there."""
    text = (registry / "dossiers.toml").read_text("utf-8").replace('code = "TK"', 'code = "TX"')
    assert "没有代码 TK" in upload_table(registry_desk, text, "dossiers.toml").content.decode()
    text = (registry / "copies.toml").read_text("utf-8").replace('from = "DB-01"', 'from = "DB-91"')
    assert "没有“DB-91”这张表" in upload_table(registry_desk, text, "copies.toml").content.decode()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('[[offer]]\nto = "DB-02"\nfrom = "DB-91"\nfields = ["name"]', "没有“DB-91”这张表"),
        (MONTHLY, "没有“DB-91”这张表"),
        (
            '[[copy]]\nto = "DB-02"\nfrom = "DB-01"\nrenamed = { id_no = "name" }',
            "DB-02.id_no ← DB-01.name",
        ),
    ],
)
def test_every_part_of_what_is_copied_is_checked_as_at_the_start(
    registry_desk, registry, entry, said
):
    """What a start would refuse must not be put in place: no form could be read after it."""
    text = f"{(registry / 'copies.toml').read_text('utf-8')}\n{entry}\n"
    page = upload_table(registry_desk, text, "copies.toml").content.decode()
    assert said in page
    assert "有 1 处要改，没有换上" in page


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('forms = ["DB-01"]', 'forms = ["DB-91"]', "DB·申请：没有“DB-91”这张表"),
        ('forms = ["YL-03"]', 'forms = ["COM-03"]', "YL·调查：COM-03 不是这个专档的表"),
    ],
)
def test_a_step_cannot_ask_for_a_paper_that_never_comes(
    registry_desk, registry, before, after, said
):
    """No form has that number, or none of its 救助项目 is the dossier's."""
    text = (registry / "completeness.toml").read_text("utf-8")
    assert before in text
    page = upload_table(registry_desk, text.replace(before, after), "completeness.toml")
    assert said in page.content.decode()


def test_the_service_reads_the_new_table_at_once(registry_desk, registry):
    """No restart, and nothing has to be told: the files themselves say that they changed."""
    assert county().synonyms.others("坝坝会") == ()
    replace_table(registry_desk, BETTER)
    assert county().synonyms.others("坝坝会") == ("院坝会",)


def test_replacing_a_law_lists_what_rests_on_it(registry_desk, registry):
    """Papers and checks; a row that leaves one out is refused."""
    text = (registry / "laws.toml").read_text("utf-8")
    renumbered = text.replace("第三十五条至第三十七条、第三十九条", "第三十六条", 1)
    page = upload_table(registry_desk, renumbered, "laws.toml").content.decode()
    assert "换《中华人民共和国村民委员会组织法》（2025年修正），涉及文书" in page
    assert "公示天数·村务公开" in page
    shorter = text.replace('"COM-07", ', "", 1)
    assert "forms 漏了 COM-07" in upload_table(registry_desk, shorter, "laws.toml").content.decode()


def test_a_register_is_checked_with_the_forms_and_terms_it_speaks_of(registry_desk, registry):
    """A field that no form has; a term that would go while a register rests on it."""
    text = (registry / "registers.toml").read_text("utf-8").replace('"visit_date"', '"visited"')
    page = upload_table(registry_desk, text, "registers.toml").content.decode()
    assert "ZF-01 没有字段“visited”" in page
    text = (registry / "terms.toml").read_text("utf-8").replace("长期公示更新", "公示更新")
    assert "长期公示更新" in upload_table(registry_desk, text, "terms.toml").content.decode()
