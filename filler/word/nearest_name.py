"""The field a misspelt tag most likely means, by slug, label or pinyin."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from pypinyin import lazy_pinyin

from filler.form.forms import FormSpec
from filler.word.page_texts import template_names
from filler.word.template_labels import Labels, template_labels


@dataclass(frozen=True)
class NameBook:
    """Every name and label the templates of a form may use."""

    known: frozenset[str]
    labels: Labels
    by_spelling: Mapping[str, str] = field(default_factory=dict)  #: slug, label, pinyin → name

    def meaning(self, name: str) -> str:
        """The name a label stands for; else itself."""
        names = self.labels.get(name, ())
        return names[0] if len(names) == 1 else name

    def explain(self, name: str) -> tuple[str, str]:
        """What is wrong with an unknown name, and what to do."""
        shown = name.rpartition(".")[2]
        meant = self.labels.get(name, ())
        if len(meant) > 1:
            choices = "、".join(one.rpartition(".")[2] for one in meant)
            return f"“{shown}”对应几个字段（{choices}）", "改写成其中一个"
        near = get_close_matches(name.lower(), self.by_spelling, n=1, cutoff=0.6)
        if not near:
            return f"“{shown}”不是本表字段", "改正标签，或在说明文件中增加字段"
        right = self.by_spelling[near[0]]
        label = next((one for one, names in self.labels.items() if names == (right,)), "")
        named = "/".join(dict.fromkeys(one.rpartition(".")[2] for one in (right, label) if one))
        return f"“{shown}”不是本表字段", f"是否应为 {named}？改正标签"


@lru_cache(maxsize=256)
def name_book(spec: FormSpec) -> NameBook:
    """The names of one form."""
    known, labels = template_names(spec), template_labels(spec)
    spellings = {name.lower(): name for name in sorted(known)}
    for label, names in labels.items():
        if len(names) == 1:
            spellings.setdefault(label, names[0])
            spellings.setdefault("".join(lazy_pinyin(label)), names[0])
    return NameBook(known, labels, spellings)
