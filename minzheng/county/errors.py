"""Mistakes of people as values, failures as exceptions.

MinzhengError            a failure; its message says what, where and what to do
├── ConfigError          config.toml cannot be used
├── RegistryError        a table in registry/ cannot be used
├── filler.errors.*      forms and Word files
├── archive_indexer.errors.*  files and the index
└── external: MissingProgramError, ProgramFailedError, AgeFileError, ParserPanicError
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass

#: What reading a table may raise beside a RegistryError, when a value is of another kind.
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, csv.Error)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake of a person: where, what is wrong, what to do, in Chinese."""

    where: str
    what: str
    do: str
    field: str = ""  #: slug, config key or cell the problem belongs to; rows as `members[2].m_id`

    def __str__(self) -> str:
        return f"{self.where}：{self.what}。{self.do}。"


class MinzhengError(Exception):
    """系统出现故障，请联系管理员。"""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class ProblemsError(MinzhengError):
    """有内容需要更正。"""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ConfigError(ProblemsError):
    """config.toml 有误。"""


class RegistryError(ProblemsError):
    """registry/ 中的数据表有误。"""
