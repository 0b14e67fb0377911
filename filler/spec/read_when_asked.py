"""Forms that are read one by one, when somebody asks for them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from filler.form.forms import FormSpec


class ReadWhenAsked(Mapping[str, FormSpec]):
    """The forms of some specs by id; each is read once."""

    def __init__(self, files: Mapping[str, Path], read: Callable[[Path], FormSpec]) -> None:
        self._files, self._read = files, read
        self._forms: dict[str, FormSpec] = {}

    def __getitem__(self, form_id: str) -> FormSpec:
        if form_id not in self._forms:
            self._forms[form_id] = self._read(self._files[form_id])
        return self._forms[form_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, form_id: object) -> bool:
        return form_id in self._files
