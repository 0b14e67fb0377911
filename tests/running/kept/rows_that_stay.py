"""Rows that are made once for many tests: each rolls back to them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

from django.db import transaction

Made = TypeVar("Made")


@contextmanager
def rows_that_stay(
    unblocked: Callable[[], AbstractContextManager[Any]], make: Callable[[], Made]
) -> Iterator[Made]:
    """What `make` makes, until the block ends; a test that commits has no place in it.

    Args:
        unblocked: within which the database may be asked outside of a test.
        make: writes the rows.
    """
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]  # as Django's own around each test
    with unblocked():
        outer.__enter__()
    try:
        with unblocked():
            made = make()
        yield made
    finally:
        with unblocked():
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
