"""A paper on the pages of a form: what stands there already, what somebody has to type."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from filler.form.forms import FormSpec

#: What is said first on the page of a list, so that its rows can be found.
ASKED_FIRST = ("scheme", "meet_date", "pub_start", "decide_date", "pay_date", "pay_to", "as_of")
#: Writes what is missing, in one go; tells what was typed, and what has no room.
_WRITE = r"""wanted => {
  const form = document.getElementById('filled'), told = {typed: [], homeless: []};
  const plain = text => text.replace(/^(\d+)年(\d+)月((\d+)日)?$/, (_, year, month, __, day) =>
    [year, month, day].filter(one => one).map(one => one.padStart(2, '0')).join('-'));
  const same = (a, b) => plain(a) === plain(b)
    || (a !== '' && b !== '' && a.length < 16 && Number(a) === Number(b));
  for (const [name, texts] of wanted) {
    const found = [...form.elements].filter(one => one.name === name || one.id === 'f-' + name);
    const boxes = found.filter(one => one.type === 'radio' || one.type === 'checkbox');
    if (!found.length) { told.homeless.push(name); continue; }
    const held = boxes.length ? boxes.filter(one => one.checked).map(one => one.value)
                              : [found[0].value.trim()];
    if (held.length === texts.length && held.every((one, at) => same(one, texts[at]))) continue;
    if (found[0].readOnly) { told.homeless.push(name + ' is locked: ' + held); continue; }
    for (const one of boxes) one.checked = texts.includes(one.value);
    if (!boxes.length) found[0].value = texts[0];
    told.typed.push(name);
  }
  return told;
}"""


def open_paper(page: Page, form_id: str, case_no: str, *, is_own: bool) -> None:
    """The form's page as the case's page leads to it; the first one begins the case."""
    name = "case_no" if is_own else "from_case"
    asked = {name: case_no} if case_no else {"draft": secrets.token_hex(8)}
    page.goto(f"/forms/{form_id}?{urlencode(asked)}")


def write_paper(page: Page, spec: FormSpec, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Type what does not stand there: which fields; a list is asked for its rows first."""
    leaves = dict(_leaves(spec, answers))
    first = {name: leaves[name] for name in ASKED_FIRST if name in leaves}
    typed = _write(page, first)
    gather = page.locator('#filled button[name="action"][value="case"]')
    if gather.count() and any(one.type == "rows" for one in spec.fields):
        _press(gather.first)
    rest = {name: texts for name, texts in leaves.items() if name not in first}
    for table, number in _rows(spec, answers):
        row = f"{table}-{number}-"
        _make_room(page, table, row)
        cells = {name: rest.pop(name) for name in [*rest] if name.startswith(row)}
        typed += _write(page, cells)
    return (*typed, *_write(page, rest))


def issue_paper(page: Page) -> None:
    """Press the button; again where what was taken over has to be seen first."""
    done = page.get_by_role("heading", name="已生成")
    another = page.get_by_role("button", name="确实另开一个案件")
    wrong = page.locator("section.alert[role=alert]")
    button = page.get_by_role("button", name="生成 Word 文件")
    _press(button)
    if another.is_visible():
        _press(another)
    if not done.is_visible() and not wrong.is_visible():
        _press(button)
    assert not wrong.is_visible(), wrong.inner_text()
    expect(done).to_be_visible()


def _press(button: Locator) -> None:
    """Press a button that sends the form, and wait for the page it leads to."""
    with button.page.expect_navigation():
        button.click()


def _write(page: Page, leaves: Mapping[str, list[str]]) -> tuple[str, ...]:
    told = page.evaluate(_WRITE, list(leaves.items()))
    assert told["homeless"] == [], (page.url, told["homeless"])
    return tuple(told["typed"])


def _make_room(page: Page, table: str, row: str) -> None:
    """One more row when all before it are filled."""
    cells = page.locator(f'[name^="{row}"], [id^="f-{row}"]')
    if not cells.count():
        page.locator(f"#f-{table} .add-rows").click()
        expect(cells.first).to_be_attached()


def _rows(spec: FormSpec, answers: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for field in spec.fields:
        if field.type == "rows":
            yield from ((field.slug, number) for number in range(len(answers.get(field.slug, ()))))


def _leaves(spec: FormSpec, answers: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Every field and cell that is to stand on the paper, by the name of its input."""
    for field in spec.fields:
        answer = answers.get(field.slug)
        if answer in (None, "", []):
            continue
        if field.type != "rows":
            yield (
                field.slug,
                [str(one) for one in (answer if isinstance(answer, list) else [answer])],
            )
            continue
        for number, row in enumerate(answer):
            for column, cell in row.items():
                if str(cell):
                    yield f"{field.slug}-{number}-{column}", [str(cell)]
