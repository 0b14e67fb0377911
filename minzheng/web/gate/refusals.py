"""A page that says why something was not done, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refuse(request: HttpRequest, title: str, what: str, status: int = 400) -> HttpResponse:
    """Answer with a title, a reason and a status."""
    return render(request, "error.html", {"title": title, "what": what}, status=status)
