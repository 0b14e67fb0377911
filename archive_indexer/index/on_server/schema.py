"""The tables of the index, in a schema of their own.

Documents lie in a partition a county; those of an office of one county in that of no name. They
hold nothing that cannot be made again from what was read; no migration knows them, no
backup holds them. The name changes with what is kept in them, so an older version's are made anew.
"""

from collections.abc import Iterable

from archive_indexer.index.index_segment import FILTERS
from minzheng.database.errors import NoRightError, ServerUnfitError, TableMissingError
from minzheng.database.server import address
from minzheng.database.statements import INDEX_SCHEMAS, ask, tell

SCHEMA = f"{INDEX_SCHEMAS}3"
DOCUMENT = f"{SCHEMA}.document"
COUNTY = f"{SCHEMA}.county"

#: By their characters: the towns of a county stand between two bounds.
_FILTERS = ", ".join(f'{name} text COLLATE "C" NOT NULL' for name in FILTERS)
_TABLES = f"""
CREATE SCHEMA {SCHEMA};
CREATE TABLE {SCHEMA}.profile (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    {_FILTERS},
    UNIQUE ({", ".join(FILTERS)})
);
CREATE TABLE {COUNTY} (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE,
    newest bigint NOT NULL DEFAULT 0
);
CREATE SEQUENCE {SCHEMA}.numbers;
CREATE TABLE {DOCUMENT} (
    number bigint NOT NULL DEFAULT nextval('{SCHEMA}.numbers'),
    signature bigint NOT NULL,
    profile integer NOT NULL,
    day integer NOT NULL,
    pages integer NOT NULL,
    absent boolean NOT NULL,
    county text COLLATE "C" NOT NULL,
    path text NOT NULL,
    folded text NOT NULL,
    folded_path text NOT NULL,
    sha256 text NOT NULL,
    title text NOT NULL,
    facts text[] NOT NULL,
    grams integer[] NOT NULL,
    path_grams integer[] NOT NULL,
    packed bytea NOT NULL
) PARTITION BY LIST (county);
ALTER TABLE {DOCUMENT}
    ALTER COLUMN packed SET STORAGE EXTERNAL, ALTER COLUMN path SET STORAGE MAIN;
CREATE INDEX document_number ON {DOCUMENT} (number);
CREATE INDEX document_has ON {DOCUMENT} USING gin (grams, facts, path_grams);
CREATE TABLE {SCHEMA}.spelling (
    spelt text NOT NULL, name text NOT NULL, fact text NOT NULL
);
CREATE UNIQUE INDEX spelling_once ON {SCHEMA}.spelling (spelt, md5(name));
CREATE TABLE {SCHEMA}.held (
    word text NOT NULL, county text COLLATE "C" NOT NULL,
    upto bigint NOT NULL, without bigint[] NOT NULL,
    PRIMARY KEY (word, county)
);
CREATE TABLE {SCHEMA}.trouble (said timestamptz NOT NULL);
"""
#: What is long lies apart from its row, so that counting over rows reads few pages; how rare a
#: gram is, the index itself tells: statistics of arrays cost much and say less. A path stays in
#: its row: hits are put in order by it, and each comparison would fetch two. What is asked of
#: every hit stands first: what stands behind is not looked at. No index names the county: of a
#: small one the planner would go through it. To attach a table keeps nobody who asks waiting, as
#: making it a partition at once would.
_PARTITION = f"""
CREATE TABLE {DOCUMENT}_{{number}} (LIKE {DOCUMENT} INCLUDING DEFAULTS INCLUDING STORAGE)
    WITH (toast_tuple_target = 128);
CREATE UNIQUE INDEX ON {DOCUMENT}_{{number}} (path);
ALTER TABLE {DOCUMENT}_{{number}}
    ALTER COLUMN grams SET STATISTICS 0, ALTER COLUMN facts SET STATISTICS 0,
    ALTER COLUMN path_grams SET STATISTICS 0, ALTER COLUMN folded SET STATISTICS 0,
    ALTER COLUMN packed SET STATISTICS 0;
ALTER TABLE {DOCUMENT} ATTACH PARTITION {DOCUMENT}_{{number}} FOR VALUES IN ({{county}});
"""
_NAMED = f"""
    INSERT INTO {COUNTY} (name) SELECT unnest(%s::text[]) EXCEPT SELECT name FROM {COUNTY}
    RETURNING number, name
"""
_NO_RIGHT = (
    "数据库用户没有建模式（schema）的权限，全文索引放不进数据库 {address}。请管理员在服务器上执行："
    "GRANT CREATE ON DATABASE 库名 TO 用户名，再试一次；或把 [search] engine 改回 embedded。"
)


def exists() -> bool:
    """Whether the tables of this version are there."""
    return bool(ask("SELECT to_regnamespace(%s) IS NOT NULL", [SCHEMA])[0][0])


def make_anew() -> None:
    """Empty tables in place of whatever is there.

    Raises:
        ServerUnfitError: the user may not make them.
    """
    tell(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    try:
        tell(_TABLES)
    except NoRightError as error:
        raise ServerUnfitError(_NO_RIGHT.format(address=address())) from error


def make_partitions(counties: Iterable[str]) -> None:
    """A partition for each county that has none; who writes the index calls it."""
    for number, name in ask(_NAMED, [sorted(set(counties))]):
        tell(_PARTITION.format(number=number, county="%s"), [name])


def drop_older() -> None:
    """Take away what an earlier version of the program made."""
    for (name,) in ask(
        "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [INDEX_SCHEMAS]
    ):
        if name != SCHEMA:
            tell(f'DROP SCHEMA "{name}" CASCADE')


def require() -> None:
    """Ask whether they are there.

    Raises:
        TableMissingError: they are not.
    """
    if not exists():
        raise TableMissingError
