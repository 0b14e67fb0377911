"""`minzheng forms`: which forms there are, or those that some words speak of."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping

from filler.form.forms import FormSpec
from filler.spec.checked_specs import checked_catalogue
from filler.spec.find_forms import find_forms, nearest_forms
from minzheng.county.settings.all_settings import Config
from minzheng.external.checked_county import checked_county

_SHARED = "各专档共用"


def run(args: Namespace, config: Config) -> int:
    """List them by dossier; 1 when the words find none."""
    county = checked_county(config)
    forms = checked_catalogue(config, county).forms
    names = {one.code: one.short_name for one in county.dossiers.all}
    wanted = " ".join(args.words)
    found = find_forms(forms, wanted, names)
    if not found:
        near = "、".join(f"{one.id} {one.short_title}" for one in nearest_forms(forms, wanted))
        hint = f"相近的有：{near}" if near else "不带词运行可看全部"
        print(f"没有名称、编号或拼音首字母含“{wanted}”的表。{hint}。", file=sys.stderr)
        return 1
    numbers = {one.code: f"{one.no} {one.short_name}" for one in county.dossiers.all}
    _print_by_dossier(found, numbers)
    return 0


def _print_by_dossier(found: Iterable[FormSpec], numbers: Mapping[str, str]) -> None:
    groups: dict[str, list[FormSpec]] = {code: [] for code in (*numbers, "")}
    for one in found:
        groups.setdefault(one.dossier, []).append(one)
    for code, specs in groups.items():
        if specs:
            print(numbers.get(code, _SHARED))
        for one in specs:
            print(f"  {one.id:<8}{one.kind}  {one.short_title}")
