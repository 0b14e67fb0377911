"""What a keeper may say of a file: places and dossiers of the own area only."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from archive_indexer.filing.keepers_words import FIELDS, NAMES_APART, value_of
from archive_indexer.models import ArchivedFile
from archive_indexer.stores.filings import filing_from
from minzheng.accounts.areas import Area
from minzheng.county.town_names import shown
from minzheng.county.writing.chinese_text import normalise_name
from minzheng.web.gate.office import county

_NAMES_PARTED_BY = re.compile(r"[、,，;；\s]+")
_NAME = re.compile(r"[㐀-鿿\U00020000-\U0003ffff·]{2,20}")
_MOST_NAMES = 300
#: Fields that tell what stands on a paper: only for those who may read it.
OF_THE_PAPER = ("persons", "title")
#: What many files may be said to have none of.
EMPTIED = ("dossier", "year", "form_id", "case_no")


def _year_field() -> forms.RegexField:
    return forms.RegexField(
        r"^(19[4-9]\d|20\d\d)$",
        label="年度",
        required=False,
        max_length=4,
        error_messages={"invalid": "年度写四位数字，如 2018。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


def _case_field() -> forms.RegexField:
    return forms.RegexField(
        r"^[A-Z]{2}-[0-9]{6}-[0-9]{4}-[0-9]{4}$",
        label="案件编号",
        required=False,
        max_length=30,
        error_messages={"invalid": "案件编号写全，如 DB-103200-2018-0001。"},
    )


class CorrectionForm(forms.Form):
    """Every field begins as it is believed; what was changed is a correction."""

    place = forms.ChoiceField(label="镇、村", required=False)
    dossier = forms.ChoiceField(label="专档", required=False)
    year = _year_field()
    form_id = forms.ChoiceField(label="表号", required=False)
    case_no = _case_field()
    persons = forms.CharField(
        label="姓名",
        required=False,
        max_length=4000,
        help_text="户主或申请人写在最前，几个人用顿号隔开。",
    )
    archive_no = forms.CharField(label="档号", required=False, max_length=60)
    title = forms.CharField(label="题名", required=False, max_length=120)
    for_folder = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Any,
        file: ArchivedFile,
        area: Area,
        titles: dict[str, str],
        *,
        is_read: bool,
        others: int,
    ) -> None:
        filing = filing_from(file.filing)
        believed = {name: value_of(filing, name) for name in FIELDS}
        self.believed = {name: guess.value if guess else "" for name, guess in believed.items()}
        super().__init__(data, initial=self.believed)
        if not is_read:
            for name in OF_THE_PAPER:
                del self.fields[name]
        self._offer("place", _places(area))
        self._offer("dossier", _dossiers(area))
        self._offer("form_id", [(code, f"{code} {title}") for code, title in titles.items()])
        whose = f"另外 {others} 件和以后放进来的" if others else "以后放进来的"
        label = f"同一文件夹里{whose}文件也照此归镇村、专档、年度"
        self.fields["for_folder"].label = label

    def clean_persons(self) -> str:
        """Names parted as they are kept."""
        names = [one for one in _NAMES_PARTED_BY.split(self.cleaned_data["persons"]) if one]
        names = list(dict.fromkeys(map(normalise_name, names)))
        wrong = [one for one in names if not _NAME.fullmatch(one)]
        if wrong:
            raise forms.ValidationError(f"“{wrong[0]}”不像姓名，请写两个字以上的汉字姓名。")
        if len(names) > _MOST_NAMES:
            raise forms.ValidationError(f"最多写 {_MOST_NAMES} 个姓名。")
        return NAMES_APART.join(names)

    @property
    def changes(self) -> dict[str, str]:
        """The corrections: fields that now say something else."""
        said = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        return {name: value for name, value in said.items() if value != self.believed[name]}

    def _offer(self, name: str, choices: list[Any]) -> None:
        """Choices of a field; what is believed now may always stay."""
        believed = self.believed[name]
        known = {value for value, _ in _flat(choices)}
        if believed and believed not in known:
            choices = [(believed, shown(believed.replace("/", ""))), *choices]
        if name != "place" or "" in known or not believed:
            choices = [("", "（没有或不清楚）"), *(one for one in choices if one[0] != "")]
        else:
            self.fields[name].required = True
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class ManyForm(forms.Form):
    """One deed for many files: what is left as it is stays as it is of each."""

    place = forms.ChoiceField(label="镇、村", required=False)
    dossier = forms.ChoiceField(label="专档", required=False)
    year = _year_field()
    form_id = forms.ChoiceField(label="表号", required=False)
    case_no = _case_field()
    emptied = forms.MultipleChoiceField(
        label="改为没有",
        required=False,
        choices=[(name, FIELDS[name]) for name in EMPTIED],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, area: Area, titles: dict[str, str]) -> None:
        super().__init__(data)
        choices = {
            "place": [one for one in _places(area) if one[0] != ""],
            "dossier": _dossiers(area),
            "form_id": [(code, f"{code} {title}") for code, title in titles.items()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = [("", "（不改）"), *offered]  # type: ignore[attr-defined]
        for name in ("year", "case_no"):
            self.fields[name].help_text = "空着不改。"

    @property
    def wanted(self) -> dict[str, str]:
        """What every file is to say."""
        said = {name: value for name, value in self.cleaned_data.items() if name in FIELDS}
        emptied = dict.fromkeys(self.cleaned_data["emptied"], "")
        return emptied | {name: value for name, value in said.items() if value}

    def clean(self) -> dict[str, Any]:
        """Something is to be changed, and nothing at once to a value and to none."""
        said = self.cleaned_data
        both = [name for name in said.get("emptied", ()) if said.get(name)]
        if both:
            raise forms.ValidationError(f"{FIELDS[both[0]]}既选了新的，又选了“改为没有”。")
        if not self.errors and not self.wanted:
            raise forms.ValidationError("还没有选要改什么。")
        return said


def changes_of(file: ArchivedFile, wanted: Mapping[str, str]) -> dict[str, str]:
    """What of a deed is new to a file."""
    filing = filing_from(file.filing)
    believed = {name: value_of(filing, name) for name in wanted}
    return {
        name: value
        for name, value in wanted.items()
        if value != (guess.value if (guess := believed[name]) else "")
    }


def _places(area: Area) -> list[Any]:
    """Villages of the area by town; a whole town, and none, for those who see that much."""
    groups: list[Any] = [("", "")] if area.is_everything else []
    places = county().places.of(area.town)
    groups += [
        (f"{one}/", f"{shown(one)}（不属于哪个镇）")
        for one in places.counties
        if area.covers(one, "")
    ]
    for town in places.towns:
        villages = [
            (f"{town.name}/{one.name}", f"{town.name}{one.name}")
            for one in places.settlements
            if one.town == town.name and area.covers(town.name, one.name)
        ]
        whole = [] if area.village else [(f"{town.name}/", f"{town.name}（不属于哪个村）")]
        groups.append((town.name, [*whole, *villages]))
    return groups


def _dossiers(area: Area) -> list[Any]:
    known = county().dossiers.all
    return [(one.code, one.short_name) for one in known if one.code not in area.forbidden]


def _flat(choices: list[Any]) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for value, label in choices:
        flat += label if isinstance(label, list) else [(value, label)]
    return flat
