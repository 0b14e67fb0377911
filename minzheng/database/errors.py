"""Failures of the database server.

DatabaseError
├── ServerAwayError   it cannot be reached, or does not take us; tried again by whoever waits
├── ServerUnfitError  it is too old, or its database is not made as it must be
└── ServerToolError   pg_dump or pg_restore is missing, too old, or did not do its work
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
