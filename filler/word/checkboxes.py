"""Word's checkbox controls, bound to a choice by their tag or title: `申请类别：农村低保`.

When a form is filled each is ticked or not, in its state and in the sign that is shown.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from filler.word.word_names import qn

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_BOUND = re.compile(r"\s*([^:：=]+?)\s*[:：=]\s*(.+?)\s*")
_TICKED, _BOXES = "☑", "☑□"
_SIGNS = {"checkedState": "2612", "uncheckedState": "2610"}
_DO = "在“开发工具→属性”的标记里写“项目：选项”，如 申请类别：农村低保"


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A field whose choices can be ticked."""

    slug: str
    label: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoxFault:
    """What is wrong with a control, and the element where it stands."""

    what: str
    do: str
    element: Any = None


@dataclass(slots=True)
class Checkboxes:
    """The bound controls of a template: template name → field and number of the choice."""

    bound: dict[str, tuple[str, int]] = field(default_factory=dict)
    faults: list[BoxFault] = field(default_factory=list)
    whole: frozenset[str] = frozenset()  #: fields of which every choice has a control

    def states(self, texts: Mapping[str, Any]) -> dict[str, str]:
        """What the names of the controls mean for these texts: empty is not ticked."""
        found: dict[str, str] = {}
        for name, (slug, number) in self.bound.items():
            signs = [sign for sign in str(texts.get(f"{slug}_boxes", "")) if sign in _BOXES]
            is_ticked = number < len(signs) and signs[number] == _TICKED
            found[name] = "1" if is_ticked else ""
        return found


def bind_checkboxes(body: Any, fields: Mapping[str, ChoiceField]) -> Checkboxes:
    """Put conditions into the controls that are bound to a choice; `fields` by slug and label."""
    boxes = Checkboxes()
    if not fields:
        return boxes
    seen: dict[str, set[int]] = {}
    for control in list(body.iter(qn("w:sdt"))):
        properties = control.find(qn("w:sdtPr"))
        box = properties.find(f"{_W14}checkbox") if properties is not None else None
        if box is None:
            continue
        meant = _meaning(properties, fields)
        if isinstance(meant, BoxFault):
            boxes.faults.append(BoxFault(meant.what, meant.do, control))
            continue
        one, number = meant
        name = f"tick__{one.slug}__{number}"
        boxes.bound[name] = (one.slug, number)
        seen.setdefault(one.slug, set()).add(number)
        _put_condition(control, box, name)
    boxes.faults += _missing(seen, fields)
    boxes.whole = frozenset(
        slug for slug, numbers in seen.items() if len(numbers) == len(fields[slug].choices)
    )
    return boxes


def _meaning(
    properties: Any, fields: Mapping[str, ChoiceField]
) -> tuple[ChoiceField, int] | BoxFault:
    written = [
        one.get(qn("w:val"), "")
        for one in (properties.find(qn("w:tag")), properties.find(qn("w:alias")))
        if one is not None
    ]
    match = next((found for text in written if (found := _BOUND.fullmatch(text))), None)
    if match is None:
        shown = next(filter(None, written), "")
        return BoxFault(f"复选框“{shown}”没有写明是哪一项，不会打勾", _DO)
    one = fields.get(match[1])
    if one is None:
        return BoxFault(f"复选框的“{match[1]}”不是本表可以勾选的项目", _DO)
    if match[2] not in one.choices:
        return BoxFault(
            f"复选框的“{match[2]}”不是“{one.label}”的选项", f"可用：{'、'.join(one.choices)}"
        )
    return one, one.choices.index(match[2])


def _missing(seen: Mapping[str, set[int]], fields: Mapping[str, ChoiceField]) -> Iterator[BoxFault]:
    for slug, numbers in seen.items():
        one = fields[slug]
        absent = [choice for at, choice in enumerate(one.choices) if at not in numbers]
        if absent:
            what = f"“{one.label}”的复选框缺“{'、'.join(absent)}”"
            yield BoxFault(what, "每个选项放一个复选框")


def _put_condition(control: Any, box: Any, name: str) -> None:
    checked = box.find(f"{_W14}checked")
    if checked is None:
        checked = box.makeelement(f"{_W14}checked", {})
        box.insert(0, checked)
    checked.set(f"{_W14}val", f"{{% if {name} %}}1{{% else %}}0{{% endif %}}")
    on, off = (_sign(box, state) for state in _SIGNS)
    texts = list(control.iter(qn("w:t")))
    if not texts:
        return
    for spare in texts[1:]:
        spare.text = ""
    run = texts[0].getparent()
    if on[1] == off[1]:
        texts[0].text = f"{{% if {name} %}}{on[0]}{{% else %}}{off[0]}{{% endif %}}"
        return
    other = copy.deepcopy(run)
    run.addnext(other)
    _show(run, on, f"if {name}")
    _show(other, off, f"if not {name}")


def _show(run: Any, sign: tuple[str, str], condition: str) -> None:
    """A run that shows one sign, in its font, on a condition."""
    run.find(qn("w:t")).text = f"{{% {condition} %}}{sign[0]}{{% endif %}}"
    fonts = run.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(kind), sign[1])


def _sign(box: Any, state: str) -> tuple[str, str]:
    """The sign of a state and its font."""
    found = box.find(f"{_W14}{state}")
    code = found.get(f"{_W14}val", _SIGNS[state]) if found is not None else _SIGNS[state]
    font = found.get(f"{_W14}font", "") if found is not None else ""
    return chr(int(code, 16)), font
