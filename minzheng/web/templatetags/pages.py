"""Small helps for the pages."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import ResolverMatch, get_script_prefix, reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from minzheng.county.errors import Problem
from minzheng.county.registry.checks import SEVERITIES
from minzheng.county.registry.laws import Law
from minzheng.county.town_names import place_in_words
from minzheng.inspection.case_steps import CaseStep
from minzheng.inspection.models import Finding
from minzheng.registers.register import Registers
from minzheng.web.gate.children import mask, mask_children
from minzheng.web.gate.office import county, forms, registers

#: Measured for two-page forms, with room for a busy machine (docs/benchmarks.md).
_PDF_SECONDS = 0.1

register = template.Library()
_PLACES = ("town", "village")
_HAS, _HAS_NONE = '<td class="has" data-head="%s">%d</td>', "<td></td>"
_IS_SET = mark_safe(' class="set" aria-current="true"')


@register.filter
def marked(text: str, marks: Sequence[tuple[int, int]]) -> SafeString:
    """The text with `<mark>` around each found word."""
    pieces, end = [], 0
    for start, stop in marks:
        pieces.append((text[end:start], text[start:stop]))
        end = stop
    head = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", head, text[end:])


@register.filter
def masked(text: str, children: Collection[str] | None = None) -> str:
    """IDs, phones, accounts and children's names hidden in part; found words stay in place.

    `children` are the names of the paper the text is of; without, those of the whole area.
    """
    return mask(str(text), children)


@register.filter
def masked_excerpt(text: str, children: Collection[str] | None = None) -> str:
    """The same for a piece of text that may begin or end inside a number."""
    return mask(str(text), children, is_excerpt=True)


@register.filter
def children_masked(text: str, children: Collection[str] | None = None) -> str:
    """Children's names hidden, numbers as they are: for who gave a reason to see those."""
    return mask_children(str(text), children)


@register.filter
def place(town: str, village: str = "") -> str:
    """A village with its town, a town, or a county, as pages name it."""
    return place_in_words(town, village)


@register.filter
def dossier_names(codes: Collection[str]) -> str:
    """Short names of dossiers, in their order."""
    return "、".join(one.short_name for one in county().dossiers.all if one.code in codes)


@register.filter
def dossier_name(code: str) -> str:
    """The short name of a dossier."""
    dossier = county().dossiers.by_code(code)
    return dossier.short_name if dossier else code


@register.filter
def basis_of(step: CaseStep, dossier: str) -> list[tuple[Law, str]]:
    """What a step of a dossier's work rests on, on its day, with the articles."""
    day = step.day or timezone.localdate()
    laws = county().laws.basis_of(dossier, step.forms, day)
    return [(one, one.articles.get(dossier, "")) for one in laws]


@register.filter
def form_names(form_ids: Collection[str]) -> str:
    """Forms with their titles, any of which will do."""
    titles = {spec.id: spec.short_title for spec in forms().forms}
    named = (f"{titles[one]}（{one}）" for one in sorted(form_ids) if one in titles)
    return " 或 ".join(named)


@register.filter
def told(problems: Collection[Problem]) -> str:
    """What is wrong and what to do, in sentences; nothing at all if nothing is wrong."""
    return "".join(f"{one.what}。{one.do}。" for one in problems)


@register.filter
def at(counts: Mapping[str, int], key: str) -> int:
    """The count of one key; 0 when it is not counted."""
    return counts.get(key, 0)


@register.filter
def minutes_of_pdf(documents: int) -> int:
    """How long so many documents take to become PDF, roughly."""
    return max(1, round(documents * _PDF_SECONDS / 60))


@register.simple_tag
def url(name: str, *args: Any) -> str:
    """The address of a view, as Django's own tag gives it; made once for each paper or form."""
    return _address_of(get_script_prefix(), name, *args)


@lru_cache(maxsize=4096)
def _address_of(_prefix: str, name: str, *args: Any) -> str:
    return reverse(name, args=args)


@register.simple_tag
@cache
def always(template: str, told: Sequence[Any] = ()) -> SafeString:
    """A part of a page that says the same to everybody: drawn once for what it is told."""
    return render_to_string(template, {"told": told})


@register.simple_tag
def choice_links(choices: Iterable[Any]) -> SafeString:
    """The values of a filter with their counts; some fifty stand beside a page of hits."""
    return format_html_join(
        "",
        '<li><a href="{}"{}><span>{}</span><span class="count">{}</span></a></li>',
        (
            (one.address, _IS_SET if one.is_set else "", one.name, "✕" if one.is_set else one.count)
            for one in choices
        ),
    )


@register.simple_tag
def count_cells(counts: Mapping[str, int], dossiers: Iterable[Any]) -> SafeString:
    """A cell a dossier, in their order; fifteen of them for each of some sixty villages.

    Those in which something stands know their dossier: on a phone a village is one card.
    """
    counted = ((escape(one.short_name), counts.get(one.code, 0)) for one in dossiers)
    return mark_safe("".join(_HAS % one if one[1] else _HAS_NONE for one in counted))


@register.simple_tag
def problem_lines(problems: Iterable[tuple[str, Collection[Problem]]]) -> SafeString:
    """What is wrong with each input of a form, or nothing, to be put at its place."""
    return format_html_join(
        "",
        '<p class="problem" id="p-{}" hx-swap-oob="true">{}</p>',
        ((name, told(found)) for name, found in problems),
    )


@register.simple_tag
def querystring_of_case(case_no: str) -> str:
    """`q=编号:…`: the search for the papers of a case."""
    return urlencode({"q": f"编号:{case_no}"})


