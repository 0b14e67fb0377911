"""Pictures of pages: drawn or not there, and given to a browser that may not keep them."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from archive_indexer.errors import PageNotShownError


def draw_or_404(draw: Callable[[], bytes]) -> bytes:
    """What `draw` makes; a fault of the program goes on and is shown as one.

    Raises:
        Http404: the file is gone or damaged, or has no such page.
    """
    try:
        return draw()
    except (PageNotShownError, FileNotFoundError) as error:
        raise Http404 from error


def give_picture(jpeg: bytes) -> HttpResponse:
    """A JPEG for these eyes: on a shared PC the next person must not find it in the browser."""
    response = HttpResponse(jpeg, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response
