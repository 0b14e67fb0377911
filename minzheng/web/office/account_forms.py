"""What an administrator types about an account, and what a person types of the own password."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password

from minzheng.accounts.areas import ABOVE_ROLES, Area, forbidden_to, set_dossiers
from minzheng.accounts.guessable import why_guessable
from minzheng.accounts.keeping import is_last_administrator
from minzheng.accounts.models import Person, Role
from minzheng.accounts.passwords import was_used
from minzheng.accounts.tokens import MOST_DAYS
from minzheng.county.registry.places import Places
from minzheng.county.town_names import (
    EVERY_COUNTY,
    county_of,
    has_whole,
    is_county,
    lies_in,
    shown,
)
from minzheng.web.gate.office import config, county

_TOWN_ROLES = frozenset({Role.TOWN_CLERK, Role.VILLAGE_KEEPER})

_ROLES = [(one, one) for one in Role.values]


def _wider_places(places: Places, within: Area) -> list[tuple[str, str]]:
    """What an account may be of that is more than a town, and no more than its maker is."""
    if not places.counties:
        return [("", "全县")]
    above = {county_of(shown(one)) for one in places.counties} - {""}
    wider = [one for one in (*sorted(above), *places.counties) if lies_in(one, within.county)]
    named = [(one, f"{shown(one)}（全部）") for one in wider]
    every = [(EVERY_COUNTY, "全部县（区）")] if not within.county else []
    return [("", "请选择"), *every, *named]


class PersonForm(forms.ModelForm):  # type: ignore[type-arg] # Django's takes none when run
    """Name, role, area and dossiers of an account."""

    first_name = forms.CharField(label="姓名", max_length=50)
    role = forms.ChoiceField(
        label="角色", choices=_ROLES, error_messages={"required": "没有选角色，请从列表中选一个。"}
    )
    town = forms.ChoiceField(label="镇", required=False)
    village = forms.ChoiceField(label="村", required=False)
    dossiers = forms.MultipleChoiceField(
        label="可以查看的专档", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Person
        fields: ClassVar = [
            "username", "first_name", "role", "town", "village", "outside_name", "is_active",
        ]  # fmt: skip
        labels: ClassVar = {"username": "用户名", "is_active": "可以登录"}
        help_texts: ClassVar = {
            "username": "登录时输入的名字，用字母或数字，一人一个，不得共用。",
            "is_active": "调离、停用时去掉此勾；账号不删除，以便追溯。",
            "outside_name": "在单位统一登录里的名字。写了就由那边认人，本系统的密码不再用。",
        }

    def __init__(self, *args: Any, within: Area, **options: Any) -> None:
        super().__init__(*args, **options)
        places, dossiers = county().places, county().dossiers
        towns = [(town.name, town.name) for town in places.towns]
        self.fields["town"].choices = [*_wider_places(places, within), *towns]  # type: ignore[attr-defined]
        if places.counties:
            self.fields["town"].label = "县、镇"
        self.fields["village"].choices = [  # type: ignore[attr-defined]
            ("", "全镇"),
            *(
                (town, [(one.name, one.name) for one in places.settlements if one.town == town])
                for town, _ in towns
            ),
        ]
        self.fields["dossiers"].choices = [  # type: ignore[attr-defined]
            (one.code, one.short_name + ("（须单独授权）" if one.is_apart else ""))
            for one in dossiers.all
        ]
        if not config().has_outside_sign_in and not self.instance.outside_name:
            del self.fields["outside_name"]
        if self.instance.pk is None:
            self.fields["role"].choices = [("", "请选择"), *_ROLES]  # type: ignore[attr-defined]
            self.initial["role"] = ""
        hidden = forbidden_to(self.instance, dossiers)
        self.initial["dossiers"] = [one.code for one in dossiers.all if one.code not in hidden]

    def clean(self) -> dict[str, Any]:
        """Refuse an area that does not fit the role, and the loss of the last administrator."""
        data = super().clean() or {}
        role, town, village = data.get("role"), data.get("town", ""), data.get("village", "")
        if role in ABOVE_ROLES and county_of(town) and not is_county(town):
            self.add_error("town", f"{role}管一个县或全部县（区），不分到镇。")
        if role in _TOWN_ROLES and (not town or is_county(town)):
            self.add_error("town", f"{role}要选定镇。")
        elif not town and county().places.counties:
            self.add_error("town", "没有选。看全部县的，选“全部县（区）”。")
        if role == Role.VILLAGE_KEEPER and not village:
            self.add_error("village", "村级专管员要选定村。")
        known = {one.name for one in county().places.settlements if one.town == town}
        if village and village not in known:
            self.add_error("village", f"{village}不属于{town or '所选的镇'}，请重新选村。")
        is_one = role == Role.ADMINISTRATOR and has_whole(town) and data.get("is_active")
        if self.instance.pk and not is_one and is_last_administrator(self._stored()):
            self.add_error(None, "这是最后一个能用的管理员账号，不能改角色、范围或停用。")
        return data

    def clean_outside_name(self) -> str:
        """A name without the blanks around it: people paste it."""
        return str(self.cleaned_data["outside_name"]).strip()

    def save(self, commit: bool = True) -> Person:
        """Keep the account with its dossiers."""
        set_dossiers(self.instance, self.cleaned_data["dossiers"], county().dossiers)
        person: Person = super().save(commit)
        return person

    def _stored(self) -> Person:
        return Person.objects.get(pk=self.instance.pk)


def _without_digits(password: str) -> str:
    return re.sub(r"\d", "", password).lower()


def _places() -> Iterator[str]:
    """The county's places and their codes: whoever guesses knows them, too."""
    places = county().places
    for code in places.codes:
        yield from (code, code[:6], code[6:])
    names = [one.own_name for one in places.towns] + [one.name for one in places.settlements]
    yield from names
    yield from (name[:-1] for name in names)


