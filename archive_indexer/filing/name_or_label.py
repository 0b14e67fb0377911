"""What is a name on a paper, what a label, what neither."""

from collections.abc import Collection
from dataclasses import dataclass

from minzheng.county.form_marks import as_label
from minzheng.county.registry.paper_words import PaperWords


@dataclass(frozen=True, slots=True)
class NamesAndLabels:
    """What is a name, what is a label, what is neither."""

    words: PaperWords
    printed: Collection[str]  #: labels and choices of all forms, places
    beginnings: Collection[str]  #: of what is printed: a label may run over two lines

    @classmethod
    def of(cls, words: PaperWords, printed: Collection[str]) -> "NamesAndLabels":
        """With the beginnings of what is printed."""
        beginnings = (one[:size] for one in printed for size in range(2, len(one) + 1))
        return cls(words, printed, frozenset(beginnings))

    def is_name(self, text: str) -> bool:
        """Whether a text in the place of a name is one."""
        return self.words.is_name(text) and not self.begins_label(text)

    def is_label(self, text: str) -> bool:
        """Whether a text is the label of a person."""
        label = as_label(text)
        words = self.words
        return label in words.chief or label in words.others or label in words.columns

    def is_any_label(self, text: str) -> bool:
        """Whether a text is printed on some form."""
        return as_label(text) in self.printed or self.is_label(text)

    def begins_label(self, text: str) -> bool:
        """Whether a text is a label, or the first line of one."""
        return self.is_any_label(text) or as_label(text) in self.beginnings

    def is_chief(self, text: str) -> bool:
        """Whether the person of this label is the one a paper is about."""
        return as_label(text) in self.words.chief