@register.simple_tag
def querystring_of(words: str, page: int) -> str:
    """`q=…&page=2`; without words or page, without them."""
    pairs = {"q": words, "page": page or ""}
    return urlencode({name: value for name, value in pairs.items() if value})


@register.simple_tag(takes_context=True)
def menu_link(context: Context, text: str, name: str, *also: str) -> SafeString:
    """A link of the main menu, marked on its own page and on those also reached from it."""
    match = context["request"].resolver_match
    return _menu_link(text, name, is_here=match is not None and match.url_name in (name, *also))


@cache
def _menu_link(text: str, name: str, *, is_here: bool) -> SafeString:
    """Every page has a dozen of them; their addresses do not change."""
    mark = mark_safe(' aria-current="page"') if is_here else ""
    return format_html('<a href="{}"{}>{}</a>', reverse(name), mark, text)


@register.simple_tag(takes_context=True)
def help_link(context: Context) -> SafeString:
    """The link to the place of the manual that explains this page to this role."""
    request = context.get("request")
    match = request.resolver_match if request is not None else None
    name = match.url_name or "" if match is not None else ""
    return _help_link("" if name.startswith("help") else name)


@lru_cache(maxsize=256)
def _help_link(page: str) -> SafeString:
    asked = f"?{urlencode({'page': page})}" if page else ""
    return format_html('<a class="help" href="{}{}">帮助</a>', reverse("help"), asked)


@register.simple_tag(takes_context=True)
def system_links(context: Context) -> SafeString:
    """What the county calls its work, as links of the main menu: 走访 汇编 专柜 专栏."""
    request, known = context["request"], registers().registers
    match = request.resolver_match
    return _system_links(known.groups, _system_of(match, request.GET.get("group", ""), known))


def _system_of(match: ResolverMatch | None, group: str, known: Registers) -> str:
    """To which of them a page belongs; to none: nothing."""
    if match is None:
        return ""
    if match.url_name == "registers":
        return group
    if match.url_name == "register":
        one = known.named(match.kwargs["name"])
        return one.group if one else ""
    subject = (match.url_name or "").partition("-")[0]
    return next((name for name, page in _OWN_PAGES.items() if subject in page), "")


#: Those that have pages of their own, by the page that begins them and what others begin with.
_OWN_PAGES = {"汇编": ("policies", "policy"), "专柜": ("cabinets", "cabinet")}
_ORDER = ("走访", "汇编", "专柜", "专栏")


@lru_cache(maxsize=64)
def _system_links(groups: tuple[str, ...], here: str) -> SafeString:
    known = dict.fromkeys((*_ORDER, *groups))
    links = (
        (
            reverse(_OWN_PAGES[one][0])
            if one in _OWN_PAGES
            else f"{reverse('registers')}?{urlencode({'group': one})}",
            mark_safe(' aria-current="page"') if one == here else "",
            one,
        )
        for one in known
        if one in groups or one in _OWN_PAGES
    )
    return format_html_join("", '<a href="{}"{}>{}</a>', links)


@register.simple_tag
def heads(*names: str) -> SafeString:
    """The heading of a table: a row of names."""
    cells = format_html_join("", "<th>{}</th>", ((name,) for name in names))
    return format_html("<thead><tr>{}</tr></thead>", cells)


@register.simple_tag(takes_context=True)
def drawn(context: Context, template: str, one: Any, *, in_table: bool = False) -> SafeString:
    """An input of a form; one in which nothing was typed looks the same to everybody."""
    draw = _draw_once if _is_nobodys(one) else _draw
    return draw(template, one, context["page"].villages, in_table=in_table)


def _is_nobodys(one: Any) -> bool:
    """Whether nothing stands in an input but what the form itself offers, or a place."""
    if one.problems or one.lock or one.offer:
        return False
    if not (one.value or one.chosen):
        return True
    field, chosen = one.field, one.chosen
    is_offered = bool(chosen) and chosen.issubset(field.choices)
    return is_offered or one.value == field.default or field.slug in _PLACES


def _draw(template: str, one: Any, villages: Any, *, in_table: bool) -> SafeString:
    given = {"one": one, "in_table": in_table, "page": {"villages": villages}}
    return render_to_string(template, given)


#: Some forty inputs a form; a page of a form was nearly all the drawing of them.
_draw_once = lru_cache(maxsize=4096)(_draw)


@register.simple_tag
@lru_cache(maxsize=256)
def village_options(towns: tuple[tuple[str, tuple[str, ...]], ...], chosen: str) -> SafeString:
    """The villages to choose from, town by town; the same sixty in many inputs of many pages."""
    groups = (
        (town, format_html_join("", "<option{}>{}</option>", _options(villages, chosen)))
        for town, villages in towns
    )
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)


def _options(names: Collection[str], chosen: str) -> Iterator[tuple[SafeString, str]]:
    for name in names:
        yield mark_safe(" selected" if name == chosen else ""), name


@register.inclusion_tag("post_button.html")
def post_button(address: str, text: str, kind: str = "") -> dict[str, str]:
    """A button that does one thing, in a form of its own; `kind`: its class."""
    return {"address": address, "text": text, "kind": kind}


@register.filter
def severity_number(severity: str) -> int:
    """Of a severity of the checks: 1 is the gravest."""
    return SEVERITIES.index(severity) + 1 if severity in SEVERITIES else 0


@register.filter
def state_number(state: str) -> int:
    """Of a state of a doubt, in the order of the work."""
    states = Finding.State.values
    return states.index(state) + 1 if state in states else 0


@register.simple_tag
def doubts_with(asked: Any, name: str, value: Any) -> str:
    """The address of the doubts with one choice changed."""
    return str(asked.address(**{name: value}))
