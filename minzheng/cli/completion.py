"""`minzheng completion`: a bash script that completes commands, options, form ids and files.

The script stands alone: a press of Tab starts no Python.
"""

import argparse
import shlex
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from minzheng.cli.parser import build_parser
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.settings.all_settings import Config

_FORM = "表号"
_SCRIPT = """\
# bash completion of minzheng, written by `minzheng completion`; write it anew after an update.
_minzheng_forms() {{
    local file
    for file in {templates}/*/*-*.toml; do
        file="${{file##*/}}"
        printf '%s\\n' "${{file%.toml}}"
    done
}}

_minzheng() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}"
    local command="" given=0 at
    COMPREPLY=()
    for ((at = 1; at < COMP_CWORD; at++)); do
        case "${{COMP_WORDS[at]}}" in
            {valued}) ((at++)) ;;
            -*) ;;
            *) if [[ -z $command ]]; then command="${{COMP_WORDS[at]}}"; else ((given++)); fi ;;
        esac
    done
    case "$command:$before" in
{values}
    esac
    case "$command" in
{commands}
    esac
}}

complete -F _minzheng minzheng
"""
_WORDS = 'COMPREPLY=($(compgen -W "{}" -- "$current"))'
#: `db-01` is meant, too.
_FORMS = 'COMPREPLY=($(compgen -W "$(_minzheng_forms)" -- "${current^^}"))'
_FILES = "compopt -o default 2>/dev/null"  # readline's own, which knows names with spaces
Action = argparse.Action


def run(args: Namespace, config: Config) -> int:
    """Print the script."""
    print(bash_script(build_parser()), end="")
    return 0


def bash_script(parser: argparse.ArgumentParser) -> str:
    """The script of a parser with commands."""
    commands = _commands_of(parser)
    every = {"": parser, **commands}
    valued = {name for one in every.values() for name in _valued(one)}
    return _SCRIPT.format(
        templates=shlex.quote(str(TEMPLATES_FOLDER)),
        valued="|".join(sorted(valued)),
        values="\n".join(line for name, one in every.items() for line in _values(name, one)),
        commands="\n".join(line for name, one in every.items() for line in _words(name, one)),
    )


def _commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (commands,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return dict(commands.choices)


def _options(parser: argparse.ArgumentParser) -> list[Action]:
    return [one for one in parser._actions if one.option_strings]


def _valued(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Options that a value follows."""
    for one in _options(parser):
        if one.nargs != 0:
            yield from one.option_strings


def _values(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    """What may stand after an option."""
    for one in _options(parser):
        if one.nargs != 0:
            cases = "|".join(f"{name}:{option}" for option in one.option_strings)
            yield f"        {cases}) {_completed(one)}; return ;;"


def _words(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    """Options, and what stands in each place of a command."""
    options = " ".join(option for one in _options(parser) for option in one.option_strings)
    yield f"        {shlex.quote(name)})"
    yield f"            if [[ $current == -* ]]; then {_WORDS.format(options)}; return; fi"
    places = [one for one in parser._actions if not one.option_strings]
    for number, one in enumerate(places):
        more = ">=" if one.nargs in ("+", "*") else "=="
        yield f"            if ((given {more} {number})); then {_completed(one)}; return; fi"
    yield "            ;;"


def _completed(action: Action) -> str:
    if action.choices is not None:
        return _WORDS.format(" ".join(map(str, action.choices)))
    if action.metavar == _FORM:
        return _FORMS
    return _FILES if action.type is Path else ":"
