"""Mistakes of people in words, failures with a sentence for whoever meets them."""

from minzheng.county.errors import ConfigError, MinzhengError, Problem


def test_a_problem_says_where_what_and_what_to_do():
    """In one line."""
    problem = Problem("第 3 行", "“金额”不是数字", "改为数字", field="amount")
    assert str(problem) == "第 3 行：“金额”不是数字。改为数字。"


def test_a_failure_without_words_says_its_own():
    """What it is called in Chinese."""
    assert str(MinzhengError()) == "系统出现故障，请联系管理员。"
    assert str(MinzhengError("磁盘已满")) == "磁盘已满"


def test_all_problems_are_told_at_once():
    """One a line, in their order."""
    problems = [Problem("甲", "错", "改"), Problem("乙", "缺", "补")]
    error = ConfigError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == "甲：错。改。\n乙：缺。补。"
