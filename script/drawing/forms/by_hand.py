"""Forms with a grid of their own, by file."""

from collections.abc import Callable

from docx.document import Document

from script.drawing.archive import draw_cover, draw_remarks, draw_spine
from script.drawing.forms.dibao_forms import draw_application, draw_decision
from script.drawing.forms.public_lists import draw_notice, draw_roster
from script.drawing.forms.survey_form import draw_survey

DRAWINGS: dict[str, Callable[[], Document]] = {
    "01_dibao/DB-01": draw_application,
    "01_dibao/DB-02": draw_decision,
    "01_dibao/DB-03": draw_roster,
    "shared/COM-03": draw_survey,
    "08_gongkai/GS-01": draw_notice,
    "15_zonghe/ZH-05": draw_remarks,
    "15_zonghe/ZH-06": draw_cover,
    "15_zonghe/ZH-06B": draw_spine,
}
