"""The administrator's page of the log: what the services had to say, without anybody's data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minzheng.accounts.rights import Right
from minzheng.county.writing.chinese_dates import parse_date
from minzheng.web.gate.access import needs
from minzheng.web.gate.office import config
from minzheng.web.upkeep.log_lines import LEVELS, MOST_LINES, SOURCES, Asked, lines_of


@require_safe
@needs(Right.ADMINISTER)
def show(request: HttpRequest) -> HttpResponse:
    """The newest lines, by level, day and service."""
    level, source = request.GET.get("level", ""), request.GET.get("source", "")
    asked = Asked(
        level if level in LEVELS else "",
        parse_date(request.GET.get("day", "")),
        source if source in SOURCES else "",
    )
    lines = lines_of(config().data_folder / "log", asked)
    context = {
        "lines": lines, "asked": asked, "levels": LEVELS, "sources": SOURCES, "most": MOST_LINES,
    }  # fmt: skip
    return render(request, "log.html", context)
