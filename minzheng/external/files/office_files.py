"""The kinds of office files, as a browser is told what it is sent."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{_OFFICE}.wordprocessingml.document"
EXCEL = f"{_OFFICE}.spreadsheetml.sheet"
PDF = "application/pdf"
