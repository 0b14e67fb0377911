"""Failures of the database server.

DatabaseError
├── ServerAwayError   it cannot be reached, or does not take us; tried again by whoever waits
├── ServerUnfitError  it is too old, or its database is not made as it must be
├── ServerToolError   pg_dump or pg_restore is missing, too old, or did not do its work
├── TableMissingError  a statement of our own asks a table that is not there
├── TableDamagedError  what a table lies in cannot be read
├── NoRightError       the user may not do what a statement of our own does
└── WaitedInVainError  somebody else holds what is to be written
"""

from minzheng.county.errors import MinzhengError


class DatabaseError(MinzhengError):
    """数据库出现故障。"""


class ServerAwayError(DatabaseError):
    """数据库服务器连不上。"""


class ServerUnfitError(DatabaseError):
    """数据库服务器不能用。"""


class ServerToolError(DatabaseError):
    """数据库没有备份成。"""


class TableMissingError(DatabaseError):
    """数据库里没有要用的表。"""


class TableDamagedError(DatabaseError):
    """数据库里的表损坏，读不出来。"""


class NoRightError(DatabaseError):
    """数据库用户没有所需的权限。"""


class WaitedInVainError(DatabaseError):
    """数据库正被别的程序占用，稍后再试。"""
