"""A small picture that is not drawn yet is asked for again, ever more seldom, and then no more."""

import base64

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PICTURE = '<a class="thumb"><img src="/small.png" alt=""></a>'
SEEN = "document.querySelector('img').naturalWidth"


def serve(page, asked: list[str], misses: int) -> None:
    """The picture comes after it was asked for so often in vain."""

    def answer(route) -> None:
        asked.append(route.request.url)
        if len(asked) <= misses:
            route.fulfill(status=404, body="")
        else:
            route.fulfill(body=PIXEL, content_type="image/png")

    page.route("**/small.png", answer)


def test_it_is_asked_for_until_it_comes(show, chromium):
    """After two, then four seconds; then no more."""
    page, asked = show(""), []
    page.clock.install()
    serve(page, asked, misses=2)
    page = show(PICTURE, "thumbs.js")
    page.wait_for_function("document.querySelector('img').complete")
    for seconds, times in ((2, 2), (4, 3)):
        with page.expect_response("**/small.png"):
            page.clock.run_for(seconds * 1000)
        assert len(asked) == times
        page.wait_for_function("document.querySelector('img').complete")
    assert page.evaluate(SEEN) == 1
    page.clock.run_for(600_000)
    assert len(asked) == 3


def test_one_that_never_comes_is_given_up(show):
    """Fifteen times; the page is left in peace."""
    page, asked = show(""), []
    page.clock.install()
    serve(page, asked, misses=99)
    page = show(PICTURE, "thumbs.js")
    page.wait_for_function("document.querySelector('img').complete")
    for tries in range(1, 16):
        with page.expect_response("**/small.png"):
            page.clock.run_for(tries * 2000)
        page.wait_for_function("document.querySelector('img').complete")
    page.clock.run_for(600_000)
    assert len(asked) == 16


def test_one_that_is_there_is_left_alone(show):
    """And pictures that are no small ones."""
    page, asked = show(""), []
    serve(page, asked, misses=0)
    page = show(PICTURE, "thumbs.js")
    page.wait_for_function(f"{SEEN} === 1")
    assert len(asked) == 1
