"""A template as it was compiled, told in texts: what compiles it again looks at nothing.

No code is kept: the sources of its parts are, as docxtpl and we cleaned them, and what was found
out about them. Jinja compiles them again, which is a third of the work.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from filler.word.annexes.annex_rooms import AnnexRooms
from filler.word.checkboxes import Checkboxes
from filler.word.compiled_template import CompiledTemplate, Found
from filler.word.photo_rooms import PhotoRoom, PhotoRooms
from filler.word.template_tags import TagNames
from filler.word.word_package import QUICKEST, WordPackage

State = Mapping[str, Any]  #: texts, numbers, lists and mappings, as JSON has them


def state_of(template: CompiledTemplate) -> State | None:
    """What makes this template again; None where texts do not tell it."""
    if template.runs or not template.is_of_now:
        return None
    return {
        "names": {key: _as_list(value) for key, value in asdict(template.names).items()},
        "rooms": [
            [asdict(room) for room in kind.values()]
            for kind in (template.photos.by_name, template.photos.in_rows)
        ],
        "annexes": template.annexes.labels,
        "boxes": [template.boxes.bound, sorted(template.boxes.whole)],
        "parts": [one[:-1] for one in template.parts],
        "found": template.found._asdict(),
        "packages": [one.to_keep() for one in template.packages],
    }


def template_of(docx: bytes, state: State) -> CompiledTemplate:
    """The template of a file whose state was kept."""
    rooms, in_rows = ([PhotoRoom(**one) for one in kind] for kind in state["rooms"])
    bound, whole = state["boxes"]
    package, told = (WordPackage.from_kept(one, QUICKEST) for one in state["packages"])
    return CompiledTemplate.again(
        docx,
        Found(**state["found"]),
        state["parts"],
        (package, told),
        names=TagNames(**{key: _as_set(value) for key, value in state["names"].items()}),
        photos=PhotoRooms(rooms, in_rows),
        annexes=AnnexRooms(state["annexes"]),
        boxes=Checkboxes({name: (*one,) for name, one in bound.items()}, [], frozenset(whole)),
    )


def _as_list(value: Any) -> Any:
    return sorted(value) if isinstance(value, set) else value


def _as_set(value: Any) -> Any:
    """The only lists among the names are sets; those of pairs are sets of pairs."""
    if not isinstance(value, list):
        return value
    return {tuple(one) if isinstance(one, list) else one for one in value}
