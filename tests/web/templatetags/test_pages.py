"""What pages are made of: links of the menu, headings of tables, buttons that post."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch, resolve, set_script_prefix

from filler.form.forms import Call, Field
from filler.form.taken import GivingPaper
from minzheng.county.errors import Problem
from minzheng.web.forms.form_shown import Input
from minzheng.web.templatetags import pages

ID = "11010519491231002X"


def render(source: str, address: str = "/", **values: object) -> str:
    """A piece of a page, as it is shown at an address."""
    request = RequestFactory().get(address)
    request.resolver_match = resolve(address)
    return engines["django"].from_string(source).render(values, request)


@pytest.mark.parametrize(
    ("address", "is_marked"),
    [("/forms", True), ("/forms/DB-01", True), ("/batches", False)],
)
def test_the_menu_marks_where_one_is(address, is_marked):
    """On the page itself, and on those reached from it."""
    shown = render('{% menu_link "填表" "forms" "fill" %}', address)
    mark = ' aria-current="page"' if is_marked else ""
    assert shown == f'<a href="/forms"{mark}>填表</a>'


def test_the_menu_stands_on_a_page_that_is_not_there():
    """An address nobody knows has no match."""
    request = RequestFactory().get("/nowhere")
    request.resolver_match = None
    shown = engines["django"].from_string('{% menu_link "填表" "forms" %}').render({}, request)
    assert shown == '<a href="/forms">填表</a>'


def test_a_heading_names_its_columns():
    """In their order; a name is text, not HTML."""
    shown = render('{% heads "姓名" one "" %}', one="<b>")
    cells = "<th>姓名</th><th>&lt;b&gt;</th><th></th>"
    assert shown == f"<thead><tr>{cells}</tr></thead>"


def test_a_button_posts_with_its_token():
    """Else Django would refuse it."""
    shown = render('{% post_button "/people/1/unlock" "解除锁定" "quiet" %}')
    assert '<form method="post" action="/people/1/unlock">' in shown
    assert 'name="csrfmiddlewaretoken"' in shown
    assert '<button class="quiet">解除锁定</button>' in shown


@pytest.mark.parametrize(
    ("number", "addresses"),
    [
        (1, ["?list=a&amp;page=2"]),
        (2, ["?list=a&amp;page=1", "?list=a&amp;page=3"]),
        (3, ["?list=a&amp;page=2"]),
    ],
)
def test_a_pager_leads_to_its_neighbours(number, addresses):
    """Back and forth; the first and the last have one."""
    source = '{% include "pager.html" with page=page address="?list="|add:shown|add:"&" only %}'
    page = Paginator("甲乙丙", 1).page(number)
    shown = engines["django"].from_string(source).render({"page": page, "shown": "a"})
    assert re.findall('href="([^"]*)"', shown) == addresses
    assert f"第 {number} / 3 页" in shown


def test_a_box_without_a_problem_has_no_room_for_one(sign_in):
    """The stylesheet hides what is empty, and white space is not nothing."""
    page = sign_in().get("/forms/DB-01").content.decode()
    assert len(re.findall(r'<p class="problem" id="p-[\w-]+"></p>', page)) > 10
    assert not re.search(r'<p class="problem"[^>]*>\s+</p>', page)


def test_found_words_are_marked_and_markup_is_text():
    """What stands on a paper is never run."""
    assert pages.marked("<b>测试甲</b>", [(3, 6)]) == "&lt;b&gt;<mark>测试甲</mark>&lt;/b&gt;"
    assert pages.marked("测试", []) == "测试"


def test_numbers_of_people_are_hidden_in_part(db):
    """A piece of a text may begin inside a number: then more is hidden, never less."""
    assert pages.masked(f"身份证 {ID}") == "身份证 110105********002X"
    assert "491231002X" not in pages.masked_excerpt("491231002X 的户主")


def test_dossiers_and_forms_are_called_by_their_names():
    """What nobody knows keeps its code, or is left out of a list."""
    assert pages.dossier_names({"TK", "DB"}) == "低保、特困供养"
    assert (pages.dossier_name("DB"), pages.dossier_name("XX")) == ("低保", "XX")
    assert pages.form_names({"DB-02", "DB-01", "XX-01"}).count(" 或 ") == 1
    assert pages.form_names({"DB-01"}).endswith("（DB-01）")


@pytest.mark.parametrize(("documents", "minutes"), [(1, 1), (600, 1), (6000, 10)])
def test_the_time_for_pdfs_is_told_in_minutes(documents, minutes):
    """At least one."""
    assert pages.minutes_of_pdf(documents) == minutes


def test_addresses_leave_out_what_is_empty():
    """And carry Chinese as browsers write it."""
    assert pages.querystring_of("", 0) == ""
    assert pages.querystring_of("低保", 2) == "q=%E4%BD%8E%E4%BF%9D&page=2"
    assert pages.querystring_of_case("DB-1") == "q=%E7%BC%96%E5%8F%B7%3ADB-1"


def test_every_input_is_told_what_is_wrong_with_it():
    """Also when nothing is; what was typed is text, not HTML."""
    problems = [("a", ()), ("rows-0-b", (Problem("乙", "“<b>”不对", "改正", "b"),))]
    assert render("{% problem_lines problems %}", problems=problems) == (
        '<p class="problem" id="p-a" hx-swap-oob="true"></p>'
        '<p class="problem" id="p-rows-0-b" hx-swap-oob="true">“&lt;b&gt;”不对。改正。</p>'
    )


def test_counts_stand_in_the_order_of_the_dossiers():
    """Where none is counted the cell is empty; the others say of what, for a phone."""
    dossiers = [SimpleNamespace(code=code, short_name=f"<{code}") for code in ("DB", "ET", "YF")]
    shown = render(
        "{% count_cells counts dossiers %}", counts={"ET": 3, "YF": 0}, dossiers=dossiers
    )
    assert shown == '<td></td><td class="has" data-head="&lt;ET">3</td><td></td>'


def test_a_filter_lists_its_values_with_counts():
    """The one that is set can be taken back; names and addresses are text."""
    choices = [
        SimpleNamespace(name="旧城村", count=5, address="?q=a&village=b", is_set=False),
        SimpleNamespace(name="<b>", count=2, address="?q=a", is_set=True),
    ]
    assert render("{% choice_links choices %}", choices=choices) == (
        '<li><a href="?q=a&amp;village=b"><span>旧城村</span><span class="count">5</span></a></li>'
        '<li><a href="?q=a" class="set" aria-current="true">'
        '<span>&lt;b&gt;</span><span class="count">✕</span></a></li>'
    )


def test_an_address_is_as_djangos_own_tag_gives_it():
    """Also under a name, and told apart by what it is of."""
    source = "{% url 'file' one %} {% url 'file' 7 %}{% url 'fill' form as there %} {{ there }}"
    shown = render(source, one=5, form="DB-01")
    assert shown == "/files/5 /files/7 /forms/DB-01"
    with pytest.raises(NoReverseMatch):
        render("{% url 'no such view' %}")


def test_addresses_keep_where_the_service_is_mounted():
    """Behind a proxy every address begins with its own prefix."""
    assert render("{% url 'file' 5 %}") == "/files/5"
    set_script_prefix("/minzheng/")
    try:
        assert render("{% url 'file' 5 %}") == "/minzheng/files/5"
    finally:
        set_script_prefix("/")


def test_what_says_the_same_to_everybody_is_drawn_once(monkeypatch):
    """And anew for what else it is told."""
    drawn = []

    def draw(template, context):
        drawn.append(context["told"])
        return f"{template} {context['told']}"

    monkeypatch.setattr(pages, "render_to_string", draw)
    for _ in range(3):
        assert render('{% always "a part" told %}', told=("甲",)) == "a part (&#x27;甲&#x27;,)"
    render('{% always "a part" told %}', told=("乙",))
    assert drawn == [("甲",), ("乙",)]


def test_villages_stand_under_their_town_and_one_is_chosen():
    """A name is text, not HTML."""
    towns = (("钟宝镇", ("旧城村", "<b>")), ("曾家镇", ("旧城村",)))
    shown = render("{% village_options towns chosen %}", towns=towns, chosen="<b>")
    assert shown == (
        '<optgroup label="钟宝镇"><option>旧城村</option>'
        "<option selected>&lt;b&gt;</option></optgroup>"
        '<optgroup label="曾家镇"><option>旧城村</option></optgroup>'
    )
    assert " selected" not in render("{% village_options towns chosen %}", towns=towns, chosen="")


def test_an_input_in_which_nothing_stands_is_drawn_once():
    """For everybody; what somebody typed, and what is wrong with it, is kept nowhere."""
    blank = Input(Field("name", "姓名", "text"), "name", "", frozenset(), (), "姓名")
    problem = Problem("姓名", "没有填", "填上", "name")
    page = SimpleNamespace(villages=())

    def shown(one: Input, more: str = "") -> str:
        return render(f'{{% drawn "input.html" one {more} %}}', one=one, page=page)

    pages._draw_once.cache_clear()
    assert shown(blank) == shown(replace(blank)) == render('{% include "input.html" %}', one=blank)
    assert pages._draw_once.cache_info()[:2] == (1, 1)
    assert 'aria-label="姓名"' in shown(blank, "in_table=True")
    assert 'value="测试甲"' in shown(replace(blank, value="测试甲"))
    assert "没有填" in shown(replace(blank, problems=(problem,)))
    assert "checked" in shown(
        replace(blank, chosen=frozenset({"是"}), field=Field("a", "b", "multi", choices=("是",)))
    )
    assert "readonly" in shown(replace(blank, lock=GivingPaper("DB-01", 1)))
    assert pages._draw_once.cache_info().currsize == 3


@pytest.mark.parametrize(
    ("field", "value", "chosen", "is_kept"),
    [
        (Field("a", "甲", "choice", choices=("是", "否")), "是", {"是"}, True),
        (Field("a", "甲", "multi", choices=("是", "否")), "是、否", {"是", "否"}, True),
        (Field("a", "甲", "text", default="汉族"), "汉族", {"汉族"}, True),
        (Field("village", "村", "text"), "旧城村", {"旧城村"}, True),
        (Field("a", "甲", "choice", choices=("是",)), "测试甲", {"测试甲"}, False),
        (Field("name", "姓名", "text"), "测试甲", {"测试甲"}, False),
        (Field("born", "出生", "date", derived=Call("born")), "1980-01-01", set(), False),
    ],
)
def test_of_what_stands_in_an_input_only_the_forms_own_is_kept(field, value, chosen, is_kept):
    """Its choices, its default, a place; nothing that is somebody's."""
    pages._draw_once.cache_clear()
    one = Input(field, field.slug, value, frozenset(chosen), (), field.label)
    page = SimpleNamespace(villages=(("钟宝镇", ("旧城村",)),))
    render('{% drawn "input.html" one %}', one=one, page=page)
    assert pages._draw_once.cache_info().currsize == is_kept


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("/registers/notices", "专栏"), ("/registers/visits", "走访"),
        ("/registers/?group=走访", "走访"), ("/registers/", None), ("/search", None),
        ("/registers/nothing", None), ("/policies/", "汇编"), ("/policies/chapters/DB", "汇编"),
        ("/registers/trainings", "汇编"), ("/cabinets/", "专柜"), ("/cabinets/103200", "专柜"),
    ],
)  # fmt: skip
def test_the_menu_names_what_people_know(address, here):
    """In the county's own order; a register of a new group brings its link along."""
    request = RequestFactory().get(address)
    request.resolver_match = resolve(request.path)
    shown = engines["django"].from_string("{% system_links %}").render({}, request)
    names = re.findall(">([^<]+)</a>", shown)
    assert names[:4] == ["走访", "汇编", "专柜", "专栏"]
    assert re.findall(' aria-current="page">([^<]+)<', shown) == [here] * bool(here)