class PasswordForm(forms.Form):
    """The old password and twice the new one."""

    old = forms.CharField(label="现在的密码", widget=forms.PasswordInput, max_length=500)
    new = forms.CharField(label="新密码", widget=forms.PasswordInput, max_length=500)
    again = forms.CharField(label="再输一次新密码", widget=forms.PasswordInput, max_length=500)

    def __init__(self, person: Person, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        for name, hint in (("old", "current-password"), ("new", "new-password")):
            self.fields[name].widget.attrs["autocomplete"] = hint
        self.fields["again"].widget.attrs["autocomplete"] = "new-password"

    def clean_old(self) -> str:
        """Refuse a wrong password."""
        old = str(self.cleaned_data["old"])
        if not self.person.check_password(old):
            raise forms.ValidationError("现在的密码不对。")
        return old

    def clean_new(self) -> str:
        """Refuse a password that breaks the rules or is the old one."""
        new = str(self.cleaned_data["new"])
        if new == self.data.get("old"):
            raise forms.ValidationError("新密码不能与现在的密码相同。")
        if _without_digits(new) == _without_digits(str(self.data.get("old", ""))):
            raise forms.ValidationError("新密码只是改了现在密码里的数字，容易猜到。请另换一个。")
        validate_password(new, self.person)
        if said := why_guessable(new, _places()):
            raise forms.ValidationError(said)
        remembered = config().password_history
        if was_used(self.person, new, remembered):
            raise forms.ValidationError(f"这个密码用过：最近 {remembered} 个用过的不能再用。")
        return new

    def clean(self) -> dict[str, Any]:
        """Refuse two different new passwords."""
        data = super().clean() or {}
        if data.get("new") and data.get("again") != data["new"]:
            self.add_error("again", "两次输入的新密码不一样。")
        return data


class TokenForm(forms.Form):
    """What a key is for, and how long it opens."""

    purpose = forms.CharField(label="用途", max_length=60, help_text="如：县政务平台查档")
    days = forms.IntegerField(
        label="有效天数", min_value=1, max_value=MOST_DAYS, initial=90, help_text="最长一年"
    )
