"""A label for signatures that was not read has its place by its row, or is said to be missing."""

import pytest

from archive_indexer.reading.cells import Cells
from archive_indexer.reading.signing.rows_on_page import labels_by_neighbours, unseen_labels
from minzheng.county.sign_rows import SignRow
from tests.archive_indexer.reading.signing.test_signature_rooms import at, boxed

HEAD = SignRow("head", ("序号", "姓名", "结对月份", "老人签字", "责任人签字"), (3, 4))
PAIR = SignRow("cells", ("主持人签字", "", "记录人签字", ""), (0, 2), "下一步工作", "会议照片")
LINE = SignRow("line", ("经办人签字", "负责人签字"), (0, 1), "镇人民政府审核意见", "决定机关")


def row_of(count: int) -> Cells:
    """Cells of one row, numbered from one."""
    return boxed({n + 1: (n / count, 0.1, (n + 1) / count - 0.004, 0.15) for n in range(count)})


def found(texts: list[str], row: SignRow, known: dict[int, tuple[str, bool]] | None = None):
    told = {number: text for number, text in enumerate(texts, 1) if text}
    return labels_by_neighbours(told, row_of(len(texts)), [row], known or {})


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (["序号", "姓名", "结对月份", "", "责任人签字"], {4: "老人签字", 5: "责任人签字"}),
        (["序号", "姓名", "结对月份", "老人答", ""], {4: "老人签字", 5: "责任人签字"}),
        (["", "姓名", "结对月份", "", ""], {4: "老人签字", 5: "责任人签字"}),
        (["", "", "结对月份", "", ""], {}),  # one of three tells too little
        (["序号", "姓名", "结对月份", "测试王小二家", ""], {5: "责任人签字"}),
        (["姓名", "结对月份", "", "责任人签字"], {3: "老人签字", 4: "责任人签字"}),
        (["姓名", "结对月份", "", "", "责任人签字", ""], {5: "责任人签字"}),  # which of two?
    ],
)  # fmt: skip
def test_a_head_that_was_not_read_stands_between_its_neighbours(texts, labels):
    """Half of the others must be read, and nothing else stand there."""
    assert found(texts, HEAD) == {number: (label, True) for number, label in labels.items()}


def test_what_was_read_is_not_told_anew():
    """A known cell stays what it is."""
    texts = ["序号", "姓名", "结对月份", "", "责任人签字"]
    assert found(texts, HEAD, {5: ("责任人签字", True)}) == {4: ("老人签字", True)}


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (["主持人签字", "", "", ""], {1: "主持人签字", 3: "记录人签字"}),
        (["主持人", "测试甲", "记录人", "测试乙"], {}),  # they are named, nobody signs
        (["主持人签字", "", ""], {}), (["", "", "", ""], {}),
    ],
)  # fmt: skip
def test_of_two_labels_in_a_row_one_tells_of_the_other(texts, labels):
    """When the row has all its cells."""
    assert found(texts, PAIR) == {number: (label, False) for number, label in labels.items()}


def unseen(row: SignRow, seen: dict[str, float], on_page: dict[str, float]) -> tuple[str, ...]:
    placed = [at(0.1, y, 0.4, y + 0.02, text=text) for text, y in on_page.items()]
    rooms = [(label, (0.5, y, 0.8, y + 0.02)) for label, y in seen.items()]
    return unseen_labels([row], rooms, placed, {}, boxed({}))


AROUND = {"镇人民政府审核意见": 0.3, "决定机关": 0.6}


@pytest.mark.parametrize(
    ("seen", "on_page", "labels"),
    [
        ({"经办人签字": 0.4, "负责人签字": 0.4}, AROUND, ()),
        ({"经办人签字": 0.4}, AROUND, ("负责人签字",)),
        ({"经办人签字": 0.4, "负责人签字": 0.8}, AROUND, ("负责人签字",)),  # another's
        ({}, AROUND, ("经办人签字", "负责人签字")),
        ({}, {"镇人民政府审核意见": 0.3}, ("经办人签字", "负责人签字")),  # paper is left below
        ({}, {"镇人民政府审核意见": 0.3, "同意上报": 0.88}, ()),  # it may be on the next page
        ({}, {"镇人民政府审核意见": 0.3, "DB-02 v1": 0.9}, ("经办人签字", "负责人签字")),
        ({}, {"决定机关": 0.1, "同意上报": 0.3}, ()),  # it was on the page before
        ({}, {"负责人签字：": 0.4}, ("负责人签字",)),  # read, and no room behind it
        ({}, {}, ()),
    ],
)  # fmt: skip
def test_a_place_that_must_be_on_the_page_is_said_to_be_missing(seen, on_page, labels):
    """By the print before and behind it, or by paper that is left below."""
    assert unseen(LINE, seen, on_page) == labels


def test_a_form_without_rows_lacks_nothing():
    """Nothing is known of its print."""
    assert unseen_labels([], [], [at(0, 0, 1, 0.1)], {}, boxed({})) == ()
