"""Pieces of a statement."""

from archive_indexer.index.on_server.sql import FALSE, TRUE, Sql, all_of, any_of, in_turn

_A, _B = Sql("a = %s", (1,)), Sql("b = %s", (2,))


def test_values_stand_in_the_order_of_the_text():
    """However pieces are put together."""
    both = all_of([_A, TRUE, any_of([_B, FALSE, _A])])
    assert both == Sql("(a = %s AND (b = %s OR a = %s))", (1, 2, 1))
    assert in_turn([_B, _A], ", ") == Sql("b = %s, a = %s", (2, 1))
    assert _A.within("NOT ({})") == Sql("NOT (a = %s)", (1,))


def test_nothing_asked_is_true_of_all_and_of_none():
    """All of nothing holds, one of nothing does not."""
    assert all_of([]) == all_of([TRUE, TRUE]) == TRUE
    assert any_of([]) == any_of([FALSE]) == FALSE
    assert any_of([_A, TRUE]) == TRUE
    assert all_of([_A]) == any_of([_A]) == _A
