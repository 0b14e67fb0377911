"""The flow of a work is drawn as shapes that print sharply."""

import datetime as dt

from docx.oxml import parse_xml

from minzheng.policies.chapters import FlowStep
from minzheng.policies.flow_drawing import draw_flow, height_of
from minzheng.policies.work_sheet import WorkStep

_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STEPS = (
    FlowStep(WorkStep("申请", "写“<申请>”", "申请人", "随时", "DB-01"), True),
    FlowStep(WorkStep("评议", "", "镇", "5天", "COM-04"), False),
    FlowStep(WorkStep("发放", "按月", "县", "每月", "名册"), True),
)


def texts(drawn):
    boxes = drawn.iter(f"{_W}txbxContent")
    return ["".join(one.text for one in box.iter(f"{_W}t")) for box in boxes]


def test_each_step_has_its_box_and_arrows_lead_from_one_to_the_next():
    """With who, when and on which paper beside it."""
    drawn = parse_xml(draw_flow(STEPS, 3, "流程"))
    assert texts(drawn)[:3] == ["1. 申请写“<申请>”", "申请人", "随时DB-01"]
    assert len(list(drawn.iter(f"{_A}tailEnd"))) == 2
    assert len(list(drawn.iter(f"{_WPS}txbx"))) == 9


def test_a_step_where_it_is_called_for_has_a_dashed_frame():
    """The others have not."""
    assert len(list(parse_xml(draw_flow(STEPS, 3, "流程")).iter(f"{_A}prstDash"))) == 1


def test_who_cannot_see_shapes_reads_the_steps():
    """In the words of the drawing."""
    assert "评议（按需）：镇，5天" in draw_flow(STEPS, 3, "流程")


def test_a_flow_grows_with_its_words():
    """A step of more lines is higher."""
    long = FlowStep(WorkStep("申请", "写" * 60, "申请人", "随时", "DB-01"), True)
    assert height_of((long,)) > height_of(STEPS[:1])


def test_every_flow_of_the_county_fits_a_page(policies):
    """Beside its heading and its caption: 225 mm between the margins."""
    for one in policies.chapters(dt.date(2026, 8, 1)):
        assert height_of(one.flow) < 200, one.dossier.code
