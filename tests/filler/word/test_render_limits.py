"""No template and no answers can keep the house busy for ever."""

from itertools import count, repeat

import pytest

from filler.errors import RenderError
from filler.word.render_limits import RenderLimits


def test_a_table_of_too_many_rows_is_refused_by_name():
    """Before any loop runs."""
    with pytest.raises(RenderError, match="members 有 4 行，一份文书最多 3 行"):
        RenderLimits(rows=3).refuse_too_many_rows({"members": [{}] * 4}, ["members"], 1)


def test_loops_within_loops_are_counted_together():
    """Ten rows three times nested are a thousand turns."""
    limits = RenderLimits(turns=999)
    context = {"members": [{}] * 10}
    limits.refuse_too_many_rows(context, ["members"], 2)
    with pytest.raises(RenderError, match="循环中又循环"):
        limits.refuse_too_many_rows(context, ["members"], 3)


def test_a_part_without_end_is_stopped_by_size():
    """Even when pieces never end."""
    with pytest.raises(RenderError, match="正文超过 1 MB"):
        RenderLimits(characters=2**20).collect(repeat("字" * 100), "正文")


def test_a_part_without_end_is_stopped_by_time():
    """Even when pieces are empty."""
    ticks = count()
    limits = RenderLimits(seconds=3, clock=lambda: float(next(ticks)))
    with pytest.raises(RenderError, match="用时超过 3 秒"):
        limits.collect(repeat(""), "正文")


def test_what_is_small_comes_out_whole():
    """Limits change nothing."""
    assert RenderLimits().collect(iter("甲乙"), "正文") == ["甲", "乙"]
