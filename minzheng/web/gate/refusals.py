"""A page that says why something was not done, and what to do."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def refuse(request: HttpRequest, title: str, what: str, status: int = 400) -> HttpResponse:
    """Answer with a title, a reason and a status."""
    response = render(request, "error.html", {"title": title, "what": what}, status=status)
    response["HX-Reswap"] = "none"  # a whole page is never laid into a part of one
    return response


def refuse_program(what: str, status: int) -> HttpResponse:
    """The same for a program that asks the interface."""
    return JsonResponse({"detail": what}, status=status, json_dumps_params={"ensure_ascii": False})
