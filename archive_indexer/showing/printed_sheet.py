"""How a sheet that leaves the house is printed: A4 across, who took it out on every page."""

from typing import Any

_POINTS = 9


def set_up_page(sheet: Any, mark: str) -> None:
    """Paper, header and footer."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    # an ampersand begins a code in headers of Excel
    printed = mark.replace("&", "&&")
    sheet.oddHeader.center.text = printed
    sheet.oddFooter.center.text = f"{printed}　第 &P / &N 页"
    sheet.oddHeader.center.size = sheet.oddFooter.center.size = _POINTS
