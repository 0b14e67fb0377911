"""An issued document as the checks read it."""

import datetime as dt

from minzheng.inspection.checks.read_record import read_record


def test_what_was_printed_is_read():
    """Typed and computed alike; choices' boxes, blank rows and twins of tables are not."""
    rows = [{"m_name": "测试甲", "m_id": "1", "m_rel_boxes": "☑"}, {"m_name": "", "m_id": ""}]
    texts = {
        "title": "审批表", "town": "钟宝镇", "village": "旧城村", "c_date": "2018年5月7日",
        "month_amount": "195.00", "category_boxes": "☑A类", "members": rows, "members_first": rows,
    }  # fmt: skip
    paper = read_record(7, "DB-02", "DB-103200-2018-0001", texts, {})
    assert (paper.key, paper.dossier, paper.year) == ("出具:7", "DB", "2018")
    assert paper.day == dt.date(2018, 5, 7)
    assert paper.rows == ({"_": "members", "m_name": "测试甲", "m_id": "1"},)
    assert paper.text("month_amount") == "195.00" and "category_boxes" not in paper.values


def test_an_older_document_is_read_from_its_answers():
    """Its printed texts were not kept; a form that serves several dossiers is of its case's."""
    answers = {"town": "钟宝镇", "village": "旧城村", "survey_date": "2018-04-09",
               "hard_type": ["火灾", "其他"], "rows": ["kein"]}  # fmt: skip
    paper = read_record(8, "COM-03", "LS-103200-2018-0001", {}, answers)
    assert (paper.dossier, paper.day) == ("LS", dt.date(2018, 4, 9))
    assert paper.text("hard_type") == "火灾、其他" and paper.rows == ()
    assert read_record(9, "COM-08", "", {}, answers).dossier == "COM"
